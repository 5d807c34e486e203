// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/smtp/smtpsession.h"

#include "core/base/log.h"
#include "core/net/sasl.h"

#include <QHostAddress>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// Bytes of the message between two looks at progress and at what the network has taken.
constexpr qsizetype blockSize = qsizetype(64) * 1024;
/// Of a command, with its CR LF (RFC 5321 4.5.3.1.4): a longer initial response is sent on its own (RFC 4954 4).
constexpr qsizetype commandLimit = 512;
/// More challenges than any mechanism has.
constexpr int roundsLimit = 16;

/// Who we are (RFC 5321 4.1.3): the connection's own address, which the server sees anyway, and not the computer's
/// name.
QByteArray addressLiteral(QHostAddress address)
{
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4); // also from ::ffff:192.0.2.1
    if (isIpv4)
        return '[' + QHostAddress(ipv4).toString().toLatin1() + ']';
    address.setScopeId({});
    return "[IPv6:" + address.toString().toLatin1() + ']';
}

/// The end of the block from `from`: after a line end, since the message has lines of at most SmtpEnvelope::lineLimit.
qsizetype blockEnd(const QByteArray &message, qsizetype from)
{
    if (message.size() - from <= blockSize)
        return message.size();
    return message.lastIndexOf('\n', from + blockSize - 1) + 1;
}

} // namespace

SmtpSession::SmtpSession(TlsPolicy policy, QObject *parent)
    : QObject(parent)
    , m_channel(std::move(policy))
{
    connect(&m_channel, &LineChannel::stepPassed, this, &SmtpSession::stepPassed);
}

SmtpSession::~SmtpSession() = default;

QCoro::Task<Result<SmtpSession::Capabilities>> SmtpSession::open(ServerSettings server, Credentials credentials)
{
    m_server = server;
    if (server.auth != AuthMethod::None) {
        if (auto checked = Sasl::check(credentials); !checked)
            co_return failure(breakOff(checked.error()));
    }

    m_channel.setReadTimeout(m_limits.hello);
    m_channel.setConnectLimit(m_limits.connect);
    if (const auto opened = co_await m_channel.open(server); !opened)
        co_return failure(breakOff(opened.error()));
    const auto greeting = co_await readReply(Step::Greeting, m_limits.hello);
    if (!greeting)
        co_return failure(greeting.error());
    if (greeting->code != 220)
        co_return failure(breakOff(refusal(*greeting, Step::Greeting)));
    Q_EMIT stepPassed(Step::Greeting, {});

    if (const auto said = co_await hello(); !said)
        co_return failure(breakOff(said.error()));
    if (server.encryption == Encryption::StartTls) {
        if (const auto encrypted = co_await startTls(); !encrypted)
            co_return failure(breakOff(encrypted.error()));
        if (const auto said = co_await hello(); !said)
            co_return failure(breakOff(said.error()));
    }
    Q_EMIT stepPassed(Step::Capabilities, QString::fromLatin1(m_capabilities.mechanisms.join(' ')));
    if (server.auth != AuthMethod::None) {
        if (const auto loggedIn = co_await login(std::move(credentials)); !loggedIn)
            co_return failure(breakOff(loggedIn.error()));
    }
    m_ready = true;
    co_return m_capabilities;
}

QCoro::Task<Result<void>> SmtpSession::hello()
{
    m_capabilities = {};
    const QByteArray name = addressLiteral(m_channel.localAddress());
    auto reply = co_await command("EHLO " + name, Step::Capabilities, m_limits.hello);
    if (reply && reply->isCompletion())
        m_capabilities = SmtpCapabilities::parse(*reply);
    else if (reply && reply->code >= 500 && m_server.encryption == Encryption::None) // a test server from long ago
        reply = co_await command("HELO " + name, Step::Capabilities, m_limits.hello);
    if (!reply)
        co_return failure(reply.error());
    if (!reply->isCompletion())
        co_return failure(refusal(*reply, Step::Capabilities));
    co_return Result<void>();
}

/// RFC 3207. Whatever the server says, nothing but QUIT may follow in clear.
QCoro::Task<Result<void>> SmtpSession::startTls()
{
    if (!m_capabilities.startTls)
        co_return failure({.kind = ErrorKind::EncryptionMissing, .step = Step::StartTls});
    const auto reply = co_await command("STARTTLS", Step::StartTls, m_limits.hello);
    if (!reply)
        co_return failure(reply.error());
    if (reply->code != 220)
        co_return failure(refusal(*reply, Step::StartTls));
    Q_EMIT stepPassed(Step::StartTls, {});
    co_return co_await m_channel.startTls();
}

