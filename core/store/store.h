// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/store/salvage.h"
#include "core/store/storechange.h"
#include "core/store/tables.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace postaci {

/// The profile's database: the only thing that ui and network share. WAL; `mail.sqlite` holds everything but raw
/// messages, `bodies.sqlite` holds those.
///
/// One writer thread; each write() is kept or undone as a whole, and waiting ones of the same durability share a
/// commit. One reader thread sees every commit whose future has finished. Each runs its functions in the order they
/// came. Callable from any thread; futures finish on the store's threads, so use then(context, …).
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

    /// Makes or migrates the database. A damaged one is put aside, and what can be read of it saved: recovery() tells.
    /// Fails with StorageNewer, InUse (another Store has this directory), or Storage;
    /// then everything after it fails likewise. Call once.
    QFuture<Result<void>> open();

    /// What open() found damaged, once that has finished.
    std::optional<Recovery> recovery() const;

    template <class F> auto read(F function) -> QFuture<std::invoke_result_t<F, const Tables &>>
    {
        return enqueue<std::invoke_result_t<F, const Tables &>, const Tables &>(Lane::Read, std::move(function));
    }

    template <class F>
    auto write(F function, Durability durability = Durability::Rebuildable)
        -> QFuture<std::invoke_result_t<F, Tables &>>
    {
        return enqueue<std::invoke_result_t<F, Tables &>, Tables &>(
            durability == Durability::Durable ? Lane::DurableWrite : Lane::Write, std::move(function));
    }

Q_SIGNALS:
    /// After commit, merged to at most one each 100 ms. Emitted on the store's thread: connect with a context.
    void changed(const postaci::StoreChange &change);

private:
    enum class Lane { Read, Write, DurableWrite };

    /// A function on its way through a queue. run() is called inside a transaction; once the fate of that is known,
    /// either finish() hands out what the function returned, or fail() says why nothing was kept.
    struct Job {
        virtual ~Job() = default;
        virtual bool run(Tables &tables) = 0; ///< Whether to keep what it did.
        virtual void finish() = 0;
        virtual void fail(MailError error) = 0;
    };

    template <class R, class Arg, class F> struct FunctionJob;

    template <class R, class Arg, class F> QFuture<R> enqueue(Lane lane, F function);
    void enqueueJob(Lane lane, std::unique_ptr<Job> job);

    struct Private;
    std::unique_ptr<Private> d;
};

template <class R, class Arg, class F> struct Store::FunctionJob final : Job {
    explicit FunctionJob(F f)
        : function(std::move(f))
    {
        promise.start();
    }

    bool run(Tables &tables) override
    {
        result.emplace(function(static_cast<Arg>(tables)));
        return result->has_value();
    }

    void finish() override
    {
        promise.addResult(std::move(*result)); // NOLINT(bugprone-unchecked-optional-access): run() has filled it
        promise.finish();
    }

    void fail(MailError error) override
    {
        promise.addResult(R(failure(std::move(error))));
        promise.finish();
    }

    F function;
    QPromise<R> promise;
    std::optional<R> result;
};

template <class R, class Arg, class F> QFuture<R> Store::enqueue(Lane lane, F function)
{
    auto job = std::make_unique<FunctionJob<R, Arg, F>>(std::move(function));
    const QFuture<R> future = job->promise.future();
    enqueueJob(lane, std::move(job));
    return future;
}

} // namespace postaci
