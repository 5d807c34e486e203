// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFlags>
#include <QMetaType>

namespace postaci {

/// Message flags of IMAP (RFC 9051 2.3.2) and the keywords of RFC 5788 that the program knows. The numbers are
/// stored: never change or reuse one.
enum class Flag {
    Seen = 0x01,
    Answered = 0x02,
    Flagged = 0x04,
    Deleted = 0x08,
    Draft = 0x10,
    Forwarded = 0x20, ///< $Forwarded
    Junk = 0x40, ///< $Junk
    NotJunk = 0x80, ///< $NotJunk
    MdnSent = 0x100, ///< $MDNSent
};
Q_DECLARE_FLAGS(Flags, Flag)
Q_DECLARE_OPERATORS_FOR_FLAGS(Flags)

} // namespace postaci

Q_DECLARE_METATYPE(postaci::Flags)
