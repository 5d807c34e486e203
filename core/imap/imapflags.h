// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/flags.h"

#include <QByteArray>
#include <QList>

namespace postaci {

/// The program's flags as IMAP names them: RFC 9051 2.3.2 and the keywords registered with IANA.
QList<QByteArray> flagNames(Flags flags);

/// The other way; unknown names are ignored, case does not count, and `\*` stands for every keyword.
Flags flagsFromName(QByteArrayView name);

} // namespace postaci
