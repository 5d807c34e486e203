// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/bodyfetcher.h"

#include "core/imap/imapsession.h"
#include "core/store/store.h"
#include "core/sync/pendingfolders.h"

#include <QCoro/QCoroFuture>

#include <QElapsedTimer>

#include <algorithm>
#include <limits>
#include <utility>

namespace postaci {

/// Where the server has a message.
struct BodyFetcher::Place {
    std::optional<QByteArray> raw; ///< Already here.
    QString path;
    quint32 uidValidity = 0;
    quint32 uid = 0;
    qint64 size = 0; ///< As the server told it.
};

namespace {

/// Asked for in one command: at first so little that even a slow line has it in a second, …
constexpr qint64 firstBatchBytes = qint64(256) * 1024;
constexpr qint64 smallestBatchBytes = qint64(64) * 1024;
/// … and at most so much, which larger ones make no faster.
constexpr qint64 largestBatchBytes = qint64(16) * 1024 * 1024;
constexpr qsizetype largestBatch = 500;
/// A batch that took less is followed by one twice as large, one that took more by a smaller one.
constexpr qint64 shortBatchMs = 500;
constexpr qint64 longBatchMs = 2000;
/// Of one transaction.
constexpr qint64 writeBytes = qint64(2) * 1024 * 1024;
/// Transactions that may still wait when the next batch is asked for.
constexpr std::size_t writesInFlight = 8;
/// Looked for in each folder at a time.
constexpr qsizetype candidatesOfFolder = 10'000;

} // namespace

BodyFetcher::BodyFetcher(const Services &services, const Account &account, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_account(account)
    , m_candidates{.mayBeMore = true}
    , m_batchBytes(firstBatchBytes)
{
}

void BodyFetcher::lookAgain()
{
    m_candidates = {.mayBeMore = true};
    m_done = 0;
    m_doneBefore = -1;
}

QCoro::Task<Result<QByteArray>> BodyFetcher::fetch(ImapSession *session, MessageId message)
{
    const auto place = co_await m_services.store.read([message](const Tables &tables) -> Result<Place> {
        const std::optional<MessageHeader> header = tables.messages.header(message);
        std::optional<Folder> folder = header ? pendingfolders::onServer(tables, header->folder) : std::nullopt;
        if (!folder)
            return failure({.kind = ErrorKind::NotFound, .step = Step::FetchBody});
        Place found{.raw = tables.bodies.raw(message), .path = folder->path, .uid = header->uid, .size = header->size};
        found.uidValidity = tables.folders.syncState(folder->id).uidValidity;
        if (found.uid != 0 || found.raw)
            return found;
        // Moved here, and the server has not heard of it: it is still where it was.
        const QList<PendingOp> ops = tables.pendingOps.all(folder->account);
        const auto move = std::find_if(ops.cbegin(), ops.cend(), [message](const PendingOp &op) {
            return op.message == message && op.kind == PendingOp::Kind::Move && op.uid != 0;
        });
        folder = move == ops.cend() ? std::nullopt : pendingfolders::onServer(tables, move->folder);
        if (!folder)
            return failure({.kind = ErrorKind::TryLater, .step = Step::FetchBody});
        return Place{.path = folder->path, .uidValidity = move->uidValidity, .uid = move->uid, .size = header->size};
    });
    if (!place)
        co_return failure(place.error());
    if (place->raw)
        co_return *place->raw;
    // Asked for, it would end the connection, each time anew.
    if (place->size > ImapSession::largestMessage)
        co_return failure({.kind = ErrorKind::MessageTooLarge, .step = Step::FetchBody});

    if (!session->hasSelected(place->path, place->uidValidity)) {
        const auto selected = co_await session->select(place->path);
        if (!selected)
            co_return failure(selected.error());
        if (selected->uidValidity != place->uidValidity)
            co_return failure({.kind = ErrorKind::NotFound, .step = Step::FetchBody, .subject = place->path});
    }
    const Result<QByteArray> raw = co_await session->fetchMessage(place->uid);
    if (!raw)
        co_return failure(raw.error());

    const Result<void> stored = co_await m_services.store.write([message, raw = *raw](Tables &tables) -> Result<void> {
        tables.bodies.put(message, raw);
        return {};
    });
    if (!stored)
        co_return failure(stored.error());
    co_return *raw;
}

QCoro::Task<Result<bool>> BodyFetcher::fetchNext(ImapSession *session)
{
    if (m_alone.isEmpty() && m_candidates.messages.isEmpty()) {
        if (const auto found = co_await findCandidates(); !found)
            co_return failure(found.error());
        if (m_candidates.messages.isEmpty())
            co_return false;
    }
    Result<void> done;
    if (m_alone.isEmpty()) {
        Batch batch = takeBatch();
        done = co_await fetchBatch(session, std::move(batch));
    } else {
        done = co_await fetchAlone(session);
    }
    // After a failure, too: what arrived whole is kept.
    const Result<void> written = co_await settle(done ? writesInFlight : 0);
    if (done && !written)
        done = written;
    if (!done) {
        lookAgain();
        co_return failure(done.error());
    }
    Q_EMIT progress(m_done, m_done + m_candidates.messages.size() + m_alone.size());
    co_return true;
}

QCoro::Task<Result<void>> BodyFetcher::findCandidates()
{
    if (const auto written = co_await settle(0); !written)
        co_return written;
    // Nothing came of those that were found last.
    if (!m_candidates.mayBeMore || std::exchange(m_doneBefore, m_done) == m_done)
        co_return Result<void>();
    const auto found = co_await m_services.store.read(
        [account = m_account, now = m_services.clock()](
            const Tables &tables) -> Result<Candidates> { return candidates(tables, account, now); });
    if (!found)
        co_return failure(found.error());
    m_candidates = *found;
    m_candidates.messages.removeIf(
        [this](const Candidate &candidate) { return m_unavailable.contains(MessageId{candidate.message.key.id}); });
    co_return Result<void>();
}

/// Inside one read.
BodyFetcher::Candidates BodyFetcher::candidates(const Tables &tables, const Account &account, const QDateTime &now)
{
    Candidates all;
    const QList<Folder> folders = tables.folders.all(account.id);
    for (const Folder &folder : folders) {
        if (!folder.selectable || folder.role == FolderRole::All || folder.role == FolderRole::Flagged)
            continue;
        qint64 since = std::numeric_limits<qint64>::min();
        qint64 size = ImapSession::largestMessage;
        switch (account.wholeMessages) {
        case WholeMessages::Recent: {
            if (folder.role == FolderRole::Junk || folder.role == FolderRole::Trash)
                continue;
            const QList<MessageKey> newest = tables.messages.keys(folder.id, recentCount);
            since = now.addDuration(-recentAge).toMSecsSinceEpoch();
            if (!newest.isEmpty())
                since = qMin(since, newest.last().received);
            size = recentSizeLimit;
            break;
        }
        case WholeMessages::LastDays:
            since = now.addDays(-account.wholeMessagesDays).toMSecsSinceEpoch();
            break;
        case WholeMessages::All:
            break;
        case WholeMessages::WhenOpened:
            return {};
        }
        const std::optional<Folder> there = pendingfolders::onServer(tables, folder.id);
        if (!there)
            continue;
        const QList<BodilessMessage> found = tables.messages.withoutBody(folder.id, since, size, candidatesOfFolder);
        all.mayBeMore |= found.size() == candidatesOfFolder;
        for (const BodilessMessage &message : found)
            all.messages.append({message, folder.id});
        all.places.insert(folder.id, {there->path, tables.folders.syncState(folder.id).uidValidity});
    }
    std::ranges::sort(all.messages, {}, [](const Candidate &candidate) { return candidate.message.key; });
    return all;
}

/// The newest candidate, and those near it that lie in the same folder.
BodyFetcher::Batch BodyFetcher::takeBatch()
{
    QList<Candidate> &all = m_candidates.messages;
    Batch batch{.folder = all.last().folder, .messages = {}};
    const qsizetype from = qMax(qsizetype(0), all.size() - largestBatch);
    qsizetype kept = all.size();
    qint64 bytes = 0;
    for (qsizetype i = all.size() - 1; i >= from; --i) {
        const Candidate candidate = all[i];
        if (candidate.folder == batch.folder && (bytes == 0 || bytes + candidate.message.size <= m_batchBytes)) {
            bytes += qMax(candidate.message.size, qint64(1));
            batch.messages.insert(candidate.message.uid, MessageId{candidate.message.key.id});
        } else {
            all[--kept] = candidate;
        }
    }
    all.remove(from, kept - from);
    return batch;
}

QCoro::Task<Result<void>> BodyFetcher::fetchBatch(ImapSession *session, Batch batch)
{
    const FolderPlace place = m_candidates.places.value(batch.folder);
    if (!session->hasSelected(place.path, place.uidValidity)) {
        const auto selected = co_await session->select(place.path);
        if (!selected)
            co_return failure(selected.error());
        if (selected->uidValidity != place.uidValidity)
            co_return Result<void>(); // The numbers are those of other messages now: see ImapFolderSync.
    }
    QElapsedTimer timer;
    timer.start();
    QList<std::pair<MessageId, QByteArray>> arrived;
    qint64 bytes = 0;
    const auto take = [&](quint32 uid, QByteArray raw) {
        const MessageId message = batch.messages.take(uid);
        if (!message)
            return;
        bytes += raw.size();
        arrived.append({message, std::move(raw)});
        if (bytes >= writeBytes) {
            submit(std::exchange(arrived, {}));
            bytes = 0;
        }
    };
    const auto fetched = co_await session->fetchMessages(batch.messages.keys(), take);
    submit(std::move(arrived));
    if (timer.elapsed() < shortBatchMs)
        m_batchBytes = qMin(m_batchBytes * 2, largestBatchBytes);
    else if (timer.elapsed() > longBatchMs)
        m_batchBytes = qMax(m_batchBytes / 2, smallestBatchBytes);
    // Gone, cut off by the server's own cache, or, when the answer itself has ended the session, the reason for that.
    if (fetched || !(fetched.error().isConnectionFailure() || fetched.error().kind == ErrorKind::Cancelled)) {
        if (!fetched && batch.messages.size() == 1)
            m_unavailable.insert(batch.messages.constBegin().value());
        else
            m_alone += batch.messages.values();
    }
    co_return fetched;
}

QCoro::Task<Result<void>> BodyFetcher::fetchAlone(ImapSession *session)
{
    const MessageId next = m_alone.takeLast();
    const Result<QByteArray> raw = co_await fetch(session, next);
    ++m_done;
    if (raw)
        co_return Result<void>();
    const ErrorKind kind = raw.error().kind;
    const bool lost = raw.error().isConnectionFailure() || kind == ErrorKind::Cancelled || kind == ErrorKind::Storage;
    // Also when the answer itself ended the session: over the next one it would be the same.
    if (!lost)
        m_unavailable.insert(next);
    if (lost || !session->isOpen())
        co_return failure(raw.error());
    co_return Result<void>();
}

void BodyFetcher::submit(QList<std::pair<MessageId, QByteArray>> arrived)
{
    if (arrived.isEmpty())
        return;
    m_done += arrived.size();
    m_writes.push_back(m_services.store.write([arrived = std::move(arrived)](Tables &tables) -> Result<void> {
        for (const auto &[message, raw] : arrived)
            tables.bodies.put(message, raw);
        return {};
    }));
}

/// Waits until at most `most` writes are on their way into the store.
QCoro::Task<Result<void>> BodyFetcher::settle(std::size_t most)
{
    Result<void> outcome;
    while (m_writes.size() > most) {
        const QFuture<Result<void>> oldest = m_writes.front();
        m_writes.pop_front();
        const Result<void> written = co_await oldest;
        if (!written && outcome)
            outcome = written;
    }
    co_return outcome;
}

} // namespace postaci
