// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/wakewatch.h"

#include "core/base/log.h"

#include <utility>

namespace postaci {

WakeWatch::WakeWatch(Clock wall, std::chrono::milliseconds interval, std::chrono::milliseconds slack, QObject *parent)
    : QObject(parent)
    , m_wall(std::move(wall))
    , m_slack(slack)
    , m_timer(this)
    , m_last(m_wall())
{
    m_awake.start();
    connect(&m_timer, &QTimer::timeout, this, &WakeWatch::look);
    m_timer.start(interval);
}

void WakeWatch::look()
{
    const QDateTime now = m_wall();
    const qint64 asleep = m_last.msecsTo(now) - m_awake.restart();
    m_last = now;
    if (asleep <= m_slack.count())
        return;
    qCInfo(syncLog) << "the computer was asleep for" << asleep / 1000 << "s";
    Q_EMIT woke();
}

} // namespace postaci
