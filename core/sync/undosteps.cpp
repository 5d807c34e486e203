// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/undosteps.h"

#include "core/sync/pendingfolders.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace postaci::undoable {

namespace {

void rememberFolder(Tables &tables, UndoStep::Kind kind, const Folder &before, const QDateTime &now)
{
    const std::optional<Folder> after = tables.folders.find(before.id);
    if (after && after->path == before.path && after->account == before.account)
        return;
    tables.undo.insert(
        {.kind = kind, .folder = before.id, .account = before.account, .path = before.path, .doneAt = now});
}

bool isEmpty(const Tables &tables, const Folder &folder)
{
    const QList<Folder> all = tables.folders.all(folder.account);
    return folder.total == 0 && std::none_of(all.cbegin(), all.cend(), [&folder](const Folder &one) {
        return one.path != folder.path && pendingfolders::isWithin(one.path, folder.path, folder.separator);
    });
}

/// What the server has not heard of simply does not happen.
bool cancelLast(Tables &tables, const UndoStep &step)
{
    const std::optional<Folder> folder = tables.folders.find(step.folder);
    if (!folder)
        return false;
    const QList<PendingOp> ops = tables.pendingOps.ofFolders(folder->account);
    if (ops.isEmpty() || ops.last().folder != step.folder || ops.last().state != PendingOp::State::Waiting)
        return false;
    const PendingOp &last = ops.last();
    const bool isIt = step.kind == UndoStep::Kind::CreateFolder
        ? last.kind == PendingOp::Kind::CreateFolder
        : last.kind == PendingOp::Kind::RenameFolder && last.path == step.path;
    if (!isIt || (step.kind == UndoStep::Kind::CreateFolder && !isEmpty(tables, *folder)))
        return false;
    (void)pendingfolders::undo(tables, last);
    return true;
}

Result<void> takeFolderBack(Tables &tables, const UndoStep &step, const QDateTime &now)
{
    if (cancelLast(tables, step))
        return {};
    if (step.kind != UndoStep::Kind::CreateFolder)
        return actions::putFolderBack(tables, step.folder, step.account, step.path, now);
    const std::optional<Folder> folder = tables.folders.find(step.folder);
    if (!folder)
        return failure({.kind = ErrorKind::NotFound, .step = Step::ChangeFolders});
    // What has come into it meanwhile is not lost.
    return actions::deleteFolder(
        tables, step.folder, isEmpty(tables, *folder) ? actions::Deletion::ForGood : actions::Deletion::ToTrash, now);
}

bool isLocal(const Tables &tables, AccountId id)
{
    const std::optional<Account> account = tables.accounts.find(id);
    return account && account->isLocal();
}

void takeFlagsBack(Tables &tables, const QList<UndoMessage> &messages, const QDateTime &now, WayBack &way)
{
    QHash<std::pair<int, int>, QList<MessageId>> changes;
    for (const UndoMessage &one : messages) {
        if (one.added || one.removed)
            changes[{one.removed.toInt(), one.added.toInt()}].append(one.message);
    }
    for (const auto &[flags, ids] : changes.asKeyValueRange()) {
        const auto changed
            = actions::changeFlags(tables, ids, Flags::fromInt(flags.first), Flags::fromInt(flags.second), now);
        if (changed)
            way.touched += *changed;
        else
            way.problem = changed.error();
    }
}

void takeMovesBack(Tables &tables, const QList<UndoMessage> &messages, const QDateTime &now, WayBack &way)
{
    QHash<FolderId, QList<MessageId>> within;
    for (const UndoMessage &one : messages) {
        if (!one.from)
            continue;
        const std::optional<MessageHeader> row = tables.messages.header(one.message);
        const bool isInPlace = one.original != one.message && tables.messages.header(one.original);
        if (!row && isInPlace) // Its new server did not take it.
            continue;
        const std::optional<Folder> folder = row ? tables.folders.find(row->folder) : std::nullopt;
        const std::optional<Folder> from = tables.folders.find(one.from);
        if (!folder || !from) {
            way.problem = {.kind = ErrorKind::NotFound, .step = Step::MoveMessages};
        } else if (!isInPlace) {
            const bool isNear = folder->account == from->account
                || (isLocal(tables, folder->account) && isLocal(tables, from->account));
            if (isNear)
                within[from->id].append(one.message);
            else
                way.transfers.append(one);
        } else if (tables.pendingOps.isPutting(one.original)) {
            way.problem = {.kind = ErrorKind::TryLater, .step = Step::MoveMessages};
        } else if (const auto removed = actions::removeMoved(tables, {one.message}, now)) {
            way.touched += *removed; // The original is still in its place: the copy goes.
        }
    }
    for (const auto &[folder, ids] : within.asKeyValueRange()) {
        const auto moved = actions::move(tables, ids, folder, now);
        if (moved)
            way.touched += *moved;
        else
            way.problem = moved.error();
    }
}

} // namespace

QList<UndoMessage> flagChanges(const Tables &tables, const QList<MessageId> &messages, Flags add, Flags remove)
{
    QList<UndoMessage> changes;
    QHash<FolderId, Folder> folders;
    const QList<MessageHeader> headers = tables.messages.headers(messages);
    for (const MessageHeader &message : headers) {
        if (!folders.contains(message.folder))
            folders.insert(message.folder, tables.folders.find(message.folder).value_or(Folder()));
        const Folder &folder = folders[message.folder];
        const Flags added = folder.changeable(add & ~message.flags);
        const Flags removed = folder.changeable(remove & message.flags & ~add);
        if (added || removed)
            changes.append(
                {.message = message.id, .original = message.id, .from = {}, .added = added, .removed = removed});
    }
    return changes;
}

