// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/pop3download.h"

#include "core/base/log.h"
#include "core/mime/headerparser.h"
#include "core/store/store.h"

#include <QCoro/QCoroFuture>
#include <QtConcurrentRun>

#include <algorithm>

namespace postaci {

namespace {

/// What is asked for before looking whether the store keeps up, by the sizes that the server lists.
constexpr qint64 windowBytes = qint64(16) * 1024 * 1024;
constexpr qsizetype windowCount = 1000;
/// Of one parse and one transaction.
constexpr qint64 batchBytes = qint64(2) * 1024 * 1024;
constexpr qsizetype batchCount = 200;
/// Batches that may still be on their way into the store when the next window is asked for.
constexpr std::size_t batchesInFlight = 16;
/// Known ones from which on a whole list of sizes is too much to ask for at each look.
constexpr qint64 manyMessages = 200;
/// Of a message whose size the server does not say.
constexpr qint64 usualSize = qint64(64) * 1024;

/// Where messages that were seen before stand in a listing.
class Numbers {
public:
    /// @param prints of messages without a unique id of their own, by number
    Numbers(const QList<Pop3Entry> &listed, const QHash<int, QByteArray> &prints)
    {
        for (const Pop3Entry &entry : listed)
            insert(m_byUid, entry.uid, entry.number);
        for (const auto &[number, print] : prints.asKeyValueRange())
            insert(m_byPrint, print, number);
    }

    /// 0: not there, or not to be told from another one.
    int find(const Pop3Seen &seen) const
    {
        const int number = seen.uid.isEmpty() ? 0 : m_byUid.value(seen.uid);
        return number > 0 ? number : qMax(0, m_byPrint.value(seen.fingerprint));
    }

private:
    static void insert(QHash<QByteArray, int> &numbers, const QByteArray &key, int number)
    {
        int &known = numbers[key];
        known = known == 0 ? number : -1; // Several have it: it tells nothing.
    }

