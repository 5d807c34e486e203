// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/mail/messageheader.h"
#include "core/store/messagetable.h"
#include "core/store/storechange.h"

#include <QAbstractListModel>
#include <QCache>
#include <QList>
#include <QSet>
#include <QTimer>

#include <optional>

namespace postaci {

class Store;

/// What a message list shows: a folder, or what a search finds.
struct MessageQuery {
    FolderId folder; ///< None while searching: everywhere.
    AccountId account; ///< Search only; none: everywhere.
    QString words; ///< Empty: the whole folder.
    bool showRecipients = false; ///< Sent mail: whom it went to is what tells two apart.

    bool isEmpty() const { return !folder && words.isEmpty(); }
    friend bool operator==(const MessageQuery &, const MessageQuery &) = default;
};

/// The rows of a message list, newest first, for folders of any size.
///
/// A row costs 16 bytes: its key. The newest keys are shown at once, the rest streams in by slices; headers are read
/// only for the rows that the view says it shows, and kept in a bounded cache. Nothing here waits: a row whose header
/// is not here yet is blank and fills in later.
///
/// After each commit the newest keys, those in view and those after the end are compared with what is shown, and only
/// the difference is inserted or removed. Once it is quiet, a whole pass finds what changed elsewhere.
class MessageListModel : public QAbstractListModel {
    Q_OBJECT

public:
    explicit MessageListModel(Store &store, QObject *parent = nullptr);

    void setQuery(const MessageQuery &query);
    const MessageQuery &query() const { return m_query; }

    /// What the view shows now; reads the headers that are missing there.
    void setVisibleRows(int first, int last);

    MessageId idAt(int row) const;
    /// -1 when it is not here. A walk over the keys: once for a user's action, not in a loop.
    int rowOf(MessageId id) const;
    /// Likewise for many, in one walk; ascending, those that are not here left out.
    QList<int> rowsOf(const QList<MessageId> &ids) const;
    /// Null until it has arrived.
    const MessageHeader *headerAt(int row) const;
    /// All rows of the query are here (they may still be blank).
    bool isComplete() const { return m_complete; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    /// The first rows are here with their headers, or it is known that there are none.
    void opened();
    /// The whole query is here.
    void completed();
    void failed(const postaci::MailError &error);

private:
    struct Window;

    void onStoreChanged(const StoreChange &change);
    void open();
    void startPass();
    void readSlice(std::optional<MessageKey> after);
    void finishPass();
    void lookAgain();
    void search();
    void fetchVisible();
    void forget(const QSet<MessageId> &ids);

    /// Makes the rows from `after` (exclusive) to the end of `keys` equal to `keys`; to the end of the list when
    /// `toEnd`.
    void merge(std::optional<MessageKey> after, const QList<MessageKey> &keys, bool toEnd);
    qsizetype rowAfter(const MessageKey &key) const;
    void keep(const QList<MessageHeader> &headers);

    Store &m_store;
    MessageQuery m_query;
    QList<MessageKey> m_keys;
    QCache<qint64, MessageHeader> m_headers;
    QSet<qint64> m_stale; ///< Cached, but changed since; shown until the new state is here.
    QTimer m_quiet; ///< Runs out when changes have calmed down.
    int m_generation = 0; ///< Of the query: answers to older ones are dropped.
    int m_firstVisible = 0;
    int m_lastVisible = -1;
    bool m_complete = false;
    bool m_passing = false;
    bool m_passAgain = false;
    bool m_looking = false;
    bool m_lookAgain = false;
    bool m_fetching = false;
};

} // namespace postaci
