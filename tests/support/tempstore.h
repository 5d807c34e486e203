// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/store/store.h"

#include <QTemporaryDir>

#include <memory>

namespace postaci {

/// Waits for a result of the store. Its continuations run on the store's threads, so waiting here blocks nothing.
template <class T> Result<T> wait(QFuture<Result<T>> future)
{
    future.waitForFinished();
    return future.result();
}

/// One write or read, that has to succeed.
template <class F> auto inStore(Store &store, F function, Store::Durability durability = Store::Durability::Rebuildable)
{
    using Value = std::invoke_result_t<F, Tables &>;
    if constexpr (std::is_void_v<Value>) {
        const Result<void> result = wait(store.write(
            [function](Tables &tables) -> Result<void> {
                function(tables);
                return {};
            },
            durability));
        if (!result)
            qFatal("store: %s", qPrintable(result.error().summary()));
    } else {
        const Result<Value> result
            = wait(store.write([function](Tables &tables) -> Result<Value> { return function(tables); }, durability));
        if (!result)
            qFatal("store: %s", qPrintable(result.error().summary()));
        return *result;
    }
}

template <class F> auto fromStore(Store &store, F function)
{
    using Value = std::invoke_result_t<F, const Tables &>;
    const Result<Value> result
        = wait(store.read([function](const Tables &tables) -> Result<Value> { return function(tables); }));
    if (!result)
        qFatal("store: %s", qPrintable(result.error().summary()));
    return *result;
}

/// An open, empty store in a directory of its own.
///
///     TempStore temp;
///     const AccountId id = inStore(temp.store, [](Tables &tables) { return tables.accounts.insert(account); });
///     QCOMPARE(fromStore(temp.store, [](const Tables &tables) { return tables.accounts.all().size(); }), 1);
struct TempStore {
    TempStore()
    {
        if (const Result<void> opened = wait(store.open()); !opened)
            qFatal("store: %s", qPrintable(opened.error().summary()));
    }

    /// For a look at the files; the store is gone after that.
    void close() { m_store.reset(); }

    QTemporaryDir dir;

private:
    std::unique_ptr<Store> m_store = std::make_unique<Store>(dir.path());

public:
    Store &store = *m_store;
};

} // namespace postaci
