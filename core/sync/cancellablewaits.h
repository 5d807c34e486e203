// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QPromise>

#include <functional>
#include <memory>

namespace postaci {

/// Waiting for what cannot be stopped (a keychain that asks the user to unlock it), with a way out: cancel() ends
/// every wait with Cancelled, and the late answer goes nowhere.
class CancellableWaits : public QObject {
    Q_OBJECT

public:
    explicit CancellableWaits(QObject *parent)
        : QObject(parent)
    {
    }

    template <class T> QFuture<Result<T>> on(QFuture<Result<T>> answer)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        const auto end = [promise](Result<T> result) {
            if (promise->future().isFinished())
                return;
            promise->addResult(std::move(result));
            promise->finish();
        };
        if (m_cancelled) {
            end(failure({.kind = ErrorKind::Cancelled}));
            return promise->future();
        }
        m_waits.removeIf([](const Wait &wait) { return wait.isOver(); });
        m_waits.append({[promise] { return promise->future().isFinished(); },
            [end] { end(failure({.kind = ErrorKind::Cancelled})); }});
        answer.then(this, end);
        return promise->future();
    }

    /// For good: later waits end at once.
    void cancel()
    {
        m_cancelled = true;
        const QList<Wait> waits = std::exchange(m_waits, {});
        for (const Wait &wait : waits)
            wait.cancel();
    }

private:
    struct Wait {
        std::function<bool()> isOver;
        std::function<void()> cancel;
    };

    QList<Wait> m_waits;
    bool m_cancelled = false;
};

} // namespace postaci
