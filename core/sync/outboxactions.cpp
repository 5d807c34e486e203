// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/outboxactions.h"

#include "core/sync/messageactions.h"

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

bool copyWanted(const Tables &tables, const OutboxItem &item)
{
    const QList<PendingOp> ops = tables.pendingOps.all(item.account);
    return std::any_of(ops.cbegin(), ops.cend(),
        [&item](const PendingOp &op) { return op.kind == PendingOp::Kind::Append && op.outbox == item.id; });
}

bool hasAccepted(const OutboxItem &item)
{
    return std::any_of(item.recipients.cbegin(), item.recipients.cend(),
        [](const Recipient &recipient) { return recipient.state == RecipientState::Accepted; });
}

/// Whether the same mail may be taken later: everything but a lasting refusal (RFC 5321 4.2.1) and our own.
bool mayWorkLater(const MailError &error)
{
    if (error.replyCode != 0)
        return error.replyCode < 500;
    switch (error.kind) {
    case ErrorKind::InvalidInput:
    case ErrorKind::MessageTooLarge:
    case ErrorKind::SenderRefused:
    case ErrorKind::RecipientRefused:
    case ErrorKind::Refused:
        return false;
    default:
        return true;
    }
}

/// Sent rows live until their copy is filed.
void save(Tables &tables, const OutboxItem &item)
{
    if (item.state == OutboxState::Sent && !copyWanted(tables, item))
        tables.outbox.remove(item.id);
    else
        tables.outbox.update(item);
}

Result<void> markOriginal(Tables &tables, const OutboxItem &item, const QDateTime &now)
{
    if (!item.original)
        return {};
    const auto marked
        = changeFlags(tables, {item.original}, item.originalForwarded ? Flag::Forwarded : Flag::Answered, {}, now);
    return marked ? Result<void>() : failure(marked.error());
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
    item->state = OutboxState::Sent;
    item->recipients.removeIf([](const Recipient &recipient) { return recipient.state != RecipientState::Accepted; });
    save(tables, *item);
    return item;
}

Result<OutboxItem> beginSending(Tables &tables, OutboxId id)
{
    std::optional<OutboxItem> item = tables.outbox.find(id);
    if (!item || item->state != OutboxState::Queued)
        return failure({.kind = ErrorKind::NotFound, .step = Step::WriteStore});
    item->state = OutboxState::Sending;
    ++item->attempts;
    tables.outbox.update(*item);
    return *item;
}

QStringList pendingRecipients(const OutboxItem &item)
{
    QStringList addresses;
    for (const Recipient &recipient : item.recipients) {
        if (recipient.state == RecipientState::Pending)
            addresses.append(recipient.address);
    }
    return addresses;
}

OutboxItem afterAttempt(OutboxItem item, const Result<SubmissionResult> &attempt, const QDateTime &now)
{
    if (!attempt) {
        const MailError &error = attempt.error();
        item.lastError = error;
        if (error.step == Step::EndOfContent) {
            item.state = OutboxState::Unknown;
        } else if (mayWorkLater(error)) {
            item.state = OutboxState::Queued;
            item.nextTry = now.addDuration(outboxDelay(item.attempts, error.replyCode == 0));
        } else {
            item.state = OutboxState::Failed;
        }
        return item;
    }

    bool laterForSome = false;
    bool refusedForSome = false;
    item.lastError = {};
    for (Recipient &recipient : item.recipients) {
        const auto verdict = std::find_if(attempt->recipients.cbegin(), attempt->recipients.cend(),
            [&recipient](const SubmissionResult::PerRecipient &r) { return r.address == recipient.address; });
        if (recipient.state == RecipientState::Pending && verdict != attempt->recipients.cend()) {
            if (verdict->accepted && attempt->delivered) {
                recipient = {.address = recipient.address, .state = RecipientState::Accepted};
            } else if (!verdict->accepted) {
                recipient.error = verdict->error;
                if (!mayWorkLater(verdict->error))
                    recipient.state = RecipientState::Refused;
            }
        }
        if (recipient.state == RecipientState::Accepted)
            continue;
        laterForSome |= recipient.state == RecipientState::Pending;
        refusedForSome |= recipient.state == RecipientState::Refused;
        if (item.lastError == MailError())
            item.lastError = recipient.error;
    }
    if (laterForSome) {
        item.state = OutboxState::Queued;
        item.nextTry = now.addDuration(outboxDelay(item.attempts, false));
    } else {
        item.state = refusedForSome ? OutboxState::Failed : OutboxState::Sent;
    }
    return item;
}

Result<bool> recordAttempt(Tables &tables, const Account &account, const OutboxItem &item, const QDateTime &now,
    const std::optional<local::Message> &sentCopy)
{
    const std::optional<OutboxItem> before = tables.outbox.find(item.id);
    if (!before)
        return failure({.kind = ErrorKind::NotFound, .step = Step::WriteStore});
    const bool firstDelivery = hasAccepted(item) && !hasAccepted(*before);
    if (firstDelivery) {
        if (account.isLocal()) {
            if (sentCopy)
                local::insert(tables, local::folderFor(tables, account.id, FolderRole::Sent), *sentCopy);
        } else if (!account.serverFilesSent) {
            tables.pendingOps.insert({.account = item.account,
                .kind = PendingOp::Kind::Append,
                .outbox = item.id,
                .messageIdHeader = item.messageIdHeader,
                .createdAt = now});
        }
        if (const auto marked = markOriginal(tables, item, now); !marked)
            return failure(marked.error());
    }
    save(tables, item);
    return firstDelivery;
}

Result<OutboxItem> recordFoundInSent(Tables &tables, const Account &account, OutboxId id, const QDateTime &now)
{
    std::optional<OutboxItem> item = tables.outbox.find(id);
    if (!item || item->state != OutboxState::Unknown || item->account != account.id)
        return failure({.kind = ErrorKind::NotFound, .step = Step::WriteStore});
    for (Recipient &recipient : item->recipients) {
        if (recipient.state == RecipientState::Pending)
            recipient = {.address = recipient.address, .state = RecipientState::Accepted};
    }
    const bool refusedForSome = std::any_of(item->recipients.cbegin(), item->recipients.cend(),
        [](const Recipient &recipient) { return recipient.state == RecipientState::Refused; });
    item->state = refusedForSome ? OutboxState::Failed : OutboxState::Sent;
    if (const auto marked = markOriginal(tables, *item, now); !marked)
        return failure(marked.error());
    save(tables, *item);
    return *item;
}

QList<OutboxItem> sendingIsUnknown(Tables &tables, AccountId account)
{
    QList<OutboxItem> changed;
    const QList<OutboxItem> items = tables.outbox.all();
    for (OutboxItem item : items) {
        if (item.account != account || item.state != OutboxState::Sending)
            continue;
        item.state = OutboxState::Unknown;
        item.lastError = {.kind = ErrorKind::ConnectionLost, .step = Step::EndOfContent};
        tables.outbox.update(item);
        changed.append(item);
    }
    return changed;
}

std::chrono::milliseconds outboxDelay(int attempts, bool connectionFailed)
{
    using namespace std::chrono_literals;
    const std::chrono::milliseconds first = connectionFailed ? 2s : 60s;
    const std::chrono::milliseconds most = connectionFailed ? 5min : 60min;
    std::chrono::milliseconds delay = first;
    for (int i = 1; i < attempts && delay < most; ++i)
        delay *= 2;
    return std::min(delay, most);
}

} // namespace postaci::actions
