// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>
#include <coroutine>
#include <utility>

namespace postaci {

/// Wakes one waiting procedure: "look again, something may be there to do". A ring with nobody waiting is kept for the
/// next wait. Used on its own thread; the procedure goes on from the event loop, never inside ring().
class Bell : public QObject {
    Q_OBJECT

public:
    explicit Bell(QObject *parent = nullptr);
    ~Bell() override;

    void ring();
    /// Whether it was rung since the last wait.
    bool hasRung() const { return m_rung; }

    struct Wait {
        Bell &bell;
        std::chrono::milliseconds limit;

        bool await_ready() const { return false; }
        void await_suspend(std::coroutine_handle<> waiter) { bell.suspend(waiter, limit); }
        bool await_resume() { return std::exchange(bell.m_rung, false); }
    };

    /// Whether it rang; false after `limit` (negative: no limit).
    [[nodiscard]] Wait wait(std::chrono::milliseconds limit = std::chrono::milliseconds(-1)) { return {*this, limit}; }

Q_SIGNALS:
    /// For a procedure that waits for something else besides. Connect it queued: nothing goes on inside ring().
    void rang();

private:
    void suspend(std::coroutine_handle<> waiter, std::chrono::milliseconds limit);

    QTimer m_timer;
    std::coroutine_handle<> m_waiter;
    bool m_rung = false;
};

} // namespace postaci
