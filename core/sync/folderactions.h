// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/ids.h"
#include "core/store/tables.h"

#include <QString>

/// What a user does to folders that are on this computer only: those of POP3 accounts and the account "On this
/// computer". Each function is meant for one transaction. Folders of a server, and what is to become of a special
/// folder, give ReadOnly; a name that cannot be one InvalidInput; one that is taken AlreadyExists.
namespace postaci::actions {

/// In `parent`, or at the top of `account`. No account: on this computer.
Result<FolderId> createFolder(Tables &tables, AccountId account, FolderId parent, const QString &name);
/// With the folders below it.
Result<void> renameFolder(Tables &tables, FolderId folder, const QString &name);
/// With the folders below it and their mail; to another such account, too. No parent: to the top of `account`, where
/// none means the one that it is in.
Result<void> moveFolder(Tables &tables, FolderId folder, AccountId account, FolderId parent);
/// With the folders below it and their mail: to Trash; for good when already in there, or without a Trash.
Result<void> deleteFolder(Tables &tables, FolderId folder);
/// Whether deleteFolder() would leave nothing of it.
bool isDeletedForGood(const Tables &tables, FolderId folder);

} // namespace postaci::actions
