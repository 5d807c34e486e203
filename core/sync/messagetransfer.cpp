// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/messagetransfer.h"

#include "core/store/store.h"
#include "core/sync/localmail.h"

#include <QCoro/QCoroFuture>
#include <QtConcurrentRun>

#include <QHash>

#include <algorithm>

namespace postaci {

namespace {

/// Those that need no more than a change of their row, moved; the others.
struct Split {
    actions::Touched touched;
    QList<MovedMessage> moved;
    QList<MessageId> others;
};

Result<Split> moveWithin(Tables &tables, const QList<MessageId> &messages, const Folder &target, const QDateTime &now)
{
    const auto isLocal = [&tables](AccountId id) {
        const std::optional<Account> account = tables.accounts.find(id);
        return account && account->isLocal();
    };
    Split split;
    QList<MessageId> within;
    QHash<AccountId, bool> local{{target.account, isLocal(target.account)}};
    const QList<MessageHeader> headers = tables.messages.headers(messages);
    for (const MessageHeader &header : headers) {
        const std::optional<Folder> folder = tables.folders.find(header.folder);
        if (!folder)
            continue;
        if (!local.contains(folder->account))
            local.insert(folder->account, isLocal(folder->account));
        const bool isWithin = folder->account == target.account || (local[folder->account] && local[target.account]);
        (isWithin ? within : split.others).append(header.id);
        if (isWithin && header.folder != target.id)
            split.moved.append({header.id, header.id, header.folder});
    }
    const auto moved = actions::move(tables, within, target.id, now);
    if (!moved)
        return failure(moved.error());
    split.touched = *moved;
    return split;
}

/// What taking a move back comes to.
struct WayBack {
    actions::Touched touched;
    QHash<FolderId, QList<MessageId>> toMove;
    std::optional<MailError> problem;
};

WayBack wayBack(Tables &tables, const QList<MovedMessage> &moved, const QDateTime &now)
{
    WayBack way;
    for (const MovedMessage &one : moved) {
        const std::optional<MessageHeader> row = tables.messages.header(one.message);
        const bool isInPlace = one.original != one.message && tables.messages.header(one.original);
        if (!row && isInPlace) // Its new server did not take it.
            continue;
        const std::optional<Folder> folder = row ? tables.folders.find(row->folder) : std::nullopt;
        if (!folder || !tables.folders.find(one.from)) {
            way.problem = {.kind = ErrorKind::NotFound, .step = Step::MoveMessages};
            continue;
        }
        if (!isInPlace) {
            way.toMove[one.from].append(one.message);
            continue;
        }
        // The original is still in its place: the copy goes, unless the server is being given it at this moment.
        const QList<PendingOp> ops = tables.pendingOps.all(folder->account);
        const bool isRunning = std::any_of(ops.cbegin(), ops.cend(),
            [&one](const PendingOp &op) { return op.source == one.original && op.state == PendingOp::State::Running; });
        if (isRunning) {
            way.problem = {.kind = ErrorKind::TryLater, .step = Step::MoveMessages};
            continue;
        }
        if (const auto removed = actions::removeMoved(tables, {one.message}, now))
            way.touched += *removed;
    }
    return way;
}

} // namespace

MessageTransfer::MessageTransfer(const Services &services, Fetch fetch, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_fetch(std::move(fetch))
{
}

QCoro::Task<Result<QList<MovedMessage>>> MessageTransfer::move(QList<MessageId> messages, FolderId to)
{
    const auto split = co_await m_services.store.write(
        [messages, to, now = m_services.clock()](Tables &tables) -> Result<Split> {
            const std::optional<Folder> target = tables.folders.find(to);
            if (!target)
                return failure({.kind = ErrorKind::NotFound, .step = Step::MoveMessages});
            return moveWithin(tables, messages, *target, now);
        },
        Store::Durability::Durable);
    if (!split)
        co_return failure(split.error());
    Q_EMIT queued(split->touched);
    const auto moved = co_await each(split->others, to, true);
    if (!moved)
        co_return failure(moved.error());
    co_return split->moved + *moved;
}

QCoro::Task<Result<void>> MessageTransfer::copy(QList<MessageId> messages, FolderId to)
{
    const auto copied = co_await each(messages, to, false);
    co_return copied ? Result<void>() : Result<void>(failure(copied.error()));
}

QCoro::Task<Result<void>> MessageTransfer::undo(QList<MovedMessage> moved)
{
    const auto way = co_await m_services.store.write(
        [moved, now = m_services.clock()](Tables &tables) -> Result<WayBack> { return wayBack(tables, moved, now); },
        Store::Durability::Durable);
    if (!way)
        co_return failure(way.error());
    Q_EMIT queued(way->touched);
    std::optional<MailError> problem = way->problem;
    for (auto it = way->toMove.cbegin(); it != way->toMove.cend(); ++it) {
        const auto back = co_await move(it.value(), it.key());
        if (!back && !problem)
            problem = back.error();
    }
    co_return problem ? Result<void>(failure(*problem)) : Result<void>();
}

QCoro::Task<Result<QList<MovedMessage>>> MessageTransfer::each(QList<MessageId> messages, FolderId to, bool move)
{
    QList<MovedMessage> moved;
    std::optional<MailError> problem;
    for (const MessageId message : messages) {
        if (m_cancelled)
            co_return failure(problem.value_or(MailError{.kind = ErrorKind::Cancelled}));
        const auto done = co_await one(message, to, move);
        if (done && *done)
            moved.append(**done);
        else if (!done && !problem)
            problem = done.error();
    }
    if (problem)
        co_return failure(*problem);
    co_return moved;
}

/// None: nothing is to be undone, since it is a copy, or on its way already.
QCoro::Task<Result<std::optional<MovedMessage>>> MessageTransfer::one(MessageId message, FolderId to, bool move)
{
    const Result<QByteArray> raw = co_await m_fetch(message);
    if (!raw)
        co_return failure(raw.error());
    const local::Message parsed = co_await QtConcurrent::run(
        &m_services.pool, [raw = *raw, now = m_services.clock()] { return local::read(raw, {}, now); });

    struct Copied {
        MessageId copy;
        FolderId from;
        bool isLocal = false;
        actions::Touched touched;
    };
    const auto copied = co_await m_services.store.write(
        [=, now = m_services.clock()](Tables &tables) -> Result<Copied> {
            const std::optional<MessageHeader> original = tables.messages.header(message);
            const std::optional<Folder> target = tables.folders.find(to);
            const std::optional<Account> account = target ? tables.accounts.find(target->account) : std::nullopt;
            if (!original || !account)
                return failure({.kind = ErrorKind::NotFound, .step = Step::MoveMessages});
            if (!target->selectable)
                return failure({.kind = ErrorKind::InvalidInput, .step = Step::MoveMessages, .subject = target->path});
            if (move && tables.pendingOps.isMoving(message))
                return Copied();
            local::Message copy = parsed;
            copy.header.flags = original->flags;
            copy.header.received = original->received;
            const auto put = local::place(tables, *target, copy, move ? message : MessageId(), now);
            return Copied{put.message, original->folder, account->isLocal(), put.touched};
        },
        Store::Durability::Durable);
    if (!copied)
        co_return failure(copied.error());
    Q_EMIT queued(copied->touched);
    if (!move || !copied->copy)
        co_return std::nullopt;
    const MovedMessage moved{copied->copy, message, copied->from};
    if (!copied->isLocal)
        co_return moved;

    // Only now, and only if it can be read.
    const auto removed = co_await m_services.store.write(
        [copy = copied->copy, message, raw = *raw, now = m_services.clock()](
            Tables &tables) -> Result<actions::Touched> {
            if (tables.bodies.raw(copy) != raw)
                return failure({.kind = ErrorKind::Storage, .step = Step::MoveMessages});
            return actions::removeMoved(tables, {message}, now);
        },
        Store::Durability::Durable);
    if (!removed)
        co_return failure(removed.error());
    Q_EMIT queued(*removed);
    co_return moved;
}

} // namespace postaci
