// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/endwithin.h"

#include <cstdio>
#include <cstdlib>
#include <thread>

namespace postaci {

void endWithin(std::chrono::milliseconds limit, int code)
{
    std::thread([limit, code] {
        std::this_thread::sleep_for(limit);
        std::fflush(nullptr);
        std::_Exit(code);
    }).detach();
}

} // namespace postaci
