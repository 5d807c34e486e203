// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messagelist/messagelistmodel.h"

#include "core/store/store.h"
#include "ui/common/messagetext.h"

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr qsizetype firstWindow = 200;
constexpr qsizetype sliceSize = 20'000;
constexpr qsizetype chunkSize = 200;
constexpr int headersKept = 2'000;
constexpr qsizetype searchLimit = 2'000;
constexpr int quietMilliseconds = 2'000;

/// Above this many row changes at once the views are told to start anew: each insertion or removal moves the keys
/// behind it, in the model and in every view.
constexpr qsizetype changesLimit = 64;
constexpr qsizetype rowsMovedLimit = 8'000'000;

/// A run of rows that is replaced by a run of new keys; one of the two may be empty.
struct Change {
    qsizetype row; ///< In the old list.
    qsizetype removed;
    qsizetype from; ///< In the new keys.
    qsizetype inserted;
};

/// How to turn a run of keys, newest first, into another.
QList<Change> difference(const MessageKey *old, qsizetype oldSize, const QList<MessageKey> &wanted)
{
    QList<Change> changes;
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < oldSize || j < wanted.size()) {
        if (i < oldSize && j < wanted.size() && old[i] == wanted[j]) {
            ++i;
            ++j;
            continue;
        }
        Change change{i, 0, j, 0};
        while (i < oldSize && (j == wanted.size() || old[i] > wanted[j]))
            ++i;
        change.removed = i - change.row;
        while (j < wanted.size() && (i == oldSize || wanted[j] > old[i]))
            ++j;
        change.inserted = j - change.from;
        changes.append(change);
    }
    return changes;
}

QList<MessageId> idsOf(const QList<MessageKey> &keys, qsizetype limit)
{
    QList<MessageId> ids;
    for (const MessageKey &key : keys.first(qMin(limit, keys.size())))
        ids.append(MessageId{key.id});
    return ids;
}

} // namespace

/// Consecutive keys of the store, with some of their headers.
struct MessageListModel::Window {
    QList<MessageKey> keys;
    QList<MessageHeader> headers;
};

MessageListModel::MessageListModel(Store &store, QObject *parent)
    : QAbstractListModel(parent)
    , m_store(store)
    , m_headers(headersKept)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(quietMilliseconds);
    connect(&m_quiet, &QTimer::timeout, this, &MessageListModel::startPass);
    connect(&store, &Store::changed, this, &MessageListModel::onStoreChanged);
}

void MessageListModel::setQuery(const MessageQuery &query)
{
    beginResetModel();
    m_query = query;
    ++m_generation;
    m_keys.clear();
    m_headers.clear();
    m_stale.clear();
    m_quiet.stop();
    m_firstVisible = 0;
    m_lastVisible = -1;
    m_complete = m_passing = m_passAgain = m_looking = m_lookAgain = m_fetching = false;
    endResetModel();
    if (!m_query.words.isEmpty())
        search();
    else if (m_query.folder)
        open();
}

void MessageListModel::open()
{
    m_passing = true;
    m_store
        .read([folder = m_query.folder](const Tables &tables) -> Result<Window> {
            Window window{tables.messages.keys(folder, firstWindow), {}};
            window.headers = tables.messages.headers(idsOf(window.keys, chunkSize));
            return window;
        })
        .then(this, [this, generation = m_generation](const Result<Window> &window) {
            if (generation != m_generation)
                return;
            if (!window) {
                m_passing = false;
                Q_EMIT failed(window.error());
                return;
            }
            const bool last = window->keys.size() < firstWindow;
            keep(window->headers);
            merge({}, window->keys, last);
            Q_EMIT opened();
            if (last)
                finishPass();
            else
                readSlice(window->keys.last());
        });
}

void MessageListModel::startPass()
{
    if (!m_query.words.isEmpty()) {
        search();
        return;
    }
    if (m_passing) {
        m_passAgain = true;
        return;
    }
    m_passing = true;
    readSlice({});
}

void MessageListModel::readSlice(std::optional<MessageKey> after)
{
    m_store
        .read([folder = m_query.folder, after](const Tables &tables) -> Result<QList<MessageKey>> {
            return tables.messages.keys(folder, sliceSize, after);
        })
        .then(this, [this, after, generation = m_generation](const Result<QList<MessageKey>> &keys) {
            if (generation != m_generation)
                return;
            if (!keys) {
                m_passing = false;
                Q_EMIT failed(keys.error());
                return;
            }
            const bool last = keys->size() < sliceSize;
            merge(after, *keys, last);
            if (last)
                finishPass();
            else
                readSlice(keys->last());
        });
}

void MessageListModel::finishPass()
{
    m_passing = false;
    m_complete = true;
    Q_EMIT completed();
    if (m_passAgain) {
        m_passAgain = false;
        m_quiet.start();
    }
}

