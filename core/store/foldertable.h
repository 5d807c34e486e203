// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/folder.h"
#include "core/store/connection.h"

#include <QList>

#include <optional>

namespace postaci {

/// The mailboxes of each account, with their counters and what the server last said about their numbering.
class FolderTable {
public:
    explicit FolderTable(Connection &connection);

    QList<Folder> all(AccountId account) const;
    std::optional<Folder> find(FolderId id) const;
    std::optional<Folder> findByPath(AccountId account, const QString &path) const;
    std::optional<Folder> findByRole(AccountId account, FolderRole role) const;
    FolderSyncState syncState(FolderId id) const;

    FolderId insert(const Folder &folder);
    /// Neither the counters, which the message table keeps, nor the rights.
    void update(const Folder &folder);
    /// What the server allowed when the folder was opened.
    void setRights(FolderId id, bool readOnly, Flags kept);
    /// With its messages, bodies and search rows. They are out of sight at once, and deleted by purgeRemoved().
    void remove(FolderId id);
    void removeAll(AccountId account);
    /// One that was removed and has to wait for its server (PendingOp::Kind::DeleteFolder), with the account that it
    /// had: it is not purged before that.
    std::optional<Folder> findRemoved(FolderId id) const;
    /// Takes its removal back, unless there is another of its name.
    void restore(FolderId id, AccountId account);
    /// Deletes up to `limit` messages of removed folders, and such a folder once it is empty. Store calls this when it
    /// is quiet, since a large folder takes seconds. Returns whether there may be more.
    bool purgeRemoved(qsizetype limit);
    void setSyncState(FolderId id, const FolderSyncState &state);

private:
    Connection &m_connection;
};

} // namespace postaci
