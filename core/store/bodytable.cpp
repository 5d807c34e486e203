// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/bodytable.h"

#include "core/store/query.h"

namespace postaci {

BodyTable::BodyTable(Connection &connection)
    : m_connection(connection)
{
}

std::optional<QByteArray> BodyTable::raw(MessageId id) const
{
    Query query(m_connection, R"sql(
        SELECT raw FROM raw_messages JOIN messages ON messages.id = raw_messages.message
        WHERE raw_messages.message = ? AND messages.has_body = 1)sql");
    query.bind(id);
    return query.next() ? std::optional(query.blob(0)) : std::nullopt;
}

void BodyTable::put(MessageId id, const QByteArray &raw)
{
    // The message may have been deleted while its body was on the way.
    if (Query(m_connection, "UPDATE messages SET has_body = 1, text_waits = 1 WHERE id = ?").run(id))
        putBytes(id, raw);
}

/// Of a message whose row tells of them.
void BodyTable::putBytes(MessageId id, const QByteArray &raw)
{
    Query(m_connection, "INSERT OR REPLACE INTO raw_messages (message, raw) VALUES (?, ?)").run(id, raw);
    m_connection.change().bodies.insert(id);
}

void BodyTable::remove(MessageId id)
{
    Query(m_connection, "DELETE FROM raw_messages WHERE message = ?").run(id);
    Query(m_connection, "UPDATE messages SET has_body = 0, text_waits = 0 WHERE id = ?").run(id);
}

} // namespace postaci
