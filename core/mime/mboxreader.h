// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/flags.h"

#include <QByteArray>
#include <QDateTime>

#include <optional>

class QIODevice;

namespace postaci {

/// A message of an mbox file.
struct MboxMessage {
    QByteArray raw; ///< With CR LF where the file has LF only; see withMailLineEnds().
    Flags flags; ///< From Status, X-Status and X-Mozilla-Status; \Deleted: thrown away, and not yet compacted.
    QDateTime received; ///< From the separator, UTC; invalid when it tells none.
    bool tooLarge = false; ///< Over the limit: `raw` is empty.
};

/// Reads the messages of an mbox file one after another, in pieces: never more than one message in memory.
///
/// There are four kinds of mbox and none says which it is. A separator is a line that begins with `From ` and, as far
/// as can be seen, was meant as one: with a date behind it, or a header field below. `>From ` loses one `>` (mboxrd
/// exactly; mboxo as well as it can be). Content-Length (mboxcl, mboxcl2) counts in files whose first message has one
/// that leads to a separator: a single message cannot swallow its neighbours with it.
class MboxReader {
public:
    static constexpr qint64 defaultLimit = qint64(256) * 1024 * 1024;

    /// @param file open for reading; used until the reader goes
    /// @param limit bytes of the largest message
    explicit MboxReader(QIODevice &file, qint64 limit = defaultLimit);

    /// None: the end, or the file cannot be read any further (failed()).
    std::optional<MboxMessage> next();

    qint64 position() const { return m_offset + m_at; } ///< Bytes of the file that have been read.
    bool failed() const { return m_failed; }

    /// Whether a file that begins so can be an mbox.
    static bool isMbox(QByteArrayView start);

private:
    struct Line {
        qsizetype size = 0; ///< With its end; 0: there is none.
        bool isWhole = true; ///< False: a piece of a very long line.
    };
    /// A message in the making.
    struct Text {
        QByteArray bytes;
        bool tooLarge = false;
    };

    bool fill(qsizetype wanted);
    Line line();
    QByteArrayView view(qsizetype size) const { return QByteArrayView(m_buffer).sliced(m_at, size); }
    bool isSeparator(qsizetype size, bool afterBlank);
    bool leadsToSeparator(qint64 length);
    bool takeCounted(qint64 length, Text &text);
    void append(Text &text, QByteArrayView bytes) const;

    QIODevice &m_file;
    const qint64 m_limit;
    QByteArray m_buffer;
    qsizetype m_at = 0;
    qint64 m_offset = 0; ///< Of the buffer in the file.
    std::optional<bool> m_counted; ///< Whether Content-Length counts; unknown before the first message.
    bool m_started = false;
    bool m_ended = false;
    bool m_failed = false;
};

} // namespace postaci
