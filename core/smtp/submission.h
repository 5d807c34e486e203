// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace postaci {

/// What one message submission is (RFC 6409): envelope and bytes.
struct Submission {
    QString sender; ///< Empty for the null reverse-path of a notification (RFC 5321 4.5.5).
    QStringList recipients;
    QByteArray message; ///< CR LF line ends, no Bcc, not dot-stuffed. Bare CR or LF is refused.
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

/// A submission's envelope as it goes over the wire, made only from a submission that can be sent.
struct SmtpEnvelope {
    /// Bytes of a line without its CR LF (RFC 5321 4.5.3.1.6).
    static constexpr qsizetype lineLimit = 998;

    QByteArray sender; ///< Without the angle brackets.
    QList<QByteArray> recipients;
    bool hasEightBitBytes = false; ///< In the message: needs 8BITMIME (RFC 6152).

    /// Checks everything that could become a command or a second mail, before a server hears of it: line ends, NUL and
    /// line length of the message; CR, LF, space, control characters, angle brackets, source routes and broken quotes
    /// in the addresses. Fails with InvalidInput. Domains become A-labels (RFC 5890), local parts NFC in UTF-8.
    [[nodiscard]] static Result<SmtpEnvelope> make(const Submission &submission);
};

/// Whether this address can only be used with SMTPUTF8 (RFC 6531). Takes one from an SmtpEnvelope.
bool needsSmtpUtf8(QByteArrayView envelopeAddress);

/// One address for an envelope, as described at SmtpEnvelope::make().
Result<QByteArray> envelopeAddress(const QString &address);

/// Whole lines with the transparency of RFC 5321 4.5.2: a dot before each leading dot.
QByteArray dotStuffed(QByteArrayView lines);

} // namespace postaci
