// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/pop3table.h"

#include "core/store/query.h"

namespace postaci {

Pop3Table::Pop3Table(Connection &connection)
    : m_connection(connection)
{
}

qint64 Pop3Table::count(AccountId account) const
{
    Query query(m_connection, "SELECT count(*) FROM pop3_seen WHERE account = ? AND uid <> x''");
    query.bind(account);
    return query.next() ? query.integer(0) : 0;
}

QHash<QByteArray, Pop3Seen> Pop3Table::byUid(AccountId account) const
{
    QHash<QByteArray, Pop3Seen> seen;
    seen.reserve(count(account));
    Query query(
        m_connection, "SELECT id, uid, message, seen_at, deleted_here FROM pop3_seen WHERE account = ? AND uid <> x''");
    query.bind(account);
    while (query.next()) {
        const QByteArray uid = query.blob(1);
        seen.insert(uid,
            {.id = query.integer(0),
                .uid = uid,
                .fingerprint = {},
                .message = query.id<MessageId>(2),
                .seenAt = query.time(3),
                .deletedHere = query.boolean(4)});
    }
    return seen;
}

QList<Pop3Seen> Pop3Table::withFingerprint(AccountId account, const QByteArray &fingerprint) const
{
    QList<Pop3Seen> seen;
    Query query(m_connection,
        "SELECT id, uid, message, seen_at, deleted_here FROM pop3_seen WHERE account = ? AND fingerprint = ? "
        "ORDER BY id");
    query.bind(account, fingerprint);
    while (query.next()) {
        seen.append({.id = query.integer(0),
            .uid = query.blob(1),
            .fingerprint = fingerprint,
            .message = query.id<MessageId>(2),
            .seenAt = query.time(3),
            .deletedHere = query.boolean(4)});
    }
    return seen;
}

void Pop3Table::insert(AccountId account, const Pop3Seen &seen)
{
    Query(m_connection,
        "INSERT INTO pop3_seen (account, uid, fingerprint, message, seen_at, deleted_here) VALUES (?, ?, ?, ?, ?, ?)")
        .run(account, seen.uid, seen.fingerprint, seen.message, seen.seenAt, seen.deletedHere);
}

void Pop3Table::setUid(qint64 id, const QByteArray &uid)
{
    Query(m_connection, "UPDATE pop3_seen SET uid = ? WHERE id = ?").run(uid, id);
}

void Pop3Table::markDeleted(const QList<MessageId> &messages)
{
    Query update(m_connection, "UPDATE pop3_seen SET deleted_here = 1 WHERE message = ?");
    for (const MessageId message : messages)
        update.run(message);
}

} // namespace postaci
