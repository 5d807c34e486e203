// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace postaci {

/// One mailbox of RFC 5322 3.4. Reading and writing header text is core/mime's work.
struct Address {
    QString name; ///< Display name, decoded; may be empty.
    QString address; ///< "local@domain", the domain as the user reads it (Unicode).

    friend bool operator==(const Address &, const Address &) = default;
};

using AddressList = QList<Address>;

} // namespace postaci

Q_DECLARE_METATYPE(postaci::Address)
