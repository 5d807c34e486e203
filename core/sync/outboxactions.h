// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/mail/outboxitem.h"
#include "core/smtp/smtpsession.h"
#include "core/store/tables.h"
#include "core/sync/localmail.h"

#include <QDateTime>

#include <optional>

/// Changes of outbox rows. Those that take Tables are meant for one transaction.
namespace postaci::actions {

/// Queued again for whoever has not got it: those who accepted it never get it twice. Also the user's word that an
/// Unknown one did not arrive.
Result<OutboxItem> retryOutbox(Tables &tables, OutboxId id, const QDateTime &now);
/// Not while it is being sent. The row stays until a copy for Sent that is still wanted has been filed.
Result<OutboxItem> removeOutbox(Tables &tables, OutboxId id);

/// Takes an item that is due: state Sending, from here on its fate is open. NotFound when it is not Queued any more.
Result<OutboxItem> beginSending(Tables &tables, OutboxId id);
/// Whoever has not got the mail and was not refused for good.
QStringList pendingRecipients(const OutboxItem &item);
/// What an attempt did to an item. Unknown only when the connection was lost after the final dot.
OutboxItem afterAttempt(OutboxItem item, const Result<SubmissionResult> &attempt, const QDateTime &now);
/// Saves that; when somebody got the mail for the first time, also what follows from it: the copy for Sent and the mark
/// on the original. Returns whether the latter was so. An account whose folders are here only gets `sentCopy`; any
/// other a pending operation.
Result<bool> recordAttempt(Tables &tables, const Account &account, const OutboxItem &item, const QDateTime &now,
    const std::optional<local::Message> &sentCopy = {});
/// The server has the mail in Sent, so an Unknown one did arrive.
Result<OutboxItem> recordFoundInSent(Tables &tables, const Account &account, OutboxId id, const QDateTime &now);
/// Found at start: nobody saw how it ended.
QList<OutboxItem> sendingIsUnknown(Tables &tables, AccountId account);

/// Until the next try: minutes to an hour where the server said "later", seconds to minutes where there was none.
std::chrono::milliseconds outboxDelay(int attempts, bool connectionFailed);

} // namespace postaci::actions
