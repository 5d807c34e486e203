// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/messageactions.h"

#include "core/sync/pendingfolders.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace postaci::actions {

namespace {

/// What an operation on a message has to remember to find it again.
PendingOp operationOn(const MessageHeader &message, const Folder &folder, quint32 uidValidity, const QDateTime &now)
{
    PendingOp op;
    op.account = folder.account;
    op.folder = folder.id;
    op.message = message.id;
    op.uidValidity = uidValidity;
    op.uid = message.uid;
    op.messageIdHeader = message.envelope.messageIdHeader;
    op.createdAt = now;
    return op;
}

/// A Put that has not begun: the server has never seen the message.
bool isUnput(const PendingOp &op)
{
    return op.kind == PendingOp::Kind::Put && op.state != PendingOp::State::Running;
}

/// Folders and their numbering, read once for each action.
class FolderCache {
public:
    explicit FolderCache(const Tables &tables)
        : m_tables(tables)
    {
    }

    struct Entry {
        Folder folder;
        quint32 uidValidity = 0;
        bool isLocal = false; ///< No server knows of it, so none is told.
    };

    const Entry *find(FolderId id)
    {
        auto it = m_entries.find(id);
        if (it == m_entries.end()) {
            const std::optional<Folder> folder = m_tables.folders.find(id);
            if (!folder)
                return nullptr;
            it = m_entries.insert(
                id, {*folder, m_tables.folders.syncState(id).uidValidity, isLocalAccount(folder->account)});
        }
        return &*it;
    }

    /// Whether the server of the message's account has never seen it.
    bool isUnput(AccountId account, MessageId message)
    {
        auto it = m_unput.find(account);
        if (it == m_unput.end()) {
            it = m_unput.insert(account, {});
            const QList<PendingOp> waiting = m_tables.pendingOps.all(account);
            for (const PendingOp &op : waiting) {
                if (actions::isUnput(op))
                    it->insert(op.message);
            }
        }
        return it->contains(message);
    }

private:
    bool isLocalAccount(AccountId id)
    {
        auto it = m_localAccounts.find(id);
        if (it == m_localAccounts.end()) {
            const std::optional<Account> account = m_tables.accounts.find(id);
            it = m_localAccounts.insert(id, account && account->isLocal());
        }
        return *it;
    }

    const Tables &m_tables;
    QHash<FolderId, Entry> m_entries;
    QHash<AccountId, bool> m_localAccounts;
    QHash<AccountId, QSet<MessageId>> m_unput;
};

/// The last operation of each message that the server has not heard of yet.
QHash<MessageId, PendingOp> lastOperations(const Tables &tables, AccountId account)
{
    QHash<MessageId, PendingOp> last;
    const QList<PendingOp> all = tables.pendingOps.all(account);
    for (const PendingOp &op : all) {
        if (op.message)
            last.insert(op.message, op);
    }
    return last;
}

tl::unexpected<MailError> readOnly(const Folder &folder, Step step)
{
    return failure({.kind = ErrorKind::ReadOnly, .step = step, .subject = folder.path});
}

tl::unexpected<MailError> gone()
{
    return failure({.kind = ErrorKind::NotFound, .step = Step::WriteStore});
}

void moveTo(Tables &tables, const MessageHeader &message, const FolderCache::Entry &from, const Folder &to,
    const QDateTime &now)
{
    PendingOp op = operationOn(message, from.folder, from.uidValidity, now);
    op.kind = PendingOp::Kind::Move;
    op.toFolder = to.id;
    tables.pendingOps.insert(op);
    tables.messages.move({message.id}, to.id);
}

void queueDeletion(Tables &tables, FolderCache &folders, const MessageHeader &message, const FolderCache::Entry &at,
    const QDateTime &now)
{
    if (folders.isUnput(at.folder.account, message.id)) {
        // The server has never seen it, and by its Message-ID alone would find another copy.
        const QList<PendingOp> waiting = tables.pendingOps.ofMessage(message.id);
        for (const PendingOp &op : waiting)
            tables.pendingOps.remove(op.id);
        return;
    }
    PendingOp op = operationOn(message, at.folder, at.uidValidity, now);
    op.kind = PendingOp::Kind::Delete;
    tables.pendingOps.insert(op);
}

} // namespace

Result<Touched> changeFlags(
    Tables &tables, const QList<MessageId> &messages, Flags add, Flags remove, const QDateTime &now)
{
    Touched touched;
    QHash<std::pair<int, int>, QList<MessageId>> changed; // By what is added and removed.
    FolderCache folders(tables);
    const QList<MessageHeader> headers = tables.messages.headers(messages);
    for (const MessageHeader &message : headers) {
        const auto *at = folders.find(message.folder);
        if (!at)
            continue;
        const Flags newOnes = at->folder.changeable(add & ~message.flags);
        const Flags oldOnes = at->folder.changeable(remove & message.flags & ~add);
        if (!newOnes && !oldOnes)
            continue;
        changed[{newOnes.toInt(), oldOnes.toInt()}].append(message.id);
        if (at->isLocal)
            continue;
        PendingOp op = operationOn(message, at->folder, at->uidValidity, now);
        op.kind = PendingOp::Kind::ChangeFlags;
        op.add = newOnes;
        op.remove = oldOnes;
        tables.pendingOps.insert(op);
        touched.insert(at->folder.account);
    }
    for (const auto &[flags, ids] : changed.asKeyValueRange())
        tables.messages.setFlags(ids, Flags::fromInt(flags.first), Flags::fromInt(flags.second));
    return touched;
}

