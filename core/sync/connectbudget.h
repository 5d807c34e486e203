// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDeadlineTimer>
#include <QList>

#include <chrono>

namespace postaci {

/// At most so many connections in a time, whatever goes wrong and however often somebody asks: a provider that counts
/// them must never have a reason to lock the account.
class ConnectBudget {
public:
    ConnectBudget(int count, std::chrono::milliseconds window);

    /// How long until one more may be made; 0: now.
    std::chrono::milliseconds untilFree() const;
    void take();
    /// The user has switched the network off and on: what was before says nothing about what comes.
    void reset() { m_taken.clear(); }

private:
    int m_count;
    std::chrono::milliseconds m_window;
    QList<QDeadlineTimer> m_taken; ///< The last m_count, oldest first; each runs out when it no longer counts.
};

} // namespace postaci
