// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/gate.h"

#include "core/base/log.h"
#include "core/imap/gate/rewrite.h"
#include "core/imap/uidset.h"

#include <QElapsedTimer>

#include <utility>

namespace postaci {

namespace {

constexpr qsizetype mostFound = 20'000'000; ///< UIDs of one search.

} // namespace

/// One command under way.
struct Gate::Exchange {
    GateCommand command;
    CommandLine line;
    GateReply reply;
    bool messageOwed = false; ///< APPEND's literal was not sent yet.
    bool uploading = false;
    bool idleAgreed = false;
    bool changed = false;
    bool done = false;

    bool isIdle() const { return line.verb == "IDLE"; }
    bool isSelect() const { return line.verb == "SELECT" || line.verb == "EXAMINE"; }
    /// Whether the server tells with EXPUNGE what we asked it to remove.
    bool removes() const { return line.verb == "UID MOVE" || line.verb == "UID EXPUNGE"; }
};

Gate::Gate(TlsPolicy policy, QObject *parent)
    : QObject(parent)
    , m_upstream(std::move(policy))
{
    m_donePatience.setSingleShot(true);
    connect(
        &m_donePatience, &QTimer::timeout, this, [this] { fail({.kind = ErrorKind::Timeout, .step = Step::Idle}); });
    connect(&m_downstream, &Downstream::moved, this, &Gate::forwardDone);
}

Gate::~Gate() = default;

void Gate::setPatience(std::chrono::milliseconds patience)
{
    m_patience = patience;
    m_upstream.setPatience(patience);
}

MailError Gate::fail(MailError reason)
{
    const MailError failure = m_upstream.fail(std::move(reason));
    m_downstream.close(); // at once, so that KIMAP never waits in the middle of something
    return failure;
}

void Gate::close()
{
    fail({.kind = ErrorKind::Cancelled});
}

ImapTraffic Gate::traffic() const
{
    return {.bytesReceived = m_upstream.bytesReceived(),
        .bytesSent = m_upstream.bytesSent(),
        .roundTrips = m_roundTrips,
        .latency = m_latency};
}

QCoro::Task<Result<GateReply>> Gate::relay(GateCommand command)
{
    QByteArray words;
    do { // a DONE may be left over from an IDLE that the server ended by itself
        const auto line = co_await m_downstream.readLine();
        if (!line)
            co_return failure(fail(line.error()));
        words = *line;
    } while (words == "DONE");

    if (!command.replacement.isEmpty())
        words = words.first(words.indexOf(' ') + 1) + command.replacement;
    auto line = CommandLine::read(words);
    if (!line)
        co_return failure(fail({.kind = ErrorKind::Protocol}));
    Exchange exchange{.command = std::move(command), .line = *std::move(line)};
    if (exchange.line.verb == "APPEND") { // KIMAP's literal is a ticket
        QByteArray &arguments = exchange.line.arguments;
        arguments.truncate(arguments.lastIndexOf('{'));
        arguments += '{' + QByteArray::number(exchange.command.message.size()) + '}';
        exchange.messageOwed = true;
    }
    if (exchange.line.verb == "LOGOUT")
        m_upstream.expectBye();
    m_upstream.setPatience(exchange.command.patience.value_or(m_patience));
    m_upstream.note(QStringLiteral("> ") + QString::fromUtf8(redacted(exchange.line)));
    QElapsedTimer timer;
    timer.start();
    m_upstream.write(exchange.line.forServer() + "\r\n");
    ++m_roundTrips;

    const quint64 before = m_upstream.bytesReceived();
    while (!exchange.done) {
        auto response = co_await m_upstream.next();
        if (!response)
            co_return failure(fail(response.error()));
        if (const auto handled = onResponse(exchange, std::move(*response)); !handled)
            co_return failure(fail(handled.error()));
        if (std::exchange(exchange.uploading, false)) {
            if (const auto uploaded = co_await m_upstream.flush(); !uploaded)
                co_return failure(fail(uploaded.error()));
        }
    }
    m_donePatience.stop();
    m_idling = false;
    if (!exchange.isIdle() && (m_latency < 0 || timer.elapsed() < m_latency))
        m_latency = timer.elapsed();
    const ImapResponse &verdict = exchange.reply.verdict;
    const QString told
        = QStringLiteral("%1 %2%3 bytes, %4 ms")
              .arg(QString::fromLatin1(verdict.name),
                  verdict.code.isEmpty() ? QString()
                                         : QStringLiteral("[%1] ").arg(QString::fromLatin1(verdict.code.left(40))))
              .arg(m_upstream.bytesReceived() - before)
              .arg(timer.elapsed());
    m_upstream.note(QStringLiteral("< ") + told);
    qCDebug(imapLog).noquote() << exchange.line.verb << told;
    if (exchange.changed && !exchange.isIdle())
        Q_EMIT doorbell();
    co_return std::move(exchange.reply);
}

Result<void> Gate::onResponse(Exchange &exchange, ImapResponse response)
{
    const tl::unexpected<MailError> illegal = failure({.kind = ErrorKind::Protocol});
    if (response.kind == ImapResponse::Kind::Continuation)
        return onContinuation(exchange);

    if (response.kind == ImapResponse::Kind::Tagged) {
        // A tag that is not the command's is no verdict on anything.
        if (response.tag != exchange.line.tag || (exchange.messageOwed && response.isOk()))
            return illegal;
        m_downstream.write(responseForKimap(response));
        exchange.reply.verdict = std::move(response);
        exchange.done = true;
        return {};
    }

    if (response.isStatus()) {
        if (response.code == "CLOSED" && exchange.isSelect()) {
            exchange.reply.vanished.clear();
            if (exchange.command.closed)
                exchange.command.closed();
        }
        if (!response.code.isEmpty() && exchange.reply.notices.size() < GateReply::noticeLimit)
            exchange.reply.notices.append(response);
    } else if (response.name == "FETCH" && response.number && exchange.command.fetched) {
        auto data = FetchData::read(std::move(response));
        if (!data)
            return failure(data.error());
        if (!exchange.command.fetched(std::move(*data)))
            ring(exchange);
        return {};
    } else if (response.name == "SEARCH" || response.name == "ESEARCH") {
        return onFound(exchange, response);
    } else if (exchange.command.told && exchange.command.told(response)) {
        return {};
    } else {
        onChange(exchange, response);
    }
    if (exchange.isSelect() || exchange.line.verb == "LIST")
        m_downstream.write(responseForKimap(response));
    return {};
}

/// Legal where a command asks for it: once for the literal of APPEND, once for IDLE.
Result<void> Gate::onContinuation(Exchange &exchange)
{
    if (exchange.messageOwed) {
        exchange.messageOwed = false;
        exchange.uploading = true;
        m_upstream.write(exchange.command.message + "\r\n");
        exchange.command.message.clear();
    } else if (exchange.isIdle() && !std::exchange(exchange.idleAgreed, true)) {
        m_idling = true;
        forwardDone();
    } else {
        return failure({.kind = ErrorKind::Protocol});
    }
    return {};
}

/// `* SEARCH 2 84 882`, `* ESEARCH (TAG "A282") UID ALL 2,84,882` (RFC 9051 7.3.4; KIMAP loses UIDs above 2^31).
Result<void> Gate::onFound(Exchange &exchange, const ImapResponse &response)
{
    const bool extended = response.name == "ESEARCH";
    bool isAll = !extended;
    for (const ImapToken &token : response.tokens) {
        const qsizetype room = mostFound - exchange.reply.found.size();
        if (extended && !isAll) {
            isAll = token.kind == ImapToken::Kind::Atom && token.bytes.compare("ALL", Qt::CaseInsensitive) == 0;
        } else if (token.kind == ImapToken::Kind::Open) { // (MODSEQ 5) at the end
            break;
        } else {
            const auto uids = parseUidSet(token.bytes, room);
            if (!uids)
                return failure({.kind = ErrorKind::Protocol});
            exchange.reply.found += *uids;
            isAll = !extended;
        }
    }
    return {};
}

void Gate::onChange(Exchange &exchange, const ImapResponse &response)
{
    if (response.name == "EXISTS" && response.number) {
        // Some servers repeat the count at every IDLE.
        if (std::exchange(m_exists, *response.number) != *response.number && !exchange.isSelect())
            ring(exchange);
    } else if (response.name == "EXPUNGE" && response.number) {
        m_exists -= m_exists > 0;
        if (!exchange.removes())
            ring(exchange);
    } else if (response.name == "VANISHED") {
        onVanished(exchange, response);
    } else if (response.name == "FETCH") {
        if (exchange.line.verb != "UID STORE") // our own change comes back
            ring(exchange);
    }
}

/// `* VANISHED 405,407,410:425` in place of EXPUNGE, `* VANISHED (EARLIER) 41,43:116` for what went before the SELECT
/// (RFC 7162 3.2.10). One that cannot be read is only a change: whoever counts finds out what is gone.
void Gate::onVanished(Exchange &exchange, const ImapResponse &response)
{
    const bool earlier = !response.tokens.isEmpty() && response.tokens.first().kind == ImapToken::Kind::Open;
    const auto ranges = response.tokens.isEmpty() ? std::nullopt : parseUidRanges(response.tokens.last().bytes);
    if (earlier) {
        exchange.reply.vanished += ranges.value_or(QList<UidRange>());
        return;
    }
    quint64 count = 0;
    for (const UidRange range : ranges.value_or(QList<UidRange>()))
        count += quint64(range.last) - range.first + 1;
    m_exists -= quint32(qMin(quint64(m_exists), count));
    if (!exchange.removes())
        ring(exchange);
}

void Gate::ring(Exchange &exchange)
{
    if (!std::exchange(exchange.changed, true) && exchange.isIdle())
        Q_EMIT doorbell();
}

/// KIMAP's DONE, held back until the server has agreed to IDLE.
void Gate::forwardDone()
{
    if (!m_idling)
        return;
    const auto line = m_downstream.takeLine();
    if (!line)
        return;
    m_idling = false;
    m_upstream.write("DONE\r\n");
    m_donePatience.start(m_patience);
}

} // namespace postaci
