// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/pendingrunner.h"

#include "core/base/log.h"
#include "core/imap/imapsession.h"
#include "core/mime/headerparser.h"
#include "core/store/store.h"
#include "core/sync/foldermerge.h"
#include "core/sync/folderroles.h"
#include "core/sync/messageactions.h"
#include "core/sync/pendingbatch.h"
#include "core/sync/pendingfolders.h"
#include "core/sync/uidlists.h"
#include "core/sync/workqueue.h"

#include <QCoro/QCoroFuture>

#include <QScopeGuard>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// Messages of one command.
constexpr qsizetype batchLimit = 500;

QList<quint32> uidsOf(const QList<PendingOp> &ops)
{
    QList<quint32> list;
    for (const PendingOp &op : ops)
        list.append(op.uid);
    return uids::sorted(list);
}

QList<PendingOp> difference(const QList<PendingOp> &from, const QList<PendingOp> &taken)
{
    QList<PendingOp> rest;
    std::copy_if(from.cbegin(), from.cend(), std::back_inserter(rest), [&taken](const PendingOp &op) {
        return std::none_of(taken.cbegin(), taken.cend(), [&op](const PendingOp &other) { return other.id == op.id; });
    });
    return rest;
}

/// Where a server does not say what it keeps, it keeps all (RFC 9051 7.1).
Flags keptFlags(const SelectedFolder &selected)
{
    return selected.permanentFlags ? selected.permanentFlags : ~Flags();
}

/// Without a lasting \Deleted a message can be copied, but not removed.
bool canRemove(const SelectedFolder &selected)
{
    return !selected.readOnly && keptFlags(selected).testFlag(Flag::Deleted);
}

} // namespace

bool sessionIsLost(const ImapSession &session, const MailError &error)
{
    return !session.isOpen() || error.isConnectionFailure() || error.kind == ErrorKind::Cancelled;
}

