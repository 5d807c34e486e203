// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/providerdirectory.h"

#include <QString>

namespace postaci {

/// What the user should know about a provider before the password is used.
struct ProviderNote {
    QString text; ///< Empty: nothing.
    QString details;
    bool blocks = false; ///< No password will work there.
};

ProviderNote providerNote(const Provider &provider);

} // namespace postaci