void MessageListModel::onStoreChanged(const StoreChange &change)
{
    if (m_query.isEmpty())
        return;
    if (change.messagesMany)
        forget({});
    else if (!change.messages.isEmpty())
        forget(change.messages);
    if (!change.bodies.isEmpty())
        forget(change.bodies);

    const bool ours = m_query.words.isEmpty() ? change.arrivals.contains(m_query.folder)
                                              : !change.arrivals.isEmpty() || change.texts;
    if (!ours)
        return;
    if (m_query.words.isEmpty())
        lookAgain();
    m_quiet.start();
}

/// What changed is nearly always new at the top, older at the end (a first sync), or in view (the user's own doing).
void MessageListModel::lookAgain()
{
    if (m_looking) {
        m_lookAgain = true;
        return;
    }
    m_looking = true;

    struct Look {
        QList<MessageKey> top;
        QList<MessageKey> inView;
        QList<MessageKey> tail;
    };
    // Keys to read after, not row numbers: rows may move before the answer is here.
    std::optional<MessageKey> beforeView;
    if (m_firstVisible > 0 && m_firstVisible <= m_keys.size())
        beforeView = m_keys[m_firstVisible - 1];
    std::optional<MessageKey> end;
    if (m_complete && !m_keys.isEmpty())
        end = m_keys.last();
    std::optional<MessageKey> newest;
    if (!m_keys.isEmpty())
        newest = m_keys.first();

    m_store
        .read([folder = m_query.folder, newest, beforeView, end](const Tables &tables) -> Result<Look> {
            Look look{tables.messages.keys(folder, firstWindow), {}, {}};
            // Down to what is shown already: one run of new rows. What is left out now, the whole pass would find as
            // many runs between others.
            while (newest && !look.top.isEmpty() && look.top.last() > *newest && look.top.size() < sliceSize) {
                const QList<MessageKey> more = tables.messages.keys(folder, look.top.size(), look.top.last());
                if (more.isEmpty())
                    break;
                look.top += more;
            }
            if (beforeView)
                look.inView = tables.messages.keys(folder, chunkSize, beforeView);
            if (end)
                look.tail = tables.messages.keys(folder, sliceSize, end);
            return look;
        })
        .then(this, [this, beforeView, end, generation = m_generation](const Result<Look> &look) {
            if (generation != m_generation)
                return;
            m_looking = false;
            if (!look) {
                Q_EMIT failed(look.error());
                return;
            }
            // From the end to the top, so that each part's place is still where it was.
            if (end)
                merge(end, look->tail, look->tail.size() < sliceSize);
            if (beforeView)
                merge(beforeView, look->inView, look->inView.size() < chunkSize);
            merge({}, look->top, look->top.size() < firstWindow);
            fetchVisible();
            if (m_lookAgain) {
                m_lookAgain = false;
                lookAgain();
            }
        });
}

void MessageListModel::search()
{
    m_store
        .read([query = m_query](const Tables &tables) -> Result<Window> {
            Window found;
            found.headers
                = tables.messages.headers(tables.search.find(query.words, query.account, query.folder, searchLimit));
            for (const MessageHeader &header : std::as_const(found.headers))
                found.keys.append({header.received.toMSecsSinceEpoch(), header.id.value});
            std::sort(found.keys.begin(), found.keys.end(), std::greater<>());
            return found;
        })
        .then(this, [this, generation = m_generation](const Result<Window> &found) {
            if (generation != m_generation)
                return;
            if (!found) {
                Q_EMIT failed(found.error());
                return;
            }
            const bool first = !m_complete;
            keep(found->headers);
            merge({}, found->keys, true);
            if (first)
                Q_EMIT opened();
            finishPass();
        });
}

qsizetype MessageListModel::rowAfter(const MessageKey &key) const
{
    return std::upper_bound(m_keys.cbegin(), m_keys.cend(), key, std::greater<>()) - m_keys.cbegin();
}

void MessageListModel::merge(std::optional<MessageKey> after, const QList<MessageKey> &keys, bool toEnd)
{
    const qsizetype first = after ? rowAfter(*after) : 0;
    const qsizetype end = toEnd ? m_keys.size() : keys.isEmpty() ? first : rowAfter(keys.last());
    const QList<Change> changes = difference(m_keys.constData() + first, end - first, keys);
    if (changes.isEmpty())
        return;

    if (changes.size() > changesLimit || changes.size() * (m_keys.size() - first) > rowsMovedLimit) {
        beginResetModel();
        QList<MessageKey> next;
        next.resizeForOverwrite(first + keys.size() + m_keys.size() - end);
        auto place = std::copy(m_keys.cbegin(), m_keys.cbegin() + first, next.begin());
        place = std::copy(keys.cbegin(), keys.cend(), place);
        std::copy(m_keys.cbegin() + end, m_keys.cend(), place);
        m_keys.swap(next);
        endResetModel();
        return;
    }
    // From the end, so that the rows of earlier changes stay as computed.
    for (auto change = changes.crbegin(); change != changes.crend(); ++change) {
        const qsizetype row = first + change->row;
        if (change->removed) {
            beginRemoveRows({}, int(row), int(row + change->removed - 1));
            m_keys.remove(row, change->removed);
            endRemoveRows();
        }
        if (change->inserted) {
            beginInsertRows({}, int(row), int(row + change->inserted - 1));
            m_keys.insert(row, change->inserted, MessageKey{});
            std::copy_n(keys.cbegin() + change->from, change->inserted, m_keys.begin() + row);
            endInsertRows();
        }
    }
}

