// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/ids.h"
#include "core/mail/messageheader.h"
#include "core/store/connection.h"
#include "core/store/messagetable.h"

#include <QList>
#include <QString>

namespace postaci {

/// Full-text search (FTS5) over headers and texts, folded so that I, ı, İ and i are one letter and accents do not
/// count; every word matches as a prefix, which is how Turkish endings are found.
class SearchIndex {
public:
    explicit SearchIndex(Connection &connection);

    /// All words must occur. Newest first. folder or account none: everywhere.
    QList<MessageId> find(const QString &words, AccountId account, FolderId folder, qsizetype limit) const;

    void setText(MessageId id, const QString &text); ///< The body's text, once it is known.

    // For MessageTable.
    void insert(const MessageKey &key, const Envelope &envelope);
    void remove(const MessageKey &key);

private:
    Connection &m_connection;
};

/// The folding that both sides of a search go through.
QString foldForSearch(const QString &text);

} // namespace postaci
