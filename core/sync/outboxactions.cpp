// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/outboxactions.h"

#include <algorithm>

namespace postaci::actions {

namespace {

Result<OutboxItem> findUnsent(const Tables &tables, OutboxId id)
{
    const std::optional<OutboxItem> item = tables.outbox.find(id);
    if (!item || item->state == OutboxState::Sent)
        return failure({.kind = ErrorKind::NotFound, .step = Step::WriteStore});
    if (item->state == OutboxState::Sending)
        return failure({.kind = ErrorKind::InUse, .step = Step::WriteStore, .subject = item->subject});
    return *item;
}

} // namespace

Result<OutboxItem> retryOutbox(Tables &tables, OutboxId id, const QDateTime &now)
{
    Result<OutboxItem> item = findUnsent(tables, id);
    if (!item)
        return item;
    item->state = OutboxState::Queued;
    item->nextTry = now;
    for (Recipient &recipient : item->recipients) {
        if (recipient.state == RecipientState::Refused)
            recipient = {.address = recipient.address};
    }
    tables.outbox.update(*item);
    return item;
}

Result<OutboxItem> removeOutbox(Tables &tables, OutboxId id)
{
    Result<OutboxItem> item = findUnsent(tables, id);
    if (!item)
        return item;
    const QList<PendingOp> ops = tables.pendingOps.all(item->account);
    const bool copyWanted = std::any_of(ops.cbegin(), ops.cend(),
        [id](const PendingOp &op) { return op.kind == PendingOp::Kind::Append && op.outbox == id; });
    if (copyWanted) {
        item->state = OutboxState::Sent;
        item->recipients.removeIf([](const Recipient &r) { return r.state != RecipientState::Accepted; });
        tables.outbox.update(*item);
    } else {
        tables.outbox.remove(id);
    }
    return item;
}

} // namespace postaci::actions
