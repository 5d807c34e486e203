// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/outboxtable.h"

#include "core/store/errorcolumn.h"
#include "core/store/query.h"

namespace postaci {

namespace {

const std::string selectItems = R"sql(
    SELECT id, account, state, sender, message_id, subject, size, queued_at, next_try, attempts, last_error,
        original, original_forwarded
    FROM outbox)sql";

OutboxItem itemFrom(Connection &connection, const Query &query)
{
    OutboxItem item{
        .id = query.id<OutboxId>(0),
        .account = query.id<AccountId>(1),
        .state = query.enumeration<OutboxState>(2),
        .sender = query.text(3),
        .messageIdHeader = query.blob(4),
        .subject = query.text(5),
        .size = query.integer(6),
        .queuedAt = query.time(7),
        .nextTry = query.time(8),
        .attempts = int(query.integer(9)),
        .lastError = errorFromColumn(query.text(10)),
        .original = query.id<MessageId>(11),
        .originalForwarded = query.boolean(12),
    };
    Query recipients(
        connection, "SELECT address, state, error FROM outbox_recipients WHERE outbox = ? ORDER BY position");
    recipients.bind(item.id);
    while (recipients.next()) {
        item.recipients.append({
            .address = recipients.text(0),
            .state = recipients.enumeration<RecipientState>(1),
            .error = errorFromColumn(recipients.text(2)),
        });
    }
    return item;
}

} // namespace

OutboxTable::OutboxTable(Connection &connection)
    : m_connection(connection)
{
}

QList<OutboxItem> OutboxTable::all() const
{
    QList<OutboxItem> items;
    Query query(m_connection, selectItems + " ORDER BY id");
    while (query.next())
        items.append(itemFrom(m_connection, query));
    return items;
}

std::optional<OutboxItem> OutboxTable::find(OutboxId id) const
{
    Query query(m_connection, selectItems + " WHERE id = ?");
    query.bind(id);
    return query.next() ? std::optional(itemFrom(m_connection, query)) : std::nullopt;
}

QByteArray OutboxTable::wireMessage(OutboxId id) const
{
    Query query(m_connection, "SELECT wire FROM outbox_messages WHERE outbox = ?");
    query.bind(id);
    return query.next() ? query.blob(0) : QByteArray();
}

QByteArray OutboxTable::sentCopy(OutboxId id) const
{
    Query query(m_connection, "SELECT sent_copy FROM outbox_messages WHERE outbox = ?");
    query.bind(id);
    return query.next() ? query.blob(0) : QByteArray();
}

OutboxId OutboxTable::insert(const OutboxItem &item, const QByteArray &wireMessage, const QByteArray &sentCopy)
{
    Query(m_connection, R"sql(
        INSERT INTO outbox (account, state, sender, message_id, subject, size, queued_at, next_try, attempts,
            last_error, original, original_forwarded)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql")
        .run(item.account, item.state, item.sender, item.messageIdHeader, item.subject, item.size, item.queuedAt,
            item.nextTry, item.attempts, toColumn(item.lastError), item.original, item.originalForwarded);
    const OutboxId id{m_connection.lastInsertId()};
    Query(m_connection, "INSERT INTO outbox_messages (outbox, wire, sent_copy) VALUES (?, ?, ?)")
        .run(id, wireMessage, sentCopy);
    writeRecipients(id, item.recipients);
    m_connection.change().outbox = true;
    return id;
}

void OutboxTable::update(const OutboxItem &item)
{
    const int found = Query(m_connection, R"sql(
        UPDATE outbox SET state = ?, next_try = ?, attempts = ?, last_error = ?, original = ?, original_forwarded = ?
        WHERE id = ?)sql")
                          .run(item.state, item.nextTry, item.attempts, toColumn(item.lastError), item.original,
                              item.originalForwarded, item.id);
    if (!found)
        return;
    Query(m_connection, "DELETE FROM outbox_recipients WHERE outbox = ?").run(item.id);
    writeRecipients(item.id, item.recipients);
    m_connection.change().outbox = true;
}

void OutboxTable::remove(OutboxId id)
{
    Query(m_connection, "DELETE FROM outbox WHERE id = ?").run(id);
    m_connection.change().outbox = true;
}

void OutboxTable::writeRecipients(OutboxId id, const QList<Recipient> &recipients)
{
    Query insert(
        m_connection, "INSERT INTO outbox_recipients (outbox, position, address, state, error) VALUES (?, ?, ?, ?, ?)");
    for (qsizetype position = 0; position < recipients.size(); ++position) {
        const Recipient &recipient = recipients.at(position);
        insert.run(id, position, recipient.address, recipient.state, toColumn(recipient.error));
    }
}

} // namespace postaci
