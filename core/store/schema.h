// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/store/connection.h"

namespace postaci {

/// Brings both database files to the newest schema: one exclusive transaction for each numbered file of migrations/.
/// `user_version` is the number of the last one. A file that a newer program (StorageNewer) or another program
/// (Storage) has written is left as it is, and so is one with damage in what no server can give back (Storage).
/// Database failures are thrown as SQLite::Exception.
[[nodiscard]] Result<void> prepareSchema(Connection &connection);

} // namespace postaci
