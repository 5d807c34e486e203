// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace postaci {

/// One reply of an SMTP server (RFC 5321 4.2), with its enhanced status code (RFC 2034, 3463) taken off the text.
struct SmtpReply {
    int code = 0; ///< 200 to 599.
    QByteArray enhancedCode; ///< "5.7.8", or empty.
    QList<QByteArray> lines; ///< The text of each line, at least one; as the server sent it: clean before showing.

    bool isCompletion() const { return code / 100 == 2; }
    bool isIntermediate() const { return code / 100 == 3; }

    QByteArray text() const { return lines.join(' '); }

    /// What this reply means where another was hoped for. Always an error: Protocol for a 2xx or 3xx that has no place.
    MailError error(Step step) const;

    friend bool operator==(const SmtpReply &, const SmtpReply &) = default;
};

/// Puts a reply together, line by line. Pure: no sockets.
class SmtpReplyParser {
public:
    static constexpr qsizetype lineLimit
        = qsizetype(64) * 1024; ///< Bytes; RFC 5321 asks for 512, some servers list more.
    static constexpr qsizetype linesLimit = 1000;

    /// Takes one line without its line end. A reply when this was its last line, nothing when more are to come,
    /// Protocol when it is no reply. After a reply or an error the parser is as new.
    [[nodiscard]] Result<std::optional<SmtpReply>> addLine(QByteArrayView line);

private:
    SmtpReply m_reply;
};

} // namespace postaci
