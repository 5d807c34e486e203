// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/ids.h"
#include "core/store/tables.h"

#include <QDateTime>
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
Result<FolderId> createFolder(
    Tables &tables, AccountId account, FolderId parent, const QString &name, const QDateTime &now);
/// With the folders below it.
Result<void> renameFolder(Tables &tables, FolderId folder, const QString &name, const QDateTime &now);
/// With the folders below it and their mail: within an account, or between those that are on this computer. No parent:
/// to the top of `account`, where none means the one that it is in.
Result<void> moveFolder(Tables &tables, FolderId folder, AccountId account, FolderId parent, const QDateTime &now);

enum class Deletion { ToTrash, ForGood };
/// With the folders below it and their mail. To Trash means into that folder, as another one below it; where that
/// cannot be, see isDeletedForGood(), it goes for good as well.
Result<void> deleteFolder(Tables &tables, FolderId folder, Deletion deletion, const QDateTime &now);
/// Whether there is no Trash that it could go to, or it is in there already.
bool isDeletedForGood(const Tables &tables, FolderId folder);

/// Back to where it was, with the folders below it.
Result<void> putFolderBack(
    Tables &tables, FolderId folder, AccountId account, const QString &path, const QDateTime &now);
/// Once more what the server refused.
Result<void> repeatFolderOp(Tables &tables, const PendingOp &op, const QDateTime &now);

/// Accounts whose servers have to be told of folders.
QSet<AccountId> withFolderOps(const Tables &tables);

} // namespace postaci::actions
