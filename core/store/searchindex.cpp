// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/searchindex.h"

#include "core/store/query.h"

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

/// The number of a message's row in the index: minutes since 1970 above, its id below. SQLite gives out matches in the
/// order of these numbers, so the newest ones come first at no cost, and the id is read from the number.
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

QString people(const Envelope &envelope)
{
    QString text;
    for (const AddressList *list : {&envelope.from, &envelope.to, &envelope.cc, &envelope.bcc}) {
        for (const Address &address : *list)
            text += address.name + u' ' + address.address + u' ';
    }
    return text;
}

} // namespace

SearchIndex::SearchIndex(Connection &connection)
    : m_connection(connection)
{
}

QList<MessageId> SearchIndex::find(const QString &words, AccountId account, FolderId folder, qsizetype limit) const
{
    // Folding leaves only letters, digits and spaces, so nothing in here can be query syntax: each word is a quoted
    // prefix.
    const QString folded = foldForSearch(words);
    QString match;
    for (const QStringView word : QStringView(folded).tokenize(u' ', Qt::SkipEmptyParts))
        match += u"\"%1\"* "_s.arg(word);
    QList<MessageId> ids;
    if (match.isEmpty())
        return ids;

    if (!account && !folder) {
        Query query(m_connection, "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?");
        query.bind(match, limit);
        while (query.next())
            ids.append(messageFor(query.integer(0)));
        return ids;
    }
    Query query(m_connection, "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC");
    Query place(m_connection,
        "SELECT 1 FROM messages JOIN folders ON folders.id = messages.folder"
        " WHERE messages.id = ?1 AND (?2 = 0 OR folders.id = ?2) AND (?3 = 0 OR folders.account = ?3)");
    query.bind(match);
    while (ids.size() < limit && query.next()) {
        const MessageId id = messageFor(query.integer(0));
        place.bind(id, folder, account);
        if (place.next())
            ids.append(id);
    }
    return ids;
}

void SearchIndex::setText(MessageId id, const QString &text)
{
    const std::optional<MessageHeader> header = MessageTable(m_connection).header(id);
    if (!header)
        return;
    // An index without content cannot change one column: the whole row is written again.
    const MessageKey key{.received = header->received.toMSecsSinceEpoch(), .id = id.value};
    Query(m_connection, "INSERT OR REPLACE INTO search (rowid, subject, people, text) VALUES (?, ?, ?, ?)")
        .run(rowFor(key), foldForSearch(header->envelope.subject), foldForSearch(people(header->envelope)),
            foldForSearch(text));
}

void SearchIndex::insert(const MessageKey &key, const Envelope &envelope)
{
    Query(m_connection, "INSERT INTO search (rowid, subject, people, text) VALUES (?, ?, ?, '')")
        .run(rowFor(key), foldForSearch(envelope.subject), foldForSearch(people(envelope)));
}

void SearchIndex::remove(const MessageKey &key)
{
    Query(m_connection, "DELETE FROM search WHERE rowid = ?").run(rowFor(key));
}

QString foldForSearch(const QString &text)
{
    QString folded;
    folded.reserve(text.size());
    // NFKD parts letters from their marks (ş is s and a cedilla) and resolves forms such as ﬁ and full-width letters.
    for (const char32_t c : text.normalized(QString::NormalizationForm_KD).toUcs4()) {
        if (QChar::isMark(c))
            continue;
        if (!QChar::isLetterOrNumber(c))
            folded += u' ';
        else if (c == U'ı')
            folded += u'i';
        else
            folded += QChar::fromUcs4(QChar::toLower(c));
    }
    return folded;
}

} // namespace postaci
