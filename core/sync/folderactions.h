// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/ids.h"
#include "core/store/tables.h"

#include <QSet>
#include <QString>

/// What a user does to folders, each meant for one transaction. Those of POP3 accounts and of the account "On this
/// computer" change at once and for good; of what is done to those of a server this is the local half, with the row
/// that asks for its remote half (docs/decisions/0005-pending-operations.md).
///
/// What is to become of a special folder gives ReadOnly; a name that cannot be one InvalidInput; one that is taken
/// AlreadyExists.
namespace postaci::actions {

/// In `parent`, or at the top of `account`. No account: on this computer.
Result<FolderId> createFolder(Tables &tables, AccountId account, FolderId parent, const QString &name);
/// With the folders below it.
Result<void> renameFolder(Tables &tables, FolderId folder, const QString &name);
/// With the folders below it and their mail: within an account, or between those that are on this computer. No parent:
/// to the top of `account`, where none means the one that it is in.
Result<void> moveFolder(Tables &tables, FolderId folder, AccountId account, FolderId parent);
/// With the folders below it and their mail. On this computer to Trash, and for good when already in there, or without
/// a Trash; on a server for good.
Result<void> deleteFolder(Tables &tables, FolderId folder);
/// Whether deleteFolder() would leave nothing of it.
bool isDeletedForGood(const Tables &tables, FolderId folder);

/// Accounts whose servers have to be told of folders.
QSet<AccountId> withFolderOps(const Tables &tables);

} // namespace postaci::actions
