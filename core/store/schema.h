// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/store/connection.h"

#include <QHash>
#include <QString>

namespace postaci {

/// Brings both database files to the newest schema: one exclusive transaction for each numbered file of migrations/.
/// `user_version` is the number of the last one. A file that a newer program (StorageNewer) or another program
/// (Storage) has written is left as it is, and so is one with damage in what no server can give back (Storage).
/// Database failures are thrown as SQLite::Exception.
///
/// Before a file of an earlier version is changed, it is copied: mail-version-5.sqlite beside it, for a month. One copy
/// of each file is kept, the last one.
///
/// Files of up to `checkedWhole` bytes are looked through entirely; of larger ones what no server can give back.
[[nodiscard]] Result<void> prepareSchema(Connection &connection);

/// 30 ms of a start.
constexpr qint64 checkedWhole = qint64(8) * 1024 * 1024;

/// The same for new files, which need no check.
void makeSchema(Connection &connection);

/// How many columns each table of `schema` ("mail" or "main") had when it was first made: rows of that time have no
/// more.
QHash<QString, qsizetype> firstColumnCounts(const char *schema);

/// Whether a file with this `application_id` is the program's.
bool isOwnFile(qint64 id);

} // namespace postaci
