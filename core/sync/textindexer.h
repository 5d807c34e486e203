// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/sync/bell.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QDeadlineTimer>
#include <QFuture>
#include <QObject>
#include <QPromise>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace postaci {

struct StoreChange;

/// Makes messages found by their text: takes those that are here without it (SearchIndex::textsWaiting()), reads them
/// on the pool, and tells the store their text and whether files are attached. Where they came from makes no
/// difference: maildrop, server, file, or a salvage.
///
/// Out of everybody's way: a small batch at a time, once no mail has come for a moment, and while mail keeps coming one
/// every few seconds. Only the store knows what waits, so stopping it at any moment loses nothing.
///
/// Lives on the engine thread. Deleted after stop() has ended.
class TextIndexer : public QObject {
    Q_OBJECT

public:
    TextIndexer(const Services &services, QObject *parent);
    ~TextIndexer() override;

    void start();
    QCoro::Task<void> stop();

    /// At once, and without waiting for a quiet moment; finished when no text waits any more. Starts by itself.
    QFuture<Result<void>> finish();

private:
    using Waiter = std::shared_ptr<QPromise<Result<void>>>;

    QCoro::Task<void> run();
    QCoro::Task<Result<qsizetype>> indexSome();
    std::chrono::milliseconds untilTurn() const;
    void onStoreChanged(const StoreChange &change);
    void tellWaiters(const Result<void> &outcome);

    const Services &m_services;
    Bell m_bell;
    std::optional<QCoro::Task<void>> m_running;
    std::vector<Waiter> m_waiters;
    QDeadlineTimer m_quiet; ///< Runs out when no mail has come for a moment.
    QDeadlineTimer m_longest; ///< Runs out when a batch is due, quiet or not.
    bool m_stopping = false;
};

} // namespace postaci
