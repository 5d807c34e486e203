// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/messagetable.h"

#include "core/store/addresscolumn.h"
#include "core/store/bodytable.h"
#include "core/store/query.h"
#include "core/store/searchindex.h"

#include <algorithm>
#include <limits>

namespace postaci {

namespace {

/// What happens to the counters of folders in one call, written once at its end.
class CounterChanges {
public:
    void added(FolderId folder, Flags flags) { count(folder, flags, 1); }
    void removed(FolderId folder, Flags flags) { count(folder, flags, -1); }

    void write(Connection &connection) const
    {
        Query update(connection, "UPDATE folders SET total = total + ?, unread = unread + ? WHERE id = ?");
        for (const auto &[folder, numbers] : m_folders.asKeyValueRange()) {
            if (numbers.total == 0 && numbers.unread == 0)
                continue;
            update.run(numbers.total, numbers.unread, folder);
            connection.change().counters.insert(folder);
        }
    }

private:
    struct Numbers {
        qint64 total = 0;
        qint64 unread = 0;
    };

    void count(FolderId folder, Flags flags, int by)
    {
        Numbers &numbers = m_folders[folder];
        numbers.total += by;
        numbers.unread += flags.testFlag(Flag::Seen) ? 0 : by;
    }

    QHash<FolderId, Numbers> m_folders;
};

Flags flagsFrom(const Query &query, int column)
{
    return Flags::fromInt(int(query.integer(column)));
}

MessageHeader headerFrom(const Query &query)
{
    return {
        .id = query.id<MessageId>(0),
        .folder = query.id<FolderId>(1),
        .uid = quint32(query.integer(2)),
        .flags = flagsFrom(query, 3),
        .received = query.time(4),
        .size = query.integer(5),
        .hasBody = query.boolean(6),
        .envelope = {
            .date = query.time(8),
            .subject = query.text(9),
            .from = addressesFromColumn(query.text(10)),
            .replyTo = addressesFromColumn(query.text(11)),
            .to = addressesFromColumn(query.text(12)),
            .cc = addressesFromColumn(query.text(13)),
            .bcc = addressesFromColumn(query.text(14)),
            .messageIdHeader = query.blob(15),
            .inReplyTo = query.blob(16),
            .references = messageIdsFromColumn(query.blob(17)),
            .hasAttachments = query.boolean(7),
        },
    };
}

constexpr std::string_view selectHeader = R"sql(
    SELECT id, folder, uid, flags, received, size, has_body, has_attachments, date, subject, from_list, reply_to,
        to_list, cc, bcc, message_id, in_reply_to, reference_ids
    FROM messages WHERE id = ?)sql";

/// Servers send nonsense at times; a row has to have a place in the list all the same.
qint64 listPosition(const MessageHeader &header)
{
    const QDateTime &time = header.received.isValid() ? header.received : header.envelope.date;
    return time.isValid() ? time.toMSecsSinceEpoch() : 0;
}

} // namespace

MessageTable::MessageTable(Connection &connection)
    : m_connection(connection)
{
}

