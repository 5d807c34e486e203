// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/bodyfetcher.h"

#include "core/imap/imapsession.h"
#include "core/store/store.h"
#include "core/sync/pendingfolders.h"

#include <QCoro/QCoroFuture>

#include <algorithm>

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

/// Folders whose messages nobody waits for.
bool isWorthwhile(const Folder &folder)
{
    return folder.selectable && folder.role != FolderRole::Junk && folder.role != FolderRole::Trash
        && folder.role != FolderRole::All && folder.role != FolderRole::Flagged;
}

/// Inside one read.
QList<MessageId> candidates(const Tables &tables, AccountId account, const QDateTime &youngerThan)
{
    QList<MessageKey> wanted;
    const QList<Folder> folders = tables.folders.all(account);
    for (const Folder &folder : folders) {
        if (!isWorthwhile(folder))
            continue;
        const QList<MessageKey> newest = tables.messages.keys(folder.id, BodyFetcher::backgroundCount);
        if (newest.isEmpty())
            continue;
        const MessageKey limit = std::min(newest.last(), MessageKey{youngerThan.toMSecsSinceEpoch(), 0});
        const QList<MessageId> missing
            = tables.messages.withoutBody(folder.id, BodyFetcher::backgroundSizeLimit, BodyFetcher::backgroundCount);
        const QList<MessageHeader> headers = tables.messages.headers(missing);
        for (const MessageHeader &header : headers) {
            const MessageKey key{header.received.toMSecsSinceEpoch(), header.id.value};
            if (header.uid != 0 && key >= limit)
                wanted.append(key);
        }
    }
    std::sort(wanted.begin(), wanted.end());
    QList<MessageId> ids;
    ids.reserve(wanted.size());
    for (const MessageKey &key : std::as_const(wanted))
        ids.append(MessageId{key.id});
    return ids;
}

} // namespace

BodyFetcher::BodyFetcher(const Services &services, AccountId account, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_account(account)
{
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

    if (session->selectedPath() != place->path) {
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
    if (!m_candidates) {
        const auto found = co_await findCandidates();
        if (!found)
            co_return failure(found.error());
        m_candidates = *found;
    }
    while (m_candidates && !m_candidates->isEmpty()) {
        const MessageId next = m_candidates->takeLast();
        if (m_unavailable.contains(next))
            continue;
        const Result<QByteArray> raw = co_await fetch(session, next);
        if (raw)
            co_return true;
        const ErrorKind kind = raw.error().kind;
        const bool lost
            = raw.error().isConnectionFailure() || kind == ErrorKind::Cancelled || kind == ErrorKind::Storage;
        // Also when the answer itself ended the session: over the next one it would be the same.
        if (!lost)
            m_unavailable.insert(next);
        if (lost || !session->isOpen())
            co_return failure(raw.error());
    }
    co_return false;
}

QCoro::Task<Result<QList<MessageId>>> BodyFetcher::findCandidates()
{
    const QDateTime youngerThan = m_services.clock().addDuration(-backgroundAge);
    co_return co_await m_services.store.read(
        [account = m_account, youngerThan](
            const Tables &tables) -> Result<QList<MessageId>> { return candidates(tables, account, youngerThan); });
}

} // namespace postaci