/// RFC 4954
QCoro::Task<Result<void>> SmtpSession::login(Credentials credentials)
{
    Sasl sasl("smtp", m_server.host, credentials, m_channel.isSecure());
    const auto start = sasl.start(m_capabilities.mechanisms);
    if (!start)
        co_return failure(start.error());

    QByteArray line = "AUTH " + start->mechanism;
    QByteArray initialResponse = start->initialResponse.isEmpty() ? "="_ba : start->initialResponse.toBase64();
    bool initialIsPending = start->hasInitialResponse;
    if (initialIsPending && line.size() + 1 + initialResponse.size() + 2 <= commandLimit) {
        line += ' ' + initialResponse;
        initialIsPending = false;
    }

    for (int round = 0; round < roundsLimit; ++round) {
        const auto reply = co_await command(line, Step::Login, m_limits.login);
        if (!reply)
            co_return failure(reply.error());
        if (reply->code == 235 && sasl.isComplete() && !initialIsPending) {
            Q_EMIT stepPassed(Step::Login, QString::fromLatin1(start->mechanism));
            co_return Result<void>();
        }
        if (reply->code != 334)
            co_return failure(refusal(*reply, Step::Login));

        const auto challenge
            = QByteArray::fromBase64Encoding(reply->text().trimmed(), QByteArray::AbortOnBase64DecodingErrors);
        auto response = Result<QByteArray>(failure({.kind = ErrorKind::Protocol, .step = Step::Login}));
        if (challenge && initialIsPending)
            response = start->initialResponse;
        else if (challenge)
            response = sasl.step(*challenge);
        initialIsPending = false;
        if (!response) {
            // Cancels the exchange; what the server says to that changes nothing.
            (void)co_await command("*", Step::Login, m_limits.login);
            co_return failure(response.error());
        }
        line = response->toBase64();
    }
    co_return failure({.kind = ErrorKind::Protocol, .step = Step::Login});
}

QCoro::Task<Result<SubmissionResult>> SmtpSession::submit(Submission submission)
{
    const auto mail = prepare(submission);
    if (!mail)
        co_return failure(mail.error());
    if (mail->recipients.isEmpty()
        || (submission.toAllOrNone && mail->recipients.size() < submission.recipients.size()))
        co_return mail->result;

    // RFC 2920: DATA can go along before the verdicts are known, since abandonMail() knows how to end an unwanted mail.
    // Not when one refusal is to keep the mail from everybody.
    const bool dataAlong = m_capabilities.pipelining && !submission.toAllOrNone;
    auto result = co_await sendEnvelope(*mail, dataAlong);
    if (!result)
        co_return failure(result.error());
    const auto accepted = std::count_if(result->recipients.begin(), result->recipients.end(),
        [](const SubmissionResult::PerRecipient &recipient) { return recipient.accepted; });
    if (accepted == 0 || (submission.toAllOrNone && accepted < result->recipients.size())) {
        co_await abandonMail(dataAlong);
        co_return result;
    }

    const auto go = co_await (
        dataAlong ? readReply(Step::Content, m_limits.dataStart) : command("DATA", Step::Content, m_limits.dataStart));
    if (!go)
        co_return failure(go.error());
    if (go->code != 354) {
        const MailError error = refusal(*go, Step::Content);
        co_await abandonMail(false);
        co_return failure(error);
    }
    const auto verdict = co_await sendContent(std::move(submission.message));
    if (!verdict)
        co_return failure(verdict.error());
    if (!verdict->isCompletion()) // only an answer that makes no sense leaves it open whether the server has the mail
        co_return failure(refusal(*verdict, verdict->code < 400 ? Step::EndOfContent : Step::Content));
    result->delivered = true;
    result->serverText = cleanServerText(verdict->text());
    co_return result;
}

