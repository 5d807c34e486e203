// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

namespace postaci {

/// The body of a multi-line response (RFC 1939 3): finds the end and takes away the dots that were put in front of
/// lines. Every other byte stays as the server sent it. Pure; bytes may come in pieces of any size.
///
/// A line ends in CR LF only: a bare CR or LF is content, so that no mail can end its own transfer.
class Pop3Block {
public:
    /// Takes bytes off the front of `bytes` up to the end of the block. True: the block has ended, and what is left
    /// belongs to the next response.
    [[nodiscard]] bool take(QByteArrayView &bytes);

    qsizetype size() const { return m_content.size(); }
    /// Empties the block for the next response.
    QByteArray content();

private:
    enum class Place {
        LineStart,
        AfterDot, ///< At the start of a line, a dot was taken away.
        AfterDotCr,
        InLine,
    };

    QByteArray m_content;
    Place m_place = Place::LineStart;
};

} // namespace postaci
