// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"

#include <QByteArray>
#include <QString>

namespace postaci {

/// An account to begin the set-up with, as an organisation or the demo can hand it out: JSON
///
///     {"name": "Ayşe", "address": "ayse@example.org",
///      "incoming": {"protocol": "imap", "host": "…", "port": 993, "encryption": "tls", "userName": "…"},
///      "outgoing": {"protocol": "smtp", "host": "…", "port": 465, "encryption": "tls", "userName": "…"}}
///
/// without secrets: anything else in it is refused, a password above all. `encryption` is "tls" or "starttls"; without
/// a `userName` it is the address. InvalidInput when it is not that.
[[nodiscard]] Result<Account> accountFromSuggestion(const QByteArray &json);

/// The same from a file; FileUnreadable when there is none.
[[nodiscard]] Result<Account> readSuggestion(const QString &file);

} // namespace postaci