/// The commands for this server, and what can be refused without asking it.
Result<SmtpSession::Mail> SmtpSession::prepare(const Submission &submission) const
{
    const auto envelope = SmtpEnvelope::make(submission);
    if (!envelope)
        return tl::unexpected(envelope.error());
    const auto refuse = [this](ErrorKind kind, Step step, const QString &subject = {}) {
        return MailError{.kind = kind, .step = step, .endpoint = m_channel.endpoint(), .subject = subject};
    };
    if (!isOpen())
        return failure(refuse(ErrorKind::ConnectionLost, Step::Sender));
    const qint64 size = submission.message.size();
    if (const qint64 limit = m_capabilities.sizeLimit.value_or(0); limit > 0 && size > limit)
        return failure(refuse(ErrorKind::MessageTooLarge, Step::Sender));
    if (envelope->hasEightBitBytes && !m_capabilities.eightBitMime)
        return failure(refuse(ErrorKind::InvalidInput, Step::Content));
    bool smtpUtf8 = needsSmtpUtf8(envelope->sender);
    if (smtpUtf8 && !m_capabilities.smtpUtf8)
        return failure(refuse(ErrorKind::SenderRefused, Step::Sender, submission.sender));

    Mail mail;
    for (qsizetype i = 0; i < envelope->recipients.size(); ++i) {
        const QByteArray &address = envelope->recipients[i];
        mail.result.recipients.append({.address = submission.recipients[i], .error = {}});
        if (needsSmtpUtf8(address) && !m_capabilities.smtpUtf8) {
            mail.result.recipients[i].error
                = refuse(ErrorKind::RecipientRefused, Step::Recipient, submission.recipients[i]);
            continue;
        }
        smtpUtf8 = smtpUtf8 || needsSmtpUtf8(address);
        mail.recipients.append("RCPT TO:<" + address + '>');
        mail.places.append(i);
    }
    mail.sender = "MAIL FROM:<" + envelope->sender + '>';
    if (m_capabilities.sizeLimit)
        mail.sender += " SIZE=" + QByteArray::number(size);
    if (envelope->hasEightBitBytes)
        mail.sender += " BODY=8BITMIME";
    if (smtpUtf8)
        mail.sender += " SMTPUTF8";
    return mail;
}

/// MAIL and each RCPT, and where asked for DATA behind them, its reply unread. Fails when the sender is refused; the
/// mail is abandoned then.
QCoro::Task<Result<SubmissionResult>> SmtpSession::sendEnvelope(Mail mail, bool withData)
{
    const bool pipelined = m_capabilities.pipelining;
    if (pipelined)
        m_channel.write(mail.sender + "\r\n" + mail.recipients.join("\r\n") + "\r\n" + (withData ? "DATA\r\n" : ""));

    const auto sender = co_await (
        pipelined ? readReply(Step::Sender, m_limits.command) : command(mail.sender, Step::Sender, m_limits.command));
    if (!sender)
        co_return failure(sender.error());
    std::optional<MailError> senderError;
    if (!sender->isCompletion())
        senderError = refusal(*sender, Step::Sender);

    for (qsizetype i = 0; i < mail.recipients.size() && (!senderError || pipelined); ++i) {
        const auto reply = co_await (pipelined ? readReply(Step::Recipient, m_limits.command)
                                               : command(mail.recipients[i], Step::Recipient, m_limits.command));
        if (!reply)
            co_return failure(senderError.value_or(reply.error()));
        if (senderError && reply->isCompletion()) // it has a recipient and no sender: no dot may follow
            co_return failure(breakOff(*senderError));
        SubmissionResult::PerRecipient &recipient = mail.result.recipients[mail.places[i]];
        recipient.accepted = reply->isCompletion();
        if (!recipient.accepted) {
            recipient.error = refusal(*reply, Step::Recipient);
            recipient.error.subject = recipient.address;
            if (!isOpen())
                co_return failure(senderError.value_or(recipient.error));
        }
    }
    if (senderError) {
        co_await abandonMail(withData);
        co_return failure(*senderError);
    }
    co_return mail.result;
}

/// Ends a mail that the server is not to have. A server that says 354 though it took nobody gets the lone dot of
/// RFC 2920 3.1. What comes of it changes nothing for the mail.
QCoro::Task<void> SmtpSession::abandonMail(bool dataSent)
{
    if (!isOpen())
        co_return;
    const auto reply = co_await (
        dataSent ? readReply(Step::Content, m_limits.dataStart) : command("RSET", Step::Sender, m_limits.command));
    if (!reply)
        co_return;
    if (dataSent && reply->code == 354)
        (void)co_await command(".", Step::Content, m_limits.endOfContent);
    else if (dataSent == reply->isCompletion()) // DATA is refused, RSET is not
        breakOff({.step = Step::Content});
}

