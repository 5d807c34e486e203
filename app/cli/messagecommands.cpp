// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/cli/session.h"

#include <QCoroFuture>

#include <QJsonArray>

#include <optional>

namespace postaci::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype defaultLimit = 50;

Result<qsizetype> limitFrom(const Arguments &arguments)
{
    if (!arguments.has(u"limit"_s))
        return defaultLimit;
    bool isNumber = false;
    const qsizetype limit = arguments.value(u"limit"_s).toLongLong(&isNumber);
    if (!isNumber || limit < 1)
        return failure({.kind = ErrorKind::InvalidInput, .subject = u"--limit"_s});
    return limit;
}

/// "seen,flagged" as flags.
Result<Flags> flagsFrom(const Arguments &arguments, const QString &option)
{
    Flags flags;
    for (const QString &list : arguments.options.value(option)) {
        for (const QString &name : list.split(','_L1, Qt::SkipEmptyParts)) {
            const std::optional<Flag> flag = flagFromName(name);
            if (!flag)
                return failure({.kind = ErrorKind::InvalidInput, .subject = name});
            flags |= *flag;
        }
    }
    return flags;
}

QList<MessageId> idsOf(const QList<MessageHeader> &messages)
{
    QList<MessageId> ids;
    for (const MessageHeader &message : messages)
        ids.append(message.id);
    return ids;
}

QList<FolderId> foldersOf(const QList<MessageHeader> &messages)
{
    QList<FolderId> folders;
    for (const MessageHeader &message : messages) {
        if (!folders.contains(message.folder))
            folders.append(message.folder);
    }
    return folders;
}

/// The second half of every action: waits for the server and tells what became of it.
QCoro::Task<Result<void>> finishAction(Session *session, QList<MessageHeader> messages, QList<FolderId> folders)
{
    const Result<Session::RemoteHalf> remote = co_await session->replayActions(folders);
    if (!remote)
        co_return failure(remote.error());
    QJsonArray ids;
    for (const MessageHeader &message : messages)
        ids.append(message.id.value);
    QJsonObject line{{u"messages"_s, ids}, {u"queued"_s, remote->queued}};
    if (remote->reason)
        line.insert("reason"_L1, toJson(*remote->reason));
    printLine(line);
    co_return Result<void>();
}

QCoro::Task<Result<void>> listMessages(Session *session, Arguments arguments)
{
    const Result<qsizetype> limit = limitFrom(arguments);
    if (!limit)
        co_return failure(limit.error());
    const Result<Folder> folder = co_await session->namedFolder(arguments.positional.first());
    if (!folder)
        co_return failure(folder.error());

    const Result<QList<MessageHeader>> messages = co_await session->store().read(
        [id = folder->id, count = *limit](const Tables &tables) -> Result<QList<MessageHeader>> {
            QList<MessageId> ids;
            for (const MessageKey &key : tables.messages.keys(id, count))
                ids.append(MessageId{key.id});
            return tables.messages.headers(ids);
        });
    if (!messages)
        co_return failure(messages.error());
    for (const MessageHeader &message : *messages)
        printLine(toJson(message));
    co_return Result<void>();
}

QCoro::Task<Result<void>> searchMessages(Session *session, Arguments arguments)
{
    const Result<qsizetype> limit = limitFrom(arguments);
    if (!limit)
        co_return failure(limit.error());
    AccountId within;
    if (!session->options().account.isEmpty()) {
        const Result<Account> account = co_await session->account({});
        if (!account)
            co_return failure(account.error());
        within = account->id;
    }
    const Result<void> indexed = co_await session->engine().indexTexts();
    if (!indexed)
        co_return failure(indexed.error());
    const QString words = arguments.positional.join(' '_L1);
    const Result<QList<MessageHeader>> messages = co_await session->store().read(
        [words, within, count = *limit](const Tables &tables) -> Result<QList<MessageHeader>> {
            return tables.messages.headers(tables.search.find(words, within, {}, count));
        });
    if (!messages)
        co_return failure(messages.error());
    for (const MessageHeader &message : *messages)
        printLine(toJson(message));
    co_return Result<void>();
}

/// A message from the store, or else from its server.
QCoro::Task<Result<QByteArray>> rawMessage(Session *session, MessageHeader header)
{
    if (!header.hasBody) {
        const Result<void> connected = co_await session->connectAccounts();
        if (!connected)
            co_return failure(connected.error());
    }
    co_return co_await session->engine().wholeMessage(header.id);
}

QCoro::Task<Result<void>> showMessage(Session *session, Arguments arguments)
{
    const Result<QList<MessageHeader>> messages = co_await session->messages(arguments.positional);
    if (!messages)
        co_return failure(messages.error());
    const Result<QByteArray> raw = co_await rawMessage(session, messages->first());
    if (!raw)
        co_return failure(raw.error());
    printLine(toJson(messages->first(), parseMessage(*raw)));
    co_return Result<void>();
}

QCoro::Task<Result<void>> printMessage(Session *session, Arguments arguments)
{
    const Result<QList<MessageHeader>> messages = co_await session->messages(arguments.positional);
    if (!messages)
        co_return failure(messages.error());
    const Result<QByteArray> raw = co_await rawMessage(session, messages->first());
    if (!raw)
        co_return failure(raw.error());
    printRaw(*raw);
    co_return Result<void>();
}

