// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/pendingfolders.h"

#include "core/sync/messageactions.h"

#include <algorithm>

namespace postaci::pendingfolders {

namespace {

/// `path` after what was called `from` is called `to`.
QString renamed(const QString &path, const QString &from, const QString &to, QChar separator)
{
    return isWithin(path, from, separator) ? to + path.sliced(from.size()) : path;
}

QChar separatorOf(const Tables &tables, const PendingOp &op)
{
    if (const auto folder = tables.folders.find(op.folder))
        return folder->separator;
    const auto removed = tables.folders.findRemoved(op.folder);
    return removed ? removed->separator : QChar();
}

QList<PendingOp> undoCreation(Tables &tables, const PendingOp &op)
{
    // What was brought into it goes back to where it was.
    QList<PendingOp> undone;
    const QList<PendingOp> all = tables.pendingOps.all(op.account);
    for (auto it = all.crbegin(); it != all.crend(); ++it) {
        if (it->id != op.id && it->toFolder == op.folder)
            undone += actions::undo(tables, *it);
    }
    tables.folders.remove(op.folder);
    return undone;
}

void undoRenaming(Tables &tables, const PendingOp &op)
{
    const QChar separator = separatorOf(tables, op);
    // Later ones were made under the name that will not be.
    const QList<PendingOp> waiting = tables.pendingOps.ofFolders(op.account);
    for (PendingOp later : waiting) {
        if (later.id.value <= op.id.value)
            continue;
        later.path = renamed(later.path, op.newPath, op.path, separator);
        if (later.newPath != op.newPath)
            later.newPath = renamed(later.newPath, op.newPath, op.path, separator);
        tables.pendingOps.update(later);
    }
    const QList<Folder> all = tables.folders.all(op.account);
    for (Folder folder : all) {
        const QString before = renamed(folder.path, op.newPath, op.path, separator);
        if (before == folder.path || tables.folders.findByPath(op.account, before))
            continue;
        folder.path = before;
        tables.folders.update(folder);
    }
}

} // namespace

bool isFolderOp(const PendingOp &op)
{
    return op.kind == PendingOp::Kind::CreateFolder || op.kind == PendingOp::Kind::RenameFolder
        || op.kind == PendingOp::Kind::DeleteFolder;
}

bool isWithin(const QString &path, const QString &above, QChar separator)
{
    return path == above || (!separator.isNull() && path.startsWith(above + separator));
}

QString pathOnServer(const Tables &tables, const Folder &folder)
{
    const QList<PendingOp> ops = tables.pendingOps.ofFolders(folder.account);
    QString path = folder.path;
    for (auto op = ops.crbegin(); op != ops.crend(); ++op) {
        if (op->kind == PendingOp::Kind::RenameFolder)
            path = renamed(path, op->newPath, op->path, folder.separator);
    }
    return path;
}

std::optional<Folder> onServer(const Tables &tables, FolderId id)
{
    std::optional<Folder> folder = tables.folders.find(id);
    if (!folder)
        folder = tables.folders.findRemoved(id);
    if (folder)
        folder->path = pathOnServer(tables, *folder);
    return folder;
}

QList<Folder> asTheUserSees(const QList<PendingOp> &ops, const QList<Folder> &remote)
{
    QList<Folder> seen = remote;
    for (const PendingOp &op : ops) {
        if (op.kind == PendingOp::Kind::DeleteFolder)
            seen.removeIf([&op](const Folder &folder) { return folder.path == op.path; });
        if (op.kind != PendingOp::Kind::RenameFolder)
            continue;
        for (Folder &folder : seen)
            folder.path = renamed(folder.path, op.path, op.newPath, folder.separator);
    }
    return seen;
}

QSet<QString> notThereYet(const QList<PendingOp> &ops, QChar separator)
{
    QSet<QString> paths;
    for (const PendingOp &op : ops) {
        if (op.kind == PendingOp::Kind::CreateFolder) {
            paths.insert(op.path);
        } else if (op.kind == PendingOp::Kind::RenameFolder) {
            QSet<QString> after;
            for (const QString &path : std::as_const(paths))
                after.insert(renamed(path, op.path, op.newPath, separator));
            paths = after;
        }
    }
    return paths;
}

QList<PendingOp> undo(Tables &tables, const PendingOp &op)
{
    QList<PendingOp> undone;
    switch (op.kind) {
    case PendingOp::Kind::CreateFolder:
        undone = undoCreation(tables, op);
        break;
    case PendingOp::Kind::RenameFolder:
        undoRenaming(tables, op);
        break;
    case PendingOp::Kind::DeleteFolder:
        tables.folders.restore(op.folder, op.account);
        break;
    default:
        return {};
    }
    tables.pendingOps.remove(op.id);
    undone.append(op);
    return undone;
}

} // namespace postaci::pendingfolders
