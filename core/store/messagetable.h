// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/messageheader.h"
#include "core/store/connection.h"

#include <QHash>
#include <QList>

#include <optional>

namespace postaci {

/// Position of a message in a list: newest first by (received, id).
struct MessageKey {
    qint64 received = 0; ///< ms since 1970, UTC
    qint64 id = 0;

    friend auto operator<=>(const MessageKey &, const MessageKey &) = default;
};

/// A message whose raw bytes are not here, and where the server has it.
struct BodilessMessage {
    MessageKey key;
    quint32 uid = 0;
    qint64 size = 0;
};

/// Messages by folder, ordered by (received, id); counters of `folders` change in the same transaction.
class MessageTable {
public:
    explicit MessageTable(Connection &connection);

    /// The first `limit` keys of a folder after `before` (exclusive), newest first. Keyset: cost by limit, not by
    /// folder.
    QList<MessageKey> keys(FolderId folder, qsizetype limit, std::optional<MessageKey> before = {}) const;
    /// Rows in the order asked for; missing ones are left out.
    QList<MessageHeader> headers(const QList<MessageId> &ids) const;
    std::optional<MessageHeader> header(MessageId id) const;
    std::optional<MessageId> findByUid(FolderId folder, quint32 uid) const;
    /// Messages of a folder that have no uid yet, by Message-ID: those that were moved or put there here and are now
    /// seen on the server. Oldest id first. A few microseconds.
    QList<MessageId> findUnplaced(FolderId folder, const QByteArray &messageIdHeader) const;
    /// Ascending; uid 0 left out.
    QList<quint32> uids(FolderId folder) const;
    QList<quint32> uids(FolderId folder, quint32 first, quint32 last) const;
    /// How many rows of the folder have no uid, and the largest uid (0: none). Microseconds.
    qint64 unplacedCount(FolderId folder) const;
    quint32 highestUid(FolderId folder) const;
    QHash<quint32, Flags> flagsByUid(FolderId folder) const;
    std::optional<Flags> flagsOf(FolderId folder, quint32 uid) const;
    /// The newest messages of a folder whose raw bytes are not here, newest first: received not before `since`
    /// (milliseconds since 1970), and at most `maxSize` bytes each. Those without a uid are left out.
    QList<BodilessMessage> withoutBody(FolderId folder, qint64 since, qint64 maxSize, qsizetype limit) const;

    /// Adds what is new and updates what is known by (folder, uid): flags, size and envelope; `received` stays, and so
    /// does hasAttachments once the body is known. `id`, `folder` and `hasBody` of the headers are ignored. Returns the
    /// ids in order.
    QList<MessageId> upsert(FolderId folder, const QList<MessageHeader> &headers);
    /// Adds a message that no server numbers, with its raw bytes (see BodyTable::put()), in one go.
    MessageId insertWhole(FolderId folder, const MessageHeader &header, const QByteArray &raw);
    void setFlags(const QList<MessageId> &ids, Flags add, Flags remove);
    void setFlagsByUid(FolderId folder, const QHash<quint32, Flags> &flags);
    /// To another folder, with uid 0 until the server's number is known.
    void move(const QList<MessageId> &ids, FolderId to);
    /// When another row has that number already, it is the same message seen from the server's side: it goes.
    void setUid(MessageId id, quint32 uid);
    void setHasAttachments(MessageId id, bool hasAttachments); ///< Once the body is known.
    void remove(const QList<MessageId> &ids);
    void removeByUid(FolderId folder, const QList<quint32> &uids);
    /// Up to `limit` of the newest, 25 ms for each 1,000. Returns whether there were any.
    bool removeSome(FolderId folder, qsizetype limit);

private:
    bool insertRow(FolderId folder, const MessageHeader &header, bool isWhole);
    MessageId updateKnown(FolderId folder, const MessageHeader &header);

    Connection &m_connection;
};

} // namespace postaci
