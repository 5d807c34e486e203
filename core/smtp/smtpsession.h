// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/net/linechannel.h"
#include "core/smtp/smtpcapabilities.h"
#include "core/smtp/smtpreply.h"
#include "core/smtp/submission.h"

#include <QCoro/QCoroTask>

#include <QObject>

#include <chrono>

namespace postaci {

/// A conversation with a submission server (RFC 5321, 6409): greeting, EHLO, STARTTLS, AUTH, then any number of mails.
///
/// Lives on the engine thread; one procedure at a time, one connection for each session. A refused recipient never
/// aborts the others (RFC 5321 3.3). Deleted only after close() and the end of what was under way.
///
/// An error with Step::EndOfContent means that the final dot was written and no verdict came: only then is the outcome
/// unknown. Every other error means that the server has not taken the mail; a refusal after the final dot has
/// Step::Content.
class SmtpSession : public QObject {
    Q_OBJECT

public:
    using Capabilities = SmtpCapabilities;

    /// How long the server may be silent. RFC 5321 4.5.3.2, but nobody waits five minutes for a greeting.
    struct TimeLimits {
        std::chrono::milliseconds connect = std::chrono::seconds(20); ///< In all, see LineChannel::setConnectLimit().
        std::chrono::milliseconds hello = std::chrono::seconds(60); ///< Each step up to TLS.
        std::chrono::milliseconds login = std::chrono::minutes(3); ///< RFC 4954 4.
        std::chrono::milliseconds command = std::chrono::minutes(5);
        std::chrono::milliseconds dataStart = std::chrono::minutes(2);
        std::chrono::milliseconds block = std::chrono::minutes(3);
        std::chrono::milliseconds endOfContent = std::chrono::minutes(10);
        std::chrono::milliseconds quit = std::chrono::seconds(5);
    };

    explicit SmtpSession(TlsPolicy policy, QObject *parent = nullptr);
    ~SmtpSession() override;

    void setTimeLimits(const TimeLimits &limits) { m_limits = limits; }

    /// Up to and including AUTH. Credentials are ignored for AuthMethod::None; impossible ones are refused before
    /// connecting (Sasl::check()).
    [[nodiscard]] QCoro::Task<Result<Capabilities>> open(ServerSettings server, Credentials credentials);
    /// One mail. What SmtpEnvelope::make() refuses never reaches the server. The connection stays usable after a
    /// refusal.
    [[nodiscard]] QCoro::Task<Result<SubmissionResult>> submit(Submission submission);
    /// MAIL FROM and RCPT TO the address itself, then RSET: proves that sending would be allowed.
    [[nodiscard]] QCoro::Task<Result<void>> probe(QString address);
    [[nodiscard]] QCoro::Task<void> quit();

    /// Ends whatever is under way with Cancelled.
    void close();
    bool isOpen() const; ///< Ready for submit().

Q_SIGNALS:
    /// While open() is under way: Resolve, Connect, Tls, Greeting, StartTls, Capabilities, Login, each when it is
    /// passed, with a technical detail (see ladderOf() for their order).
    void stepPassed(postaci::Step step, const QString &detail);
    /// Bytes of the message that have left the program.
    void uploadProgress(qint64 sent, qint64 total);

private:
    QCoro::Task<Result<void>> hello();
    QCoro::Task<Result<void>> startTls();
    QCoro::Task<Result<void>> login(Credentials credentials);

    /// One mail that can be sent over this connection.
    struct Mail {
        QByteArray sender; ///< The MAIL command.
        QList<QByteArray> recipients; ///< The RCPT commands.
        QList<qsizetype> places; ///< Where their verdicts go in `result`.
        SubmissionResult result;
    };
    Result<Mail> prepare(const Submission &submission) const;
    QCoro::Task<Result<SubmissionResult>> sendEnvelope(Mail mail, bool withData);
    QCoro::Task<void> abandonMail(bool dataSent);
    QCoro::Task<Result<SmtpReply>> sendContent(QByteArray message);

    QCoro::Task<Result<SmtpReply>> command(QByteArray line, Step step, std::chrono::milliseconds limit);
    QCoro::Task<Result<SmtpReply>> readReply(Step step, std::chrono::milliseconds limit);
    MailError refusal(const SmtpReply &reply, Step step);
    MailError breakOff(MailError error);

    LineChannel m_channel;
    ServerSettings m_server;
    TimeLimits m_limits;
    SmtpCapabilities m_capabilities;
    bool m_ready = false;
};

} // namespace postaci
