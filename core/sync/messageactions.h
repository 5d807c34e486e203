// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/flags.h"
#include "core/mail/ids.h"
#include "core/store/tables.h"

#include <QDateTime>
#include <QList>
#include <QSet>

/// The local halves of what a user does to messages, each run inside one transaction with the row that asks for its
/// remote half (docs/decisions/0005-pending-operations.md). Where the account's folders are here only there is no
/// remote half.
namespace postaci::actions {

/// The accounts that now have something to tell their server.
using Touched = QSet<AccountId>;

/// Only what really changes is recorded, so that undoing it puts back exactly what was there; what the folder does not
/// keep is left out.
Result<Touched> changeFlags(
    Tables &tables, const QList<MessageId> &messages, Flags add, Flags remove, const QDateTime &now);
/// Within one account, or between two whose folders are here only. A move back of a move that the server has not heard
/// of takes both away. From or to a folder that can only be read: ReadOnly.
Result<Touched> move(Tables &tables, const QList<MessageId> &messages, FolderId to, const QDateTime &now);
/// To Trash; for good when already there or when there is no Trash. A maildrop loses what is deleted for good at the
/// next look into it, where the account's ServerCopies say so.
Result<Touched> remove(Tables &tables, const QList<MessageId> &messages, const QDateTime &now);

/// Messages that have been seen whole in another place. Not a deletion: no Trash, and a maildrop keeps what it has.
Result<Touched> removeMoved(Tables &tables, const QList<MessageId> &messages, const QDateTime &now);

/// Takes back the local half of an operation that will not happen, and of the later ones of the same message that
/// built on it; removes their rows, and returns them. A Put whose original is gone stays, as Failed: there may be no
/// other copy.
QList<PendingOp> undo(Tables &tables, const PendingOp &op);

} // namespace postaci::actions
