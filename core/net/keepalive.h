// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

namespace postaci {

/// When the system itself asks the other side of a silent connection whether it is still there (RFC 9293 3.8.4), and
/// ends a connection that does not answer: after idle + interval * probes.
struct KeepAlive {
    std::chrono::seconds idle{30};
    std::chrono::seconds interval{5};
    int probes = 3;
};

} // namespace postaci
