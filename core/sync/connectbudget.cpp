// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/connectbudget.h"

#include <utility>

namespace postaci {

ConnectBudget::ConnectBudget(int count, std::chrono::milliseconds window)
    : m_count(count)
    , m_window(window)
{
}

std::chrono::milliseconds ConnectBudget::untilFree() const
{
    if (m_taken.size() < m_count)
        return {};
    return std::chrono::ceil<std::chrono::milliseconds>(m_taken.first().remainingTimeAsDuration());
}

void ConnectBudget::take()
{
    if (m_taken.size() >= m_count)
        m_taken.removeFirst();
    m_taken.append(QDeadlineTimer(m_window, Qt::PreciseTimer));
}

} // namespace postaci
