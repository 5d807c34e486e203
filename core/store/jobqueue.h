// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace postaci {

/// What waits for one thread, in order.
template <class Item> class JobQueue {
public:
    void push(Item item)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_items.push_back(std::move(item));
        }
        m_arrived.notify_one();
    }

    /// No more items will come; those that are here can still be taken.
    void close()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_closed = true;
        }
        m_arrived.notify_all();
    }

    /// Waits for an item until `deadline`, without one for ever. None: nothing came in time, or closed and empty.
    std::optional<Item> take(std::optional<std::chrono::steady_clock::time_point> deadline = {})
    {
        std::unique_lock lock(m_mutex);
        const auto ready = [this] { return !m_items.empty() || m_closed; };
        if (deadline)
            m_arrived.wait_until(lock, *deadline, ready);
        else
            m_arrived.wait(lock, ready);
        return front();
    }

    /// The first item if it is here and fits.
    template <class Predicate> std::optional<Item> takeIf(Predicate fits)
    {
        const std::lock_guard lock(m_mutex);
        return !m_items.empty() && fits(m_items.front()) ? front() : std::nullopt;
    }

    bool isFinished() const
    {
        const std::lock_guard lock(m_mutex);
        return m_closed && m_items.empty();
    }

private:
    std::optional<Item> front()
    {
        if (m_items.empty())
            return std::nullopt;
        std::optional<Item> item(std::move(m_items.front()));
        m_items.pop_front();
        return item;
    }

    mutable std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::deque<Item> m_items;
    bool m_closed = false;
};

} // namespace postaci