PendingRunner::PendingRunner(const Services &services, AccountId account, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_account(account)
    , m_put(services, this)
    , m_folders(services, this)
{
}

QCoro::Task<Result<PendingRunner::Outcome>> PendingRunner::run(ImapSession *session, ImapCapabilities capabilities)
{
    m_outcome = {};
    m_isRunning = true;
    const auto ended = qScopeGuard([this] { m_isRunning = false; });
    Skipped skipped;
    qsizetype most = batchLimit;
    for (;;) {
        if (m_endsSoon)
            co_return failure({.kind = ErrorKind::Cancelled});
        const Result<Batch> batch = co_await takeBatch(skipped, most);
        if (!batch)
            co_return failure(batch.error());
        if (batch->ops.isEmpty())
            co_return m_outcome;

        const Result<void> done = co_await perform(session, capabilities, *batch);
        m_outcome.replayed = true;
        if (done)
            continue;
        const MailError &error = done.error();
        if (sessionIsLost(*session, error) || error.kind == ErrorKind::Storage)
            co_return failure(error);

        Result<void> saved;
        const bool concernsAll = error.kind == ErrorKind::ReadOnly || error.step == Step::SelectFolder;
        if (batch->ops.size() > 1 && !concernsAll) {
            // One message may have spoilt it for all: from here on one by one.
            most = 1;
            saved = co_await putBack(*batch, error);
        } else if (batch->first().kind == PendingOp::Kind::Append) {
            // The mail was sent, so its copy is owed; the user hears of it once.
            skipped.ops.insert(batch->first().id);
            saved = co_await putBack(*batch, error);
            if (batch->first().attempts == 1)
                Q_EMIT actionRefused(m_account, error);
        } else if (error.kind == ErrorKind::TryLater) {
            skipped.folders << batch->first().folder << batch->first().toFolder;
            saved = co_await putBack(*batch, error);
        } else {
            saved = co_await refuse(*batch, error);
        }
        if (!saved)
            co_return failure(saved.error());
    }
}

/// Marks the next operations as Running, durably, before anything is said to the server.
QCoro::Task<Result<PendingRunner::Batch>> PendingRunner::takeBatch(Skipped skipped, qsizetype most)
{
    co_return co_await m_services.store.write(
        [account = m_account, skipped, most](Tables &tables) -> Result<Batch> {
            const QList<PendingOp> waiting = tables.pendingOps.all(account);
            Batch batch;
            batch.ops = nextBatch(waiting, skipped.folders, skipped.ops, most);
            if (batch.ops.isEmpty())
                return batch;
            batch.again = batch.first().state == PendingOp::State::Running;
            batch.folder = pendingfolders::onServer(tables, batch.first().folder);
            batch.toFolder = pendingfolders::onServer(tables, batch.first().toFolder);
            for (PendingOp &op : batch.ops) {
                op.state = PendingOp::State::Running;
                ++op.attempts;
                // A move may have told the message's number since the user acted.
                const std::optional<MessageHeader> row = tables.messages.header(op.message);
                if (op.uid == 0 && row && row->folder == op.folder && row->uid != 0) {
                    op.uid = row->uid;
                    op.uidValidity = tables.folders.syncState(op.folder).uidValidity;
                }
                tables.pendingOps.update(op);
            }
            return batch;
        },
        Store::Durability::Durable);
}

QCoro::Task<Result<void>> PendingRunner::perform(ImapSession *session, ImapCapabilities capabilities, Batch batch)
{
    const MailError goneError{.kind = ErrorKind::NotFound, .step = Step::SelectFolder};
    switch (batch.first().kind) {
    case PendingOp::Kind::ChangeFlags:
        if (batch.folder)
            co_return co_await changeFlags(session, batch);
        break;
    case PendingOp::Kind::Move:
        if (batch.folder && batch.toFolder)
            co_return co_await move(session, capabilities, batch);
        break;
    case PendingOp::Kind::Delete:
        if (batch.folder)
            co_return co_await remove(session, batch);
        break;
    case PendingOp::Kind::Append:
        co_return co_await append(session, batch);
    case PendingOp::Kind::Put:
        if (batch.toFolder)
            co_return co_await put(session, batch);
        break;
    case PendingOp::Kind::CreateFolder:
    case PendingOp::Kind::RenameFolder:
    case PendingOp::Kind::DeleteFolder: {
        const auto done = co_await m_folders.run(session, batch.first());
        if (!done)
            co_return failure(done.error());
        m_outcome.foldersChanged = true;
        co_return co_await complete(batch.ops);
    }
    }
    co_return failure(goneError);
}

QCoro::Task<Result<void>> PendingRunner::changeFlags(ImapSession *session, Batch batch)
{
    const auto selected = co_await session->select(batch.folder->path);
    if (!selected)
        co_return failure(selected.error());
    if (selected->readOnly)
        co_return failure({.kind = ErrorKind::ReadOnly, .step = Step::ChangeFlags, .subject = batch.folder->path});
    const auto located = co_await locate(session, *selected, batch.ops);
    if (!located)
        co_return failure(located.error());
    // A flag that this folder cannot keep would only be refused.
    const Flags kept = keptFlags(*selected);
    const Flags add = batch.first().add & kept;
    const Flags remove = batch.first().remove & kept;
    if (!located->isEmpty() && (add || remove)) {
        if (const auto changed = co_await session->changeFlags(uidsOf(*located), add, remove); !changed)
            co_return failure(changed.error());
    }
    QList<PendingOp> lost = difference(batch.ops, *located);
    if (!located->isEmpty() && (batch.first().add | batch.first().remove) != Flags(Flag::Seen)) {
        // STORE says nothing about messages that are gone.
        const auto left = co_await session->fetchFlags(uids::toRanges(uidsOf(*located)), 0);
        if (!left)
            co_return failure(left.error());
        std::ranges::copy_if(*located, std::back_inserter(lost), [&left](const PendingOp &op) {
            return std::ranges::none_of(*left, [&op](const FetchedFlags &one) { return one.uid == op.uid; });
        });
    }
    co_return co_await completeFlags(batch, lost, kept);
}

/// What the folder does not keep is taken back, and told where the user will miss it; so is what was wanted of a
/// message that is gone, except that it has been read.
QCoro::Task<Result<void>> PendingRunner::completeFlags(Batch batch, QList<PendingOp> lost, Flags kept)
{
    constexpr Flags visible = Flag::Seen | Flag::Answered | Flag::Flagged | Flag::Deleted | Flag::Draft;
    const bool someNotKept = ((batch.first().add | batch.first().remove) & ~kept & visible).toInt() != 0;
    const MailError notKept{.kind = ErrorKind::ReadOnly, .step = Step::ChangeFlags, .subject = batch.folder->path};
    const auto saved = co_await m_services.store.write(
        [ops = batch.ops, lost, kept, someNotKept, notKept](Tables &tables) -> Result<void> {
            completeOps(tables, ops, {});
            for (const PendingOp &op : lost) {
                if ((op.add | op.remove) != Flags(Flag::Seen))
                    workqueue::note(tables, op, {.kind = ErrorKind::NotFound, .step = Step::ChangeFlags});
            }
            for (PendingOp op : ops) {
                op.add &= ~kept;
                op.remove &= ~kept;
                if (!op.add && !op.remove)
                    continue;
                tables.messages.setFlags({op.message}, op.remove, op.add);
                if (someNotKept)
                    workqueue::note(tables, op, notKept);
            }
            return {};
        },
        Store::Durability::Durable);
    if (saved && someNotKept)
        Q_EMIT actionRefused(m_account, notKept);
    co_return saved;
}

QCoro::Task<Result<void>> PendingRunner::move(ImapSession *session, ImapCapabilities capabilities, Batch batch)
{
    const auto selected = co_await session->select(batch.folder->path);
    if (!selected)
        co_return failure(selected.error());
    if (!canRemove(*selected))
        co_return failure({.kind = ErrorKind::ReadOnly, .step = Step::MoveMessages, .subject = batch.folder->path});
    auto there = co_await verify(session, *selected, batch.ops);
    if (!there)
        co_return failure(there.error());
    const QList<PendingOp> lost = difference(batch.ops, *there);

    // Without MOVE it is COPY and removal, and may have been broken off between the two.
    if (batch.again && !capabilities.has("MOVE") && !there->isEmpty()) {
        there = co_await withoutCopied(session, batch, *there);
        if (!there)
            co_return failure(there.error());
    }
    std::optional<CopiedUids> copied;
    if (!there->isEmpty()) {
        const auto moved = co_await session->move(uidsOf(*there), batch.toFolder->path);
        if (!moved)
            co_return failure(moved.error());
        copied = *moved;
    }
    const MailError notFound{.kind = ErrorKind::NotFound, .step = Step::MoveMessages, .subject = batch.folder->path};
    const bool someLost = !lost.isEmpty() && !batch.again;
    const auto saved = co_await m_services.store.write(
        [ops = *there + difference(batch.ops, *there), copied, lost, someLost, notFound](
            Tables &tables) -> Result<void> {
            completeOps(tables, ops, copied);
            for (const PendingOp &op : lost) {
                if (someLost)
                    workqueue::note(tables, op, notFound);
            }
            return {};
        },
        Store::Durability::Durable);
    if (!saved)
        co_return saved;
    if (!copied || !lost.isEmpty())
        m_outcome.toSync << batch.folder->id << batch.toFolder->id;
    if (someLost)
        Q_EMIT actionRefused(m_account, notFound);
    co_return {};
}

/// Finishes those whose copy is already in the target; returns the others. The source folder is selected again.
QCoro::Task<Result<QList<PendingOp>>> PendingRunner::withoutCopied(
    ImapSession *session, Batch batch, QList<PendingOp> there)
{
    const auto selected = co_await session->select(batch.toFolder->path);
    if (!selected)
        co_return failure(selected.error());
    const auto known = co_await m_services.store.read([id = batch.toFolder->id](const Tables &tables) {
        return Result<FolderSyncState>(tables.folders.syncState(id));
    });
    if (!known)
        co_return failure(known.error());
    // What was there before is another copy, and what is marked as deleted is none.
    const quint32 from = known->uidValidity == selected->uidValidity ? known->uidNext : 0;
    QList<PendingOp> copied;
    for (const PendingOp &op : there) {
        if (op.messageIdHeader.isEmpty())
            continue;
        auto found = co_await session->searchMessageId(op.messageIdHeader);
        if (!found && found.error().kind != ErrorKind::InvalidInput)
            co_return failure(found.error());
        if (!found)
            continue;
        found->removeIf([from](quint32 uid) { return uid < from; });
        if (found->isEmpty())
            continue;
        const auto flags = co_await session->fetchFlags(uids::toRanges(uids::sorted(*found)), 0);
        if (!flags)
            co_return failure(flags.error());
        if (std::ranges::any_of(*flags, [](const FetchedFlags &one) { return !one.flags.testFlag(Flag::Deleted); }))
            copied.append(op);
    }
    if (const auto again = co_await session->select(batch.folder->path); !again)
        co_return failure(again.error());
    if (!copied.isEmpty()) {
        if (const auto removed = co_await session->expunge(uidsOf(copied)); !removed)
            co_return failure(removed.error());
    }
    co_return difference(there, copied);
}

QCoro::Task<Result<void>> PendingRunner::remove(ImapSession *session, Batch batch)
{
    const auto selected = co_await session->select(batch.folder->path);
    if (!selected)
        co_return failure(selected.error());
    if (!canRemove(*selected))
        co_return failure({.kind = ErrorKind::ReadOnly, .step = Step::DeleteMessages, .subject = batch.folder->path});
    const auto there = co_await verify(session, *selected, batch.ops);
    if (!there)
        co_return failure(there.error());
    if (!there->isEmpty()) {
        if (const auto removed = co_await session->expunge(uidsOf(*there)); !removed)
            co_return failure(removed.error());
    }
    co_return co_await complete(batch.ops); // the others are gone already
}

/// The numbers that the messages have now, by Message-ID where those on record are of another time. Leaves out what
/// cannot be found, or not without doubt.
QCoro::Task<Result<QList<PendingOp>>> PendingRunner::locate(
    ImapSession *session, SelectedFolder selected, QList<PendingOp> ops)
{
    QList<PendingOp> located;
    for (PendingOp op : ops) {
        if (op.uid == 0 || op.uidValidity != selected.uidValidity || selected.uidValidity == 0) {
            if (op.messageIdHeader.isEmpty())
                continue;
            const auto found = co_await session->searchMessageId(op.messageIdHeader);
            if (!found && found.error().kind != ErrorKind::InvalidInput) // a Message-ID that no command can hold
                co_return failure(found.error());
            if (!found || found->size() != 1)
                continue;
            op.uid = found->first();
        }
        located.append(op);
    }
    co_return located;
}

/// Like locate(), and also looks at each message itself: nothing is removed by number alone.
QCoro::Task<Result<QList<PendingOp>>> PendingRunner::verify(
    ImapSession *session, SelectedFolder selected, QList<PendingOp> ops)
{
    const auto located = co_await locate(session, selected, ops);
    if (!located || located->isEmpty())
        co_return located;
    QHash<quint32, QByteArray> messageIds;
    const auto fetched
        = co_await session->fetchHeaders(uids::toRanges(uidsOf(*located)), [&messageIds](QList<FetchedHeader> batch) {
              for (const FetchedHeader &header : std::as_const(batch))
                  messageIds.insert(header.uid, parseEnvelope(header.header).messageIdHeader);
          });
    if (!fetched)
        co_return failure(fetched.error());
    QList<PendingOp> there;
    for (const PendingOp &op : *located) {
        const auto found = messageIds.constFind(op.uid);
        if (found != messageIds.cend() && *found == op.messageIdHeader)
            there.append(op);
    }
    co_return there;
}

QCoro::Task<Result<void>> PendingRunner::append(ImapSession *session, Batch batch)
{
    const PendingOp &op = batch.first();
    const auto copy = co_await m_services.store.read(
        [id = op.outbox](const Tables &tables) -> Result<QByteArray> { return tables.outbox.sentCopy(id); });
    if (!copy)
        co_return failure(copy.error());
    if (copy->isEmpty())
        co_return co_await complete(batch.ops);

    const Result<Folder> target = co_await sentFolder(session);
    if (!target)
        co_return failure(target.error());
    const auto selected = co_await session->select(target->path);
    if (!selected)
        co_return failure(selected.error());
    // Exactly one copy: an earlier try may have got through without our hearing of it, and some providers file one by
    // themselves.
    const auto found = co_await session->searchMessageId(op.messageIdHeader);
    if (!found)
        co_return failure(found.error());
    if (found->isEmpty()) {
        const auto appended = co_await session->append(target->path, *copy, Flag::Seen, m_services.clock());
        if (!appended)
            co_return failure(appended.error());
    }
    m_outcome.toSync.insert(target->id);
    co_return co_await complete(batch.ops);
}

QCoro::Task<Result<void>> PendingRunner::put(ImapSession *session, Batch batch)
{
    const auto placed = co_await m_put.run(session, batch.first(), batch.toFolder->path, batch.again);
    if (!placed)
        co_return failure(placed.error());
    const auto touched = co_await m_services.store.write(
        [op = batch.first(), placed = *placed, now = m_services.clock()](Tables &tables) -> Result<actions::Touched> {
            completePut(tables, op, placed.uidValidity, placed.uid);
            if (placed.uid == 0 || !op.source)
                return actions::Touched();
            return actions::removeMoved(tables, {op.source}, now);
        },
        Store::Durability::Durable);
    if (!touched)
        co_return failure(touched.error());
    m_outcome.toSync.insert(batch.toFolder->id);
    for (const AccountId account : *touched) {
        if (account != m_account)
            Q_EMIT otherAccountTouched(account);
    }
    co_return {};
}

/// Made when the server has none.
QCoro::Task<Result<Folder>> PendingRunner::sentFolder(ImapSession *session)
{
    const auto known
        = co_await m_services.store.read([account = m_account](const Tables &tables) -> Result<std::optional<Folder>> {
              return tables.folders.findByRole(account, FolderRole::Sent);
          });
    if (!known)
        co_return failure(known.error());
    if (*known)
        co_return **known;

    const auto remote = co_await session->listFolders();
    if (!remote)
        co_return failure(remote.error());
    QList<Folder> folders = mapFolders(*remote);
    if (std::none_of(folders.cbegin(), folders.cend(), [](const Folder &f) { return f.role == FolderRole::Sent; })) {
        const QString path = pathForNewFolder(folders, u"Sent"_s);
        const auto created = co_await session->createFolder(path);
        if (!created && created.error().kind != ErrorKind::AlreadyExists)
            co_return failure(created.error());
        folders.append({.path = path,
            .separator = folders.isEmpty() ? QChar() : folders.first().separator,
            .role = FolderRole::Sent});
    }
    co_return co_await m_services.store.write([account = m_account, folders](Tables &tables) -> Result<Folder> {
        merge::folderList(tables, account, folders, {});
        if (const auto sent = tables.folders.findByRole(account, FolderRole::Sent))
            return *sent;
        return failure({.kind = ErrorKind::NotFound, .step = Step::ChangeFolders});
    });
}

QCoro::Task<Result<void>> PendingRunner::complete(QList<PendingOp> ops, std::optional<CopiedUids> copied)
{
    co_return co_await m_services.store.write(
        [ops, copied](Tables &tables) -> Result<void> {
            completeOps(tables, ops, copied);
            return {};
        },
        Store::Durability::Durable);
}

QCoro::Task<Result<void>> PendingRunner::putBack(Batch batch, MailError error)
{
    co_return co_await m_services.store.write(
        [ops = batch.ops, error](Tables &tables) -> Result<void> {
            for (PendingOp op : ops) {
                op.state = PendingOp::State::Waiting;
                op.lastError = error;
                tables.pendingOps.update(op);
            }
            return {};
        },
        Store::Durability::Durable);
}

QCoro::Task<Result<void>> PendingRunner::refuse(Batch batch, MailError error)
{
    qCInfo(syncLog) << "an action was refused:" << error.summary();
    const auto undone = co_await m_services.store.write(
        [ops = batch.ops, error](Tables &tables) -> Result<void> {
            for (auto op = ops.crbegin(); op != ops.crend(); ++op)
                workqueue::refuse(tables, *op, error);
            return {};
        },
        Store::Durability::Durable);
    if (!undone)
        co_return undone;
    if (pendingfolders::isFolderOp(batch.first()))
        m_outcome.foldersChanged = true;
    for (const auto &folder : {batch.folder, batch.toFolder}) {
        if (folder && !pendingfolders::isFolderOp(batch.first()))
            m_outcome.toSync.insert(folder->id);
    }
    Q_EMIT actionRefused(m_account, error);
    co_return {};
}

} // namespace postaci
