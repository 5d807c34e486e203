// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pop3/pop3session.h"

#include "core/base/log.h"
#include "core/net/sasl.h"

#include <QElapsedTimer>
#include <QMetaEnum>

namespace postaci {

namespace {

/// Of a command, with its CR LF (RFC 2449 4): a longer initial response is sent on its own (RFC 5034 4).
constexpr qsizetype commandLimit = 255;
/// More challenges than any mechanism has.
constexpr int roundsLimit = 16;
/// Commands that may wait for their answers where the server can do PIPELINING.
constexpr qsizetype pipelineDepth = 64;

/// Of a login, what a log may show.
QByteArray withoutSecret(const QByteArray &line)
{
    const QList<QByteArray> words = line.split(' ');
    if (words.first() == "AUTH")
        return words.first() + ' ' + words.value(1);
    if (words.first() == "USER" || words.first() == "PASS")
        return words.first() + " …";
    return "…";
}

} // namespace

Pop3Session::Pop3Session(TlsPolicy policy, QObject *parent)
    : QObject(parent)
    , m_channel(std::move(policy))
{
    connect(&m_channel, &LineChannel::stepPassed, this, &Pop3Session::stepPassed);
    connect(this, &Pop3Session::stepPassed, this, [this](Step step, const QString &detail) {
        note(QString::fromLatin1(QMetaEnum::fromType<Step>().valueToKey(int(step)))
            + (detail.isEmpty() ? QString() : QStringLiteral(": ") + detail));
    });
}

Pop3Session::~Pop3Session() = default;

QCoro::Task<Result<Pop3Capabilities>> Pop3Session::open(ServerSettings server, Credentials credentials)
{
    m_server = server;
    if (auto checked = Sasl::check(credentials); !checked)
        co_return failure(breakOff(checked.error()));

    note(QStringLiteral("to ") + server.endpoint());
    if (const auto opened = co_await m_channel.open(server); !opened)
        co_return failure(breakOff(opened.error()));
    const auto greeting = co_await readReply(Step::Greeting);
    if (!greeting)
        co_return failure(greeting.error());
    if (!greeting->isOk())
        co_return failure(breakOff(refusal(*greeting, Step::Greeting)));
    Q_EMIT stepPassed(Step::Greeting, {});

    if (const auto read = co_await readCapabilities(); !read)
        co_return failure(breakOff(read.error()));
    if (server.encryption == Encryption::StartTls) {
        if (const auto encrypted = co_await startTls(); !encrypted)
            co_return failure(breakOff(encrypted.error()));
        if (const auto read = co_await readCapabilities(); !read)
            co_return failure(breakOff(read.error()));
    }
    Q_EMIT stepPassed(Step::Capabilities, QString::fromLatin1(m_capabilities.mechanisms.join(' ')));
    if (const auto loggedIn = co_await login(std::move(credentials)); !loggedIn)
        co_return failure(breakOff(loggedIn.error()));
    Q_EMIT stepPassed(Step::Login, {});
    m_ready = true;
    const Pop3Capabilities capabilities = m_capabilities;
    co_return capabilities;
}

/// RFC 2449 5. A server without CAPA can do what RFC 1939 asks for.
QCoro::Task<Result<void>> Pop3Session::readCapabilities()
{
    m_capabilities = {};
    const auto reply = co_await command("CAPA", Step::Capabilities);
    if (!reply)
        co_return failure(reply.error());
    if (reply->status == Pop3Reply::Status::Error) {
        m_capabilities.user = true;
        co_return Result<void>();
    }
    if (!reply->isOk())
        co_return failure(refusal(*reply, Step::Capabilities));
    const auto body = co_await readBlock(Step::Capabilities);
    if (!body)
        co_return failure(body.error());
    m_capabilities = Pop3Capabilities::parse(*body);
    co_return Result<void>();
}

/// RFC 2595 4. Whatever the server says, no login may follow in clear.
QCoro::Task<Result<void>> Pop3Session::startTls()
{
    if (!m_capabilities.startTls)
        co_return failure({.kind = ErrorKind::EncryptionMissing, .step = Step::StartTls});
    const auto reply = co_await command("STLS", Step::StartTls);
    if (!reply)
        co_return failure(reply.error());
    if (!reply->isOk())
        co_return failure(refusal(*reply, Step::StartTls));
    Q_EMIT stepPassed(Step::StartTls, {});
    co_return co_await m_channel.startTls();
}

QCoro::Task<Result<void>> Pop3Session::login(Credentials credentials)
{
    if (!m_channel.isSecure())
        co_return failure({.kind = ErrorKind::EncryptionMissing, .step = Step::Login});
    if (m_capabilities.mechanisms.isEmpty() && credentials.method == AuthMethod::Password)
        co_return co_await loginByPass(std::move(credentials));
    auto loggedIn = co_await loginBySasl(credentials);
    if (!loggedIn && loggedIn.error().kind == ErrorKind::NoCommonMechanism && m_capabilities.user
        && credentials.method == AuthMethod::Password)
        co_return co_await loginByPass(std::move(credentials));
    co_return loggedIn;
}

/// RFC 5034
QCoro::Task<Result<void>> Pop3Session::loginBySasl(Credentials credentials)
{
    Sasl sasl("pop", m_server.host, credentials, m_channel.isSecure());
    const auto start = sasl.start(m_capabilities.mechanisms);
    if (!start)
        co_return failure(start.error());

    QByteArray line = "AUTH " + start->mechanism;
    const QByteArray initialResponse
        = start->initialResponse.isEmpty() ? QByteArray("=") : start->initialResponse.toBase64();
    bool initialIsPending = start->hasInitialResponse;
    if (initialIsPending && line.size() + 1 + initialResponse.size() + 2 <= commandLimit) {
        line += ' ' + initialResponse;
        initialIsPending = false;
    }

    for (int round = 0; round < roundsLimit; ++round) {
        const auto reply = co_await command(line, Step::Login);
        if (!reply)
            co_return failure(reply.error());
        if (reply->isOk() && sasl.isComplete() && !initialIsPending)
            co_return Result<void>();
        if (reply->status != Pop3Reply::Status::Challenge)
            co_return failure(refusal(*reply, Step::Login));

        const auto challenge
            = QByteArray::fromBase64Encoding(reply->text.trimmed(), QByteArray::AbortOnBase64DecodingErrors);
        auto response = Result<QByteArray>(failure({.kind = ErrorKind::Protocol, .step = Step::Login}));
        if (challenge && initialIsPending)
            response = start->initialResponse;
        else if (challenge)
            response = sasl.step(*challenge);
        initialIsPending = false;
        if (!response) {
            // Cancels the exchange; what the server says to that changes nothing.
            (void)co_await command("*", Step::Login);
            co_return failure(response.error());
        }
        line = response->toBase64();
    }
    co_return failure({.kind = ErrorKind::Protocol, .step = Step::Login});
}

/// RFC 1939 7. What is no line of text was refused by Sasl::check().
QCoro::Task<Result<void>> Pop3Session::loginByPass(Credentials credentials)
{
    for (const QByteArray &line : {"USER " + credentials.userName.toUtf8(), "PASS " + credentials.secret.toUtf8()}) {
        const auto reply = co_await command(line, Step::Login);
        if (!reply)
            co_return failure(reply.error());
        if (!reply->isOk())
            co_return failure(refusal(*reply, Step::Login));
    }
    co_return Result<void>();
}

QCoro::Task<Result<QList<Pop3Entry>>> Pop3Session::list()
{
    const auto sizes = co_await blockCommand("LIST", Step::FetchHeaders);
    if (!sizes)
        co_return failure(sizes.error());
    auto uids = co_await blockCommand("UIDL", Step::FetchHeaders);
    if (!uids && (uids.error().isConnectionFailure() || !isOpen()))
        co_return failure(uids.error());
    auto entries = parsePop3Listing(*sizes, uids ? *uids : QByteArray());
    if (!entries) {
        entries.error().step = Step::FetchHeaders;
        co_return failure(breakOff(entries.error()));
    }
    co_return entries;
}

QCoro::Task<Result<QList<Pop3Entry>>> Pop3Session::listUids()
{
    const auto count = co_await command("STAT", Step::FetchHeaders);
    if (!count)
        co_return failure(count.error());
    const auto uids = co_await blockCommand("UIDL", Step::FetchHeaders);
    if (!uids)
        co_return failure(uids.error());
    auto entries = parsePop3Listing({}, *uids);
    if (!entries) {
        entries.error().step = Step::FetchHeaders;
        co_return failure(breakOff(entries.error()));
    }
    const QByteArray promised = count->isOk() ? count->text.trimmed().split(' ').constFirst() : QByteArray();
    if (promised != QByteArray::number(entries->size()))
        co_return failure({.kind = ErrorKind::Refused, .step = Step::FetchHeaders});
    co_return entries;
}

QCoro::Task<Result<QList<qint64>>> Pop3Session::readSizes(QList<int> numbers)
{
    const qsizetype depth = m_capabilities.pipelining ? pipelineDepth : 1;
    QList<qint64> sizes;
    sizes.reserve(numbers.size());
    qsizetype asked = 0;
    while (sizes.size() < numbers.size()) {
        QByteArray lines;
        for (; asked < numbers.size() && asked - sizes.size() < depth; ++asked)
            lines += "LIST " + QByteArray::number(numbers[asked]) + "\r\n";
        if (!lines.isEmpty())
            m_channel.write(lines);
        const auto reply = co_await readReply(Step::FetchHeaders);
        if (!reply)
            co_return failure(reply.error());
        const QList<QByteArray> words = reply->text.simplified().split(' ');
        const bool isOfThis = reply->isOk() && words.constFirst() == QByteArray::number(numbers[sizes.size()]);
        sizes.append(isOfThis ? qMax(qint64(0), words.value(1).toLongLong()) : 0);
    }
    co_return sizes;
}

QCoro::Task<Result<void>> Pop3Session::retrieve(QList<int> numbers, Sink sink)
{
    QList<QByteArray> commands;
    commands.reserve(numbers.size());
    for (const int number : numbers)
        commands.append("RETR " + QByteArray::number(number) + "\r\n");
    co_return co_await retrieveBy(std::move(commands), std::move(numbers), std::move(sink));
}

QCoro::Task<Result<void>> Pop3Session::retrieveTops(QList<int> numbers, int lines, Sink sink)
{
    QList<QByteArray> commands;
    commands.reserve(numbers.size());
    for (const int number : numbers)
        commands.append("TOP " + QByteArray::number(number) + ' ' + QByteArray::number(lines) + "\r\n");
    co_return co_await retrieveBy(std::move(commands), std::move(numbers), std::move(sink));
}

QCoro::Task<Result<void>> Pop3Session::retrieveBy(QList<QByteArray> commands, QList<int> numbers, Sink sink)
{
    const qsizetype depth = m_capabilities.pipelining ? pipelineDepth : 1;
    qsizetype asked = 0;
    for (qsizetype answered = 0; answered < commands.size(); ++answered) {
        if (asked - answered <= depth / 2) {
            QByteArray lines;
            const qsizetype before = asked;
            for (; asked < commands.size() && asked - answered < depth; ++asked)
                lines += commands[asked];
            if (asked > before) {
                note(QStringLiteral("> %1 (%2)")
                        .arg(QString::fromLatin1(commands[before].trimmed()))
                        .arg(asked - before));
                ++m_roundTrips;
            }
            m_channel.write(lines);
        }
        const auto reply = co_await readReply(Step::FetchBody);
        if (!reply)
            co_return failure(reply.error());
        if (reply->status == Pop3Reply::Status::Error) {
            sink(numbers[answered], failure(refusal(*reply, Step::FetchBody)));
            continue;
        }
        if (!reply->isOk())
            co_return failure(breakOff(refusal(*reply, Step::FetchBody)));
        auto message = co_await readBlock(Step::FetchBody);
        if (!message)
            co_return failure(message.error());
        sink(numbers[answered], std::move(*message));
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> Pop3Session::remove(QList<int> numbers)
{
    const qsizetype depth = m_capabilities.pipelining ? pipelineDepth : 1;
    qsizetype asked = 0;
    Result<void> outcome;
    for (qsizetype answered = 0; answered < numbers.size(); ++answered) {
        if (asked - answered <= depth / 2) {
            QByteArray lines;
            for (; asked < numbers.size() && asked - answered < depth; ++asked)
                lines += "DELE " + QByteArray::number(numbers[asked]) + "\r\n";
            m_channel.write(lines);
        }
        const auto reply = co_await readReply(Step::DeleteMessages);
        if (!reply)
            co_return failure(reply.error());
        if (!reply->isOk() && outcome)
            outcome = failure(refusal(*reply, Step::DeleteMessages));
    }
    co_return outcome;
}

QCoro::Task<Result<void>> Pop3Session::quit()
{
    if (!isOpen())
        co_return failure(breakOff({.kind = ErrorKind::ConnectionLost, .step = Step::DeleteMessages}));
    const auto reply = co_await command("QUIT", Step::DeleteMessages);
    Result<void> outcome;
    if (!reply)
        outcome = failure(reply.error());
    else if (!reply->isOk()) // RFC 1939 6: some messages were not removed
        outcome = failure(refusal(*reply, Step::DeleteMessages));
    close();
    co_return outcome;
}

void Pop3Session::close()
{
    m_ready = false;
    m_channel.close();
}

bool Pop3Session::isOpen() const
{
    return m_ready && m_channel.isOpen();
}

QCoro::Task<Result<Pop3Reply>> Pop3Session::command(QByteArray line, Step step)
{
    note(QStringLiteral("> ") + QString::fromUtf8(step == Step::Login ? withoutSecret(line) : line));
    ++m_roundTrips;
    QElapsedTimer timer;
    timer.start();
    m_channel.write(line + "\r\n");
    const auto reply = co_await readReply(step);
    if (reply) {
        note(QStringLiteral("< %1, %2 ms")
                .arg(QLatin1StringView(reply->isOk()                ? "+OK"
                        : reply->status == Pop3Reply::Status::Error ? "-ERR"
                                                                    : "+"))
                .arg(timer.elapsed()));
        m_latency = m_latency < 0 ? timer.elapsed() : qMin(m_latency, timer.elapsed());
    }
    co_return reply;
}

QCoro::Task<Result<QByteArray>> Pop3Session::blockCommand(QByteArray line, Step step)
{
    const auto reply = co_await command(line, step);
    if (!reply)
        co_return failure(reply.error());
    if (!reply->isOk())
        co_return failure(refusal(*reply, step));
    co_return co_await readBlock(step);
}

QCoro::Task<Result<Pop3Reply>> Pop3Session::readReply(Step step)
{
    const auto line = co_await m_channel.readLine(Pop3Reply::lineLimit);
    auto reply = line ? Pop3Reply::parse(*line) : tl::unexpected(line.error());
    if (!reply) {
        reply.error().step = step;
        co_return failure(breakOff(reply.error()));
    }
    co_return reply;
}

QCoro::Task<Result<QByteArray>> Pop3Session::readBlock(Step step)
{
    Pop3Block block;
    bool complete = false;
    auto read = co_await m_channel.readUntil([this, &block, &complete](QByteArrayView &bytes) {
        complete = block.take(bytes);
        Q_EMIT received(block.size());
        return complete || block.size() > messageLimit;
    });
    if (read && !complete)
        read = failure({.kind = ErrorKind::MessageTooLarge});
    if (!read) {
        read.error().step = step;
        co_return failure(breakOff(read.error()));
    }
    co_return block.content();
}

MailError Pop3Session::refusal(const Pop3Reply &reply, Step step) const
{
    MailError error = reply.error(step);
    error.endpoint = m_channel.endpoint();
    if (m_server.encryption != Encryption::None && !m_channel.isEncrypted()) // anybody on the way could have written it
        error.serverText.clear();
    return error;
}

/// Ends the connection for this reason.
MailError Pop3Session::breakOff(MailError error)
{
    if (error.endpoint.isEmpty())
        error.endpoint = m_server.endpoint();
    qCDebug(pop3Log).noquote() << error.summary();
    note(QStringLiteral("ended: ") + error.summary());
    close();
    return error;
}

void Pop3Session::note(const QString &text)
{
    if (m_log)
        m_log->add(text);
}

} // namespace postaci
