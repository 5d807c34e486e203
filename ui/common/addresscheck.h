// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/address.h"

#include <QString>

namespace postaci {

/// Whether a mail can be sent to it: a local part and a domain that has an ACE form (RFC 5321 4.5.3.1 limits).
bool isUsableAddress(const QString &address);

/// What the user typed into a recipient field. Semicolons separate too.
AddressList typedAddresses(const QString &text);

} // namespace postaci