/// The message and the final dot. From the dot on, an error has Step::EndOfContent.
QCoro::Task<Result<SmtpReply>> SmtpSession::sendContent(QByteArray message)
{
    m_channel.setReadTimeout(m_limits.block);
    for (qsizetype from = 0; from < message.size();) {
        const qsizetype end = blockEnd(message, from);
        m_channel.write(dotStuffed(QByteArrayView(message).sliced(from, end - from)));
        if (end == message.size() && !message.endsWith("\r\n"))
            m_channel.write("\r\n");
        if (const auto sent = co_await m_channel.flush(); !sent) {
            // Some servers say why before they hang up.
            const auto reply = co_await readReply(Step::Content, m_limits.quit);
            MailError error = reply && reply->code >= 400 ? refusal(*reply, Step::Content) : sent.error();
            error.step = Step::Content;
            co_return failure(breakOff(error));
        }
        from = end;
        Q_EMIT uploadProgress(from, message.size());
    }
    if (!m_channel.isOpen())
        co_return failure(breakOff({.kind = ErrorKind::ConnectionLost, .step = Step::Content}));
    co_return co_await command(".", Step::EndOfContent, m_limits.endOfContent);
}

QCoro::Task<Result<void>> SmtpSession::probe(QString address)
{
    const auto wire = envelopeAddress(address);
    if (!wire)
        co_return failure(wire.error());
    if (!isOpen())
        co_return failure(breakOff({.kind = ErrorKind::ConnectionLost, .step = Step::Sender}));
    const bool smtpUtf8 = needsSmtpUtf8(*wire);
    if (smtpUtf8 && !m_capabilities.smtpUtf8)
        co_return failure({.kind = ErrorKind::SenderRefused,
            .step = Step::Sender,
            .endpoint = m_channel.endpoint(),
            .subject = address});

    const Mail mail{.sender = "MAIL FROM:<" + *wire + '>' + (smtpUtf8 ? " SMTPUTF8" : ""),
        .recipients = {"RCPT TO:<" + *wire + '>'},
        .places = {0},
        .result = {.recipients = {{.address = address, .error = {}}}, .serverText = {}}};
    const auto result = co_await sendEnvelope(mail, false);
    if (!result)
        co_return failure(result.error());
    co_await abandonMail(false);
    if (!result->recipients.first().accepted)
        co_return failure(result->recipients.first().error);
    co_return Result<void>();
}

QCoro::Task<void> SmtpSession::quit()
{
    if (isOpen())
        (void)co_await command("QUIT", Step::None, m_limits.quit);
    close();
}

void SmtpSession::close()
{
    m_ready = false;
    m_channel.close();
}

bool SmtpSession::isOpen() const
{
    return m_ready && m_channel.isOpen();
}

QCoro::Task<Result<SmtpReply>> SmtpSession::command(QByteArray line, Step step, std::chrono::milliseconds limit)
{
    m_channel.write(line + "\r\n");
    co_return co_await readReply(step, limit);
}

QCoro::Task<Result<SmtpReply>> SmtpSession::readReply(Step step, std::chrono::milliseconds limit)
{
    m_channel.setReadTimeout(limit);
    SmtpReplyParser parser;
    while (true) {
        const auto line = co_await m_channel.readLine(SmtpReplyParser::lineLimit);
        auto reply = line ? parser.addLine(*line) : tl::unexpected(line.error());
        if (!reply) {
            reply.error().step = step;
            co_return failure(breakOff(reply.error()));
        }
        if (std::optional<SmtpReply> &whole = *reply)
            co_return *std::move(whole);
    }
}

/// What a reply other than the wanted one means. After one that has no place here, and after 421 (RFC 5321 3.8), the
/// connection is of no more use.
MailError SmtpSession::refusal(const SmtpReply &reply, Step step)
{
    MailError error = reply.error(step);
    error.endpoint = m_channel.endpoint();
    if (m_server.encryption != Encryption::None && !m_channel.isEncrypted()) // anybody on the way could have written it
        error.serverText.clear();
    return reply.code < 400 || reply.code == 421 ? breakOff(error) : error;
}

/// Ends the connection for this reason.
MailError SmtpSession::breakOff(MailError error)
{
    if (error.endpoint.isEmpty())
        error.endpoint = m_server.endpoint();
    qCDebug(smtpLog).noquote() << error.summary();
    close();
    return error;
}

} // namespace postaci
