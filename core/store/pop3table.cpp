// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/pop3table.h"

#include "core/store/query.h"

namespace postaci {

namespace {

/// Of the columns id, uid, fingerprint, message, seen_at, deleted_here, rest.
Pop3Seen seenFrom(const Query &query)
{
    return {.id = query.integer(0),
        .uid = query.blob(1),
        .fingerprint = query.blob(2),
        .message = query.id<MessageId>(3),
        .seenAt = query.time(4),
        .deletedHere = query.boolean(5),
        .rest = query.enumeration<Pop3Seen::Rest>(6)};
}

} // namespace

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
    Query query(m_connection,
        "SELECT id, uid, x'', message, seen_at, deleted_here, rest FROM pop3_seen WHERE account = ? AND uid <> x''");
    query.bind(account);
    while (query.next()) {
        const Pop3Seen row = seenFrom(query);
        seen.insert(row.uid, row);
    }
    return seen;
}

QList<Pop3Seen> Pop3Table::withFingerprint(AccountId account, const QByteArray &fingerprint) const
{
    QList<Pop3Seen> seen;
    Query query(m_connection,
        "SELECT id, uid, fingerprint, message, seen_at, deleted_here, rest FROM pop3_seen "
        "WHERE account = ? AND fingerprint = ? ORDER BY id");
    query.bind(account, fingerprint);
    while (query.next())
        seen.append(seenFrom(query));
    return seen;
}

QList<Pop3Seen> Pop3Table::wanted(AccountId account) const
{
    QList<Pop3Seen> seen;
    Query query(m_connection,
        "SELECT id, uid, fingerprint, message, seen_at, deleted_here, rest FROM pop3_seen "
        "WHERE account = ? AND rest = 2 ORDER BY id");
    query.bind(account);
    while (query.next())
        seen.append(seenFrom(query));
    return seen;
}

AccountId Pop3Table::restOf(MessageId message) const
{
    Query query(m_connection, "SELECT account FROM pop3_seen WHERE message = ? AND rest <> ?");
    query.bind(message, Pop3Seen::Rest::Here);
    return query.next() ? query.id<AccountId>(0) : AccountId();
}

void Pop3Table::insert(AccountId account, const Pop3Seen &seen)
{
    Query(m_connection,
        "INSERT INTO pop3_seen (account, uid, fingerprint, message, seen_at, deleted_here, rest) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)")
        .run(account, seen.uid, seen.fingerprint, seen.message, seen.seenAt, seen.deletedHere, seen.rest);
}

void Pop3Table::setUid(qint64 id, const QByteArray &uid)
{
    Query(m_connection, "UPDATE pop3_seen SET uid = ? WHERE id = ?").run(uid, id);
}

void Pop3Table::setRest(MessageId message, Pop3Seen::Rest rest)
{
    Query(m_connection, "UPDATE pop3_seen SET rest = ? WHERE message = ? AND rest <> ?")
        .run(rest, message, Pop3Seen::Rest::Here);
}

void Pop3Table::markDeleted(const QList<MessageId> &messages)
{
    Query update(m_connection, "UPDATE pop3_seen SET deleted_here = 1 WHERE message = ?");
    for (const MessageId message : messages)
        update.run(message);
}

} // namespace postaci
