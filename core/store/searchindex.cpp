// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/searchindex.h"

#include "core/store/query.h"
#include "core/store/searchfolding.h"

#include <algorithm>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

/// A row number: minutes since 1970 above, the message's id below.
constexpr int idBits = 33;

qint64 rowFor(const MessageKey &key)
{
    constexpr qint64 maxMinutes = (qint64(1) << 30) - 1; // In the year 4011.
    return (qBound<qint64>(0, key.received / 60'000, maxMinutes) << idBits) | key.id;
}

MessageId messageFor(qint64 row)
{
    return {row & ((qint64(1) << idBits) - 1)};
}

/// As FTS5 syntax. Words are letters and digits only, so nothing in them needs escaping.
QString matchExpression(const QStringList &words)
{
    QString match;
    for (const QString &word : words)
        match += u"\"%1\"* "_s.arg(word);
    return match;
}

constexpr std::string_view selectHeaders = R"sql(
    SELECT id, received, subject, from_list, to_list, cc, bcc
    FROM messages WHERE id > ? AND id <= ?
    ORDER BY received / 60000, id LIMIT ?)sql";
constexpr std::string_view deleteRow = "DELETE FROM search WHERE rowid = ?";

qint64 rowFrom(const Query &header)
{
    return rowFor({.received = header.integer(1), .id = header.integer(0)});
}

/// `header` stands on a row of selectHeaders.
void insertHeader(Connection &connection, const Query &header, const QString &foldedText)
{
    QString people;
    for (int column = 3; column <= 6; ++column)
        people += header.text(column) + u' ';
    Query(connection, "INSERT INTO search (rowid, subject, people, text) VALUES (?, ?, ?, ?)")
        .run(rowFrom(header), foldForSearch(header.text(2)), foldForSearch(people), foldedText);
}

} // namespace

SearchIndex::SearchIndex(Connection &connection)
    : m_connection(connection)
{
}

QList<MessageId> SearchIndex::find(const QString &words, AccountId account, FolderId folder, qsizetype limit) const
{
    const QStringList folded = foldForSearch(words).split(u' ', Qt::SkipEmptyParts);
    QList<MessageId> ids;
    if (folded.isEmpty())
        return ids;

    QList<qint64> rows = findIndexed(folded, account, folder, limit) + findWaiting(folded, account, folder);
    std::sort(rows.begin(), rows.end(), std::greater());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    rows.resize(qMin(rows.size(), limit));
    ids.reserve(rows.size());
    for (const qint64 row : std::as_const(rows))
        ids.append(messageFor(row));
    return ids;
}

QList<qint64> SearchIndex::findIndexed(
    const QStringList &words, AccountId account, FolderId folder, qsizetype limit) const
{
    QList<qint64> rows;
    Query query(m_connection, "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC");
    Query place(m_connection, R"sql(
        SELECT 1 FROM messages JOIN folders ON folders.id = messages.folder
        WHERE messages.id = ?1 AND folders.account IS NOT NULL
            AND (?2 = 0 OR folders.id = ?2) AND (?3 = 0 OR folders.account = ?3))sql");
    query.bind(matchExpression(words));
    while (rows.size() < limit && query.next()) {
        const qint64 row = query.integer(0);
        place.bind(messageFor(row), folder, account);
        if (place.next())
            rows.append(row);
    }
    return rows;
}

QList<qint64> SearchIndex::findWaiting(const QStringList &words, AccountId account, FolderId folder) const
{
    QList<qint64> rows;
    Query query(m_connection, R"sql(
        SELECT messages.id, received, subject, from_list, to_list, cc, bcc
        FROM messages JOIN folders ON folders.id = messages.folder
        WHERE messages.id > ?1 AND folders.account IS NOT NULL
            AND (?2 = 0 OR folders.id = ?2) AND (?3 = 0 OR folders.account = ?3))sql");
    query.bind(indexedTo(), folder, account);
    while (query.next()) {
        QString text;
        for (int column = 2; column <= 6; ++column)
            text += u' ' + query.text(column);
        text = foldForSearch(text);
        if (std::all_of(
                words.begin(), words.end(), [&text](const QString &word) { return text.contains(u' ' + word); }))
            rows.append(rowFor({.received = query.integer(1), .id = query.integer(0)}));
    }
    return rows;
}

QList<MessageId> SearchIndex::textsWaiting(qsizetype limit) const
{
    QList<MessageId> ids;
    Query query(m_connection, "SELECT id FROM messages WHERE text_waits = 1 ORDER BY received DESC, id DESC LIMIT ?");
    query.bind(limit);
    while (query.next())
        ids.append(query.id<MessageId>(0));
    return ids;
}

void SearchIndex::setText(MessageId id, const QString &text)
{
    Query message(m_connection, selectHeaders);
    message.bind(id.value - 1, id, 1);
    if (!message.next())
        return;
    // An index that keeps no text cannot change one column: the whole row is written again.
    Query(m_connection, deleteRow).run(rowFrom(message));
    insertHeader(m_connection, message, foldForSearch(text));
    Query(m_connection, "UPDATE messages SET text_waits = 0 WHERE id = ? AND text_waits = 1").run(id);
    m_connection.change().texts = true;
}

bool SearchIndex::indexWaiting(qsizetype limit)
{
    Query newest(m_connection, "SELECT max(id) FROM (SELECT id FROM messages WHERE id > ? ORDER BY id LIMIT ?)");
    newest.bind(indexedTo(), limit);
    const qint64 to = newest.next() ? newest.integer(0) : 0;
    if (to == 0)
        return false;

    // In the order of rowFor(): a number smaller than the one before makes FTS5 write out what it has gathered.
    Query messages(m_connection, selectHeaders);
    Query existing(m_connection, "SELECT 1 FROM search WHERE rowid = ?");
    messages.bind(indexedTo(), to, limit);
    while (messages.next()) {
        existing.bind(rowFrom(messages));
        if (!existing.next()) // Its text may have come before its turn.
            insertHeader(m_connection, messages, QString());
    }
    Query(m_connection, "UPDATE search_progress SET indexed_to = ?").run(to);
    return true;
}

bool SearchIndex::compact()
{
    const auto changes = [this] {
        Query query(m_connection, "SELECT total_changes()");
        query.next();
        return query.integer(0);
    };
    const qint64 before = changes();
    Query(m_connection, "INSERT INTO search (search, rank) VALUES ('merge', -500)").run();
    return changes() - before >= 2; // How FTS5 tells that it had something to merge.
}

void SearchIndex::remove(const MessageKey &key)
{
    Query(m_connection, deleteRow).run(rowFor(key));
}

qint64 SearchIndex::indexedTo() const
{
    Query query(m_connection, "SELECT indexed_to FROM search_progress");
    return query.next() ? query.integer(0) : 0;
}

} // namespace postaci