void MessageListModel::setVisibleRows(int first, int last)
{
    m_firstVisible = first;
    m_lastVisible = last;
    fetchVisible();
}

/// One read at a time, always for what is in view now: a dragged scroll bar leaves no queue behind it.
void MessageListModel::fetchVisible()
{
    if (m_fetching || m_lastVisible < m_firstVisible)
        return;
    const auto isMissing
        = [this](qsizetype row) { return !m_headers.contains(m_keys[row].id) || m_stale.contains(m_keys[row].id); };
    const qsizetype last = qMin(qsizetype(m_lastVisible) + 1, m_keys.size());
    qsizetype row = qBound(qsizetype(0), qsizetype(m_firstVisible), m_keys.size());
    while (row < last && !isMissing(row))
        ++row;
    if (row >= last)
        return;

    // Some rows on both sides too, for the next scroll.
    QList<MessageId> ids;
    for (row = qMax(qsizetype(0), row - chunkSize / 4); row < m_keys.size() && ids.size() < chunkSize; ++row) {
        if (isMissing(row))
            ids.append(MessageId{m_keys[row].id});
        else if (row >= last + chunkSize)
            break;
    }
    // Before the answer: what changes while the read is under way is stale again.
    for (const MessageId id : std::as_const(ids))
        m_stale.remove(id.value);
    m_fetching = true;
    m_store.read([ids](const Tables &tables) -> Result<QList<MessageHeader>> { return tables.messages.headers(ids); })
        .then(this, [this, ids, generation = m_generation](const Result<QList<MessageHeader>> &headers) {
            if (generation != m_generation)
                return;
            m_fetching = false;
            if (!headers) {
                Q_EMIT failed(headers.error());
                return;
            }
            for (const MessageId id : ids) {
                // Gone since; blank until its row is removed, and not asked for again.
                if (!m_headers.contains(id.value))
                    m_headers.insert(id.value, new MessageHeader{.id = id});
            }
            keep(*headers);
            const int shown = qMin(m_lastVisible, rowCount() - 1);
            if (m_firstVisible <= shown)
                Q_EMIT dataChanged(index(m_firstVisible), index(shown));
            fetchVisible();
        });
}

void MessageListModel::keep(const QList<MessageHeader> &headers)
{
    for (const MessageHeader &header : headers)
        m_headers.insert(header.id.value, new MessageHeader(header));
}

/// Empty: all of them.
void MessageListModel::forget(const QSet<MessageId> &ids)
{
    if (ids.isEmpty()) {
        const QList<qint64> cached = m_headers.keys();
        m_stale = QSet<qint64>(cached.cbegin(), cached.cend());
    } else {
        for (const MessageId id : ids) {
            if (m_headers.contains(id.value))
                m_stale.insert(id.value);
        }
    }
    fetchVisible();
}

MessageId MessageListModel::idAt(int row) const
{
    return row >= 0 && row < m_keys.size() ? MessageId{m_keys[row].id} : MessageId{};
}

int MessageListModel::rowOf(MessageId id) const
{
    const auto found
        = std::find_if(m_keys.cbegin(), m_keys.cend(), [id](const MessageKey &key) { return key.id == id.value; });
    return found == m_keys.cend() ? -1 : int(found - m_keys.cbegin());
}

QList<int> MessageListModel::rowsOf(const QList<MessageId> &ids) const
{
    const QSet<MessageId> wanted(ids.cbegin(), ids.cend());
    QList<int> rows;
    for (qsizetype row = 0; row < m_keys.size() && rows.size() < wanted.size(); ++row) {
        if (wanted.contains(MessageId{m_keys[row].id}))
            rows.append(int(row));
    }
    return rows;
}

const MessageHeader *MessageListModel::headerAt(int row) const
{
    const MessageHeader *header = row >= 0 && row < m_keys.size() ? m_headers.object(m_keys[row].id) : nullptr;
    return header && header->folder ? header : nullptr;
}

int MessageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_keys.size());
}

QVariant MessageListModel::data(const QModelIndex &index, int role) const
{
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    const MessageHeader *header = headerAt(index.row());
    if (!header)
        return {};
    return role == Qt::DisplayRole ? shownSubject(header->envelope) : spokenRow(*header, m_query.showRecipients);
}

Qt::ItemFlags MessageListModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren
                           : Qt::NoItemFlags;
}

} // namespace postaci