QCoro::Task<Result<void>> flagMessages(Session *session, Arguments arguments)
{
    const Result<Flags> add = flagsFrom(arguments, u"add"_s);
    if (!add)
        co_return failure(add.error());
    const Result<Flags> remove = flagsFrom(arguments, u"remove"_s);
    if (!remove)
        co_return failure(remove.error());
    if (!*add && !*remove)
        co_return failure({.kind = ErrorKind::InvalidInput, .subject = u"--add, --remove"_s});
    const Result<QList<MessageHeader>> messages = co_await session->messages(arguments.positional);
    if (!messages)
        co_return failure(messages.error());
    const Result<void> connected = co_await session->connectAccounts();
    if (!connected)
        co_return failure(connected.error());

    const Result<void> changed = co_await session->engine().changeFlags(idsOf(*messages), *add, *remove);
    if (!changed)
        co_return failure(changed.error());
    co_return co_await finishAction(session, *messages, foldersOf(*messages));
}

/// Into a folder of --account, wherever they are.
QCoro::Task<Result<void>> transferMessages(Session *session, Arguments arguments, bool move)
{
    const Result<Folder> target = co_await session->namedFolder(arguments.positional.takeLast());
    if (!target)
        co_return failure(target.error());
    const Result<QList<MessageHeader>> messages = co_await session->messages(arguments.positional);
    if (!messages)
        co_return failure(messages.error());
    const Result<void> connected = co_await session->connectAccounts();
    if (!connected)
        co_return failure(connected.error());

    std::optional<MailError> problem;
    if (move) {
        const auto moved = co_await session->engine().moveMessages(idsOf(*messages), target->id);
        if (!moved)
            problem = moved.error();
    } else {
        const auto copied = co_await session->engine().copyMessages(idsOf(*messages), target->id);
        if (!copied)
            problem = copied.error();
    }
    if (problem)
        co_return failure(*problem);
    co_return co_await finishAction(session, *messages, foldersOf(*messages) << target->id);
}

QCoro::Task<Result<void>> moveMessages(Session *session, Arguments arguments)
{
    return transferMessages(session, std::move(arguments), true);
}

QCoro::Task<Result<void>> copyMessages(Session *session, Arguments arguments)
{
    return transferMessages(session, std::move(arguments), false);
}

QCoro::Task<Result<void>> deleteMessages(Session *session, Arguments arguments)
{
    const Result<QList<MessageHeader>> messages = co_await session->messages(arguments.positional);
    if (!messages)
        co_return failure(messages.error());
    const Result<void> connected = co_await session->connectAccounts();
    if (!connected)
        co_return failure(connected.error());

    const auto deleted = co_await session->engine().deleteMessages(idsOf(*messages));
    if (!deleted)
        co_return failure(deleted.error());
    co_return co_await finishAction(session, *messages, foldersOf(*messages));
}

} // namespace

QList<Command> messageCommands()
{
    const QCommandLineOption limit(u"limit"_s, u"At most so many lines (default 50)."_s, u"number"_s);
    return {
        {
            .name = u"list"_s,
            .synopsis = u"FOLDER"_s,
            .description = u"Messages of a folder, newest first, as the last sync left them."_s,
            .options = {limit},
            .minimum = 1,
            .maximum = 1,
            .run = listMessages,
        },
        {
            .name = u"search"_s,
            .synopsis = u"WORD…"_s,
            .description = u"Messages in which every word occurs, newest first."_s,
            .options = {limit},
            .minimum = 1,
            .run = searchMessages,
        },
        {
            .name = u"show"_s,
            .synopsis = u"ID"_s,
            .description = u"A message's header, text, HTML and attachments."_s,
            .minimum = 1,
            .maximum = 1,
            .run = showMessage,
        },
        {
            .name = u"raw"_s,
            .synopsis = u"ID"_s,
            .description = u"A message byte for byte as the server has it (not JSON)."_s,
            .minimum = 1,
            .maximum = 1,
            .run = printMessage,
        },
        {
            .name = u"flag"_s,
            .synopsis = u"ID…"_s,
            .description = u"Change flags: seen, answered, flagged, draft, forwarded, junk, notjunk."_s,
            .options = {
                {u"add"_s, u"Flags to set, with commas between."_s, u"flags"_s},
                {u"remove"_s, u"Flags to take away."_s, u"flags"_s},
            },
            .minimum = 1,
            .run = flagMessages,
        },
        {
            .name = u"move"_s,
            .synopsis = u"ID… FOLDER"_s,
            .description = u"Move messages to a folder of --account ('local': on this computer), from any account."_s,
            .minimum = 2,
            .run = moveMessages,
        },
        {
            .name = u"copy"_s,
            .synopsis = u"ID… FOLDER"_s,
            .description = u"Copy messages to a folder of --account, from any account."_s,
            .minimum = 2,
            .run = copyMessages,
        },
        {
            .name = u"delete"_s,
            .synopsis = u"ID…"_s,
            .description = u"Move messages to Trash; delete them for good if they are there already."_s,
            .minimum = 1,
            .run = deleteMessages,
        },
    };
}

} // namespace postaci::cli
