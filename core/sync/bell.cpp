// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/bell.h"

namespace postaci {

Bell::Bell(QObject *parent)
    : QObject(parent)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (const auto waiter = std::exchange(m_waiter, {}))
            waiter.resume();
    });
}

Bell::~Bell()
{
    Q_ASSERT(!m_waiter);
}

void Bell::ring()
{
    m_rung = true;
    if (m_waiter)
        m_timer.start(0);
    Q_EMIT rang();
}

void Bell::suspend(std::coroutine_handle<> waiter, std::chrono::milliseconds limit)
{
    Q_ASSERT(!m_waiter);
    m_waiter = waiter;
    if (m_rung)
        m_timer.start(0);
    else if (limit.count() >= 0)
        m_timer.start(limit);
}

} // namespace postaci
