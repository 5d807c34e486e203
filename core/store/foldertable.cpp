// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/foldertable.h"

#include "core/mail/account.h"
#include "core/store/messagetable.h"
#include "core/store/pendingoptable.h"
#include "core/store/query.h"

namespace postaci {

namespace {

const std::string selectFolders = R"sql(
    SELECT id, account, path, separator, role, selectable, subscribed, total, unread, read_only, kept_flags,
        coalesce((SELECT in_protocol FROM accounts WHERE accounts.id = account), 0)
    FROM folders)sql";

Folder folderFrom(const Query &query)
{
    const QString separator = query.text(3);
    return {
        .id = query.id<FolderId>(0),
        .account = query.id<AccountId>(1),
        .path = query.text(2),
        .separator = separator.isEmpty() ? QChar() : separator.front(),
        .role = query.enumeration<FolderRole>(4),
        .selectable = query.boolean(5),
        .subscribed = query.boolean(6),
        .readOnly = query.boolean(9),
        .kept = Flags::fromInt(int(query.integer(10))),
        .isLocal = query.enumeration<Protocol>(11) != Protocol::Imap,
        .total = query.integer(7),
        .unread = query.integer(8),
    };
}

std::optional<Folder> firstOf(Query &query)
{
    return query.next() ? std::optional(folderFrom(query)) : std::nullopt;
}

QString separatorColumn(const Folder &folder)
{
    return folder.separator.isNull() ? QString() : QString(folder.separator);
}

} // namespace

FolderTable::FolderTable(Connection &connection)
    : m_connection(connection)
{
}

QList<Folder> FolderTable::all(AccountId account) const
{
    QList<Folder> folders;
    Query query(m_connection, selectFolders + " WHERE account = ? ORDER BY path");
    query.bind(account);
    while (query.next())
        folders.append(folderFrom(query));
    return folders;
}

std::optional<Folder> FolderTable::find(FolderId id) const
{
    Query query(m_connection, selectFolders + " WHERE id = ? AND account IS NOT NULL");
    query.bind(id);
    return firstOf(query);
}

std::optional<Folder> FolderTable::findByPath(AccountId account, const QString &path) const
{
    Query query(m_connection, selectFolders + " WHERE account = ? AND path = ?");
    query.bind(account, path);
    return firstOf(query);
}

std::optional<Folder> FolderTable::findByRole(AccountId account, FolderRole role) const
{
    Query query(m_connection, selectFolders + " WHERE account = ? AND role = ? ORDER BY id LIMIT 1");
    query.bind(account, role);
    return firstOf(query);
}

FolderSyncState FolderTable::syncState(FolderId id) const
{
    Query query(
        m_connection, "SELECT uid_validity, uid_next, highest_mod_seq, headers_complete FROM folders WHERE id = ?");
    query.bind(id);
    if (!query.next())
        return {};
    return {
        .uidValidity = quint32(query.integer(0)),
        .uidNext = quint32(query.integer(1)),
        .highestModSeq = quint64(query.integer(2)),
        .headersComplete = query.boolean(3),
    };
}

FolderId FolderTable::insert(const Folder &folder)
{
    Query(m_connection,
        "INSERT INTO folders (account, path, separator, role, selectable, subscribed) VALUES (?, ?, ?, ?, ?, ?)")
        .run(folder.account, folder.path, separatorColumn(folder), folder.role, folder.selectable, folder.subscribed);
    m_connection.change().folderLists.insert(folder.account);
    return {m_connection.lastInsertId()};
}

void FolderTable::update(const Folder &folder)
{
    if (const std::optional<Folder> before = find(folder.id))
        m_connection.change().folderLists.insert(before->account);
    Query(m_connection,
        "UPDATE folders SET account = ?, path = ?, separator = ?, role = ?, selectable = ?, subscribed = ? WHERE id = "
        "?")
        .run(folder.account, folder.path, separatorColumn(folder), folder.role, folder.selectable, folder.subscribed,
            folder.id);
    m_connection.change().folderLists.insert(folder.account);
}

void FolderTable::remove(FolderId id)
{
    const std::optional<Folder> folder = find(id);
    if (!folder)
        return;
    Query(m_connection, "UPDATE folders SET account = NULL WHERE id = ?").run(id);
    m_connection.change().folderLists.insert(folder->account);
}

void FolderTable::removeAll(AccountId account)
{
    Query(m_connection, "UPDATE folders SET account = NULL WHERE account = ?").run(account);
    m_connection.change().folderLists.insert(account);
}

std::optional<Folder> FolderTable::findRemoved(FolderId id) const
{
    Query waiting(m_connection, "SELECT account FROM pending_ops WHERE folder = ? AND kind = ?");
    waiting.bind(id, PendingOp::Kind::DeleteFolder);
    if (!waiting.next())
        return std::nullopt;
    Query query(m_connection, selectFolders + " WHERE id = ? AND account IS NULL");
    query.bind(id);
    std::optional<Folder> folder = firstOf(query);
    if (folder)
        folder->account = waiting.id<AccountId>(0);
    return folder;
}

void FolderTable::restore(FolderId id, AccountId account)
{
    Query(m_connection, "UPDATE OR IGNORE folders SET account = ? WHERE id = ? AND account IS NULL").run(account, id);
    m_connection.change().folderLists.insert(account);
}

void FolderTable::setRights(FolderId id, bool readOnly, Flags kept)
{
    const std::optional<Folder> before = find(id);
    if (!before || (before->readOnly == readOnly && before->kept == kept))
        return;
    Query(m_connection, "UPDATE folders SET read_only = ?, kept_flags = ? WHERE id = ?")
        .run(readOnly, kept.toInt(), id);
    m_connection.change().folderLists.insert(before->account);
}

bool FolderTable::purgeRemoved(qsizetype limit)
{
    Query removed(m_connection, R"sql(
        SELECT id FROM folders
        WHERE account IS NULL AND id NOT IN (SELECT folder FROM pending_ops WHERE kind = ?)
        ORDER BY id LIMIT 1)sql");
    removed.bind(PendingOp::Kind::DeleteFolder);
    if (!removed.next())
        return false;
    const auto folder = removed.id<FolderId>(0);
    if (!MessageTable(m_connection).removeSome(folder, limit))
        Query(m_connection, "DELETE FROM folders WHERE id = ?").run(folder);
    return true;
}

void FolderTable::setSyncState(FolderId id, const FolderSyncState &state)
{
    Query(m_connection,
        "UPDATE folders SET uid_validity = ?, uid_next = ?, highest_mod_seq = ?, headers_complete = ? WHERE id = ?")
        .run(state.uidValidity, state.uidNext, state.highestModSeq, state.headersComplete, id);
}

} // namespace postaci
