// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/newfolders.h"

#include "core/sync/pendingfolders.h"

#include <algorithm>

namespace postaci::newfolders {

using namespace Qt::StringLiterals;

namespace {

bool isMadeOutside(const PendingOp &op)
{
    return op.kind == PendingOp::Kind::CreateFolder && !op.path.startsWith("INBOX"_L1);
}

} // namespace

bool wait(const Tables &tables, AccountId account)
{
    const QList<PendingOp> ops = tables.pendingOps.ofFolders(account);
    return std::ranges::any_of(ops, isMadeOutside);
}

void putUnderPrefix(Tables &tables, AccountId account, const Namespaces &namespaces)
{
    const auto isTop = [](const Namespace &space) { return space.prefix.isEmpty(); };
    if (namespaces.personal.isEmpty() || std::ranges::any_of(namespaces.personal, isTop))
        return;
    const Namespace own = namespaces.personal.first();
    const QList<Namespace> all = namespaces.personal + namespaces.others + namespaces.shared;
    const auto hasPlace = [&all](const QString &path) {
        return path == "INBOX"_L1
            || std::ranges::any_of(all, [&path](const Namespace &space) { return path.startsWith(space.prefix); });
    };
    QStringList made; // and what they are called later
    const auto placed = [&](const QString &path) {
        const bool isMade = std::ranges::any_of(
            made, [&](const QString &root) { return pendingfolders::isWithin(path, root, own.separator); });
        return isMade ? own.prefix + path : path;
    };
    const QList<PendingOp> ops = tables.pendingOps.ofFolders(account);
    for (const PendingOp &op : ops) {
        if (op.kind == PendingOp::Kind::CreateFolder && !hasPlace(op.path))
            made.append(op.path);
        PendingOp changed = op;
        changed.path = placed(op.path);
        if (changed.path != op.path && !op.newPath.isEmpty() && !hasPlace(op.newPath))
            made.append(op.newPath);
        changed.newPath = placed(op.newPath);
        if (changed != op)
            tables.pendingOps.update(changed);
    }
    const QList<Folder> folders = tables.folders.all(account);
    for (Folder folder : folders) {
        const QString path = placed(folder.path);
        if (path == folder.path || tables.folders.findByPath(account, path))
            continue;
        folder.path = path;
        tables.folders.update(folder);
    }
}

} // namespace postaci::newfolders
