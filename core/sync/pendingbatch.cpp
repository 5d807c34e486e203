// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/pendingbatch.h"

#include "core/sync/pendingfolders.h"

#include <QHash>

namespace postaci {

namespace {

bool wantTheSame(const PendingOp &a, const PendingOp &b)
{
    return a.kind == b.kind && a.state == b.state && a.folder == b.folder && a.toFolder == b.toFolder && a.add == b.add
        && a.remove == b.remove;
}

} // namespace

QList<PendingOp> nextBatch(const QList<PendingOp> &waiting, const QSet<FolderId> &skippedFolders,
    const QSet<PendingOpId> &skippedOps, qsizetype most)
{
    QList<PendingOp> batch;
    for (const PendingOp &op : waiting) {
        const bool skipped = op.state == PendingOp::State::Failed || skippedOps.contains(op.id)
            || (op.folder && skippedFolders.contains(op.folder))
            || (op.toFolder && skippedFolders.contains(op.toFolder));
        if (batch.isEmpty()) {
            if (skipped)
                continue;
        } else if (skipped || !wantTheSame(batch.first(), op)) {
            break;
        }
        batch.append(op);
        if (batch.size() >= most || pendingfolders::isFolderOp(op) || op.state == PendingOp::State::Running
            || op.kind == PendingOp::Kind::Append || op.kind == PendingOp::Kind::Put)
            break;
    }
    return batch;
}

void completeOps(Tables &tables, const QList<PendingOp> &ops, const std::optional<CopiedUids> &copied)
{
    QHash<quint32, quint32> newUids;
    if (copied) {
        for (qsizetype i = 0; i < qMin(copied->source.size(), copied->destination.size()); ++i)
            newUids.insert(copied->source.at(i), copied->destination.at(i));
    }
    for (const PendingOp &op : ops)
        tables.pendingOps.remove(op.id);
    QMultiHash<MessageId, PendingOp> later;
    if (!newUids.isEmpty()) {
        const QList<PendingOp> waiting = tables.pendingOps.all(ops.first().account);
        for (const PendingOp &op : waiting)
            later.insert(op.message, op);
    }
    for (const PendingOp &op : ops) {
        if (op.kind == PendingOp::Kind::Append) {
            if (const auto item = tables.outbox.find(op.outbox); item && item->state == OutboxState::Sent)
                tables.outbox.remove(op.outbox);
        }
        const quint32 uid = op.kind == PendingOp::Kind::Move ? newUids.value(op.uid) : 0;
        if (uid == 0)
            continue;
        const std::optional<MessageHeader> row = tables.messages.header(op.message);
        if (row && row->folder == op.toFolder && row->uid == 0
            && tables.folders.syncState(op.toFolder).uidValidity == copied->uidValidity)
            tables.messages.setUid(op.message, uid);
        const QList<PendingOp> sameMessage = later.values(op.message);
        for (PendingOp next : sameMessage) {
            if (next.folder != op.toFolder || next.uid != 0)
                continue;
            next.uid = uid;
            next.uidValidity = copied->uidValidity;
            tables.pendingOps.update(next);
        }
    }
}

void completePut(Tables &tables, const PendingOp &op, quint32 uidValidity, quint32 uid)
{
    tables.pendingOps.remove(op.id);
    const std::optional<MessageHeader> row = tables.messages.header(op.message);
    const bool isPlaced
        = row && uid != 0 && tables.folders.syncState(op.toFolder).uidValidity == uidValidity && uidValidity != 0;
    if (isPlaced && row->folder == op.toFolder && row->uid == 0)
        tables.messages.setUid(op.message, uid);
    const QList<PendingOp> waiting = tables.pendingOps.ofMessage(op.message);
    for (PendingOp next : waiting) {
        if (next.folder != op.toFolder || next.uid != 0)
            continue;
        if (!row && uid == 0) { // It never was there: what else has its Message-ID is another mail.
            tables.pendingOps.remove(next.id);
        } else if (uid != 0) {
            next.uid = uid;
            next.uidValidity = uidValidity;
            tables.pendingOps.update(next);
        }
    }
}

} // namespace postaci