Result<Touched> move(Tables &tables, const QList<MessageId> &messages, FolderId to, const QDateTime &now)
{
    FolderCache folders(tables);
    const auto *target = folders.find(to);
    if (!target)
        return gone();
    if (!target->folder.selectable)
        return failure({.kind = ErrorKind::InvalidInput, .step = Step::MoveMessages, .subject = target->folder.path});
    const Folder targetFolder = target->folder;
    const bool isLocal = target->isLocal;

    const QList<MessageHeader> headers = tables.messages.headers(messages);
    for (const MessageHeader &message : headers) {
        const auto *from = folders.find(message.folder);
        if (!from || (from->folder.account != targetFolder.account && !(from->isLocal && isLocal)))
            return failure({.kind = ErrorKind::InvalidInput, .step = Step::MoveMessages, .subject = targetFolder.path});
        if (message.folder != to && (from->folder.readOnly || targetFolder.readOnly))
            return readOnly(from->folder.readOnly ? from->folder : targetFolder, Step::MoveMessages);
    }

    if (isLocal) {
        tables.messages.move(messages, to);
        return Touched();
    }
    QHash<MessageId, PendingOp> last = lastOperations(tables, targetFolder.account);
    for (const MessageHeader &message : headers) {
        if (message.folder == to)
            continue;
        PendingOp earlier = last.value(message.id);
        if (isUnput(earlier)) {
            earlier.toFolder = to;
            earlier.state = PendingOp::State::Waiting;
            tables.pendingOps.update(earlier);
            tables.messages.move({message.id}, to);
            continue;
        }
        if (earlier.kind == PendingOp::Kind::Move && earlier.state == PendingOp::State::Waiting && earlier.folder == to
            && earlier.uid != 0 && earlier.uidValidity == folders.find(to)->uidValidity) {
            tables.pendingOps.remove(earlier.id);
            tables.messages.move({message.id}, to);
            tables.messages.setUid(message.id, earlier.uid);
            continue;
        }
        moveTo(tables, message, *folders.find(message.folder), targetFolder, now);
    }
    return Touched{targetFolder.account};
}

Result<Touched> remove(Tables &tables, const QList<MessageId> &messages, const QDateTime &now)
{
    Touched touched;
    FolderCache folders(tables);
    const QList<MessageHeader> headers = tables.messages.headers(messages);
    QHash<FolderId, QList<MessageId>> toTrash;
    QList<MessageId> forGood;
    for (const MessageHeader &message : headers) {
        const auto *at = folders.find(message.folder);
        if (!at)
            continue;
        if (at->folder.readOnly)
            return readOnly(at->folder, Step::DeleteMessages);
        if (!at->isLocal)
            touched.insert(at->folder.account);
        const std::optional<Folder> trash = tables.folders.findByRole(at->folder.account, FolderRole::Trash);
        if (trash && trash->id != message.folder) {
            toTrash[trash->id].append(message.id);
            continue;
        }
        if (!at->isLocal)
            queueDeletion(tables, folders, message, *at, now);
        forGood.append(message.id);
    }
    for (auto it = toTrash.cbegin(); it != toTrash.cend(); ++it) {
        if (const auto moved = move(tables, it.value(), it.key(), now); !moved)
            return moved;
    }
    tables.messages.remove(forGood);
    tables.pop3.markDeleted(forGood);
    return touched;
}

Result<Touched> removeMoved(Tables &tables, const QList<MessageId> &messages, const QDateTime &now)
{
    Touched touched;
    FolderCache folders(tables);
    const QList<MessageHeader> headers = tables.messages.headers(messages);
    for (const MessageHeader &message : headers) {
        const auto *at = folders.find(message.folder);
        if (!at || at->isLocal)
            continue;
        queueDeletion(tables, folders, message, *at, now);
        touched.insert(at->folder.account);
    }
    tables.messages.remove(messages);
    return touched;
}

QList<PendingOp> undo(Tables &tables, const PendingOp &op)
{
    QList<PendingOp> chain{op};
    if (op.message) {
        const QList<PendingOp> all = tables.pendingOps.ofMessage(op.message);
        std::copy_if(all.cbegin(), all.cend(), std::back_inserter(chain),
            [&op](const PendingOp &other) { return other.id.value > op.id.value; });
    }
    QList<PendingOp> undone;
    for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
        switch (it->kind) {
        case PendingOp::Kind::Put:
            if (it->source && tables.messages.header(it->source)) {
                tables.messages.remove({it->message});
                break;
            }
            // There may be no other copy any more: it stays here, and the user can put it elsewhere.
            it->state = PendingOp::State::Failed;
            tables.pendingOps.update(*it);
            continue;
        case PendingOp::Kind::ChangeFlags:
            tables.messages.setFlags({it->message}, it->remove, it->add);
            break;
        case PendingOp::Kind::Move:
            if (!tables.messages.header(it->message))
                break;
            if (tables.folders.find(it->folder) || tables.folders.findRemoved(it->folder)) {
                tables.messages.move({it->message}, it->folder);
                tables.messages.setUid(it->message, it->uid);
            } else { // Its folder is gone from the server, and the message with it.
                tables.messages.remove({it->message});
            }
            break;
        case PendingOp::Kind::CreateFolder:
        case PendingOp::Kind::RenameFolder:
        case PendingOp::Kind::DeleteFolder:
            undone += pendingfolders::undo(tables, *it);
            continue;
        case PendingOp::Kind::Delete: // The next sync of the folder finds it on the server and brings it back.
        case PendingOp::Kind::Append:
            break;
        }
        tables.pendingOps.remove(it->id);
        undone.append(*it);
    }
    return undone;
}

} // namespace postaci::actions
