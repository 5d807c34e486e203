// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/draft.h"

#include <QByteArray>
#include <QDateTime>

namespace postaci {

/// A draft as bytes (RFC 5322, 2045, 2047, 2231): CR LF line ends, no line over 998 bytes, no bare CR or LF.
struct BuiltMessage {
    QByteArray bytes; ///< With a Bcc field only if asked for.
    QByteArray messageIdHeader; ///< Without angle brackets.
    bool needsSmtpUtf8 = false; ///< An address has a non-ASCII local part (RFC 6531).
};

enum class BccField {
    Omit, ///< What goes on the wire.
    Keep, ///< The copy in Sent and the stored draft.
};

/// Builds a message: text/plain (format=flowed), in multipart/alternative with HTML if there is some, that in
/// multipart/related with its pictures, all in multipart/mixed with the files. Every value loses C0 controls, U+2028
/// and U+2029 before it goes into a header. Fails with InvalidInput for an address that cannot be written. `date` is
/// written in the local time zone. Pure but for the Message-ID, which is random unless given.
[[nodiscard]] Result<BuiltMessage> buildMessage(
    const Draft &draft, BccField bcc, const QDateTime &date, QByteArray messageIdHeader = {});

/// A fresh Message-ID in the sender's domain: no host name, no user name (RFC 5322 3.6.4).
QByteArray makeMessageId(const QString &senderAddress);

/// A stored draft, read back. Inverse of buildMessage() for everything the composer can make, but for ids that only
/// this profile knows and spaces at line ends. An answer (In-Reply-To) comes back as DraftKind::Reply.
Draft parseDraft(const QByteArray &raw);

} // namespace postaci
