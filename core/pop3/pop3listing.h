// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>

namespace postaci {

/// A message in the maildrop. Its number is good for this connection only; its unique id stays.
struct Pop3Entry {
    int number = 0; ///< From 1.
    qint64 size = 0; ///< Octets, as the server estimates them; 0 when it did not say.
    QByteArray uid; ///< RFC 1939 7; empty when the server has none for it.

    friend bool operator==(const Pop3Entry &, const Pop3Entry &) = default;
};

/// The bodies of the LIST and UIDL responses as one list, by number. A message that only one of them knows is kept.
/// A unique id over 1,000 bytes (RFC 1939 says 70) counts as none. Protocol for a line that is neither, or a number
/// twice. Pure.
[[nodiscard]] Result<QList<Pop3Entry>> parsePop3Listing(QByteArrayView list, QByteArrayView uidl);

} // namespace postaci
