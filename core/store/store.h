// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/store/storechange.h"
#include "core/store/tables.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QString>

#include <functional>
#include <memory>
#include <type_traits>

namespace postaci {

/// The profile's database: the only thing that ui and network share. WAL; `mail.sqlite` holds everything but raw
/// messages, `bodies.sqlite` holds those.
///
/// One writer thread; each write() is one transaction, and the writer puts waiting ones into one commit where that is
/// safe. One reader thread sees the last commit. Callable from any thread; futures finish on the store's threads, so
/// use then(context, …).
///
/// Functions passed in must be quick, must not wait for anything, and return Result<T>; an error rolls back.
/// Database failures come back as ErrorKind::Storage.
class Store : public QObject {
    Q_OBJECT

public:
    /// What a commit has to survive.
    enum class Durability {
        Rebuildable, ///< A crash of the program. The server still has it.
        Durable, ///< Power loss too: drafts, outbox, pending actions (fsync before the future finishes).
    };

    explicit Store(QString directory, QObject *parent = nullptr);
    /// Finishes what was handed in, then closes.
    ~Store() override;

    /// Makes or migrates the database. Fails with StorageNewer, or Storage. Call once, before anything else.
    QFuture<Result<void>> open();

    template <class F>
    auto read(F function) -> QFuture<std::invoke_result_t<F, const Tables &>>
    {
        return enqueue<std::invoke_result_t<F, const Tables &>, const Tables &>(Lane::Read, std::move(function));
    }

    template <class F>
    auto write(F function, Durability durability = Durability::Rebuildable) -> QFuture<std::invoke_result_t<F, Tables &>>
    {
        return enqueue<std::invoke_result_t<F, Tables &>, Tables &>(
            durability == Durability::Durable ? Lane::DurableWrite : Lane::Write, std::move(function));
    }

Q_SIGNALS:
    /// After commit, merged to at most one each 100 ms. Emitted on the store's thread: connect with a context.
    void changed(const postaci::StoreChange &change);

private:
    enum class Lane { Read, Write, DurableWrite };

    /// A piece of work: called with the tables inside its transaction, says whether to keep it; called with null when
    /// the transaction could not be made or committed.
    struct Job;

    template <class R, class Arg, class F>
    QFuture<R> enqueue(Lane lane, F function);
    void enqueueJob(Lane lane, std::unique_ptr<Job> job);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace postaci
