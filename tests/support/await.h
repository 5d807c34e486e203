// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"

#include <QCoro/QCoroFuture>
#include <QCoro/QCoroTask>

#include <QDebug>
#include <QFuture>
#include <QMetaEnum>
#include <QTest>

#include <chrono>
#include <memory>
#include <optional>

namespace postaci {

/// How long a test waits for anything before it fails. Generous: machines that run tests are busy.
inline constexpr std::chrono::milliseconds testPatience{20'000};

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
    if (QTest::qWaitFor([&] { return value.has_value(); }, QDeadlineTimer(limit)) && value)
        return std::move(*value);
    QTest::qFail("await: the task did not finish in time", __FILE__, __LINE__);
    return failure({.kind = ErrorKind::Timeout});
}

/// The same for a task that has no result to look at.
inline void await(QCoro::Task<> task, std::chrono::milliseconds limit = testPatience)
{
    const auto done = std::make_shared<bool>(false);
    task.then([done] { *done = true; });
    if (!QTest::qWaitFor([&] { return *done; }, QDeadlineTimer(limit)))
        QTest::qFail("await: the task did not finish in time", __FILE__, __LINE__);
}

/// The same for work on another thread.
///
///     const auto folders = await(store.read([](const Tables &tables) { return tables.folders.all(); }));
template <class T> Result<T> await(const QFuture<Result<T>> &future, std::chrono::milliseconds limit = testPatience)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, QDeadlineTimer(limit))) {
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
