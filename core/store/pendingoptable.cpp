// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/pendingoptable.h"

#include "core/store/errorcolumn.h"
#include "core/store/query.h"

namespace postaci {

namespace {

const std::string columns = R"sql(
    id, account, kind, state, folder, to_folder, message, outbox, uid_validity, uid, message_id, add_flags,
    remove_flags, path, new_path, attempts, last_error, created_at, source)sql";

/// What operations have in common that are one line of the work queue.
const std::string alike = R"sql(
    account, kind, folder, to_folder, add_flags, remove_flags, path, new_path,
    CASE kind WHEN 7 THEN 0 ELSE coalesce(created_at, 0) END, CASE state WHEN 2 THEN last_error ELSE '' END)sql";

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

} // namespace

PendingOpTable::PendingOpTable(Connection &connection, Which which)
    : m_connection(connection)
    , m_table(which == Which::Pending ? "pending_ops" : "refused_ops")
{
}

QList<PendingOp> PendingOpTable::select(const char *condition, auto... values) const
{
    Query query(m_connection, "SELECT" + columns + " FROM " + m_table + " WHERE " + condition + " ORDER BY id");
    query.bind(values...);
    QList<PendingOp> ops;
    while (query.next())
        ops.append(opFrom(query));
    return ops;
}

QList<PendingOp> PendingOpTable::all(AccountId account) const
{
    return select("account = ?", account);
}

QList<PendingOp> PendingOpTable::forFolder(FolderId folder) const
{
    return select("folder = ?", folder);
}

QList<PendingOp> PendingOpTable::ofFolders(AccountId account) const
{
    return select("account = ? AND kind IN (?, ?, ?)", account, PendingOp::Kind::CreateFolder,
        PendingOp::Kind::RenameFolder, PendingOp::Kind::DeleteFolder);
}

QList<PendingOp> PendingOpTable::ofMessage(MessageId message) const
{
    return select("message = ? AND message <> 0", message);
}

std::optional<PendingOp> PendingOpTable::find(PendingOpId id) const
{
    const QList<PendingOp> ops = select("id = ?", id);
    return ops.isEmpty() ? std::nullopt : std::optional(ops.first());
}

QList<PendingGroup> PendingOpTable::groups(qsizetype limit) const
{
    Query query(m_connection,
        "SELECT max(id), count(*), max(state), max(attempts), max(last_error) FROM " + m_table + " GROUP BY" + alike
            + " ORDER BY min(id) LIMIT ?");
    query.bind(limit);
    QList<PendingGroup> groups;
    while (query.next()) {
        std::optional<PendingOp> last = find(query.id<PendingOpId>(0));
        if (!last)
            continue;
        last->state = query.enumeration<PendingOp::State>(2);
        last->attempts = int(query.integer(3));
        last->lastError = errorFromColumn(query.text(4));
        groups.append({.last = std::move(*last), .count = query.integer(1)});
    }
    return groups;
}

QList<PendingOp> PendingOpTable::groupOf(PendingOpId id) const
{
    const std::string key = "(SELECT" + alike + " FROM " + m_table + " WHERE id = ?)";
    const std::string condition = '(' + alike + ") = " + key;
    return select(condition.c_str(), id);
}

qint64 PendingOpTable::count() const
{
    Query query(m_connection, "SELECT count(*) FROM " + m_table);
    return query.next() ? query.integer(0) : 0;
}

bool PendingOpTable::isMoving(MessageId source) const
{
    Query query(m_connection, "SELECT 1 FROM " + m_table + " WHERE source = ? AND source <> 0 AND state <> ?");
    query.bind(source, PendingOp::State::Failed);
    return query.next();
}

bool PendingOpTable::isPutting(MessageId source) const
{
    Query query(m_connection, "SELECT 1 FROM " + m_table + " WHERE source = ? AND source <> 0 AND state = ?");
    query.bind(source, PendingOp::State::Running);
    return query.next();
}

PendingOpId PendingOpTable::insert(const PendingOp &op)
{
    Query(m_connection,
        "INSERT INTO " + m_table
            + R"sql( (account, kind, state, folder, to_folder, message, outbox, uid_validity, uid, message_id,
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
    Query(m_connection,
        "UPDATE " + m_table
            + R"sql( SET state = ?, folder = ?, to_folder = ?, message = ?, outbox = ?, uid_validity = ?, uid = ?,
            message_id = ?, add_flags = ?, remove_flags = ?, path = ?, new_path = ?, attempts = ?, last_error = ?
        WHERE id = ?)sql")
        .run(op.state, op.folder, op.toFolder, op.message, op.outbox, op.uidValidity, op.uid, op.messageIdHeader,
            op.add.toInt(), op.remove.toInt(), op.path, op.newPath, op.attempts, toColumn(op.lastError), op.id);
    m_connection.change().pendingOps = true;
}

void PendingOpTable::remove(PendingOpId id)
{
    Query(m_connection, "DELETE FROM " + m_table + " WHERE id = ?").run(id);
    m_connection.change().pendingOps = true;
}

} // namespace postaci
