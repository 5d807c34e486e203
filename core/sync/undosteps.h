// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/store/tables.h"
#include "core/sync/folderactions.h"
#include "core/sync/messageactions.h"

#include <QDateTime>
#include <QList>

#include <optional>

/// Actions of the user with their way back (UndoTable), both in one transaction: each function does what that of the
/// same name in messageactions.h or folderactions.h does.
namespace postaci::undoable {

/// ReadOnly when not one of these can be changed where the messages are.
Result<actions::Touched> changeFlags(
    Tables &tables, const QList<MessageId> &messages, Flags add, Flags remove, const QDateTime &now);
Result<actions::Touched> remove(Tables &tables, const QList<MessageId> &messages, const QDateTime &now);

Result<FolderId> createFolder(
    Tables &tables, AccountId account, FolderId parent, const QString &name, const QDateTime &now);
Result<void> renameFolder(Tables &tables, FolderId folder, const QString &name, const QDateTime &now);
Result<void> moveFolder(Tables &tables, FolderId folder, AccountId account, FolderId parent, const QDateTime &now);
Result<void> deleteFolder(Tables &tables, FolderId folder, actions::Deletion deletion, const QDateTime &now);

/// What changing flags will really change, as part of a step.
QList<UndoMessage> flagChanges(const Tables &tables, const QList<MessageId> &messages, Flags add, Flags remove);

/// What taking the last step back has come to.
struct WayBack {
    std::optional<UndoStep> step; ///< None: there is nothing to take back.
    actions::Touched touched;
    QList<UndoMessage> transfers; ///< Messages that have to go back to another account; they stay in the step.
    std::optional<MailError> problem; ///< Some could not be; NotFound, TryLater, AlreadyExists.
};
WayBack takeBack(Tables &tables, const QDateTime &now);

} // namespace postaci::undoable
