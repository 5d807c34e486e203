// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/folderreplay.h"

#include "core/imap/imapsession.h"
#include "core/store/store.h"
#include "core/sync/pendingfolders.h"
#include "core/sync/pendingrunner.h"

#include <QCoro/QCoroFuture>

#include <algorithm>

namespace postaci {

using namespace Qt::StringLiterals;

FolderReplay::FolderReplay(const Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
{
}

QCoro::Task<Result<void>> FolderReplay::run(ImapSession *session, PendingOp op)
{
    // A server may hang up on who has a folder open that goes.
    if (op.kind != PendingOp::Kind::CreateFolder && !session->selectedPath().isEmpty()) {
        if (const auto elsewhere = co_await session->select(u"INBOX"_s); !elsewhere)
            co_return failure(elsewhere.error());
    }
    const Result<void> done = co_await command(session, op);
    if (!done) {
        if (sessionIsLost(*session, done.error()) || done.error().kind == ErrorKind::TryLater)
            co_return done;
        const Result<bool> happened = co_await hasHappened(session, op);
        if (!happened)
            co_return failure(happened.error());
        if (!*happened)
            co_return done;
    }
    if (op.kind == PendingOp::Kind::RenameFolder) {
        const Result<QStringList> below = co_await namesBelow(op);
        if (!below)
            co_return failure(below.error());
        for (const QString &rest : *below)
            co_await session->moveSubscription(op.path + rest, op.newPath + rest);
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> FolderReplay::command(ImapSession *session, PendingOp op)
{
    switch (op.kind) {
    case PendingOp::Kind::CreateFolder:
        return session->createFolder(op.path);
    case PendingOp::Kind::RenameFolder:
        return session->renameFolder(op.path, op.newPath);
    default:
        return session->deleteFolder(op.path);
    }
}

QCoro::Task<Result<bool>> FolderReplay::hasHappened(ImapSession *session, PendingOp op)
{
    const auto remote = co_await session->listFolders();
    if (!remote)
        co_return failure(remote.error());
    const auto has = [&remote](const QString &path) {
        return std::any_of(remote->cbegin(), remote->cend(), [&path](const RemoteFolder &folder) {
            return folder.path == path && !folder.attributes.contains("\\nonexistent");
        });
    };
    switch (op.kind) {
    case PendingOp::Kind::CreateFolder:
        co_return has(op.path);
    case PendingOp::Kind::RenameFolder:
        co_return !has(op.path) && has(op.newPath);
    default:
        co_return !has(op.path);
    }
}

/// What follows the renamed folder's name in those of the folders below it.
QCoro::Task<Result<QStringList>> FolderReplay::namesBelow(PendingOp op)
{
    co_return co_await m_services.store.read([op](const Tables &tables) -> Result<QStringList> {
        const QList<Folder> all = tables.folders.all(op.account);
        QStringList rests;
        for (const Folder &folder : all) {
            // As the server called it before this one: later ones have not reached it.
            const QString path = pendingfolders::pathOnServer(tables, folder);
            if (path != op.path && pendingfolders::isWithin(path, op.path, folder.separator))
                rests.append(path.sliced(op.path.size()));
        }
        return rests;
    });
}

} // namespace postaci
