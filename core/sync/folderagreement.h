// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/imap/imaptypes.h"
#include "core/mail/folder.h"
#include "core/store/tables.h"

namespace postaci {

/// How far the store agrees with what a server says about a folder that is not open.
enum class FolderAgreement {
    Unknown, ///< It differs, or there is not enough to tell.
    Counts, ///< The same messages, and as many unread; what else may have been flagged nobody knows.
    Complete, ///< The server counts every change (RFC 7162), and there was none.
};

/// Reads the store: in a transaction.
FolderAgreement compare(const Tables &tables, const Folder &folder, const FolderStatus &status);

} // namespace postaci
