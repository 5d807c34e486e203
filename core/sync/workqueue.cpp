// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/workqueue.h"

#include "core/store/tables.h"
#include "core/sync/folderactions.h"
#include "core/sync/localmail.h"
#include "core/sync/messageactions.h"
#include "core/sync/pendingfolders.h"

namespace postaci::workqueue {

namespace {

std::optional<Folder> anyFolder(const Tables &tables, FolderId id)
{
    const std::optional<Folder> folder = tables.folders.find(id);
    return folder ? folder : tables.folders.findRemoved(id);
}

QueuedAction action(const Tables &tables, const PendingGroup &group, bool refused)
{
    QueuedAction action{.id = {.refused = refused, .last = group.last.id},
        .op = group.last,
        .messages = pendingfolders::isFolderOp(group.last) ? 0 : group.count,
        .subject = {},
        .from = anyFolder(tables, group.last.folder),
        .to = anyFolder(tables, group.last.toFolder)};
    if (group.last.kind == PendingOp::Kind::Append) {
        action.to = tables.folders.findByRole(group.last.account, FolderRole::Sent);
        if (const auto mail = tables.outbox.find(group.last.outbox); mail && group.count == 1)
            action.subject = mail->subject;
    } else if (action.messages == 1) {
        const auto row = tables.messages.header(group.last.message);
        const auto original = row ? row : tables.messages.header(group.last.source);
        if (original)
            action.subject = original->envelope.subject;
    }
    return action;
}

/// The message of an operation: its row may be another one, since the server has brought it back.
std::optional<MessageHeader> messageOf(const Tables &tables, const PendingOp &op)
{
    if (const auto row = tables.messages.header(op.message))
        return row;
    if (op.uid == 0 || tables.folders.syncState(op.folder).uidValidity != op.uidValidity)
        return std::nullopt;
    const auto id = tables.messages.findByUid(op.folder, op.uid);
    const auto row = id ? tables.messages.header(*id) : std::nullopt;
    return row && row->envelope.messageIdHeader == op.messageIdHeader ? row : std::nullopt;
}

tl::unexpected<MailError> gone(const PendingOp &op)
{
    return failure({.kind = ErrorKind::NotFound, .step = op.lastError.step});
}

Result<actions::Touched> changeFlags(Tables &tables, const PendingOp &op, const QDateTime &now)
{
    const auto message = messageOf(tables, op);
    const auto folder = message ? tables.folders.find(message->folder) : std::nullopt;
    if (!folder)
        return gone(op);
    if (!folder->changeable(op.add | op.remove))
        return failure({.kind = ErrorKind::ReadOnly, .step = Step::ChangeFlags, .subject = folder->path});
    return actions::changeFlags(tables, {message->id}, op.add, op.remove, now);
}

Result<actions::Touched> repeat(Tables &tables, const PendingOp &op, const QDateTime &now)
{
    switch (op.kind) {
    case PendingOp::Kind::ChangeFlags:
        return changeFlags(tables, op, now);
    case PendingOp::Kind::Move: {
        const auto message = messageOf(tables, op);
        return message ? actions::move(tables, {message->id}, op.toFolder, now) : gone(op);
    }
    case PendingOp::Kind::Delete: {
        const auto message = messageOf(tables, op);
        return message ? actions::removeMoved(tables, {message->id}, now) : gone(op);
    }
    case PendingOp::Kind::CreateFolder:
    case PendingOp::Kind::RenameFolder:
    case PendingOp::Kind::DeleteFolder:
        if (const auto repeated = actions::repeatFolderOp(tables, op, now); !repeated)
            return failure(repeated.error());
        return actions::Touched{op.account};
    case PendingOp::Kind::Append: // is never given up, so never refused
    case PendingOp::Kind::Put: // see retry()
        break;
    }
    return gone(op);
}

/// Nothing else may have it any more.
void keepHere(Tables &tables, const PendingOp &op)
{
    const AccountId computer = local::computer(tables);
    tables.messages.move({op.message}, local::folderFor(tables, computer, FolderRole::Trash));
    const QList<PendingOp> all = tables.pendingOps.ofMessage(op.message);
    for (const PendingOp &one : all)
        tables.pendingOps.remove(one.id);
}

} // namespace

QList<QueuedAction> list(const Tables &tables, qsizetype limit)
{
    QList<QueuedAction> actions;
    const QList<PendingGroup> refused = tables.refusedOps.groups(limit);
    for (const PendingGroup &group : refused)
        actions.append(action(tables, group, true));
    const QList<PendingGroup> waiting = tables.pendingOps.groups(limit);
    for (const PendingGroup &group : waiting)
        actions.append(action(tables, group, false));
    return actions;
}

QueueSummary summary(const Tables &tables)
{
    return {.waiting = tables.pendingOps.count(), .refused = tables.refusedOps.count()};
}

void refuse(Tables &tables, PendingOp op, const MailError &error)
{
    op.lastError = error;
    const QList<PendingOp> undone = actions::undo(tables, op);
    for (auto one = undone.crbegin(); one != undone.crend(); ++one)
        note(tables, *one, error);
}

void note(Tables &tables, PendingOp op, const MailError &error)
{
    op.state = PendingOp::State::Failed;
    op.lastError = error;
    tables.refusedOps.insert(op);
}

Result<Retried> retry(Tables &tables, QueuedAction::Id id, const QDateTime &now)
{
    Retried retried;
    if (!id.refused) {
        const QList<PendingOp> ops = tables.pendingOps.groupOf(id.last);
        for (PendingOp op : ops) {
            retried.touched.insert(op.account);
            if (op.state != PendingOp::State::Failed)
                continue;
            op.state = PendingOp::State::Waiting;
            tables.pendingOps.update(op);
        }
        return retried;
    }
    const QList<PendingOp> ops = tables.refusedOps.groupOf(id.last);
    for (const PendingOp &op : ops) {
        if (op.kind == PendingOp::Kind::Put && !tables.messages.header(op.source))
            return gone(op);
        if (op.kind == PendingOp::Kind::Put) {
            retried.transfers.append(op);
        } else {
            const auto repeated = repeat(tables, op, now);
            if (!repeated)
                return failure(repeated.error());
            retried.touched += *repeated;
        }
        tables.refusedOps.remove(op.id);
    }
    return retried;
}

Result<Cancelled> cancel(Tables &tables, QueuedAction::Id id, const QSet<AccountId> &replaying)
{
    Cancelled cancelled;
    if (id.refused) {
        const QList<PendingOp> ops = tables.refusedOps.groupOf(id.last);
        for (const PendingOp &op : ops)
            tables.refusedOps.remove(op.id);
        return cancelled;
    }
    const QList<PendingOp> ops = tables.pendingOps.groupOf(id.last);
    for (auto op = ops.crbegin(); op != ops.crend(); ++op) {
        if (op->state == PendingOp::State::Running && replaying.contains(op->account)) {
            cancelled.someAreRunning = true;
            continue;
        }
        if (op->kind == PendingOp::Kind::Put && !tables.messages.header(op->source)) {
            keepHere(tables, *op);
            continue;
        }
        if (op->kind == PendingOp::Kind::Append) {
            if (const auto mail = tables.outbox.find(op->outbox); mail && mail->state == OutboxState::Sent)
                tables.outbox.remove(op->outbox);
        }
        const QList<PendingOp> undone = actions::undo(tables, *op);
        for (const PendingOp &one : undone) {
            for (const FolderId folder : {one.folder, one.toFolder}) {
                if (folder && !pendingfolders::isFolderOp(one))
                    cancelled.toSync.insert(folder);
            }
        }
    }
    return cancelled;
}

} // namespace postaci::workqueue
