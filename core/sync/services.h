// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/clock.h"
#include "core/net/tlspolicy.h"
#include "core/sync/linktimes.h"

#include <QString>

class QThreadPool;

namespace postaci {

class SecretStore;
class Store;
class TokenKeeper;

/// What every procedure of the engine works with; lives as long as the engine.
struct Services {
    Store &store;
    SecretStore &secrets;
    TokenKeeper &tokens;
    QThreadPool &pool; ///< Pure work on big bytes.
    Clock clock;
    TlsPolicy tls;
    QString profile;
    bool keepConnected = true;
    LinkTimes times;
};

} // namespace postaci
