// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/net/linechannel.h"

#include <QCoro/QCoroTask>

#include <QObject>

#include <functional>
#include <optional>

namespace postaci {

/// What one message submission is (RFC 6409): envelope and bytes.
struct Submission {
    QString sender;
    QStringList recipients;
    QByteArray message; ///< CR LF line ends, no Bcc, not dot-stuffed. Bare CR or LF is refused before connecting.
    bool toAllOrNone = false; ///< One refused recipient: send to nobody.
};

/// The outcome of a submission that reached the server.
struct SubmissionResult {
    struct PerRecipient {
        QString address;
        bool accepted = false;
        MailError error;
    };

    QList<PerRecipient> recipients; ///< In the order of Submission::recipients.
    bool delivered = false; ///< The server took responsibility for the accepted recipients.
    QString serverText; ///< The final reply's text (often the queue id), cleaned.
};

/// A conversation with a submission server (RFC 5321, 6409): greeting, EHLO, STARTTLS, AUTH, then any number of mails.
///
/// Lives on the engine thread; one procedure at a time. A refused recipient never aborts the others (RFC 5321 3.3).
/// A connection lost after the final dot is reported as an error with Step::EndOfContent: only then is the outcome
/// unknown.
class SmtpSession : public QObject {
    Q_OBJECT

public:
    struct Capabilities {
        bool startTls = false;
        bool pipelining = false;
        bool eightBitMime = false;
        bool smtpUtf8 = false;
        bool enhancedStatusCodes = false;
        bool chunking = false;
        std::optional<qint64> sizeLimit; ///< Bytes; 0 means "no fixed limit".
        QList<QByteArray> mechanisms;
    };

    explicit SmtpSession(TlsPolicy policy, QObject *parent = nullptr);
    ~SmtpSession() override;

    /// Up to and including AUTH. Credentials are ignored for AuthMethod::None.
    [[nodiscard]] QCoro::Task<Result<Capabilities>> open(ServerSettings server, Credentials credentials);
    /// One mail. The connection stays usable after a refusal.
    [[nodiscard]] QCoro::Task<Result<SubmissionResult>> submit(Submission submission);
    /// MAIL FROM and RCPT TO the address itself, then RSET: proves that sending would be allowed.
    [[nodiscard]] QCoro::Task<Result<void>> probe(QString address);
    [[nodiscard]] QCoro::Task<void> quit();

    /// Ends whatever is under way with Cancelled.
    void close();
    bool isOpen() const;

Q_SIGNALS:
    void uploadProgress(qint64 sent, qint64 total);
};

} // namespace postaci
