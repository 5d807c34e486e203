// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/imap/imaptypes.h"
#include "core/mail/ids.h"
#include "core/store/tables.h"

namespace postaci::newfolders {

/// Whether a folder waits to be made in a place that the server may not allow: outside INBOX.
bool wait(const Tables &tables, AccountId account);

/// Where the server has the user's folders under a prefix ("INBOX.", RFC 2342), those that were made here at the top go
/// under it, with everything that is still to be told about them.
void putUnderPrefix(Tables &tables, AccountId account, const Namespaces &namespaces);

} // namespace postaci::newfolders
