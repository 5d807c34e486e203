// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/imap/gate/imapresponse.h"

#include <optional>

namespace postaci {

/// Cuts the bytes of an IMAP server into complete responses (RFC 9051 7 and 9). No sockets: bytes in, values out.
///
/// A response comes out whole, with all its literals, or not at all; an illegal one ends the stream for good, because
/// nobody knows any more where the next one would begin, and a mail's text could pass for one. Text for people may hold
/// anything: quotes, brackets, `{5}`, UTF-8, nothing. A response of an unknown kind is let through, even unreadable.
///
///     framer.feed(bytes);
///     while (true) {
///         auto response = framer.next();
///         if (!response) …                // illegal: Protocol, or MessageTooLarge for a body over the limit
///         if (!*response) break;          // more bytes are needed
///         …
///     }
class ResponseFramer {
public:
    struct Limits {
        qsizetype line = qsizetype(1024) * 1024; ///< Bytes of one response outside its literals.
        qsizetype literal = qsizetype(1024) * 1024; ///< Bytes of one response's literals, but for …
        qsizetype body = qsizetype(256) * 1024 * 1024; ///< … the content of mails.
        int depth = 100; ///< Of parentheses.
    };

    ResponseFramer() = default;
    explicit ResponseFramer(Limits limits)
        : m_limits(limits)
    {
    }

    void feed(QByteArrayView bytes);
    /// The next complete response, or nothing while it has not all arrived.
    [[nodiscard]] Result<std::optional<ImapResponse>> next();

    /// Whether bytes are left over that belong to no response yet.
    bool hasLeftOver() const { return m_position < m_buffer.size() || m_midResponse; }
    /// Takes them, where what follows is something else (RFC 4978: compressed).
    QByteArray takeRest();

private:
    enum class Verdict { Complete, LiteralFollows, Illegal, TooLarge };

    Verdict begin(QByteArrayView line);
    Verdict beginUntagged(QByteArrayView line);
    Verdict readStatus(QByteArrayView rest);
    Verdict readData(QByteArrayView fragment);
    Verdict tokenise(QByteArrayView fragment);
    Verdict readLiteralSize(QByteArrayView digits);
    qsizetype atomEnd(QByteArrayView fragment, qsizetype start) const;
    bool isMailContent() const;
    void discardRead();

    Limits m_limits;
    QByteArray m_buffer;
    qsizetype m_position = 0; ///< What is before this has been read.
    qsizetype m_scanned = 0; ///< Up to here there is no line end.

    ImapResponse m_response;
    bool m_midResponse = false; ///< A literal of m_response is still to come, or what follows it.
    qsizetype m_literalLeft = 0;
    qsizetype m_lineBytes = 0;
    qsizetype m_literalBytes = 0;
    int m_depth = 0;
    std::optional<ErrorKind> m_illegal;
};

} // namespace postaci
