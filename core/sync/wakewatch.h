// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/clock.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace postaci {

/// Notices that the computer was asleep: the time of day has gone on, the program's own has not. Every connection has
/// to be taken for dead then, and no system says so on all desktops. That somebody has put the clock forward looks the
/// same and costs a login.
class WakeWatch : public QObject {
    Q_OBJECT

public:
    /// @param wall the time of day, which a sleeping computer's goes on
    /// @param interval between two looks
    /// @param slack shorter sleeps do not count
    WakeWatch(Clock wall, std::chrono::milliseconds interval, std::chrono::milliseconds slack, QObject *parent);

Q_SIGNALS:
    void woke();

private:
    void look();

    Clock m_wall;
    std::chrono::milliseconds m_slack;
    QTimer m_timer;
    QElapsedTimer m_awake; ///< Since the last look.
    QDateTime m_last;
};

} // namespace postaci
