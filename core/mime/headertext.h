// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

#include <functional>

namespace postaci {

constexpr qsizetype maxHeaderBlock = 1024 * 1024; ///< Bytes of a header block that are looked at.
constexpr qsizetype maxHeaderField = 64 * 1024; ///< Bytes of one field that are shown; address lists are not cut.

constexpr qsizetype maxMessageIdSize = 900; ///< Bytes; a longer id would not fit on a line.

/// One field of a header block (RFC 5322 2.2), as views into it.
struct HeaderField {
    QByteArrayView name;
    QByteArrayView body; ///< Still folded and encoded.

    bool is(QByteArrayView other) const { return name.compare(other, Qt::CaseInsensitive) == 0; }
};

/// Reads the fields of a block one after another. Lines may end in CR LF or LF. Lines that are no field are skipped.
class HeaderReader {
public:
    explicit HeaderReader(QByteArrayView block)
        : m_block(block)
    {
    }

    /// False at the empty line, at the end, or when the very first line is no field (then nothing was read).
    bool next(HeaderField &field);
    /// Where the body begins, once next() was false.
    qsizetype position() const { return m_position; }

private:
    QByteArrayView m_block;
    qsizetype m_position = 0;
    bool m_first = true;
};

/// A field body as one line of UTF-8 without control characters: unfolded, raw 8-bit text converted. `charset`, asked
/// only then, is the one of the message's text: programs that write raw bytes into fields write the same ones. Encoded
/// words stay, but with charset names that every decoder understands.
QByteArray headerValue(QByteArrayView body, const std::function<QByteArray()> &charset = {});

/// Unstructured text (RFC 2047) from headerValue().
QString decodeHeaderText(const QByteArray &value);

bool isAscii(QStringView text);

/// One line: control characters (C0, C1), U+2028, U+2029 and U+FEFF become a space or vanish; the ends are trimmed.
/// Everything that goes into a header or a one-line view passes here.
QString cleanText(const QString &text);
/// cleanText() without direction controls (U+202A to U+202E, U+2066 to U+2069): for names and addresses, which stand
/// beside other text that they could reorder.
QString cleanName(const QString &text);

} // namespace postaci
