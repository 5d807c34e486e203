// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/imapfoldersync.h"

#include "core/base/log.h"
#include "core/imap/imapsession.h"
#include "core/imap/uidset.h"
#include "core/mime/headerparser.h"
#include "core/store/store.h"
#include "core/sync/foldermerge.h"
#include "core/sync/pendingfolders.h"
#include "core/sync/pendingoverlay.h"
#include "core/sync/uidlists.h"

#include <QCoro/QCoroFuture>
#include <QtConcurrentRun>

#include <QElapsedTimer>

#include <algorithm>

namespace postaci {

namespace {

/// Messages of the first window: enough to fill a screen several times, and there at once on any line.
constexpr qsizetype firstWindow = 500;
/// Larger windows gain no more throughput and keep urgent work waiting.
constexpr qsizetype largestWindow = 10'000;
/// A window that took less is followed by one twice as large, one that took more by a smaller one.
constexpr qint64 shortWindowMs = 1000;
constexpr qint64 longWindowMs = 3000;
/// Headers of one parse and one transaction.
constexpr qsizetype batchSize = 500;
/// Batches that may still be on their way into the store when the next window is asked for.
constexpr std::size_t batchesInFlight = 24;

QList<MessageHeader> parseHeaders(const QList<FetchedHeader> &batch)
{
    EnvelopeParser parser;
    QList<MessageHeader> headers;
    headers.reserve(batch.size());
    for (const FetchedHeader &fetched : batch) {
        headers.append({.uid = fetched.uid,
            .flags = fetched.flags,
            .received = fetched.received,
            .size = fetched.size,
            .envelope = parser.parse(fetched.header)});
    }
    return headers;
}

} // namespace

ImapFolderSync::ImapFolderSync(const Services &services, Between between, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_between(std::move(between))
{
}

QCoro::Task<Result<void>> ImapFolderSync::run(ImapSession *session, FolderId folder)
{
    m_disturbed = false;
    m_newFrom = 0;
    m_highestUid = 0;
    m_newUnread = 0;
    m_removed = false;
    m_done = 0;
    m_total = 0;
    m_fetched.clear();
    m_incoming.clear();

    const Result<void> outcome = co_await synchronize(session, folder);
    // Also after a failure: what arrived whole is kept, and no write outlives the run.
    const Result<void> written = co_await settle(0);
    if (m_newUnread > 0)
        Q_EMIT newMail(folder, m_newUnread);
    co_return outcome ? written : outcome;
}

QCoro::Task<Result<void>> ImapFolderSync::synchronize(ImapSession *session, FolderId folder)
{
    Result<Local> local = co_await readLocal(folder);
    if (!local)
        co_return failure(local.error());
    m_folder = local->folder;

    std::optional<KnownState> known;
    if (local->state.headersComplete && !local->unplaced)
        known = {.uidValidity = local->state.uidValidity, .highestModSeq = local->state.highestModSeq};
    const Result<SelectedFolder> selected = co_await session->select(m_folder.path, known);
    if (!selected)
        co_return failure(selected.error());
    if (const auto noted = co_await noteRights(*selected); !noted)
        co_return failure(noted.error());
    m_uidValidity = selected->uidValidity;
    if (m_uidValidity == 0 || m_uidValidity != local->state.uidValidity) {
        local = co_await beginNumbering(*local, *selected);
        if (!local)
            co_return failure(local.error());
    }
    m_place = local->unplaced;
    if (local->state.headersComplete)
        m_newFrom = local->state.uidNext;

    bool same = false;
    if (selected->changes) {
        const Result<bool> taken = co_await takeChanges(session, *local, *selected);
        if (!taken)
            co_return failure(taken.error());
        same = *taken;
    }
    if (!same) {
        const bool unchanged = local->state.headersComplete && selected->uidNext != 0
            && selected->uidNext == local->state.uidNext && selected->exists == local->placed + local->gone.size()
            && !local->unplaced && !selected->changes;
        if (!unchanged) {
            if (const auto compared = co_await compare(session, *local, *selected); !compared)
                co_return failure(compared.error());
        }
        if (const auto refreshed = co_await refreshFlags(session, *local, *selected); !refreshed)
            co_return failure(refreshed.error());
        if (const auto written = co_await settle(0); !written)
            co_return failure(written.error());
    }
    co_return co_await finish(*local, *selected);
}

/// What may be changed there, for whoever would.
QCoro::Task<Result<void>> ImapFolderSync::noteRights(SelectedFolder selected)
{
    // Where a server does not say what it keeps, it keeps all (RFC 9051 7.1).
    const Flags kept = selected.permanentFlags ? selected.permanentFlags : ~Flags();
    if (selected.readOnly == m_folder.readOnly && kept == m_folder.kept)
        co_return {};
    m_folder.readOnly = selected.readOnly;
    m_folder.kept = kept;
    co_return co_await m_services.store.write([folder = m_folder](Tables &tables) -> Result<void> {
        tables.folders.setRights(folder.id, folder.readOnly, folder.kept);
        return {};
    });
}

/// What the server says has changed since the last complete run. False: it does not add up; nothing is removed then.
QCoro::Task<Result<bool>> ImapFolderSync::takeChanges(ImapSession *session, Local local, SelectedFolder selected)
{
    QList<quint32> arrived;
    QList<FetchedFlags> changed;
    for (const FetchedFlags &message : std::as_const(selected.changes->flags)) {
        if (message.uid >= local.state.uidNext)
            arrived.append(message.uid);
        else
            changed.append(message);
    }
    arrived = uids::sorted(arrived);
    local.gone.removeIf([&](quint32 uid) { return contains(selected.changes->vanished, uid); });

    const Result<bool> taken = co_await m_services.store.write(
        [id = m_folder.id, local, selected, arrived, changed](Tables &tables) -> Result<bool> {
            QList<quint32> vanished;
            for (const UidRange range : selected.changes->vanished)
                vanished += tables.messages.uids(id, range.first, range.last);
            vanished = uids::sorted(vanished);
            // A run that was broken off may have brought some of them.
            const auto added = std::ranges::count_if(
                arrived, [&](quint32 uid) { return !tables.messages.findByUid(id, uid).has_value(); });
            if (local.placed - vanished.size() + added + local.gone.size() != selected.exists)
                return false;
            tables.messages.removeByUid(id, vanished);
            merge::flags(tables, id, selected.uidValidity, changed);
            return true;
        });
    if (!taken)
        co_return failure(taken.error());
    if (!*taken) {
        qCInfo(syncLog) << "the changes that a server told do not add up";
        co_return false;
    }
    m_removed = !selected.changes->vanished.isEmpty();
    if (const auto fetched = co_await fetchMissing(session, arrived); !fetched)
        co_return failure(fetched.error());
    if (const auto written = co_await settle(0); !written)
        co_return failure(written.error());
    co_return true;
}

/// The list of the server's UIDs beside ours.
QCoro::Task<Result<void>> ImapFolderSync::compare(ImapSession *session, Local local, SelectedFolder selected)
{
    if (local.placed == 0 && selected.exists > firstWindow && selected.uidNext > firstWindow) {
        if (const auto fetched = co_await fetchNewest(session, selected); !fetched)
            co_return failure(fetched.error());
    }
    Result<QList<quint32>> onServer = co_await session->searchAllUids();
    if (!onServer)
        co_return failure(onServer.error());
    *onServer = uids::sorted(*onServer);
    if (!onServer->isEmpty())
        m_highestUid = qMax(m_highestUid, onServer->last());
    const auto known = co_await m_services.store.read(
        [id = m_folder.id](const Tables &tables) -> Result<QList<quint32>> { return tables.messages.uids(id); });
    if (!known)
        co_return failure(known.error());

    QList<quint32> missing = uids::without(*onServer, *known);
    missing = uids::without(missing, uids::sorted(m_fetched));
    missing = uids::without(missing, local.gone);
    if (const auto fetched = co_await fetchMissing(session, missing); !fetched)
        co_return failure(fetched.error());

    const QList<quint32> vanished = uids::without(*known, *onServer);
    if (!vanished.isEmpty()) {
        if (const auto removed = co_await removeVanished(session, vanished); !removed)
            co_return failure(removed.error());
    }
    co_return {};
}

QCoro::Task<Result<ImapFolderSync::Local>> ImapFolderSync::readLocal(FolderId id)
{
    co_return co_await m_services.store.read([id](const Tables &tables) -> Result<Local> {
        std::optional<Folder> folder = tables.folders.find(id);
        if (!folder)
            return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
        folder->path = pendingfolders::pathOnServer(tables, *folder);
        Local local{.folder = *folder, .state = tables.folders.syncState(id)};
        const qint64 unplaced = tables.messages.unplacedCount(id);
        local.unplaced = unplaced > 0;
        local.placed = folder->total - unplaced;
        local.highestUid = tables.messages.highestUid(id);
        local.gone = PendingOverlay(tables.pendingOps.forFolder(id), local.state.uidValidity).goneUids();
        return local;
    });
}

/// The numbers that the store has mean nothing any more (RFC 9051 2.3.1.1), or there are none yet. HIGHESTMODSEQ is
/// taken down now: every header fetched from here on is at least as new, however often the run is broken off.
QCoro::Task<Result<ImapFolderSync::Local>> ImapFolderSync::beginNumbering(Local local, SelectedFolder selected)
{
    const auto begun = co_await m_services.store.write([id = local.folder.id, selected](
                                                           Tables &tables) -> Result<void> {
        merge::forgetNumbering(tables, id);
        tables.folders.setSyncState(id, {.uidValidity = selected.uidValidity, .highestModSeq = selected.highestModSeq});
        return {};
    });
    if (!begun)
        co_return failure(begun.error());
    co_return co_await readLocal(local.folder.id);
}

/// The top of the list before anything else, without waiting for the list of all UIDs.
QCoro::Task<Result<void>> ImapFolderSync::fetchNewest(ImapSession *session, SelectedFolder selected)
{
    m_total = selected.exists;
    co_return co_await fetchWindow(session, {UidRange{selected.uidNext - quint32(firstWindow), 0}});
}

QCoro::Task<Result<void>> ImapFolderSync::fetchMissing(ImapSession *session, QList<quint32> missing)
{
    m_total = m_done + missing.size();
    qsizetype window = firstWindow;
    while (!missing.isEmpty()) {
        QElapsedTimer timer;
        timer.start();
        if (const auto fetched = co_await fetchWindow(session, uids::takeNewest(missing, window)); !fetched)
            co_return fetched;
        if (const auto room = co_await settle(batchesInFlight); !room)
            co_return room;
        if (timer.elapsed() < shortWindowMs)
            window = qMin(window * 2, largestWindow);
        else if (timer.elapsed() > longWindowMs)
            window = qMax(window / 2, firstWindow / 4);
        if (missing.isEmpty())
            break;

        const Result<bool> replayed = co_await m_between();
        if (!replayed)
            co_return failure(replayed.error());
        m_disturbed |= *replayed;
        if (!session->hasSelected(m_folder.path, m_uidValidity)) {
            const auto selected = co_await session->select(m_folder.path);
            if (!selected)
                co_return failure(selected.error());
            if (selected->uidValidity != m_uidValidity)
                co_return failure({.kind = ErrorKind::TryLater, .step = Step::SelectFolder, .subject = m_folder.path});
        }
    }
    co_return {};
}

QCoro::Task<Result<void>> ImapFolderSync::fetchWindow(ImapSession *session, QList<UidRange> ranges)
{
    const Result<void> fetched
        = co_await session->fetchHeaders(ranges, [this](QList<FetchedHeader> batch) { take(std::move(batch)); });
    submit();
    co_return fetched;
}

void ImapFolderSync::take(const QList<FetchedHeader> &batch)
{
    for (const FetchedHeader &header : batch) {
        m_fetched.append(header.uid);
        m_highestUid = qMax(m_highestUid, header.uid);
        if (m_newFrom != 0 && header.uid >= m_newFrom && !header.flags.testFlag(Flag::Seen))
            ++m_newUnread;
    }
    m_incoming += batch;
    if (m_incoming.size() >= batchSize)
        submit();
}

/// Parsing and writing happen on the pool's and the store's threads; this one only remembers that they do.
void ImapFolderSync::submit()
{
    if (m_incoming.isEmpty())
        return;
    m_done += m_incoming.size();
    m_writes.push_back(QtConcurrent::run(&m_services.pool,
        [store = &m_services.store, batch = std::exchange(m_incoming, {}), folder = m_folder.id,
            uidValidity = m_uidValidity, place = m_place] {
            merge::Headers headers{
                .folder = folder, .uidValidity = uidValidity, .headers = parseHeaders(batch), .place = place};
            return store->write([headers = std::move(headers)](
                                    Tables &tables) -> Result<qsizetype> { return merge::headers(tables, headers); });
        }));
    Q_EMIT progress(m_folder.path, m_done, m_total);
}

/// Waits until at most `most` batches are on their way into the store.
QCoro::Task<Result<void>> ImapFolderSync::settle(std::size_t most)
{
    Result<void> outcome;
    while (m_writes.size() > most) {
        const QFuture<QFuture<Result<qsizetype>>> oldest = m_writes.front();
        m_writes.pop_front();
        const QFuture<Result<qsizetype>> parsed = co_await oldest;
        const Result<qsizetype> written = co_await parsed;
        if (!written && outcome)
            outcome = failure(written.error());
    }
    co_return outcome;
}

/// One strange answer must not delete mail: the folder is selected anew and has to give the same answer again.
QCoro::Task<Result<void>> ImapFolderSync::removeVanished(ImapSession *session, QList<quint32> vanished)
{
    const Result<SelectedFolder> again = co_await session->select(m_folder.path);
    if (!again)
        co_return failure(again.error());
    Result<QList<quint32>> onServer = co_await session->searchAllUids();
    if (!onServer)
        co_return failure(onServer.error());
    *onServer = uids::sorted(*onServer);
    if (again->uidValidity != m_uidValidity || onServer->size() < again->exists) {
        qCWarning(syncLog) << "two UID lists of a folder disagree; nothing is removed";
        co_return {};
    }
    const QList<quint32> confirmed = uids::without(vanished, *onServer);
    m_removed = !confirmed.isEmpty();
    co_return co_await m_services.store.write([folder = m_folder.id, confirmed](Tables &tables) -> Result<void> {
        tables.messages.removeByUid(folder, confirmed);
        return {};
    });
}

QCoro::Task<Result<void>> ImapFolderSync::refreshFlags(ImapSession *session, Local local, SelectedFolder selected)
{
    if (local.placed == 0)
        co_return {};
    const bool modSeqsKnown = selected.highestModSeq != 0 && local.state.highestModSeq != 0
        && selected.highestModSeq >= local.state.highestModSeq;
    if (modSeqsKnown && selected.highestModSeq == local.state.highestModSeq)
        co_return {};
    if (!modSeqsKnown && !local.state.headersComplete)
        co_return {}; // A first run that was broken off: its rows are fresh enough until it is complete.
    const auto flags = co_await session->fetchFlags({UidRange{1, 0}}, modSeqsKnown ? local.state.highestModSeq : 0);
    if (!flags)
        co_return failure(flags.error());
    co_return co_await m_services.store.write(
        [folder = m_folder.id, uidValidity = m_uidValidity, flags = *flags](Tables &tables) -> Result<void> {
            merge::flags(tables, folder, uidValidity, flags);
            return {};
        });
}

QCoro::Task<Result<void>> ImapFolderSync::finish(Local local, SelectedFolder selected)
{
    const quint32 highest = qMax(m_highestUid, local.highestUid);
    const FolderSyncState state{.uidValidity = m_uidValidity,
        .uidNext = qMax(selected.uidNext, highest + 1),
        .highestModSeq = selected.highestModSeq,
        .headersComplete = true};
    const bool removeUnplaced = local.unplaced && !m_disturbed;
    if (state == local.state && !removeUnplaced)
        co_return {};
    co_return co_await m_services.store.write(
        [folder = m_folder.id, state, removeUnplaced](Tables &tables) -> Result<void> {
            tables.folders.setSyncState(folder, state);
            if (removeUnplaced)
                merge::removeUnplaced(tables, folder);
            return {};
        });
}

} // namespace postaci
