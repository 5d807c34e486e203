// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/outboxitem.h"
#include "core/store/tables.h"

#include <QDateTime>

/// Changes of outbox rows, each inside one transaction.
namespace postaci::actions {

/// Queued again for whoever has not got it: those who accepted it never get it twice. Also the user's word that an
/// Unknown one did not arrive.
Result<OutboxItem> retryOutbox(Tables &tables, OutboxId id, const QDateTime &now);
/// Not while it is being sent. The row stays until a copy for Sent that is still wanted has been filed.
Result<OutboxItem> removeOutbox(Tables &tables, OutboxId id);

} // namespace postaci::actions
