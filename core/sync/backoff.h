// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

namespace postaci {

/// How long to wait before the next try after a failure: doubles from `first` to `most`, each time shortened by up to a
/// quarter at random, so that a server that comes back is not met by all its clients at once.
class Backoff {
public:
    explicit Backoff(std::chrono::milliseconds first = std::chrono::seconds(1),
        std::chrono::milliseconds most = std::chrono::minutes(5));

    std::chrono::milliseconds next() { return next(m_most); }
    /// The same where the reason allows to try more often: a limit of its own, up to which it also counts only.
    std::chrono::milliseconds next(std::chrono::milliseconds most);
    void reset() { m_failures = 0; }

private:
    std::chrono::milliseconds m_first;
    std::chrono::milliseconds m_most;
    int m_failures = 0;
};

} // namespace postaci
