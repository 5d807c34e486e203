// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/imapfoldersync.h"

#include "core/base/log.h"
#include "core/imap/imapsession.h"
#include "core/mime/headerparser.h"
#include "core/store/store.h"
#include "core/sync/foldermerge.h"
#include "core/sync/pendingfolders.h"
#include "core/sync/pendingoverlay.h"
#include "core/sync/uidlists.h"

#include <QCoro/QCoroFuture>
#include <QtConcurrentRun>

#include <QElapsedTimer>

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

    const Result<SelectedFolder> selected = co_await session->select(m_folder.path);
    if (!selected)
        co_return failure(selected.error());
    m_uidValidity = selected->uidValidity;
    if (m_uidValidity == 0 || m_uidValidity != local->state.uidValidity) {
        local = co_await beginNumbering(*local, *selected);
        if (!local)
            co_return failure(local.error());
    }
    m_place = local->unplaced;
    if (local->state.headersComplete)
        m_newFrom = local->state.uidNext;

    const bool unchanged = local->state.headersComplete && selected->uidNext != 0
        && selected->uidNext == local->state.uidNext && selected->exists == local->known.size() + local->gone.size()
        && !local->unplaced;
    if (!unchanged) {
        if (local->known.isEmpty() && selected->exists > firstWindow && selected->uidNext > firstWindow) {
            if (const auto fetched = co_await fetchNewest(session, *selected); !fetched)
                co_return failure(fetched.error());
        }
        Result<QList<quint32>> onServer = co_await session->searchAllUids();
        if (!onServer)
            co_return failure(onServer.error());
        *onServer = uids::sorted(*onServer);
        if (!onServer->isEmpty())
            m_highestUid = qMax(m_highestUid, onServer->last());

        QList<quint32> missing = uids::without(*onServer, local->known);
        missing = uids::without(missing, uids::sorted(m_fetched));
        missing = uids::without(missing, local->gone);
        if (const auto fetched = co_await fetchMissing(session, missing); !fetched)
            co_return failure(fetched.error());

        const QList<quint32> vanished = uids::without(local->known, *onServer);
        if (!vanished.isEmpty()) {
            if (const auto removed = co_await removeVanished(session, vanished); !removed)
                co_return failure(removed.error());
        }
    }
    if (const auto refreshed = co_await refreshFlags(session, *local, *selected); !refreshed)
        co_return failure(refreshed.error());
    if (const auto written = co_await settle(0); !written)
        co_return failure(written.error());
    co_return co_await finish(*local, *selected);
}

QCoro::Task<Result<ImapFolderSync::Local>> ImapFolderSync::readLocal(FolderId id)
{
    co_return co_await m_services.store.read([id](const Tables &tables) -> Result<Local> {
        std::optional<Folder> folder = tables.folders.find(id);
        if (!folder)
            return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
        folder->path = pendingfolders::pathOnServer(tables, *folder);
        Local local{.folder = *folder, .state = tables.folders.syncState(id), .known = tables.messages.uids(id)};
        local.gone = PendingOverlay(tables.pendingOps.forFolder(id), local.state.uidValidity).goneUids();
        local.unplaced = folder->total != local.known.size();
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
        if (session->selectedPath() != m_folder.path) {
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
        }).unwrap());
    Q_EMIT progress(m_folder.path, m_done, m_total);
}

/// Waits until at most `most` batches are on their way into the store.
QCoro::Task<Result<void>> ImapFolderSync::settle(std::size_t most)
{
    Result<void> outcome;
    while (m_writes.size() > most) {
        const QFuture<Result<qsizetype>> oldest = m_writes.front();
        m_writes.pop_front();
        const Result<qsizetype> written = co_await oldest;
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
    co_return co_await m_services.store.write([folder = m_folder.id, confirmed](Tables &tables) -> Result<void> {
        tables.messages.removeByUid(folder, confirmed);
        return {};
    });
}

QCoro::Task<Result<void>> ImapFolderSync::refreshFlags(ImapSession *session, Local local, SelectedFolder selected)
{
    if (local.known.isEmpty())
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
    const quint32 highest = qMax(m_highestUid, local.known.isEmpty() ? 0 : local.known.last());
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
