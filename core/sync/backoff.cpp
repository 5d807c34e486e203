// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/backoff.h"

#include <QRandomGenerator>

#include <algorithm>

namespace postaci {

Backoff::Backoff(std::chrono::milliseconds first, std::chrono::milliseconds most)
    : m_first(first)
    , m_most(most)
{
}

std::chrono::milliseconds Backoff::next(std::chrono::milliseconds most)
{
    most = std::min(most, m_most);
    std::chrono::milliseconds delay = m_first;
    for (int i = 0; i < m_failures && delay < most; ++i)
        delay *= 2;
    m_failures += delay < most;
    delay = std::min(delay, most);
    return delay - std::chrono::milliseconds(QRandomGenerator::global()->bounded(qint64(delay.count() / 4 + 1)));
}

} // namespace postaci
