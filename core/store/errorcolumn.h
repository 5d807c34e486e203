// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"

#include <QString>

namespace postaci {

/// A MailError inside one column: JSON, with kind and step by name, so that the order of the enums may change. Empty
/// for a default-constructed error. A name that this program does not know is read as Protocol or None.
QString toColumn(const MailError &error);
MailError errorFromColumn(const QString &column);

} // namespace postaci
