// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/imap/gate/imapresponse.h"
#include "core/imap/imaptypes.h"

#include <optional>
#include <utility>

namespace postaci {

// What servers tell in data responses of their own. Pure; nothing for a response of another kind or one that makes no
// sense.

/// `* STATUS INBOX (MESSAGES 231 UIDNEXT 44292)` (RFC 9051 7.3.2); with the mailbox' path.
std::optional<std::pair<QString, FolderStatus>> readStatus(const ImapResponse &response);

/// `* NAMESPACE (("INBOX." ".")) NIL (("shared." "."))` (RFC 2342 5).
std::optional<Namespaces> readNamespaces(const ImapResponse &response);

/// `* QUOTA "" (STORAGE 10 512 MESSAGE 4 1000)` (RFC 9208 5.1): each of its resources.
QList<QuotaResource> readQuota(const ImapResponse &response);

} // namespace postaci