Result<actions::Touched> changeFlags(
    Tables &tables, const QList<MessageId> &messages, Flags add, Flags remove, const QDateTime &now)
{
    const QList<MessageHeader> headers = tables.messages.headers(messages);
    std::optional<Folder> closed;
    for (const MessageHeader &message : headers) {
        const std::optional<Folder> folder = tables.folders.find(message.folder);
        if (!folder || folder->changeable(add | remove)) {
            closed.reset();
            break;
        }
        closed = folder;
    }
    if (closed)
        return failure({.kind = ErrorKind::ReadOnly, .step = Step::ChangeFlags, .subject = closed->path});
    const QList<UndoMessage> changes = flagChanges(tables, messages, add, remove);
    if (!changes.isEmpty()) {
        const UndoStepId step
            = tables.undo.insert({.kind = UndoStep::Kind::ChangeFlags, .add = add, .remove = remove, .doneAt = now});
        tables.undo.add(step, changes);
    }
    return actions::changeFlags(tables, messages, add, remove, now);
}

Result<actions::Touched> remove(Tables &tables, const QList<MessageId> &messages, const QDateTime &now)
{
    const QList<MessageHeader> before = tables.messages.headers(messages);
    auto touched = actions::remove(tables, messages, now);
    if (!touched || before.isEmpty())
        return touched;
    QList<UndoMessage> moved;
    for (const MessageHeader &header : before) {
        if (tables.messages.header(header.id))
            moved.append(
                {.message = header.id, .original = header.id, .from = header.folder, .added = {}, .removed = {}});
    }
    const UndoStep::Kind kind = moved.isEmpty() ? UndoStep::Kind::DeleteForGood : UndoStep::Kind::Delete;
    const UndoStepId step = tables.undo.insert({.kind = kind, .messages = before.size(), .doneAt = now});
    if (!moved.isEmpty())
        tables.undo.add(step, moved);
    return touched;
}

Result<FolderId> createFolder(
    Tables &tables, AccountId account, FolderId parent, const QString &name, const QDateTime &now)
{
    const Result<FolderId> made = actions::createFolder(tables, account, parent, name, now);
    if (const auto folder = made ? tables.folders.find(*made) : std::nullopt)
        tables.undo.insert({.kind = UndoStep::Kind::CreateFolder,
            .folder = folder->id,
            .account = folder->account,
            .path = folder->path,
            .doneAt = now});
    return made;
}

Result<void> renameFolder(Tables &tables, FolderId id, const QString &name, const QDateTime &now)
{
    const Folder before = tables.folders.find(id).value_or(Folder());
    const Result<void> renamed = actions::renameFolder(tables, id, name, now);
    if (renamed)
        rememberFolder(tables, UndoStep::Kind::RenameFolder, before, now);
    return renamed;
}

Result<void> moveFolder(Tables &tables, FolderId id, AccountId account, FolderId parent, const QDateTime &now)
{
    const Folder before = tables.folders.find(id).value_or(Folder());
    const Result<void> moved = actions::moveFolder(tables, id, account, parent, now);
    if (moved)
        rememberFolder(tables, UndoStep::Kind::MoveFolder, before, now);
    return moved;
}

Result<void> deleteFolder(Tables &tables, FolderId id, actions::Deletion deletion, const QDateTime &now)
{
    const Folder before = tables.folders.find(id).value_or(Folder());
    const Result<void> deleted = actions::deleteFolder(tables, id, deletion, now);
    if (deleted && tables.folders.find(id))
        rememberFolder(tables, UndoStep::Kind::DeleteFolder, before, now);
    else if (deleted)
        tables.undo.insert({.kind = UndoStep::Kind::DeleteForGood, .messages = 1, .path = before.path, .doneAt = now});
    return deleted;
}

WayBack takeBack(Tables &tables, const QDateTime &now)
{
    WayBack way{.step = tables.undo.last(), .touched = {}, .transfers = {}, .problem = {}};
    if (!way.step)
        return way;
    switch (way.step->kind) {
    case UndoStep::Kind::ChangeFlags:
    case UndoStep::Kind::Move:
    case UndoStep::Kind::Delete: {
        const QList<UndoMessage> messages = tables.undo.messages(way.step->id);
        takeMovesBack(tables, messages, now, way);
        takeFlagsBack(tables, messages, now, way);
        break;
    }
    case UndoStep::Kind::DeleteForGood:
        break;
    case UndoStep::Kind::CreateFolder:
    case UndoStep::Kind::RenameFolder:
    case UndoStep::Kind::MoveFolder:
    case UndoStep::Kind::DeleteFolder:
        if (const auto back = takeFolderBack(tables, *way.step, now); !back)
            way.problem = back.error();
        way.touched += actions::withFolderOps(tables);
        break;
    }
    if (way.transfers.isEmpty()) {
        tables.undo.remove(way.step->id);
    } else {
        QList<MessageId> done;
        const QList<UndoMessage> all = tables.undo.messages(way.step->id);
        for (const UndoMessage &one : all) {
            if (!way.transfers.contains(one))
                done.append(one.message);
        }
        tables.undo.removeMessages(way.step->id, done);
    }
    return way;
}

} // namespace postaci::undoable
