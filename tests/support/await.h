// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"

#include <QCoro/QCoroFuture>
#include <QCoro/QCoroTask>

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDebug>
#include <QFuture>
#include <QFutureWatcher>
#include <QMetaEnum>
#include <QTest>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace postaci {

/// How long a test waits for anything before it fails. Generous: machines that run tests are busy.
inline constexpr std::chrono::milliseconds testPatience{20'000};

/// Runs the event loop until the condition holds; false when that takes longer than `limit`. The condition is looked at
/// after every round of events, so that the wait is over as soon as what it waits for has happened. What changes
/// without an event for this thread (a file, another thread) is noticed within 10 ms.
///
/// Not QTest::qWaitFor(): that sleeps 10 ms after each round, and a conversation has many.
template <class F> [[nodiscard]] bool waitUntil(F condition, std::chrono::milliseconds limit = testPatience)
{
    const QDeadlineTimer deadline(limit);
    QTimer look;
    look.setTimerType(Qt::PreciseTimer);
    look.start(std::chrono::milliseconds(10));
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

/// Runs the event loop until the task has its result; fails the test and returns a Timeout error when that takes too
/// long. The task goes on then: close its session before the test function ends.
///
///     const Result<void> opened = await(channel.open(settings));
///     QVERIFY2(opened, describe(opened));
template <class T> Result<T> await(QCoro::Task<Result<T>> task, std::chrono::milliseconds limit = testPatience)
{
    // Shared, because a task that comes too late still calls back.
    const auto result = std::make_shared<std::optional<Result<T>>>();
    task.then([result](Result<T> value) { result->emplace(std::move(value)); });
    std::optional<Result<T>> &value = *result;
    if (waitUntil([&] { return value.has_value(); }, limit) && value)
        return std::move(*value);
    QTest::qFail("await: the task did not finish in time", __FILE__, __LINE__);
    return failure({.kind = ErrorKind::Timeout});
}

/// The same for a task that has no result to look at.
inline void await(QCoro::Task<> task, std::chrono::milliseconds limit = testPatience)
{
    const auto done = std::make_shared<bool>(false);
    task.then([done] { *done = true; });
    if (!waitUntil([&] { return *done; }, limit))
        QTest::qFail("await: the task did not finish in time", __FILE__, __LINE__);
}

/// The same for work on another thread.
///
///     const auto folders = await(store.read([](const Tables &tables) { return tables.folders.all(); }));
template <class T> Result<T> await(const QFuture<Result<T>> &future, std::chrono::milliseconds limit = testPatience)
{
    QFutureWatcher<Result<T>> watcher; // its signal is an event here
    watcher.setFuture(future);
    if (!waitUntil([&] { return future.isFinished(); }, limit)) {
        QTest::qFail("await: the future did not finish in time", __FILE__, __LINE__);
        return failure({.kind = ErrorKind::Timeout});
    }
    if (future.resultCount() == 0) // cancelled, or its promise was dropped
        return failure({.kind = ErrorKind::Cancelled});
    return future.result();
}

/// For QVERIFY2(result, describe(result)): what failed, in words, with the server's text.
inline QByteArray describe(const MailError &error)
{
    return error.summary().toUtf8() + (error.serverText.isEmpty() ? QByteArray() : ": " + error.serverText.toUtf8());
}

template <class T> QByteArray describe(const Result<T> &result)
{
    return result ? QByteArray("a value") : describe(result.error());
}

} // namespace postaci
