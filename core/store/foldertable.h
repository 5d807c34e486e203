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
    void update(const Folder &folder); ///< Not the counters: the message table keeps those.
    void remove(FolderId id); ///< With its messages.
    void setSyncState(FolderId id, const FolderSyncState &state);

private:
    Connection &m_connection;
};

} // namespace postaci