    QHash<QByteArray, int> m_byUid;
    QHash<QByteArray, int> m_byPrint;
};

} // namespace

Pop3Download::Pop3Download(const Services &services, const Account &account, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_account(account)
{
}

QCoro::Task<Result<Pop3Download::Outcome>> Pop3Download::run(Pop3Session *session, Pop3Capabilities capabilities)
{
    m_listed.clear();
    m_fingerprints.clear();
    m_asked.clear();
    m_incoming.clear();
    m_incomingBytes = 0;
    m_done = 0;
    m_total = 0;
    m_outcome = {};
    m_inbox = {};
    m_isFirst = true;

    Result<void> done = co_await synchronize(session, capabilities);
    // Also after a failure: what arrived whole is kept, and no write outlives the run.
    const Result<void> written = co_await settle(0);
    if (done)
        done = written;
    if (m_outcome.stored > 0 && !m_isFirst)
        Q_EMIT newMail(m_inbox, int(m_outcome.stored));
    if (!done)
        co_return failure(done.error());
    const Outcome outcome = m_outcome;
    co_return outcome;
}

QCoro::Task<Result<void>> Pop3Download::synchronize(Pop3Session *session, Pop3Capabilities capabilities)
{
    if (const auto found = co_await findInbox(); !found)
        co_return found;
    const auto count = co_await m_services.store.read(
        [account = m_account.id](const Tables &tables) -> Result<qint64> { return tables.pop3.count(account); });
    if (!count)
        co_return failure(count.error());
    // Read while the server writes its list.
    const QFuture<Result<QHash<QByteArray, Pop3Seen>>> reading
        = m_services.store.read([account = m_account.id](const Tables &tables) -> Result<QHash<QByteArray, Pop3Seen>> {
              return tables.pop3.byUid(account);
          });
    const bool isMostlyKnown = *count >= manyMessages;
    const auto listed = co_await list(session, isMostlyKnown);
    const auto seen = co_await reading;
    if (!listed || !seen)
        co_return failure(listed ? seen.error() : listed.error());
    m_listed = *listed;
    QSet<QByteArray> uids;
    uids.reserve(m_listed.size());
    for (const Pop3Entry &entry : std::as_const(m_listed))
        uids.insert(entry.uid);
    m_listedUids = std::make_shared<const QSet<QByteArray>>(std::move(uids));

    pop3::Plan plan = pop3::plan(m_listed, *seen);
    if (isMostlyKnown) {
        for (QList<Pop3Entry> *entries : {&plan.identify, &plan.fetch}) {
            if (const auto added = co_await addSizes(session, entries); !added)
                co_return added;
        }
    }
    const auto unknown = co_await identify(session, capabilities, plan.identify);
    if (!unknown)
        co_return failure(unknown.error());
    plan.fetch += *unknown;

    if (const auto completed = co_await fetchRests(session); !completed)
        co_return completed;
    m_total = plan.fetch.size();
    if (m_account.wholeUpTo > 0) {
        const auto isSmall = [limit = m_account.wholeUpTo](const Pop3Entry &entry) { return entry.size <= limit; };
        const auto large = std::stable_partition(plan.fetch.begin(), plan.fetch.end(), isSmall);
        const QList<Pop3Entry> aside(large, plan.fetch.end());
        plan.fetch.erase(large, plan.fetch.end());
        const auto refused = co_await fetchHeaders(session, capabilities, aside);
        if (!refused)
            co_return failure(refused.error());
        plan.fetch += *refused;
    }
    if (const auto fetched = co_await fetch(session, plan.fetch); !fetched)
        co_return fetched;
    // Nothing is deleted before all of it is in the store to stay.
    if (const auto written = co_await settle(0); !written)
        co_return written;
    if (const auto removed = co_await removeFromServer(session); !removed)
        co_return removed;
    if (!m_isFirst)
        co_return Result<void>();
    co_return co_await m_services.store.write([inbox = m_inbox](Tables &tables) -> Result<void> {
        tables.folders.setSyncState(inbox, {.headersComplete = true});
        return {};
    });
}

QCoro::Task<Result<QList<Pop3Entry>>> Pop3Download::list(Pop3Session *session, bool isMostlyKnown)
{
    if (isMostlyKnown) {
        auto uids = co_await session->listUids();
        if (uids || !session->isOpen())
            co_return uids;
    }
    co_return co_await session->list();
}

/// Of those that were listed without.
QCoro::Task<Result<void>> Pop3Download::addSizes(Pop3Session *session, QList<Pop3Entry> *entries)
{
    QList<int> numbers;
    for (const Pop3Entry &entry : std::as_const(*entries)) {
        if (entry.size == 0)
            numbers.append(entry.number);
    }
    if (numbers.isEmpty())
        co_return Result<void>();
    const auto sizes = co_await session->readSizes(numbers);
    if (!sizes)
        co_return failure(sizes.error());
    auto size = sizes->cbegin();
    for (Pop3Entry &entry : *entries) {
        if (entry.size == 0)
            entry.size = *size++;
    }
    co_return Result<void>();
}

QCoro::Task<Result<void>> Pop3Download::findInbox()
{
    struct Inbox {
        FolderId id;
        bool isComplete = false;
    };
    const auto inbox = co_await m_services.store.write([account = m_account.id](Tables &tables) -> Result<Inbox> {
        if (!tables.accounts.find(account))
            return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
        const FolderId id = local::folderFor(tables, account, FolderRole::Inbox);
        return Inbox{id, tables.folders.syncState(id).headersComplete};
    });
    if (!inbox)
        co_return failure(inbox.error());
    m_inbox = inbox->id;
    m_isFirst = !inbox->isComplete;
    co_return Result<void>();
}

/// Which of the messages without a unique id are not here yet, by their headers. Where the server has no TOP all of
/// them are fetched, and keep() sorts them out.
QCoro::Task<Result<QList<Pop3Entry>>> Pop3Download::identify(
    Pop3Session *session, Pop3Capabilities capabilities, QList<Pop3Entry> entries)
{
    if (entries.isEmpty())
        co_return entries;
    QHash<int, qint64> sizes;
    QList<int> numbers;
    for (const Pop3Entry &entry : std::as_const(entries)) {
        sizes.insert(entry.number, entry.size);
        numbers.append(entry.number);
    }
    const auto sink = [this, &sizes](int number, const Result<QByteArray> &top) {
        if (top)
            m_fingerprints.insert(number, pop3::fingerprint(*top, sizes.value(number)));
    };
    // A server that does not promise TOP is asked once, not a thousand times.
    const QList<int> first = capabilities.top ? numbers : numbers.first(1);
    auto read = co_await session->retrieveTops(first, 0, sink);
    if (read && first.size() < numbers.size() && !m_fingerprints.isEmpty())
        read = co_await session->retrieveTops(numbers.sliced(1), 0, sink);
    if (!read)
        co_return failure(read.error());

    const auto known = co_await m_services.store.read(
        [account = m_account.id, prints = m_fingerprints.values()](const Tables &tables) -> Result<QSet<QByteArray>> {
            QSet<QByteArray> seen;
            for (const QByteArray &print : prints) {
                if (!tables.pop3.withFingerprint(account, print).isEmpty())
                    seen.insert(print);
            }
            return seen;
        });
    if (!known)
        co_return failure(known.error());
    QSet<QByteArray> met = *known;
    entries.removeIf([this, &met](const Pop3Entry &entry) {
        const QByteArray print = m_fingerprints.value(entry.number);
        if (print.isEmpty())
            return false;
        const bool isHere = met.contains(print);
        met.insert(print);
        return isHere;
    });
    co_return entries;
}

/// What somebody has asked for, before all that comes by itself.
QCoro::Task<Result<void>> Pop3Download::fetchRests(Pop3Session *session)
{
    const auto wanted
        = co_await m_services.store.read([account = m_account.id](const Tables &tables) -> Result<QList<Pop3Seen>> {
              return tables.pop3.wanted(account);
          });
    if (!wanted)
        co_return failure(wanted.error());
    if (wanted->isEmpty())
        co_return Result<void>();
    const Numbers numbers(m_listed, m_fingerprints);
    for (const Pop3Seen &seen : *wanted) {
        Result<QByteArray> raw = failure({.kind = ErrorKind::NotFound, .step = Step::FetchBody});
        Result<void> retrieved;
        if (const int number = numbers.find(seen); number > 0) {
            const auto telling = connect(session, &Pop3Session::received, this,
                [this, message = seen.message](qint64 bytes) { Q_EMIT restProgress(message, bytes); });
            retrieved = co_await session->retrieve(
                {number}, [&raw](int, Result<QByteArray> message) { raw = std::move(message); });
            disconnect(telling);
            if (!retrieved && retrieved.error().kind != ErrorKind::MessageTooLarge)
                co_return retrieved;
            if (!retrieved)
                raw = failure(retrieved.error());
        }
        QByteArray messageId;
        if (raw)
            messageId = parseEnvelope(*raw).messageIdHeader;
        const auto settled = co_await m_services.store.write(
            [seen, raw, messageId](Tables &tables) -> Result<std::optional<MailError>> {
                const Result<void> done = raw ? pop3::complete(tables, seen, *raw, messageId) : failure(raw.error());
                if (done)
                    return std::nullopt;
                tables.pop3.setRest(seen.message, Pop3Seen::Rest::OnServer);
                return done.error();
            },
            Store::Durability::Durable);
        if (!settled)
            co_return failure(settled.error());
        if (const std::optional<MailError> &refused = *settled)
            raw = failure(*refused);
        Q_EMIT restSettled(seen.message, raw);
        if (!retrieved)
            co_return retrieved;
    }
    co_return Result<void>();
}

/// The headers of these. Returns those of which the server does not give it alone.
QCoro::Task<Result<QList<Pop3Entry>>> Pop3Download::fetchHeaders(
    Pop3Session *session, Pop3Capabilities capabilities, QList<Pop3Entry> large)
{
    QList<Pop3Entry> refused;
    qsizetype next = 0;
    bool isSure = capabilities.top;
    while (next < large.size()) {
        QList<int> numbers;
        m_asked.clear();
        // A server that does not promise TOP is asked once, not a thousand times.
        for (; next < large.size() && numbers.size() < (isSure ? windowCount : 1); ++next) {
            numbers.append(large[next].number);
            m_asked.insert(large[next].number, large[next]);
        }
        const auto read = co_await session->retrieveTops(numbers, 0, [&](int number, Result<QByteArray> top) {
            const Pop3Entry entry = m_asked.take(number);
            if (top)
                add({entry, std::move(*top), Pop3Seen::Rest::OnServer});
            else
                refused.append(entry);
        });
        submit();
        if (!read)
            co_return failure(read.error());
        if (!isSure && !refused.isEmpty()) {
            refused += large.sliced(next);
            break;
        }
        isSure = true;
        if (const auto room = co_await settle(batchesInFlight); !room)
            co_return failure(room.error());
    }
    co_return refused;
}

QCoro::Task<Result<void>> Pop3Download::fetch(Pop3Session *session, QList<Pop3Entry> wanted)
{
    qsizetype next = 0;
    while (next < wanted.size()) {
        QList<int> numbers;
        qint64 bytes = 0;
        m_asked.clear();
        for (; next < wanted.size() && bytes < windowBytes && numbers.size() < windowCount; ++next) {
            const Pop3Entry &entry = wanted[next];
            if (entry.size > Pop3Session::messageLimit || m_tooLarge.contains(entry.uid)) {
                skip({.kind = ErrorKind::MessageTooLarge, .step = Step::FetchBody});
                continue;
            }
            numbers.append(entry.number);
            m_asked.insert(entry.number, entry);
            bytes += entry.size > 0 ? entry.size : usualSize;
        }
        const auto retrieved = co_await session->retrieve(
            numbers, [this](int number, Result<QByteArray> message) { take(number, std::move(message)); });
        submit();
        if (!retrieved) {
            // The server listed it smaller than it is. Those behind it come at the next run.
            if (retrieved.error().kind == ErrorKind::MessageTooLarge) {
                const auto culprit = std::find_if(
                    numbers.cbegin(), numbers.cend(), [this](int number) { return m_asked.contains(number); });
                if (culprit != numbers.cend() && !m_asked.value(*culprit).uid.isEmpty())
                    m_tooLarge.insert(m_asked.value(*culprit).uid);
            }
            co_return retrieved;
        }
        if (const auto room = co_await settle(batchesInFlight); !room)
            co_return room;
    }
    co_return Result<void>();
}

void Pop3Download::take(int number, Result<QByteArray> message)
{
    const Pop3Entry entry = m_asked.take(number);
    if (!message) {
        skip(message.error());
        return;
    }
    add({entry, std::move(*message)});
}

void Pop3Download::add(Fetched fetched)
{
    m_incomingBytes += fetched.raw.size();
    m_incoming.append(std::move(fetched));
    if (m_incomingBytes >= batchBytes || m_incoming.size() >= batchCount)
        submit();
}

/// Parsing and writing happen on the pool's and the store's threads; this one only remembers that they do.
void Pop3Download::submit()
{
    if (m_incoming.isEmpty())
        return;
    m_done += m_incoming.size();
    m_incomingBytes = 0;
    m_writes.push_back(QtConcurrent::run(&m_services.pool,
        [store = &m_services.store, batch = std::exchange(m_incoming, {}), account = m_account.id,
            listed = m_listedUids, now = m_services.clock()] {
            QList<pop3::Arrival> arrivals;
            arrivals.reserve(batch.size());
            local::RowReader reader;
            for (const Fetched &fetched : batch) {
                const bool isWhole = fetched.rest == Pop3Seen::Rest::Here;
                const qint64 size = isWhole ? fetched.raw.size() : fetched.entry.size;
                arrivals.append({.uid = fetched.entry.uid,
                    .fingerprint = pop3::fingerprint(fetched.raw, fetched.entry.size),
                    .message = {reader.read(fetched.raw, {}, size, now), isWhole ? fetched.raw : QByteArray()},
                    .rest = fetched.rest});
            }
            return store->write(
                [=, arrivals = std::move(arrivals)](Tables &tables) -> Result<qsizetype> {
                    return pop3::keep(tables, account, arrivals, *listed, now);
                },
                Store::Durability::Durable);
        }));
    Q_EMIT progress(m_done, m_total);
}

/// Waits until at most `most` batches are on their way into the store.
QCoro::Task<Result<void>> Pop3Download::settle(std::size_t most)
{
    Result<void> outcome;
    while (m_writes.size() > most) {
        const QFuture<QFuture<Result<qsizetype>>> oldest = m_writes.front();
        m_writes.pop_front();
        const QFuture<Result<qsizetype>> parsed = co_await oldest;
        const Result<qsizetype> written = co_await parsed;
        if (written)
            m_outcome.stored += *written;
        else if (outcome)
            outcome = failure(written.error());
    }
    co_return outcome;
}

/// By what the store holds now. The server carries it out at QUIT (RFC 1939 6); if nobody hears of that, it is asked
/// again at the next run.
QCoro::Task<Result<void>> Pop3Download::removeFromServer(Pop3Session *session)
{
    QList<int> due;
    // The account's settings as they are now: they may be changed while a long download is under way.
    const auto found
        = co_await m_services.store.read([id = m_account.id, listed = m_listed, prints = m_fingerprints,
                                             now = m_services.clock()](const Tables &tables) -> Result<QList<int>> {
              const std::optional<Account> account = tables.accounts.find(id);
              const ServerCopies policy = account ? account->serverCopies : ServerCopies();
              QList<int> numbers;
              if (policy.days < 0 && !policy.deletedWithOurs)
                  return numbers;
              const QHash<QByteArray, Pop3Seen> seen = tables.pop3.byUid(id);
              QHash<QByteArray, int> bearers;
              for (const Pop3Entry &entry : listed)
                  ++bearers[entry.uid];
              QHash<QByteArray, int> printed;
              for (const QByteArray &print : prints)
                  ++printed[print];
              for (const Pop3Entry &entry : listed) {
                  const bool named = !entry.uid.isEmpty() && bearers.value(entry.uid) == 1;
                  QList<Pop3Seen> rows;
                  if (const auto row = seen.constFind(entry.uid); named && row != seen.cend())
                      rows.append(*row);
                  else if (const QByteArray print = prints.value(entry.number); !named && printed.value(print) == 1)
                      rows = tables.pop3.withFingerprint(id, print);
                  if (rows.size() == 1 && pop3::isDue(rows.constFirst(), policy, now))
                      numbers.append(entry.number);
              }
              return numbers;
          });
    if (!found)
        co_return failure(found.error());
    due = *found;
    if (!due.isEmpty()) {
        const auto marked = co_await session->remove(due);
        if (!marked && !session->isOpen())
            co_return marked;
        if (!marked)
            skip(marked.error());
    }
    const auto ended = co_await session->quit();
    if (!ended && !due.isEmpty())
        skip(ended.error());
    co_return Result<void>();
}

/// One thing went wrong, others go on.
void Pop3Download::skip(const MailError &error)
{
    qCInfo(syncLog) << "part of a download failed:" << error.summary();
    if (!m_outcome.skipped)
        m_outcome.skipped = error;
}

} // namespace postaci
