// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/clock.h"

#include <chrono>
#include <memory>

namespace postaci {

/// A clock that stands still until the test moves it.
///
///     FakeClock clock;
///     OutboxSender sender(store, clock.function());
///     clock.advance(std::chrono::minutes(5));
///
/// Its function may outlive it. Move it only while nobody reads it on another thread.
class FakeClock {
public:
    explicit FakeClock(const QDateTime &start = QDateTime(QDate(2026, 3, 2), QTime(9, 30), QTimeZone::UTC))
        : m_now(std::make_shared<QDateTime>(start))
    {
    }

    Clock function() const
    {
        return [now = m_now] { return *now; };
    }
    QDateTime now() const { return *m_now; }
    void advance(std::chrono::milliseconds by) { *m_now = m_now->addDuration(by); }

private:
    std::shared_ptr<QDateTime> m_now;
};

} // namespace postaci
