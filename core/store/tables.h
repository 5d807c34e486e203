// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/store/accounttable.h"
#include "core/store/bodytable.h"
#include "core/store/drafttable.h"
#include "core/store/foldertable.h"
#include "core/store/messagetable.h"
#include "core/store/outboxtable.h"
#include "core/store/pendingoptable.h"
#include "core/store/pop3table.h"
#include "core/store/searchindex.h"
#include "core/store/undotable.h"

namespace postaci {

/// All tables on one connection. Inside Store::read() it is const: queries only.
struct Tables {
    AccountTable accounts;
    FolderTable folders;
    MessageTable messages;
    BodyTable bodies;
    SearchIndex search;
    DraftTable drafts;
    OutboxTable outbox;
    PendingOpTable pendingOps;
    PendingOpTable refusedOps; ///< Those that a server said no to, until the user has seen them.
    UndoTable undo;
    Pop3Table pop3;
};

} // namespace postaci
