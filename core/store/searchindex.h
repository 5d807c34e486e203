// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/ids.h"
#include "core/mail/messageheader.h"
#include "core/store/connection.h"
#include "core/store/messagetable.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace postaci {

/// Full-text search (FTS5) over headers and texts, folded so that I, ı, İ and i are one letter and accents do not
/// count; every word matches as a prefix, which is how Turkish endings are found.
///
/// Row numbers are made of a message's age and id, so that matches come newest first without sorting.
///
/// New headers wait for a quiet moment, in which Store calls indexWaiting(): indexing costs more than storing, and FTS5
/// writes a segment for each transaction. Until then they are looked at one by one, so that nothing is missed.
///
/// So do texts, of which nothing is found meanwhile: whoever can read raw messages asks for textsWaiting() and answers
/// with setText().
class SearchIndex {
public:
    explicit SearchIndex(Connection &connection);

    /// All words must occur. Newest first. folder or account none: everywhere.
    QList<MessageId> find(const QString &words, AccountId account, FolderId folder, qsizetype limit) const;

    /// Messages that are here with their raw bytes and without their text, the newest first. A few microseconds each,
    /// however many wait.
    QList<MessageId> textsWaiting(qsizetype limit) const;
    /// The body's text: from now on it is found, and does not wait any more. Several of one transaction are best given
    /// oldest first (see indexWaiting()).
    void setText(MessageId id, const QString &text);

    /// Indexes up to `limit` of the headers that wait, the oldest ids first. Returns whether there may be more.
    bool indexWaiting(qsizetype limit);

    /// A step of merging all segments into one, which is when the words of deleted messages leave the file. Returns
    /// whether there is more to merge. Without it they go little by little, at the latest when a tenth of a segment is
    /// dead.
    bool compact();

    void remove(const MessageKey &key); ///< For MessageTable.

private:
    qint64 indexedTo() const;
    QList<qint64> findIndexed(const QStringList &words, AccountId account, FolderId folder, qsizetype limit) const;
    QList<qint64> findWaiting(const QStringList &words, AccountId account, FolderId folder) const;

    Connection &m_connection;
};

} // namespace postaci
