// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtTypes>

#include <ctime>

namespace postaci {

/// What a limit on work is measured with: this program's processor time, since a busy machine lets everybody wait. A
/// sanitizer's part of it is taken off.
class ProcessorTime {
public:
    void start() { m_start = std::clock(); }

    /// Milliseconds since start().
    qint64 elapsed() const { return qint64(std::clock() - m_start) * 1000 / CLOCKS_PER_SEC / slowness; }

private:
#ifdef __SANITIZE_ADDRESS__
    static constexpr qint64 slowness = 4;
#else
    static constexpr qint64 slowness = 1;
#endif
    std::clock_t m_start = std::clock();
};

} // namespace postaci
