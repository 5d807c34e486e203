// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/upstream.h"

#include "core/base/log.h"
#include "core/imap/gate/rewrite.h"
#include "core/imap/imapstatus.h"
#include "core/net/sasl.h"

#include <QHostAddress>
#include <QMetaEnum>

#include <utility>

namespace postaci {

Upstream::Upstream(TlsPolicy policy, QObject *parent)
    : QObject(parent)
    , m_channel(std::move(policy))
{
    connect(&m_channel, &LineChannel::stepPassed, this, &Upstream::stepPassed);
    connect(&m_channel, &LineChannel::ended, this, &Upstream::ended);
    connect(this, &Upstream::stepPassed, this, [this](Step step, const QString &detail) {
        note(QString::fromLatin1(QMetaEnum::fromType<Step>().valueToKey(int(step)))
            + (detail.isEmpty() ? QString() : QStringLiteral(": ") + detail));
    });
}

Upstream::~Upstream() = default;

void Upstream::setLog(std::shared_ptr<ConversationLog> log, const QString &name)
{
    m_log = std::move(log);
    m_logName = name;
}

void Upstream::note(const QString &text)
{
    if (m_log)
        m_log->add(m_logName + u' ' + text);
}

MailError Upstream::fail(MailError reason)
{
    if (!m_failure) {
        m_failure = std::move(reason);
        m_failure->endpoint = endpoint();
        if (m_failure->step == Step::None)
            m_failure->step = m_step;
        note(QStringLiteral("ended: ") + m_failure->summary());
        m_channel.close();
    }
    return *m_failure;
}

QCoro::Task<Result<void>> Upstream::open(ServerSettings server, Credentials credentials)
{
    m_step = Step::Login;
    if (const auto usable = Sasl::check(credentials); !usable)
        co_return failure(fail(usable.error()));

    m_step = Step::Connect;
    note(QStringLiteral("to ") + server.endpoint());
    if (const auto connected = co_await m_channel.open(server); !connected)
        co_return failure(fail(connected.error()));
    if (const auto greeted = co_await greet(server.encryption); !greeted)
        co_return failure(greeted.error());

    m_step = Step::Login;
    if (m_preauthenticated) {
        Q_EMIT stepPassed(Step::Capabilities, {});
        Q_EMIT stepPassed(Step::Login, QStringLiteral("PREAUTH"));
    } else if (const auto loggedIn = co_await logIn(server.host, std::move(credentials)); !loggedIn) {
        co_return failure(loggedIn.error());
    }
    m_step = Step::Capabilities;
    if (m_capabilities.names.isEmpty()) {
        if (const auto asked = co_await askCapabilities(); !asked)
            co_return failure(asked.error());
    }
    if (m_capabilities.has("ID")) { // RFC 2971; some providers refuse SELECT to a client without a name
        if (const auto told = co_await command("ID (\"name\" \"Postaci\")"); !told)
            co_return failure(told.error());
    }
    if (m_capabilities.has("QRESYNC")) {
        if (const auto enabled = co_await enableQresync(); !enabled)
            co_return failure(enabled.error());
    }
    if (m_capabilities.has("COMPRESS=DEFLATE")
        && (m_compression == Compression::WhenOffered || !m_channel.localAddress().isLoopback())) {
        if (const auto started = co_await startCompression(); !started)
            co_return failure(started.error());
    }
    m_ready = true;
    m_step = Step::None;
    co_return Result<void>();
}

/// RFC 9051 7.1: OK, PREAUTH or BYE. Ends with an encrypted connection, or one that never leaves the machine.
QCoro::Task<Result<void>> Upstream::greet(Encryption encryption)
{
    m_step = Step::Greeting;
    const auto greeting = co_await next();
    if (!greeting)
        co_return failure(greeting.error());
    const bool preauthenticated = greeting->kind == ImapResponse::Kind::Untagged && greeting->name == "PREAUTH";
    if (greeting->kind != ImapResponse::Kind::Untagged || (greeting->name != "OK" && !preauthenticated))
        co_return failure(fail({.kind = ErrorKind::Protocol}));

    // In the authenticated state STARTTLS is no longer possible (RFC 9051 11.1): whoever says PREAUTH in clear, often
    // not the server, would get all that follows, drafts included.
    if (preauthenticated && !m_channel.isEncrypted())
        co_return failure(fail({.kind = ErrorKind::EncryptionMissing}));
    Q_EMIT stepPassed(Step::Greeting, {});
    if (encryption == Encryption::StartTls)
        co_return co_await startTls();

    m_preauthenticated = preauthenticated;
    learnCapabilities(*greeting);
    co_return Result<void>();
}

QCoro::Task<Result<void>> Upstream::startTls()
{
    m_step = Step::StartTls;
    // Sent without asking for capabilities: nothing said in clear would be believed anyway.
    const auto answered = co_await command("STARTTLS");
    if (!answered)
        co_return failure(answered.error());
    if (!answered->isOk()) {
        MailError refused = errorOf(*answered, Step::StartTls);
        refused.kind = ErrorKind::EncryptionMissing;
        co_return failure(fail(refused));
    }
    Q_EMIT stepPassed(Step::StartTls, {});
    if (m_framer.hasLeftOver()) // sent in clear, to be taken for encrypted
        co_return failure(fail({.kind = ErrorKind::Protocol}));
    if (const auto encrypted = co_await m_channel.startTls(); !encrypted)
        co_return failure(fail(encrypted.error()));
    m_framer = ResponseFramer();
    m_capabilities = {};
    co_return Result<void>();
}

QCoro::Task<Result<void>> Upstream::logIn(QString host, Credentials credentials)
{
    if (m_capabilities.names.isEmpty()) {
        m_step = Step::Capabilities;
        if (const auto asked = co_await askCapabilities(); !asked)
            co_return failure(asked.error());
        m_step = Step::Login;
    }
    Q_EMIT stepPassed(Step::Capabilities, QString::fromLatin1(mechanisms().join(' ')));
    const auto verdict = co_await authenticate(std::move(host), std::move(credentials));
    if (!verdict)
        co_return failure(fail(verdict.error()));
    if (!verdict->isOk())
        co_return failure(fail(errorOf(*verdict, Step::Login)));
    Q_EMIT stepPassed(Step::Login, m_mechanism);
    co_return Result<void>();
}

QList<QByteArray> Upstream::mechanisms() const
{
    QList<QByteArray> mechanisms;
    for (const QByteArray &name : m_capabilities.names) {
        if (name.startsWith("AUTH="))
            mechanisms.append(name.sliced(5));
    }
    return mechanisms;
}

/// The server's verdict on the login. A mechanism that has proof to ask for (SCRAM) must be satisfied too.
QCoro::Task<Result<ImapResponse>> Upstream::authenticate(QString host, Credentials credentials)
{
    Sasl sasl("imap", host, credentials, m_channel.isSecure());
    const auto start = sasl.start(mechanisms());
    if (!start) {
        if (start.error().kind == ErrorKind::NoCommonMechanism && credentials.method == AuthMethod::Password
            && m_channel.isSecure() && !m_capabilities.has("LOGINDISABLED"))
            co_return co_await logInPlainly(std::move(credentials));
        co_return failure(start.error());
    }

    m_mechanism = QString::fromLatin1(start->mechanism);
    QByteArray line = "AUTHENTICATE " + start->mechanism;
    bool initialOwed = start->hasInitialResponse;
    if (initialOwed && m_capabilities.has("SASL-IR")) { // RFC 4959
        line += ' ' + (start->initialResponse.isEmpty() ? "=" : start->initialResponse.toBase64());
        initialOwed = false;
    }
    m_capabilities = {}; // RFC 9051 7.2.2: they may differ after the login
    const QByteArray tag = nextTag();
    write(tag + ' ' + line + "\r\n");

    while (true) {
        auto response = co_await answer(tag);
        if (!response)
            co_return failure(response.error());
        if (response->kind == ImapResponse::Kind::Tagged) {
            if (response->isOk() && !sasl.isComplete())
                co_return failure({.kind = ErrorKind::AuthenticationFailed});
            co_return std::move(*response);
        }

        const auto challenge
            = QByteArray::fromBase64Encoding(response->text.trimmed(), QByteArray::AbortOnBase64DecodingErrors);
        if (!challenge)
            co_return failure({.kind = ErrorKind::Protocol});
        QByteArray reply;
        if (initialOwed) {
            reply = start->initialResponse;
            initialOwed = false;
        } else if (const auto step = sasl.step(*challenge); step) {
            reply = *step;
        } else {
            co_return failure(step.error());
        }
        write(reply.toBase64() + "\r\n");
    }
}

/// LOGIN (RFC 9051 6.2.3), where the server has no SASL mechanism for a password. What a quoted string cannot hold goes
/// as a literal, so that no byte of a password is ever read as a command.
QCoro::Task<Result<ImapResponse>> Upstream::logInPlainly(Credentials credentials)
{
    m_capabilities = {};
    m_mechanism = QStringLiteral("LOGIN");
    const QByteArray tag = nextTag();
    QByteArray line = tag + " LOGIN";
    for (const QString &word : {credentials.userName, credentials.secret}) {
        const QByteArray bytes = word.toUtf8();
        if (isQuotable(bytes) && bytes.size() == word.size()) { // ASCII
            line += ' ' + quoted(bytes);
            continue;
        }
        write(line + " {" + QByteArray::number(bytes.size()) + "}\r\n");
        const auto goAhead = co_await answer(tag);
        if (!goAhead || goAhead->kind == ImapResponse::Kind::Tagged)
            co_return goAhead;
        line = bytes;
    }
    write(line + "\r\n");
    const auto verdict = co_await answer(tag);
    if (verdict && verdict->kind == ImapResponse::Kind::Continuation)
        co_return failure({.kind = ErrorKind::Protocol});
    co_return verdict;
}

/// RFC 7162 3.2.3. Where it is refused the capability is taken off the list.
QCoro::Task<Result<void>> Upstream::enableQresync()
{
    const auto verdict = co_await command("ENABLE QRESYNC");
    if (!verdict)
        co_return failure(verdict.error());
    if (!verdict->isOk() || !m_enabled.contains("QRESYNC"))
        m_capabilities.names.removeAll("QRESYNC");
    co_return Result<void>();
}

QCoro::Task<Result<void>> Upstream::startCompression()
{
    const auto verdict = co_await command("COMPRESS DEFLATE");
    if (!verdict)
        co_return failure(verdict.error());
    if (verdict->isOk()) { // a refusal is no harm
        m_deflate.emplace();
        m_deflate->feed(m_framer.takeRest());
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> Upstream::askCapabilities()
{
    const auto verdict = co_await command("CAPABILITY");
    if (!verdict)
        co_return failure(verdict.error());
    if (m_capabilities.names.isEmpty())
        co_return failure(fail({.kind = ErrorKind::Protocol}));
    co_return Result<void>();
}

/// One of the gate's own commands and its tagged answer.
QCoro::Task<Result<ImapResponse>> Upstream::command(QByteArray line)
{
    const QByteArray tag = nextTag();
    note(QStringLiteral("> ") + QString::fromLatin1(line));
    write(tag + ' ' + line + "\r\n");
    auto response = co_await answer(tag);
    if (response && response->kind == ImapResponse::Kind::Continuation)
        co_return failure(fail({.kind = ErrorKind::Protocol}));
    if (response)
        note(QStringLiteral("< ") + QString::fromLatin1(response->name));
    co_return response;
}

/// The next response that is not untagged. Of what comes before, only capabilities are of interest: mailboxes, flags
/// and counts that somebody sends before the login are none.
QCoro::Task<Result<ImapResponse>> Upstream::answer(QByteArray tag)
{
    while (true) {
        auto response = co_await next();
        if (!response)
            co_return failure(response.error());
        if (response->kind == ImapResponse::Kind::Tagged && response->tag != tag)
            co_return failure(fail({.kind = ErrorKind::Protocol}));
        if (response->kind != ImapResponse::Kind::Continuation)
            learnCapabilities(*response);
        if (response->kind != ImapResponse::Kind::Untagged)
            co_return std::move(*response);
    }
}

QCoro::Task<Result<ImapResponse>> Upstream::next()
{
    while (!m_failure) {
        auto framed = m_framer.next();
        if (!framed)
            co_return failure(fail(framed.error()));
        if (std::optional<ImapResponse> &response = *framed; response) {
            if (response->name == "BYE" && response->isStatus() && !m_byeExpected)
                co_return failure(fail(errorOf(*response, Step::None)));
            co_return *std::move(response);
        }

        if (m_deflate) {
            const auto block = m_deflate->takeBlock();
            if (!block)
                co_return failure(fail(block.error()));
            if (!block->isEmpty()) {
                m_framer.feed(*block);
                continue;
            }
        }
        const auto bytes = co_await m_channel.readSome();
        if (!bytes)
            co_return failure(fail(bytes.error()));
        if (m_deflate)
            m_deflate->feed(*bytes);
        else
            m_framer.feed(*bytes);
    }
    co_return failure(*m_failure);
}

void Upstream::write(const QByteArray &bytes)
{
    m_channel.write(m_deflate ? m_deflate->compress(bytes) : bytes);
}

QCoro::Task<Result<void>> Upstream::flush()
{
    const auto flushed = co_await m_channel.flush();
    if (!flushed)
        co_return failure(fail(flushed.error()));
    co_return Result<void>();
}

QByteArray Upstream::nextTag()
{
    return 'G' + QByteArray::number(++m_tags);
}

/// From the data response, or from the code of an OK (RFC 9051 7.1 and 7.2.2). And what has been enabled of them.
void Upstream::learnCapabilities(const ImapResponse &response)
{
    QList<QByteArray> names;
    if (response.name == "ENABLED") { // RFC 5161 3.2
        for (const ImapToken &token : response.tokens)
            m_enabled.append(token.bytes.toUpper());
    } else if (response.name == "CAPABILITY") {
        for (const ImapToken &token : response.tokens)
            names.append(token.bytes.toUpper());
    } else if (response.code == "CAPABILITY") {
        names = response.codeArguments.toUpper().simplified().split(' ');
    }
    if (!names.isEmpty())
        m_capabilities.names = names;
}

} // namespace postaci
