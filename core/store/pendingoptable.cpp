// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/pendingoptable.h"

#include "core/store/errorcolumn.h"
#include "core/store/query.h"

namespace postaci {

namespace {

const std::string selectOps = R"sql(
    SELECT id, account, kind, state, folder, to_folder, message, outbox, uid_validity, uid, message_id, add_flags,
        remove_flags, path, new_path, attempts, last_error, created_at, source
    FROM pending_ops)sql";

PendingOp opFrom(const Query &query)
{
    return {
        .id = query.id<PendingOpId>(0),
        .account = query.id<AccountId>(1),
        .kind = query.enumeration<PendingOp::Kind>(2),
        .state = query.enumeration<PendingOp::State>(3),
        .folder = query.id<FolderId>(4),
        .toFolder = query.id<FolderId>(5),
        .message = query.id<MessageId>(6),
        .source = query.id<MessageId>(18),
        .outbox = query.id<OutboxId>(7),
        .uidValidity = quint32(query.integer(8)),
        .uid = quint32(query.integer(9)),
        .messageIdHeader = query.blob(10),
        .add = Flags::fromInt(int(query.integer(11))),
        .remove = Flags::fromInt(int(query.integer(12))),
        .path = query.text(13),
        .newPath = query.text(14),
        .attempts = int(query.integer(15)),
        .lastError = errorFromColumn(query.text(16)),
        .createdAt = query.time(17),
    };
}

QList<PendingOp> allOf(Query &query)
{
    QList<PendingOp> ops;
    while (query.next())
        ops.append(opFrom(query));
    return ops;
}

} // namespace

PendingOpTable::PendingOpTable(Connection &connection)
    : m_connection(connection)
{
}

QList<PendingOp> PendingOpTable::all(AccountId account) const
{
    Query query(m_connection, selectOps + " WHERE account = ? ORDER BY id");
    query.bind(account);
    return allOf(query);
}

QList<PendingOp> PendingOpTable::forFolder(FolderId folder) const
{
    Query query(m_connection, selectOps + " WHERE folder = ? ORDER BY id");
    query.bind(folder);
    return allOf(query);
}

QList<PendingOp> PendingOpTable::ofFolders(AccountId account) const
{
    Query query(m_connection, selectOps + " WHERE account = ? AND kind IN (?, ?, ?) ORDER BY id");
    query.bind(account, PendingOp::Kind::CreateFolder, PendingOp::Kind::RenameFolder, PendingOp::Kind::DeleteFolder);
    return allOf(query);
}

bool PendingOpTable::isMoving(MessageId source) const
{
    Query query(m_connection, "SELECT 1 FROM pending_ops WHERE source = ? AND source <> 0 AND state <> ?");
    query.bind(source, PendingOp::State::Failed);
    return query.next();
}

PendingOpId PendingOpTable::insert(const PendingOp &op)
{
    Query(m_connection, R"sql(
        INSERT INTO pending_ops (account, kind, state, folder, to_folder, message, outbox, uid_validity, uid, message_id,
            add_flags, remove_flags, path, new_path, attempts, last_error, created_at, source)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql")
        .run(op.account, op.kind, op.state, op.folder, op.toFolder, op.message, op.outbox, op.uidValidity, op.uid,
            op.messageIdHeader, op.add.toInt(), op.remove.toInt(), op.path, op.newPath, op.attempts,
            toColumn(op.lastError), op.createdAt, op.source);
    m_connection.change().pendingOps = true;
    return {m_connection.lastInsertId()};
}

void PendingOpTable::update(const PendingOp &op)
{
    Query(m_connection, R"sql(
        UPDATE pending_ops SET state = ?, folder = ?, to_folder = ?, message = ?, outbox = ?, uid_validity = ?, uid = ?,
            message_id = ?, add_flags = ?, remove_flags = ?, path = ?, new_path = ?, attempts = ?, last_error = ?
        WHERE id = ?)sql")
        .run(op.state, op.folder, op.toFolder, op.message, op.outbox, op.uidValidity, op.uid, op.messageIdHeader,
            op.add.toInt(), op.remove.toInt(), op.path, op.newPath, op.attempts, toColumn(op.lastError), op.id);
    m_connection.change().pendingOps = true;
}

void PendingOpTable::remove(PendingOpId id)
{
    Query(m_connection, "DELETE FROM pending_ops WHERE id = ?").run(id);
    m_connection.change().pendingOps = true;
}

} // namespace postaci
