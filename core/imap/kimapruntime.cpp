// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/kimapruntime.h"

#include <KIMAP/LogoutJob>

#include <QCoreApplication>

#include <mutex>

namespace postaci {

void prepareKimap()
{
    static std::once_flag once;
    std::call_once(once, [] {
        // Every KJob holds a QEventLoopLocker; the end of a login would otherwise end a program without a window.
        QCoreApplication::setQuitLockEnabled(false);
        // A job's name is translated, and KI18n then makes, on the thread of its first use, objects that belong to the
        // application and listen to it. Later uses may come from any thread.
        const KIMAP::LogoutJob nowhere(nullptr);
    });
}

} // namespace postaci