QList<MessageKey> MessageTable::keys(FolderId folder, qsizetype limit, std::optional<MessageKey> before) const
{
    QList<MessageKey> keys;
    keys.reserve(qMin<qsizetype>(limit, 20'000));
    Query query(m_connection,
        before ? "SELECT received, id FROM messages WHERE folder = ? AND (received, id) < (?, ?) ORDER BY received "
                 "DESC, id DESC LIMIT ?"
               : "SELECT received, id FROM messages WHERE folder = ? ORDER BY received DESC, id DESC LIMIT ?");
    if (before)
        query.bind(folder, before->received, before->id, limit);
    else
        query.bind(folder, limit);
    while (query.next())
        keys.append({.received = query.integer(0), .id = query.integer(1)});
    return keys;
}

QList<MessageHeader> MessageTable::headers(const QList<MessageId> &ids) const
{
    QList<MessageHeader> headers;
    headers.reserve(ids.size());
    Query query(m_connection, selectHeader);
    for (const MessageId id : ids) {
        query.bind(id);
        if (query.next())
            headers.append(headerFrom(query));
    }
    return headers;
}

std::optional<MessageHeader> MessageTable::header(MessageId id) const
{
    Query query(m_connection, selectHeader);
    query.bind(id);
    return query.next() ? std::optional(headerFrom(query)) : std::nullopt;
}

std::optional<MessageId> MessageTable::findByUid(FolderId folder, quint32 uid) const
{
    Query query(m_connection, "SELECT id FROM messages WHERE folder = ? AND uid = ? AND uid > 0");
    query.bind(folder, uid);
    return query.next() ? std::optional(query.id<MessageId>(0)) : std::nullopt;
}

QList<MessageId> MessageTable::findUnplaced(FolderId folder, const QByteArray &messageIdHeader) const
{
    QList<MessageId> ids;
    if (messageIdHeader.isEmpty())
        return ids;
    Query query(m_connection, "SELECT id FROM messages WHERE folder = ? AND message_id = ? AND uid = 0 ORDER BY id");
    query.bind(folder, messageIdHeader);
    while (query.next())
        ids.append(query.id<MessageId>(0));
    return ids;
}

QList<quint32> MessageTable::uids(FolderId folder) const
{
    return uids(folder, 1, std::numeric_limits<quint32>::max());
}

QList<quint32> MessageTable::uids(FolderId folder, quint32 first, quint32 last) const
{
    QList<quint32> uids;
    Query query(
        m_connection, "SELECT uid FROM messages WHERE folder = ? AND uid BETWEEN ? AND ? AND uid > 0 ORDER BY uid");
    query.bind(folder, first, last);
    while (query.next())
        uids.append(quint32(query.integer(0)));
    return uids;
}

qint64 MessageTable::unplacedCount(FolderId folder) const
{
    Query query(m_connection, "SELECT count(*) FROM messages WHERE folder = ? AND uid = 0");
    query.bind(folder);
    return query.next() ? query.integer(0) : 0;
}

quint32 MessageTable::highestUid(FolderId folder) const
{
    Query query(m_connection, "SELECT max(uid) FROM messages WHERE folder = ? AND uid > 0");
    query.bind(folder);
    return query.next() ? quint32(query.integer(0)) : 0;
}

std::optional<Flags> MessageTable::flagsOf(FolderId folder, quint32 uid) const
{
    Query query(m_connection, "SELECT flags FROM messages WHERE folder = ? AND uid = ? AND uid > 0");
    query.bind(folder, uid);
    return query.next() ? std::optional(flagsFrom(query, 0)) : std::nullopt;
}

QHash<quint32, Flags> MessageTable::flagsByUid(FolderId folder) const
{
    QHash<quint32, Flags> flags;
    Query query(m_connection, "SELECT uid, flags FROM messages WHERE folder = ? AND uid > 0");
    query.bind(folder);
    while (query.next())
        flags.insert(quint32(query.integer(0)), flagsFrom(query, 1));
    return flags;
}

QList<BodilessMessage> MessageTable::withoutBody(FolderId folder, qint64 since, qint64 maxSize, qsizetype limit) const
{
    QList<BodilessMessage> found;
    Query query(m_connection, R"sql(
        SELECT received, id, uid, size FROM messages
        WHERE folder = ? AND has_body = 0 AND received >= ? AND size <= ? AND uid > 0
        ORDER BY received DESC, id DESC LIMIT ?)sql");
    query.bind(folder, since, maxSize, limit);
    while (query.next())
        found.append({.key = {.received = query.integer(0), .id = query.integer(1)},
            .uid = quint32(query.integer(2)),
            .size = query.integer(3)});
    return found;
}

QList<MessageId> MessageTable::upsert(FolderId folder, const QList<MessageHeader> &headers)
{
    CounterChanges counters;
    QList<MessageId> ids;
    ids.reserve(headers.size());
    for (const MessageHeader &header : headers) {
        // Most headers that come from a server are new, so try that first.
        if (!insertRow(folder, header, false)) {
            ids.append(updateKnown(folder, header));
            continue;
        }
        ids.append(MessageId{m_connection.lastInsertId()});
        counters.added(folder, header.flags);
        m_connection.change().arrivals.insert(folder);
    }
    counters.write(m_connection);
    return ids;
}

MessageId MessageTable::insertWhole(FolderId folder, const MessageHeader &header, const QByteArray &raw)
{
    Q_ASSERT(header.uid == 0);
    insertRow(folder, header, true);
    const MessageId id{m_connection.lastInsertId()};
    BodyTable(m_connection).putBytes(id, raw);
    CounterChanges counters;
    counters.added(folder, header.flags);
    counters.write(m_connection);
    m_connection.change().arrivals.insert(folder);
    return id;
}

/// False: a message of the server's has this uid already.
bool MessageTable::insertRow(FolderId folder, const MessageHeader &header, bool isWhole)
{
    const Envelope &envelope = header.envelope;
    const QByteArray references = toColumn(envelope.references);
    Query insert(m_connection, R"sql(
        INSERT INTO messages (folder, uid, flags, received, size, has_body, text_waits, has_attachments, date, subject,
            from_list, reply_to, to_list, cc, bcc, message_id, in_reply_to, reference_ids)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING)sql");
    return insert.run(folder, header.uid, header.flags.toInt(), listPosition(header), header.size, isWhole, isWhole,
               envelope.hasAttachments, envelope.date, envelope.subject, toColumn(envelope.from),
               toColumn(envelope.replyTo), toColumn(envelope.to), toColumn(envelope.cc), toColumn(envelope.bcc),
               envelope.messageIdHeader, envelope.inReplyTo, references)
        > 0;
}

MessageId MessageTable::updateKnown(FolderId folder, const MessageHeader &header)
{
    const MessageId id = findByUid(folder, header.uid).value_or(MessageId());
    MessageHeader known = this->header(id).value_or(MessageHeader());

    if (known.flags != header.flags)
        setFlags({id}, header.flags, ~header.flags);

    MessageHeader next = known;
    next.size = header.size;
    next.envelope = header.envelope;
    if (known.hasBody)
        next.envelope.hasAttachments = known.envelope.hasAttachments;
    if (next == known)
        return id;

    const Envelope &envelope = next.envelope;
    const QByteArray references = toColumn(envelope.references);
    Query(m_connection, R"sql(
        UPDATE messages SET size = ?, has_attachments = ?, date = ?, subject = ?, from_list = ?, reply_to = ?,
            to_list = ?, cc = ?, bcc = ?, message_id = ?, in_reply_to = ?, reference_ids = ?
        WHERE id = ?)sql")
        .run(next.size, envelope.hasAttachments, envelope.date, envelope.subject, toColumn(envelope.from),
            toColumn(envelope.replyTo), toColumn(envelope.to), toColumn(envelope.cc), toColumn(envelope.bcc),
            envelope.messageIdHeader, envelope.inReplyTo, references, id);
    m_connection.change().addMessage(id);
    return id;
}

void MessageTable::setFlags(const QList<MessageId> &ids, Flags add, Flags remove)
{
    Query select(m_connection, "SELECT folder, flags FROM messages WHERE id = ?");
    Query update(m_connection, "UPDATE messages SET flags = ? WHERE id = ?");
    CounterChanges counters;
    for (const MessageId id : ids) {
        select.bind(id);
        if (!select.next())
            continue;
        const auto folder = select.id<FolderId>(0);
        const Flags before = flagsFrom(select, 1);
        const Flags after = (before & ~remove) | add;
        if (after == before)
            continue;
        update.run(after.toInt(), id);
        counters.removed(folder, before);
        counters.added(folder, after);
        m_connection.change().addMessage(id);
    }
    counters.write(m_connection);
}

void MessageTable::setFlagsByUid(FolderId folder, const QHash<quint32, Flags> &flags)
{
    for (const auto &[uid, value] : flags.asKeyValueRange()) {
        if (const std::optional<MessageId> id = findByUid(folder, uid))
            setFlags({*id}, value, ~value);
    }
}

void MessageTable::setHasAttachments(MessageId id, bool hasAttachments)
{
    if (Query(m_connection, "UPDATE messages SET has_attachments = ? WHERE id = ? AND has_attachments <> ?")
            .run(hasAttachments, id, hasAttachments))
        m_connection.change().addMessage(id);
}

void MessageTable::move(const QList<MessageId> &ids, FolderId to)
{
    Query select(m_connection, "SELECT folder, flags FROM messages WHERE id = ?");
    Query update(m_connection, "UPDATE messages SET folder = ?, uid = 0 WHERE id = ?");
    CounterChanges counters;
    StoreChange &change = m_connection.change();
    for (const MessageId id : ids) {
        select.bind(id);
        if (!select.next())
            continue;
        const auto from = select.id<FolderId>(0);
        const Flags flags = flagsFrom(select, 1);
        if (from == to)
            continue;
        update.run(to, id);
        counters.removed(from, flags);
        counters.added(to, flags);
        change.arrivals.insert(from);
        change.arrivals.insert(to);
    }
    counters.write(m_connection);
}

void MessageTable::setUid(MessageId id, quint32 uid)
{
    if (uid > 0) {
        Query place(m_connection, "SELECT folder FROM messages WHERE id = ?");
        place.bind(id);
        const FolderId folder = place.next() ? place.id<FolderId>(0) : FolderId();
        if (const std::optional<MessageId> twin = findByUid(folder, uid); twin && *twin != id)
            remove({*twin});
    }
    Query(m_connection, "UPDATE messages SET uid = ? WHERE id = ?").run(uid, id);
}

void MessageTable::remove(const QList<MessageId> &ids)
{
    Query select(m_connection, "SELECT folder, flags, received FROM messages WHERE id = ?");
    Query remove(m_connection, "DELETE FROM messages WHERE id = ?");
    SearchIndex search(m_connection);
    BodyTable bodies(m_connection);
    CounterChanges counters;
    for (const MessageId id : ids) {
        select.bind(id);
        if (!select.next())
            continue;
        const auto folder = select.id<FolderId>(0);
        counters.removed(folder, flagsFrom(select, 1));
        search.remove({.received = select.integer(2), .id = id.value});
        remove.run(id);
        bodies.remove(id);
        m_connection.change().arrivals.insert(folder);
    }
    counters.write(m_connection);
}

void MessageTable::removeByUid(FolderId folder, const QList<quint32> &uids)
{
    QList<MessageId> ids;
    for (const quint32 uid : uids) {
        if (const std::optional<MessageId> id = findByUid(folder, uid))
            ids.append(*id);
    }
    remove(ids);
}

bool MessageTable::removeSome(FolderId folder, qsizetype limit)
{
    const QList<MessageKey> newest = keys(folder, limit);
    // Oldest first: in the order of their numbers in the search index, which is much faster there.
    QList<MessageId> ids;
    ids.reserve(newest.size());
    std::for_each(newest.crbegin(), newest.crend(), [&ids](const MessageKey &key) { ids.append(MessageId{key.id}); });
    remove(ids);
    return !ids.isEmpty();
}

} // namespace postaci
