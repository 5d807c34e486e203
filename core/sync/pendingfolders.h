// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/folder.h"
#include "core/store/tables.h"

#include <QList>
#include <QSet>
#include <QString>

/// Folders that the user has made, renamed or deleted and whose server has not heard of it: the one list laid over the
/// other, in both directions.
namespace postaci::pendingfolders {

bool isFolderOp(const PendingOp &op);

/// `path` or something below it.
bool isWithin(const QString &path, const QString &above, QChar separator);

/// The name under which the server knows the folder now.
QString pathOnServer(const Tables &tables, const Folder &folder);

/// The folder, also one that the user has deleted and the server still has, with its path on the server.
std::optional<Folder> onServer(const Tables &tables, FolderId folder);

/// The server's folders as they will be once it has been told everything.
QList<Folder> asTheUserSees(const QList<PendingOp> &ops, const QList<Folder> &remote);

/// Paths of folders that the server has yet to make.
QSet<QString> notThereYet(const QList<PendingOp> &ops, QChar separator);

/// Takes the local half of what will not happen back, with what was done in a folder that will not be. Returns all
/// that.
QList<PendingOp> undo(Tables &tables, const PendingOp &op);

} // namespace postaci::pendingfolders
