// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/messageheader.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

namespace postaci {

/// A leaf of a message that is shown or saved as a file.
struct Attachment {
    int part = 0; ///< For attachmentContent(): the place in the body tree, depth first.
    QString fileName; ///< Safe as a file name; never empty.
    QByteArray mediaType; ///< Lower case, "application/pdf".
    QByteArray contentId; ///< Without angle brackets.
    qint64 size = 0; ///< Bytes after decoding.
    bool isInline = false; ///< Referred to by the HTML part.

    friend bool operator==(const Attachment &, const Attachment &) = default;
};

/// A message taken apart for reading (RFC 2045 to 2049): what the reader shows, all text decoded.
struct MessageBody {
    Envelope envelope;
    QString text; ///< The best plain text: the text part, or the HTML part as text. LF line ends.
    /// HTML parts in reading order, as they came; empty when there is none. Only ever shown after cleanHtml(), which
    /// closes each before the next: parts joined raw could send one another's text away (EFAIL).
    QStringList html;
    bool hasPlainPart = false; ///< `text` was written by the sender, not made from the HTML.
    QList<Attachment> attachments;
    bool incomplete = false; ///< A limit was hit (depth, number of parts); the source shows everything.
};

constexpr qsizetype maxBodyText = 8 * 1024 * 1024; ///< Characters of text, and as many of HTML.

/// Limits against bombs: depth 100, 10,000 parts. Pure; meant for a worker thread. Never fails on malformed mail.
MessageBody parseMessage(const QByteArray &raw);

/// The decoded bytes of an attachment of the same raw message. NotFound for a part that is not there.
[[nodiscard]] Result<QByteArray> attachmentContent(const QByteArray &raw, int part);

} // namespace postaci
