// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/folderlistsync.h"

#include "core/imap/imapsession.h"
#include "core/store/store.h"
#include "core/sync/foldermerge.h"
#include "core/sync/folderroles.h"
#include "core/sync/pendingfolders.h"

#include <QCoro/QCoroFuture>

#include <algorithm>
#include <utility>

namespace postaci {

namespace {

QSet<QString> pathsOf(const QList<Folder> &folders)
{
    QSet<QString> paths;
    for (const Folder &folder : folders)
        paths.insert(folder.path);
    return paths;
}

QHash<QString, FolderStatus> statesOf(const QList<RemoteFolder> &remote)
{
    QHash<QString, FolderStatus> states;
    for (const RemoteFolder &folder : remote) {
        if (folder.status)
            states.insert(folder.path, *folder.status);
    }
    return states;
}

/// Lower is sooner.
int rank(const Folder &folder)
{
    switch (folder.role) {
    case FolderRole::Inbox:
        return 0;
    case FolderRole::Drafts:
    case FolderRole::Sent:
        return 1;
    case FolderRole::None:
    case FolderRole::Archive:
        return 2;
    case FolderRole::Junk:
    case FolderRole::Trash:
        return 3;
    case FolderRole::All:
    case FolderRole::Flagged:
        return 4;
    }
    return 4;
}

} // namespace

FolderListSync::FolderListSync(const Services &services, AccountId account, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_account(account)
{
}

QCoro::Task<Result<FolderListSync::Listed>> FolderListSync::run(ImapSession *session)
{
    const auto remote = co_await session->listFolders(true);
    if (!remote)
        co_return failure(remote.error());
    const QList<Folder> folders = mapFolders(*remote);
    if (folders.isEmpty()) // There is always an INBOX.
        co_return failure({.kind = ErrorKind::Protocol, .step = Step::ListFolders});

    struct Known {
        QSet<QString> paths;
        QList<PendingOp> ops;
    };
    const auto known = co_await m_services.store.read([account = m_account](const Tables &tables) -> Result<Known> {
        return Known{pathsOf(tables.folders.all(account)), tables.pendingOps.ofFolders(account)};
    });
    if (!known)
        co_return failure(known.error());
    QSet<QString> gone = known->paths - pathsOf(pendingfolders::asTheUserSees(known->ops, folders))
        - pendingfolders::notThereYet(known->ops, folders.first().separator);
    if (!gone.isEmpty()) {
        const auto again = co_await session->listFolders();
        if (!again)
            co_return failure(again.error());
        gone -= pathsOf(pendingfolders::asTheUserSees(known->ops, mapFolders(*again)));
    }
    auto listed
        = co_await m_services.store.write([account = m_account, folders, gone, states = statesOf(*remote),
                                              open = session->selectedPath()](Tables &tables) -> Result<Listed> {
              merge::folderList(tables, account, folders, gone);
              const QSet<QString> notThere
                  = pendingfolders::notThereYet(tables.pendingOps.ofFolders(account), folders.first().separator);
              QList<Folder> there = tables.folders.all(account);
              there.removeIf(
                  [&notThere](const Folder &folder) { return !folder.selectable || notThere.contains(folder.path); });
              Listed result;
              for (const Folder &folder : std::as_const(there)) {
                  const QString path = pendingfolders::pathOnServer(tables, folder);
                  const auto status = states.constFind(path);
                  if (status == states.cend())
                      continue;
                  // Of the folder that is open it may be what it was when it was opened (RFC 9051 6.3.11).
                  result.agreements.insert(
                      folder.id, path == open ? FolderAgreement::Unknown : compare(tables, folder, *status));
              }
              std::ranges::stable_sort(there, {}, rank);
              result.folders = there;
              return result;
          });
    co_return listed;
}

} // namespace postaci
