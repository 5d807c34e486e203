// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/net/keepalive.h"

#include <chrono>

namespace postaci {

/// When connections are made, looked after and given up. The defaults are the program's; tests make them short.
struct LinkTimes {
    using milliseconds = std::chrono::milliseconds;

    /// Between two looks through the folders of an account that looks by itself (Account::pollMinutes 0) …
    milliseconds poll = std::chrono::minutes(5);
    /// … and at those where nothing happens, only each so many times, unless the server tells about all at once.
    int quietPolls = 6;
    milliseconds minute = std::chrono::minutes(1); ///< What Account::pollMinutes counts.

    /// IDLE begins anew after this. RFC 2177 allows 29 minutes; many routers forget a silent connection after five, and
    /// where the system cannot tell (see `probes`) this is how a dead one is found.
    milliseconds idle = std::chrono::minutes(4);
    /// What finds a dead connection that nobody uses: within a minute in all.
    KeepAlive probes;
    /// Unused for this long, a connection has to show that it is still there before anything is trusted to it …
    milliseconds rest = std::chrono::minutes(1);
    milliseconds proof = std::chrono::seconds(10); ///< … with an answer within this time.

    milliseconds firstRetry = std::chrono::seconds(1);
    milliseconds latestRetry = std::chrono::minutes(5); ///< Of a server that answers, but not with what we need.
    /// Of one that cannot be reached: nobody is burdened, and half a minute after it is back so are we.
    milliseconds latestUnreachable = std::chrono::seconds(25);
    int connectsInWindow = 10; ///< Of one account, whatever happens.
    milliseconds connectWindow = std::chrono::minutes(1);

    /// A server that allows one connection only is asked for a second one again after this.
    milliseconds alone = std::chrono::minutes(30);
};

} // namespace postaci
