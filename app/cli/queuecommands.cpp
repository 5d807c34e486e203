// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/cli/session.h"

#include <QCoroFuture>

#include <algorithm>
#include <optional>

namespace postaci::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostActions = 10'000;

QString nameOf(PendingOp::Kind kind)
{
    switch (kind) {
    case PendingOp::Kind::ChangeFlags:
        return u"flag"_s;
    case PendingOp::Kind::Move:
        return u"move"_s;
    case PendingOp::Kind::Delete:
        return u"delete"_s;
    case PendingOp::Kind::Append:
        return u"fileSent"_s;
    case PendingOp::Kind::CreateFolder:
        return u"createFolder"_s;
    case PendingOp::Kind::RenameFolder:
        return u"renameFolder"_s;
    case PendingOp::Kind::DeleteFolder:
        return u"deleteFolder"_s;
    case PendingOp::Kind::Put:
        return u"put"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

QString nameOf(UndoStep::Kind kind)
{
    switch (kind) {
    case UndoStep::Kind::ChangeFlags:
        return u"flag"_s;
    case UndoStep::Kind::Move:
        return u"move"_s;
    case UndoStep::Kind::Delete:
        return u"delete"_s;
    case UndoStep::Kind::DeleteForGood:
        return u"deleteForGood"_s;
    case UndoStep::Kind::CreateFolder:
        return u"createFolder"_s;
    case UndoStep::Kind::RenameFolder:
        return u"renameFolder"_s;
    case UndoStep::Kind::MoveFolder:
        return u"moveFolder"_s;
    case UndoStep::Kind::DeleteFolder:
        return u"deleteFolder"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

/// "w7" waits, "r7" was refused.
QString textOf(QueuedAction::Id id)
{
    return (id.refused ? u'r' : u'w') + QString::number(id.last.value);
}

QJsonObject toJson(const QueuedAction &action)
{
    const PendingOp &op = action.op;
    QJsonObject line{{u"id"_s, textOf(action.id)}, {u"account"_s, op.account.value}, {u"action"_s, nameOf(op.kind)},
        {u"state"_s, action.isRefused() ? u"refused"_s : u"waiting"_s}};
    const auto put = [&line](const QString &key, const QJsonValue &value, bool present) {
        if (present)
            line.insert(key, value);
    };
    put(u"messages"_s, action.messages, action.messages > 0);
    put(u"subject"_s, action.subject, !action.subject.isEmpty());
    put(u"from"_s, action.from ? action.from->path : QString(), action.messages > 0 && action.from.has_value());
    put(u"to"_s, action.to ? action.to->path : QString(), action.to.has_value());
    put(u"add"_s, cli::toJson(op.add), op.add.toInt() != 0);
    put(u"remove"_s, cli::toJson(op.remove), op.remove.toInt() != 0);
    put(u"path"_s, op.path, !op.path.isEmpty());
    put(u"newPath"_s, op.newPath, !op.newPath.isEmpty());
    put(u"time"_s, op.createdAt.toString(Qt::ISODate), op.createdAt.isValid());
    put(u"tries"_s, op.attempts, op.attempts > 0);
    put(u"reason"_s, cli::toJson(op.lastError), op.lastError != MailError());
    return line;
}

QCoro::Task<Result<QList<QueuedAction>>> readQueue(Session *session)
{
    AccountId only;
    if (!session->options().account.isEmpty()) {
        const Result<Account> account = co_await session->account({});
        if (!account)
            co_return failure(account.error());
        only = account->id;
    }
    auto actions = co_await session->store().read(
        [](const Tables &tables) -> Result<QList<QueuedAction>> { return workqueue::list(tables, mostActions); });
    if (actions && only)
        actions->removeIf([only](const QueuedAction &action) { return action.op.account != only; });
    co_return std::move(actions);
}

QCoro::Task<Result<void>> listQueue(Session *session, Arguments)
{
    const Result<QList<QueuedAction>> actions = co_await readQueue(session);
    if (!actions)
        co_return failure(actions.error());
    for (const QueuedAction &action : *actions)
        printLine(toJson(action));
    co_return Result<void>();
}

/// Those that were named; "all" of them.
QCoro::Task<Result<QList<QueuedAction>>> chosen(Session *session, QStringList names)
{
    const Result<QList<QueuedAction>> actions = co_await readQueue(session);
    if (!actions)
        co_return failure(actions.error());
    if (names == QStringList{u"all"_s})
        co_return QList<QueuedAction>(*actions);
    QList<QueuedAction> chosen;
    for (const QString &name : std::as_const(names)) {
        const auto found
            = std::ranges::find_if(*actions, [&name](const QueuedAction &action) { return textOf(action.id) == name; });
        if (found == actions->cend())
            co_return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore, .subject = name});
        chosen.append(*found);
    }
    co_return std::move(chosen);
}

QList<QueuedAction::Id> idsOf(const QList<QueuedAction> &actions)
{
    QList<QueuedAction::Id> ids;
    for (const QueuedAction &action : actions)
        ids.append(action.id);
    return ids;
}

QList<AccountId> accountsOf(const QList<QueuedAction> &actions)
{
    QList<AccountId> accounts;
    for (const QueuedAction &action : actions) {
        if (!accounts.contains(action.op.account))
            accounts.append(action.op.account);
    }
    return accounts;
}

/// Waits for the servers, and tells what is left to tell them.
QCoro::Task<Result<void>> finish(Session *session, QList<AccountId> accounts, QJsonObject line)
{
    const Result<Session::RemoteHalf> remote = co_await session->replayAccounts(std::move(accounts));
    if (!remote)
        co_return failure(remote.error());
    line.insert("queued"_L1, remote->queued);
    if (const std::optional<MailError> reason = remote->reason)
        line.insert("reason"_L1, cli::toJson(*reason));
    printLine(line);
    co_return Result<void>();
}

QCoro::Task<Result<void>> retryQueue(Session *session, Arguments arguments)
{
    const Result<QList<QueuedAction>> actions = co_await chosen(session, arguments.positional);
    if (!actions)
        co_return failure(actions.error());
    const Result<void> connected = co_await session->connectAccounts();
    if (!connected)
        co_return failure(connected.error());
    const Result<void> retried = co_await session->engine().retryActions(idsOf(*actions));
    if (!retried)
        co_return failure(retried.error());
    co_return co_await finish(session, accountsOf(*actions), {{u"retried"_s, actions->size()}});
}

QCoro::Task<Result<void>> cancelQueue(Session *session, Arguments arguments)
{
    const Result<QList<QueuedAction>> actions = co_await chosen(session, arguments.positional);
    if (!actions)
        co_return failure(actions.error());
    const Result<void> cancelled = co_await session->engine().cancelActions(idsOf(*actions));
    if (!cancelled)
        co_return failure(cancelled.error());
    printLine({{u"cancelled"_s, actions->size()}});
    co_return Result<void>();
}

QCoro::Task<Result<void>> undo(Session *session, Arguments)
{
    const Result<void> connected = co_await session->connectAccounts();
    if (!connected)
        co_return failure(connected.error());
    const Result<std::optional<UndoStep>> undone = co_await session->engine().undo();
    if (!undone)
        co_return failure(undone.error());
    const std::optional<UndoStep> step = *undone;
    if (!step || step->kind == UndoStep::Kind::DeleteForGood)
        co_return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
    const Result<QList<AccountId>> waiting
        = co_await session->store().read([](const Tables &tables) -> Result<QList<AccountId>> {
              QList<AccountId> accounts;
              const QList<Account> all = tables.accounts.all();
              for (const Account &account : all) {
                  if (!tables.pendingOps.all(account.id).isEmpty())
                      accounts.append(account.id);
              }
              return accounts;
          });
    if (!waiting)
        co_return failure(waiting.error());
    QJsonObject line{{u"undone"_s, nameOf(step->kind)}};
    if (step->messages > 0)
        line.insert("messages"_L1, step->messages);
    co_return co_await finish(session, *waiting, line);
}

} // namespace

QList<Command> queueCommands()
{
    return {
        {
            .name = u"queue"_s,
            .description = u"What servers have not been told yet, and what they refused."_s,
            .maximum = 0,
            .run = listQueue,
        },
        {
            .name = u"queue retry"_s,
            .synopsis = u"ID…|all"_s,
            .description = u"Try again now."_s,
            .minimum = 1,
            .run = retryQueue,
        },
        {
            .name = u"queue cancel"_s,
            .synopsis = u"ID…|all"_s,
            .description = u"Take back what waits, and forget what was refused."_s,
            .minimum = 1,
            .run = cancelQueue,
        },
        {
            .name = u"undo"_s,
            .description = u"Take the last action back that has not been: flags, moves, deletions, folders."_s,
            .maximum = 0,
            .run = undo,
        },
    };
}

} // namespace postaci::cli
