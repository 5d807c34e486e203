// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/foldermerge.h"

#include "core/sync/pendingfolders.h"
#include "core/sync/pendingoverlay.h"

#include <algorithm>

namespace postaci::merge {

namespace {

constexpr qsizetype slice = 5000;

/// Calls `visit` with each row of the folder that has no UID.
template <class F> void forEachUnplaced(const Tables &tables, FolderId folder, F visit)
{
    std::optional<MessageKey> before;
    for (;;) {
        const QList<MessageKey> keys = tables.messages.keys(folder, slice, before);
        QList<MessageId> ids;
        for (const MessageKey &key : keys)
            ids.append(MessageId{key.id});
        const QList<MessageHeader> headers = tables.messages.headers(ids);
        for (const MessageHeader &header : headers) {
            if (header.uid == 0)
                visit(header);
        }
        if (keys.size() < slice)
            return;
        before = keys.last();
    }
}

/// Messages that the user put here and that the server has not.
QSet<MessageId> onTheirWay(const Tables &tables, const Folder &folder)
{
    QSet<MessageId> messages;
    const QList<PendingOp> ops = tables.pendingOps.all(folder.account);
    for (const PendingOp &op : ops) {
        if ((op.kind == PendingOp::Kind::Move || op.kind == PendingOp::Kind::Put) && op.toFolder == folder.id)
            messages.insert(op.message);
    }
    return messages;
}

/// Actions that were recorded under another numbering learn the new number of their message.
void renumberOps(
    Tables &tables, FolderId folder, quint32 uidValidity, const MessageHeader &header, QList<PendingOp> &ops)
{
    const QByteArray &id = header.envelope.messageIdHeader;
    if (id.isEmpty())
        return;
    for (PendingOp &op : ops) {
        if (op.folder != folder || op.uidValidity == uidValidity || op.messageIdHeader != id)
            continue;
        op.uid = header.uid;
        op.uidValidity = uidValidity;
        tables.pendingOps.update(op);
    }
}

std::optional<MessageId> unplacedTwin(
    const Tables &tables, const Folder &folder, const MessageHeader &header, const QSet<MessageId> &notYet)
{
    const QList<MessageId> candidates = tables.messages.findUnplaced(folder.id, header.envelope.messageIdHeader);
    for (const MessageId id : candidates) {
        const std::optional<MessageHeader> row = tables.messages.header(id);
        if (row && row->folder == folder.id && row->uid == 0 && row->size == header.size && !notYet.contains(id))
            return id;
    }
    return std::nullopt;
}

} // namespace

qsizetype headers(Tables &tables, const Headers &fetched)
{
    const std::optional<Folder> folder = tables.folders.find(fetched.folder);
    if (!folder)
        return 0;
    QList<PendingOp> ops = tables.pendingOps.forFolder(fetched.folder);
    const bool otherNumbering = std::any_of(
        ops.cbegin(), ops.cend(), [&fetched](const PendingOp &op) { return op.uidValidity != fetched.uidValidity; });
    if (otherNumbering && fetched.uidValidity != 0) {
        for (const MessageHeader &header : fetched.headers)
            renumberOps(tables, fetched.folder, fetched.uidValidity, header, ops);
    }
    const PendingOverlay overlay(ops, fetched.uidValidity);
    const QSet<MessageId> notYet = fetched.place ? onTheirWay(tables, *folder) : QSet<MessageId>();

    qsizetype added = 0;
    QList<MessageHeader> rows;
    rows.reserve(fetched.headers.size());
    for (MessageHeader header : fetched.headers) {
        if (overlay.isGone(header.uid, header.envelope.messageIdHeader))
            continue;
        if (fetched.place && !tables.messages.findByUid(fetched.folder, header.uid)) {
            if (const auto twin = unplacedTwin(tables, *folder, header, notYet)) {
                tables.messages.setUid(*twin, header.uid);
                --added;
            }
        }
        header.flags = overlay.flags(header.uid, header.flags);
        rows.append(std::move(header));
        ++added;
    }
    tables.messages.upsert(fetched.folder, rows);
    return added;
}

void flags(Tables &tables, FolderId folder, quint32 uidValidity, const QList<FetchedFlags> &fetched)
{
    const PendingOverlay overlay(tables.pendingOps.forFolder(folder), uidValidity);
    // Of many all at once; a few are looked up one by one, however large the folder is.
    const bool few = fetched.size() < 1000;
    const QHash<quint32, Flags> all = few ? QHash<quint32, Flags>() : tables.messages.flagsByUid(folder);
    QHash<quint32, Flags> changed;
    for (const FetchedFlags &message : fetched) {
        const Flags now = overlay.flags(message.uid, message.flags);
        std::optional<Flags> before;
        if (few)
            before = tables.messages.flagsOf(folder, message.uid);
        else if (const auto known = all.constFind(message.uid); known != all.cend())
            before = *known;
        if (before && *before != now)
            changed.insert(message.uid, now);
    }
    tables.messages.setFlagsByUid(folder, changed);
}

void forgetNumbering(Tables &tables, FolderId folder)
{
    const QList<quint32> uids = tables.messages.uids(folder);
    for (const quint32 uid : uids) {
        if (const auto id = tables.messages.findByUid(folder, uid))
            tables.messages.setUid(*id, 0);
    }
}

void removeUnplaced(Tables &tables, FolderId id)
{
    const std::optional<Folder> folder = tables.folders.find(id);
    if (!folder)
        return;
    const QSet<MessageId> notYet = onTheirWay(tables, *folder);
    QList<MessageId> gone;
    forEachUnplaced(tables, id, [&](const MessageHeader &header) {
        if (!notYet.contains(header.id))
            gone.append(header.id);
    });
    tables.messages.remove(gone);
}

void folderList(Tables &tables, AccountId account, const QList<Folder> &remote, const QSet<QString> &gone)
{
    const QList<PendingOp> ops = tables.pendingOps.ofFolders(account);
    const QSet<QString> notThere
        = pendingfolders::notThereYet(ops, remote.isEmpty() ? QChar() : remote.first().separator);
    const QList<Folder> known = tables.folders.all(account);
    for (const Folder &folder : known) {
        if (gone.contains(folder.path) && !notThere.contains(folder.path))
            tables.folders.remove(folder.id);
    }
    const QList<Folder> seen = pendingfolders::asTheUserSees(ops, remote);
    for (Folder folder : seen) {
        folder.account = account;
        const std::optional<Folder> same = tables.folders.findByPath(account, folder.path);
        if (!same) {
            tables.folders.insert(folder);
            continue;
        }
        folder.id = same->id;
        folder.total = same->total;
        folder.unread = same->unread;
        folder.readOnly = same->readOnly;
        folder.kept = same->kept;
        folder.isLocal = same->isLocal;
        if (folder != *same)
            tables.folders.update(folder);
    }
}

} // namespace postaci::merge
