// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/messagetransfer.h"

#include "core/mime/messagebody.h"
#include "core/store/store.h"
#include "core/sync/localmail.h"

#include <QCoro/QCoroFuture>
#include <QtConcurrentRun>

namespace postaci {

namespace {

/// Those that need no more than a change of their row, moved; the others.
struct Split {
    actions::Touched touched;
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
    }
    const auto moved = actions::move(tables, within, target.id, now);
    if (!moved)
        return failure(moved.error());
    split.touched = *moved;
    return split;
}

} // namespace

MessageTransfer::MessageTransfer(const Services &services, Fetch fetch, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_fetch(std::move(fetch))
{
}

QCoro::Task<Result<void>> MessageTransfer::run(QList<MessageId> messages, FolderId to, bool move)
{
    if (move) {
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
        messages = split->others;
    }
    Result<void> outcome;
    for (const MessageId message : messages) {
        const Result<void> done
            = m_cancelled ? Result<void>(failure({.kind = ErrorKind::Cancelled})) : co_await one(message, to, move);
        if (!done && outcome)
            outcome = done;
        if (m_cancelled)
            break;
    }
    co_return outcome;
}

QCoro::Task<Result<void>> MessageTransfer::one(MessageId message, FolderId to, bool move)
{
    const Result<QByteArray> raw = co_await m_fetch(message);
    if (!raw)
        co_return failure(raw.error());
    const local::Message parsed = co_await QtConcurrent::run(
        &m_services.pool, [raw = *raw, now = m_services.clock()] { return local::read(raw, {}, now); });

    struct Copied {
        MessageId copy;
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
            return Copied{put.message, account->isLocal(), put.touched};
        },
        Store::Durability::Durable);
    if (!copied)
        co_return failure(copied.error());
    Q_EMIT queued(copied->touched);
    if (!move || !copied->isLocal || !copied->copy)
        co_return {};

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
    co_return {};
}

} // namespace postaci
