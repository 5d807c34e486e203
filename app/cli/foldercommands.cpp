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

/// The one account that was named, or all.
QCoro::Task<Result<QList<AccountId>>> chosenAccounts(Session *session, QString reference)
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

    // Files the copies of what has been sent, too.
    const Result<void> synchronized = co_await session->engine().synchronize(account);
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
    const Result<QList<AccountId>> accounts = co_await chosenAccounts(session, arguments.positional.value(0));
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

QCoro::Task<Result<void>> listFolders(Session *session, Arguments)
{
    const Result<QList<AccountId>> accounts = co_await chosenAccounts(session, {});
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
    };
}

} // namespace postaci::cli
