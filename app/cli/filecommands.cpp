// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/cli/session.h"

#include <QCoroFuture>

#include <QFileInfo>

namespace postaci::cli {

using namespace Qt::StringLiterals;

namespace {

QCoro::Task<Result<void>> importMail(Session *session, Arguments arguments)
{
    const Result<Folder> folder = co_await session->namedFolder(arguments.positional.last());
    if (!folder)
        co_return failure(folder.error());
    const Result<void> connected = co_await session->connectAccounts();
    if (!connected)
        co_return failure(connected.error());
    QStringList paths;
    for (const QString &path : arguments.positional.first(arguments.positional.size() - 1))
        paths.append(QFileInfo(path).absoluteFilePath());
    const Result<ImportOutcome> outcome = co_await session->engine().importMail(paths, folder->id);
    if (!outcome)
        co_return failure(outcome.error());
    const Result<Session::RemoteHalf> remote = co_await session->replayActions({folder->id});
    if (!remote)
        co_return failure(remote.error());
    printLine({{u"imported"_s, outcome->imported}, {u"known"_s, outcome->known}, {u"leftOut"_s, outcome->leftOut},
        {u"unreadable"_s, outcome->unreadable}, {u"queued"_s, remote->queued}});
    co_return Result<void>();
}

QCoro::Task<Result<void>> exportMail(Session *session, Arguments arguments)
{
    const QString format = arguments.has(u"format"_s) ? arguments.value(u"format"_s) : u"mbox"_s;
    if (format != "mbox"_L1 && format != "eml"_L1)
        co_return failure({.kind = ErrorKind::InvalidInput, .subject = u"--format"_s});
    const Result<Folder> folder = co_await session->namedFolder(arguments.positional.first());
    if (!folder)
        co_return failure(folder.error());
    const Result<void> connected = co_await session->connectAccounts();
    if (!connected)
        co_return failure(connected.error());
    const QString path = QFileInfo(arguments.positional.last()).absoluteFilePath();
    const Result<qint64> exported = co_await session->engine().exportFolder(
        folder->id, path, format == "mbox"_L1 ? MailFormat::Mbox : MailFormat::Eml);
    if (!exported)
        co_return failure(exported.error());
    printLine({{u"exported"_s, *exported}});
    co_return Result<void>();
}

} // namespace

QList<Command> fileCommands()
{
    return {
        {
            .name = u"import"_s,
            .synopsis = u"PATH… FOLDER"_s,
            .description
            = u"Take the mail of mbox files, a Maildir, .eml files or a directory of those into a folder."_s,
            .minimum = 2,
            .run = importMail,
        },
        {
            .name = u"export"_s,
            .synopsis = u"FOLDER PATH"_s,
            .description = u"Write a folder's mail into an mbox file, or into a directory of .eml files."_s,
            .options = {{u"format"_s, u"mbox (default) or eml."_s, u"format"_s}},
            .minimum = 2,
            .maximum = 2,
            .run = exportMail,
        },
    };
}

} // namespace postaci::cli
