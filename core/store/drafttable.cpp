// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/drafttable.h"

#include "core/store/addresscolumn.h"
#include "core/store/query.h"

#include <QStringList>

namespace postaci {

namespace {

QString recipientNames(const QString &column)
{
    QStringList names;
    for (const Address &address : addressesFromColumn(column))
        names.append(address.name.isEmpty() ? address.address : address.name);
    return names.join(QLatin1String(", "));
}

} // namespace

DraftTable::DraftTable(Connection &connection)
    : m_connection(connection)
{
}

QList<DraftTable::Summary> DraftTable::all() const
{
    QList<Summary> drafts;
    Query query(
        m_connection, "SELECT id, account, subject, to_list, changed_at FROM drafts ORDER BY changed_at DESC, id DESC");
    while (query.next()) {
        drafts.append({
            .id = query.id<DraftId>(0),
            .account = query.id<AccountId>(1),
            .subject = query.text(2),
            .recipients = recipientNames(query.text(3)),
            .changedAt = query.time(4),
        });
    }
    return drafts;
}

std::optional<Draft> DraftTable::find(DraftId id) const
{
    Query query(m_connection, R"sql(
        SELECT account, kind, original, from_list, to_list, cc, bcc, subject, text, in_reply_to, reference_ids
        FROM drafts WHERE id = ?)sql");
    query.bind(id);
    if (!query.next())
        return std::nullopt;
    const AddressList from = addressesFromColumn(query.text(3));
    Draft draft{
        .id = id,
        .account = query.id<AccountId>(0),
        .kind = query.enumeration<DraftKind>(1),
        .original = query.id<MessageId>(2),
        .from = from.isEmpty() ? Address() : from.first(),
        .to = addressesFromColumn(query.text(4)),
        .cc = addressesFromColumn(query.text(5)),
        .bcc = addressesFromColumn(query.text(6)),
        .subject = query.text(7),
        .text = query.text(8),
        .inReplyTo = query.blob(9),
        .references = messageIdsFromColumn(query.blob(10)),
    };
    Query attachments(
        m_connection, "SELECT file_name, media_type, content FROM draft_attachments WHERE draft = ? ORDER BY position");
    attachments.bind(id);
    while (attachments.next())
        draft.attachments.append(
            {.fileName = attachments.text(0), .mediaType = attachments.blob(1), .content = attachments.blob(2)});
    return draft;
}

DraftId DraftTable::save(const Draft &draft, const QDateTime &now)
{
    const QByteArray references = toColumn(draft.references);
    const QString from = draft.from == Address() ? QString() : toColumn(AddressList{draft.from});
    DraftId id = draft.id;
    const int updated
        = Query(m_connection, R"sql(
        UPDATE drafts SET account = ?, kind = ?, original = ?, from_list = ?, to_list = ?, cc = ?, bcc = ?,
            subject = ?, text = ?, in_reply_to = ?, reference_ids = ?, changed_at = ?
        WHERE id = ?)sql")
              .run(draft.account, draft.kind, draft.original, from, toColumn(draft.to), toColumn(draft.cc),
                  toColumn(draft.bcc), draft.subject, draft.text, draft.inReplyTo, references, now, id);
    if (updated) {
        Query(m_connection, "DELETE FROM draft_attachments WHERE draft = ?").run(id);
    } else {
        Query(m_connection, R"sql(
            INSERT INTO drafts (account, kind, original, from_list, to_list, cc, bcc, subject, text, in_reply_to,
                reference_ids, changed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql")
            .run(draft.account, draft.kind, draft.original, from, toColumn(draft.to), toColumn(draft.cc),
                toColumn(draft.bcc), draft.subject, draft.text, draft.inReplyTo, references, now);
        id = {m_connection.lastInsertId()};
    }
    Query insert(m_connection,
        "INSERT INTO draft_attachments (draft, position, file_name, media_type, content) VALUES (?, ?, ?, ?, ?)");
    for (qsizetype position = 0; position < draft.attachments.size(); ++position) {
        const DraftAttachment &attachment = draft.attachments.at(position);
        insert.run(id, position, attachment.fileName, attachment.mediaType, attachment.content);
    }
    m_connection.change().drafts = true;
    return id;
}

void DraftTable::remove(DraftId id)
{
    Query(m_connection, "DELETE FROM drafts WHERE id = ?").run(id);
    m_connection.change().drafts = true;
}

} // namespace postaci
