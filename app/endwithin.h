// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>

namespace postaci {

/// Ends the process with `code` if it is still there after `limit`. For the very end of main(), when everything of ours
/// has been closed: the application object waits for Qt's resolver threads, and a silent name server holds those for
/// half a minute.
void endWithin(std::chrono::milliseconds limit, int code);

} // namespace postaci
