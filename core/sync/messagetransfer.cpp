// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/messagetransfer.h"

#include "core/store/store.h"
#include "core/sync/localmail.h"
#include "core/sync/undosteps.h"

#include <QCoro/QCoroFuture>
#include <QCoro/QCoroSignal>
#include <QtConcurrentRun>

#include <QHash>
#include <QScopeGuard>

namespace postaci {

namespace {

/// Those that need no more than a change of their row, moved; the others.
struct Split {
    actions::Touched touched;
    UndoStepId step;
    QList<MessageId> others;
};

Result<Split> moveWithin(Tables &tables, const QList<MessageId> &messages, const Folder &target, Flags add,
    Flags remove, const QDateTime &now)
{
    const auto isLocal = [&tables](AccountId id) {
        const std::optional<Account> account = tables.accounts.find(id);
        return account && account->isLocal();
    };
    Split split;
    QList<MessageId> within;
    QList<UndoMessage> moved;
    QHash<AccountId, bool> local{{target.account, isLocal(target.account)}};
    const QList<MessageHeader> headers = tables.messages.headers(messages);
    for (const MessageHeader &header : headers) {
        const std::optional<Folder> folder = tables.folders.find(header.folder);
        if (!folder)
            continue;
        if (!local.contains(folder->account))
            local.insert(folder->account, isLocal(folder->account));
        const bool isWithin = folder->account == target.account || (local[folder->account] && local[target.account]);
        if (!isWithin && folder->readOnly)
            return failure({.kind = ErrorKind::ReadOnly, .step = Step::MoveMessages, .subject = folder->path});
        (isWithin ? within : split.others).append(header.id);
        if (isWithin && header.folder != target.id)
            moved.append(
                {.message = header.id, .original = header.id, .from = header.folder, .added = {}, .removed = {}});
    }
    split.step = tables.undo.insert(
        {.kind = UndoStep::Kind::Move, .folder = target.id, .add = add, .remove = remove, .doneAt = now});
    if (add || remove) {
        tables.undo.add(split.step, undoable::flagChanges(tables, messages, add, remove));
        if (const auto changed = actions::changeFlags(tables, messages, add, remove, now))
            split.touched += *changed;
    }
    tables.undo.add(split.step, moved);
    const auto done = actions::move(tables, within, target.id, now);
    if (!done)
        return failure(done.error());
    split.touched += *done;
    return split;
}

} // namespace

MessageTransfer::MessageTransfer(const Services &services, Fetch fetch, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_fetch(std::move(fetch))
{
}

QCoro::Task<Result<void>> MessageTransfer::move(QList<MessageId> messages, FolderId to, Flags add, Flags remove)
{
    ++m_moves;
    const auto ended = qScopeGuard([this] {
        if (--m_moves == 0)
            Q_EMIT movesEnded();
    });
    const auto split = co_await m_services.store.write(
        [messages, to, add, remove, now = m_services.clock()](Tables &tables) -> Result<Split> {
            const std::optional<Folder> target = tables.folders.find(to);
            if (!target)
                return failure({.kind = ErrorKind::NotFound, .step = Step::MoveMessages});
            return moveWithin(tables, messages, *target, add, remove, now);
        },
        Store::Durability::Durable);
    if (!split)
        co_return failure(split.error());
    Q_EMIT queued(split->touched);
    co_return co_await each(split->others, to, {.isMove = true, .step = split->step});
}

QCoro::Task<Result<void>> MessageTransfer::copy(QList<MessageId> messages, FolderId to)
{
    return each(std::move(messages), to, {});
}

QCoro::Task<Result<std::optional<UndoStep>>> MessageTransfer::undo()
{
    while (m_moves > 0) // What they have moved is known when they have ended.
        co_await qCoro(this, &MessageTransfer::movesEnded);
    const auto way = co_await m_services.store.write(
        [now = m_services.clock()](
            Tables &tables) -> Result<undoable::WayBack> { return undoable::takeBack(tables, now); },
        Store::Durability::Durable);
    if (!way)
        co_return failure(way.error());
    Q_EMIT queued(way->touched);
    std::optional<MailError> problem = way->problem;
    const UndoStepId step = way->step ? way->step->id : UndoStepId();
    for (const UndoMessage &moved : way->transfers) {
        if (m_cancelled)
            co_return failure({.kind = ErrorKind::Cancelled});
        const auto back = co_await one(moved.message, moved.from, {.isMove = true});
        if (!back && !problem)
            problem = back.error();
        if (!back && back.error().kind != ErrorKind::NotFound)
            continue; // It can be tried again.
        const auto done = co_await m_services.store.write([step, id = moved.message](Tables &tables) -> Result<void> {
            tables.undo.removeMessages(step, {id});
            return {};
        });
        if (!done && !problem)
            problem = done.error();
    }
    if (problem)
        co_return failure(*problem);
    co_return std::optional<UndoStep>(way->step);
}

QCoro::Task<Result<void>> MessageTransfer::each(QList<MessageId> messages, FolderId to, Kind kind)
{
    std::optional<MailError> problem;
    for (const MessageId message : messages) {
        if (m_cancelled)
            co_return failure(problem.value_or(MailError{.kind = ErrorKind::Cancelled}));
        const auto done = co_await one(message, to, kind);
        if (!done && !problem)
            problem = done.error();
    }
    if (problem)
        co_return failure(*problem);
    co_return {};
}

QCoro::Task<Result<void>> MessageTransfer::one(MessageId message, FolderId to, Kind kind)
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
            if (kind.isMove && tables.pendingOps.isMoving(message)) // It is on its way already.
                return Copied();
            local::Message copy = parsed;
            copy.header.flags = original->flags;
            copy.header.received = original->received;
            const auto put = local::place(tables, *target, copy, kind.isMove ? message : MessageId(), now);
            if (kind.step)
                tables.undo.add(kind.step,
                    {{.message = put.message,
                        .original = message,
                        .from = original->folder,
                        .added = {},
                        .removed = {}}});
            return Copied{put.message, account->isLocal(), put.touched};
        },
        Store::Durability::Durable);
    if (!copied)
        co_return failure(copied.error());
    Q_EMIT queued(copied->touched);
    if (!kind.isMove || !copied->copy || !copied->isLocal)
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
