// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/address.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace postaci {

/// Lists inside one column, one entry a line: "address TAB name". Header values hold no control characters
/// (core/mime takes them out); any that get here become spaces.
QString toColumn(const AddressList &addresses);
AddressList addressesFromColumn(const QString &column);

/// Message-IDs, one a line.
QByteArray toColumn(const QList<QByteArray> &messageIds);
QList<QByteArray> messageIdsFromColumn(const QByteArray &column);

} // namespace postaci
