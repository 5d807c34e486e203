// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/cli/session.h"

#include <QCoroFuture>

namespace postaci::cli {

using namespace Qt::StringLiterals;

namespace {

Result<QList<Folder>> foldersOf(const Tables &tables, const QList<AccountId> &accounts)
{
    QList<Folder> folders;
    for (const AccountId account : accounts)
        folders += tables.folders.all(account);
    return folders;
}

enum class WithServer { Only, All };

/// The one account that was named, or all.
QCoro::Task<Result<QList<AccountId>>> chosenAccounts(Session *session, QString reference, WithServer which)
{
    if (!reference.isEmpty() || !session->options().account.isEmpty()) {
        const Result<Account> account = co_await session->account(reference);
        if (!account)
            co_return failure(account.error());
        co_return QList<AccountId>{account->id};
    }
    const Result<QList<Account>> accounts = co_await session->accounts();
    if (!accounts)
        co_return failure(accounts.error());
    QList<AccountId> ids;
    for (const Account &account : *accounts)
        ids.append(account.id);
    const Result<std::optional<Account>> computer = co_await session->store().read(
        [](const Tables &tables) -> Result<std::optional<Account>> { return tables.accounts.onThisComputer(); });
    if (!computer)
        co_return failure(computer.error());
    if (*computer && which == WithServer::All)
        ids.append((*computer)->id);
    co_return ids;
}

/// Mails of an account that wait in the outbox.
QFuture<Result<QList<OutboxId>>> queuedMails(Session *session, AccountId account)
{
    return session->store().read([account](const Tables &tables) -> Result<QList<OutboxId>> {
        QList<OutboxId> ids;
        for (const OutboxItem &item : tables.outbox.all()) {
            if (item.account == account && item.state == OutboxState::Queued)
                ids.append(item.id);
        }
        return ids;
    });
}

QCoro::Task<Result<void>> synchronizeOne(Session *session, AccountId account)
{
    // Who asks for it does not want to wait for the next try.
    const Result<QList<OutboxId>> queued = co_await queuedMails(session, account);
    if (!queued)
        co_return failure(queued.error());
    for (const OutboxId id : *queued)
        co_await session->engine().retryOutbox(id); // Not there any more: it has just been sent.
    co_await session->settleOutbox();

    const Result<void> synchronized = co_await session->synchronize(account);
    if (!synchronized)
        co_return failure(synchronized.error());

    const Result<QList<OutboxId>> left = co_await queuedMails(session, account);
    if (!left)
        co_return failure(left.error());
    const Result<QList<Folder>> folders
        = co_await session->store().read([account](const Tables &tables) { return foldersOf(tables, {account}); });
    if (!folders)
        co_return failure(folders.error());
    qint64 total = 0;
    qint64 unread = 0;
    for (const Folder &folder : *folders) {
        total += folder.total;
        unread += folder.unread;
    }
    printLine({
        {u"account"_s, account.value},
        {u"folders"_s, folders->size()},
        {u"total"_s, total},
        {u"unread"_s, unread},
        {u"queued"_s, left->size()},
    });
    co_return Result<void>();
}

QCoro::Task<Result<void>> synchronize(Session *session, Arguments arguments)
{
    const Result<QList<AccountId>> accounts
        = co_await chosenAccounts(session, arguments.positional.value(0), WithServer::Only);
    if (!accounts)
        co_return failure(accounts.error());
    const Result<void> connected = co_await session->connectAccounts();
    if (!connected)
        co_return failure(connected.error());
    for (const AccountId account : *accounts) {
        const Result<void> synchronized = co_await synchronizeOne(session, account);
        if (!synchronized)
            co_return synchronized;
    }
    co_return Result<void>();
}

/// No account: this computer, before it has one.
QCoro::Task<Result<bool>> hasServer(Session *session, AccountId account)
{
    co_return co_await session->store().read([account](const Tables &tables) -> Result<bool> {
        const std::optional<Account> found = tables.accounts.find(account);
        return found && !found->isLocal();
    });
}

/// Before a change to folders of a server: it is to hear of it at once.
QCoro::Task<Result<void>> connectFor(Session *session, AccountId account)
{
    const Result<bool> server = co_await hasServer(session, account);
    if (!server)
        co_return failure(server.error());
    if (*server)
        co_return co_await session->connectAccounts();
    co_return Result<void>();
}

/// The second half of every change: waits for the server, where there is one, and tells what became of it.
QCoro::Task<Result<void>> finishChange(Session *session, AccountId account, FolderId id)
{
    const Result<bool> server = co_await hasServer(session, account);
    if (!server)
        co_return failure(server.error());
    Result<Session::RemoteHalf> remote;
    if (*server)
        remote = co_await session->replayAccounts({account});
    if (!remote)
        co_return failure(remote.error());
    const Result<std::optional<Folder>> folder = co_await session->store().read(
        [id](const Tables &tables) -> Result<std::optional<Folder>> { return tables.folders.find(id); });
    if (!folder)
        co_return failure(folder.error());
    QJsonObject line = *folder ? toJson(**folder) : QJsonObject{{u"folder"_s, id.value}};
    line.insert("queued"_L1, remote->queued);
    if (remote->reason)
        line.insert("reason"_L1, toJson(*remote->reason));
    printLine(line);
    co_return Result<void>();
}

QCoro::Task<Result<void>> createFolder(Session *session, Arguments arguments)
{
    const QString path = arguments.positional.first();
    const QString name = path.section('/'_L1, -1);
    const QString above = path.section('/'_L1, 0, -2);
    Folder parent;
    // The account on this computer comes into being with its first folder.
    if (session->options().account != "local"_L1 || !above.isEmpty()) {
        const Result<Folder> found = co_await session->namedFolder(above);
        if (!found)
            co_return failure(found.error());
        parent = *found;
    }
    if (const Result<void> connected = co_await connectFor(session, parent.account); !connected)
        co_return connected;
    const Result<FolderId> created = co_await session->engine().createFolder(parent.account, parent.id, name);
    if (!created)
        co_return failure(created.error());
    co_return co_await finishChange(session, parent.account, *created);
}

QCoro::Task<Result<void>> renameFolder(Session *session, Arguments arguments)
{
    const Result<Folder> folder = co_await session->namedFolder(arguments.positional.first());
    if (!folder)
        co_return failure(folder.error());
    if (const Result<void> connected = co_await connectFor(session, folder->account); !connected)
        co_return connected;
    const Result<void> renamed = co_await session->engine().renameFolder(folder->id, arguments.positional.last());
    if (!renamed)
        co_return failure(renamed.error());
    co_return co_await finishChange(session, folder->account, folder->id);
}

QCoro::Task<Result<void>> moveFolder(Session *session, Arguments arguments)
{
    const Result<Folder> folder = co_await session->namedFolder(arguments.positional.first());
    if (!folder)
        co_return failure(folder.error());
    const Result<Folder> parent = co_await session->namedFolder(arguments.positional.last());
    if (!parent)
        co_return failure(parent.error());
    if (const Result<void> connected = co_await connectFor(session, folder->account); !connected)
        co_return connected;
    const Result<void> moved = co_await session->engine().moveFolder(folder->id, parent->account, parent->id);
    if (!moved)
        co_return failure(moved.error());
    co_return co_await finishChange(session, folder->account, folder->id);
}

QCoro::Task<Result<void>> deleteFolder(Session *session, Arguments arguments)
{
    const Result<Folder> folder = co_await session->namedFolder(arguments.positional.first());
    if (!folder)
        co_return failure(folder.error());
    if (const Result<void> connected = co_await connectFor(session, folder->account); !connected)
        co_return connected;
    const Result<void> deleted = co_await session->engine().deleteFolder(folder->id, arguments.has(u"for-good"_s));
    if (!deleted)
        co_return failure(deleted.error());
    co_return co_await finishChange(session, folder->account, folder->id);
}

QCoro::Task<Result<void>> listFolders(Session *session, Arguments)
{
    const Result<QList<AccountId>> accounts = co_await chosenAccounts(session, {}, WithServer::All);
    if (!accounts)
        co_return failure(accounts.error());
    const Result<QList<Folder>> folders
        = co_await session->store().read([ids = *accounts](const Tables &tables) { return foldersOf(tables, ids); });
    if (!folders)
        co_return failure(folders.error());
    for (const Folder &folder : *folders)
        printLine(toJson(folder));
    co_return Result<void>();
}

} // namespace

QList<Command> folderCommands()
{
    return {
        {
            .name = u"sync"_s,
            .synopsis = u"[ACCOUNT]"_s,
            .description = u"Bring one account, or all, up to date: actions, outbox, folders, headers."_s,
            .maximum = 1,
            .run = synchronize,
        },
        {
            .name = u"folders"_s,
            .description = u"One line for each folder."_s,
            .maximum = 0,
            .run = listFolders,
        },
        {
            .name = u"folder create"_s,
            .synopsis = u"PATH"_s,
            .description = u"Make a folder, \"Work/2024\" in Work; on this computer only with --account local."_s,
            .minimum = 1,
            .maximum = 1,
            .run = createFolder,
        },
        {
            .name = u"folder rename"_s,
            .synopsis = u"FOLDER NAME"_s,
            .description = u"Give a folder another name."_s,
            .minimum = 2,
            .maximum = 2,
            .run = renameFolder,
        },
        {
            .name = u"folder move"_s,
            .synopsis = u"FOLDER PARENT"_s,
            .description = u"Put a folder, with all below it, into another of its account; '' is the top."_s,
            .minimum = 2,
            .maximum = 2,
            .run = moveFolder,
        },
        {
            .name = u"folder delete"_s,
            .synopsis = u"FOLDER"_s,
            .description = u"Delete a folder with all below it: into Trash, and from there for good."_s,
            .options = {{u"for-good"_s, u"For good at once."_s}},
            .minimum = 1,
            .maximum = 1,
            .run = deleteFolder,
        },
    };
}

} // namespace postaci::cli
