// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/textindexer.h"

#include "core/base/log.h"
#include "core/mime/messagebody.h"
#include "core/store/store.h"

#include <QCoro/QCoroFuture>
#include <QtConcurrent>

#include <algorithm>
#include <utility>

namespace postaci {

using namespace std::chrono_literals;

namespace {

/// Of one transaction: a write that comes meanwhile waits some 20 ms.
constexpr qsizetype batchCount = 100;
constexpr qint64 batchBytes = qint64(2) * 1024 * 1024;
constexpr auto quietTime = 300ms;
constexpr auto longestPause = 2s;
/// After a failure of the store.
constexpr auto retryPause = 1min;

struct Text {
    MessageId message;
    QString text;
    bool hasAttachments = false;
};

struct Raw {
    MessageId message;
    QByteArray bytes;
};

Result<QList<Raw>> nextBatch(const Tables &tables)
{
    QList<Raw> batch;
    qint64 size = 0;
    const QList<MessageId> waiting = tables.search.textsWaiting(batchCount);
    for (const MessageId message : waiting) {
        const std::optional<QByteArray> raw = tables.bodies.raw(message);
        batch.append({message, raw.value_or(QByteArray())});
        size += batch.last().bytes.size();
        if (size >= batchBytes)
            break;
    }
    return batch;
}

QList<Text> readTexts(const QList<Raw> &batch)
{
    QList<Text> texts;
    texts.reserve(batch.size());
    for (const Raw &raw : batch) {
        const MessageBody body = parseMessage(raw.bytes);
        texts.append({raw.message, body.text, !body.attachments.isEmpty()});
    }
    std::reverse(texts.begin(), texts.end()); // The oldest first.
    return texts;
}

} // namespace

TextIndexer::TextIndexer(const Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_bell(this)
{
}

TextIndexer::~TextIndexer() = default;

void TextIndexer::start()
{
    if (m_running || m_stopping)
        return;
    connect(&m_services.store, &Store::changed, this, &TextIndexer::onStoreChanged);
    m_quiet.setRemainingTime(quietTime);
    m_longest.setRemainingTime(longestPause);
    m_running = run();
}

QCoro::Task<void> TextIndexer::stop()
{
    m_stopping = true;
    m_bell.ring();
    if (m_running)
        co_await *m_running;
    tellWaiters(failure({.kind = ErrorKind::Cancelled}));
}

QFuture<Result<void>> TextIndexer::finish()
{
    auto waiter = std::make_shared<QPromise<Result<void>>>();
    waiter->start();
    m_waiters.push_back(waiter);
    if (m_stopping)
        tellWaiters(failure({.kind = ErrorKind::Cancelled}));
    start();
    m_bell.ring();
    return waiter->future();
}

QCoro::Task<void> TextIndexer::run()
{
    while (!m_stopping) {
        if (const auto pause = untilTurn(); pause > 0ms && m_waiters.empty()) {
            co_await m_bell.wait(pause);
            continue;
        }
        const Result<qsizetype> indexed = co_await indexSome();
        if (m_stopping)
            break;
        m_longest.setRemainingTime(longestPause);
        if (!indexed) {
            qCWarning(syncLog) << "texts cannot be indexed:" << indexed.error().summary();
            tellWaiters(failure(indexed.error()));
            co_await m_bell.wait(retryPause);
        } else if (*indexed == 0) {
            tellWaiters({});
            co_await m_bell.wait();
        }
    }
}

/// The newest ones. Returns how many there were.
QCoro::Task<Result<qsizetype>> TextIndexer::indexSome()
{
    const auto batch = co_await m_services.store.read(nextBatch);
    if (!batch)
        co_return failure(batch.error());
    if (batch->isEmpty() || m_stopping)
        co_return 0;
    // Behind everything else that waits for a thread.
    const QList<Text> texts = co_await QtConcurrent::task([batch = *batch] { return readTexts(batch); })
                                  .onThreadPool(m_services.pool)
                                  .withPriority(-1)
                                  .spawn();
    const auto written = co_await m_services.store.write([texts](Tables &tables) -> Result<void> {
        for (const Text &text : texts) {
            tables.search.setText(text.message, text.text);
            tables.messages.setHasAttachments(text.message, text.hasAttachments);
        }
        return {};
    });
    if (!written)
        co_return failure(written.error());
    co_return texts.size();
}

std::chrono::milliseconds TextIndexer::untilTurn() const
{
    if (m_quiet.hasExpired() || m_longest.hasExpired())
        return 0ms;
    const auto next = std::min(m_quiet.remainingTimeAsDuration(), m_longest.remainingTimeAsDuration());
    return std::chrono::ceil<std::chrono::milliseconds>(next);
}

void TextIndexer::onStoreChanged(const StoreChange &change)
{
    if (!change.arrivals.isEmpty() || !change.bodies.isEmpty())
        m_quiet.setRemainingTime(quietTime);
    if (!change.bodies.isEmpty())
        m_bell.ring();
}

void TextIndexer::tellWaiters(const Result<void> &outcome)
{
    const std::vector<Waiter> waiters = std::exchange(m_waiters, {});
    for (const Waiter &waiter : waiters) {
        waiter->addResult(outcome);
        waiter->finish();
    }
}

} // namespace postaci
