// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/pop3plan.h"

#include "core/mime/headertext.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>

namespace postaci::pop3 {

namespace {

/// What servers add or change while a message waits in the maildrop.
bool isVolatile(const HeaderField &field)
{
    constexpr std::array names{"Status", "X-Status", "X-UID", "X-UIDL", "X-Keywords", "Content-Length"};
    return std::any_of(names.begin(), names.end(), [&field](const char *name) { return field.is(name); });
}

} // namespace

QByteArray fingerprint(const QByteArray &message, qint64 listedSize)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray::number(listedSize));
    HeaderReader reader(message);
    for (HeaderField field; reader.next(field);) {
        if (isVolatile(field))
            continue;
        hash.addData("\n");
        hash.addData(field.name);
        hash.addData(":");
        hash.addData(field.body.trimmed());
    }
    return hash.result();
}

Plan plan(const QList<Pop3Entry> &entries, const QHash<QByteArray, Pop3Seen> &seen)
{
    QHash<QByteArray, int> bearers;
    for (const Pop3Entry &entry : entries)
        ++bearers[entry.uid];

    Plan plan;
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry) {
        if (entry->uid.isEmpty() || bearers.value(entry->uid) > 1)
            plan.identify.append({.number = entry->number, .size = entry->size, .uid = {}});
        else if (!seen.contains(entry->uid))
            plan.fetch.append(*entry);
    }
    return plan;
}

bool isDue(const Pop3Seen &seen, const ServerCopies &policy, const QDateTime &now)
{
    if (seen.deletedHere && policy.deletedWithOurs)
        return true;
    return seen.rest == Pop3Seen::Rest::Here && policy.days >= 0 && seen.seenAt.isValid()
        && seen.seenAt.addDays(policy.days) <= now;
}

qsizetype keep(Tables &tables, AccountId account, const QList<Arrival> &arrivals, const QSet<QByteArray> &listed,
    const QDateTime &now)
{
    const FolderId inbox = local::folderFor(tables, account, FolderRole::Inbox);
    qsizetype count = 0;
    for (const Arrival &arrival : arrivals) {
        const QList<Pop3Seen> twins = tables.pop3.withFingerprint(account, arrival.fingerprint);
        const auto same = std::find_if(twins.cbegin(), twins.cend(), [&](const Pop3Seen &twin) {
            return arrival.uid.isEmpty() || arrival.uid == twin.uid || !listed.contains(twin.uid);
        });
        if (same == twins.cend()) {
            const bool isWhole = arrival.rest == Pop3Seen::Rest::Here;
            const MessageId message = isWhole ? local::insert(tables, inbox, arrival.message)
                                              : tables.messages.upsert(inbox, {arrival.message.header}).constFirst();
            tables.pop3.insert(account,
                {.uid = arrival.uid,
                    .fingerprint = arrival.fingerprint,
                    .message = message,
                    .seenAt = now,
                    .rest = arrival.rest});
            ++count;
            continue;
        }
        if (!arrival.uid.isEmpty() && arrival.uid != same->uid)
            tables.pop3.setUid(same->id, arrival.uid);
        if (arrival.rest == Pop3Seen::Rest::Here && same->rest != Pop3Seen::Rest::Here) {
            // Where nobody wants it any more, there is nothing to complete.
            (void)complete(tables, *same, arrival.message.raw, arrival.message.header.envelope.messageIdHeader);
        }
    }
    return count;
}

Result<void> complete(Tables &tables, const Pop3Seen &seen, const QByteArray &raw, const QByteArray &messageIdHeader)
{
    const std::optional<MessageHeader> header = tables.messages.header(seen.message);
    if (!header || header->envelope.messageIdHeader != messageIdHeader)
        return failure({.kind = ErrorKind::NotFound, .step = Step::FetchBody});
    tables.bodies.put(seen.message, raw);
    tables.pop3.setRest(seen.message, Pop3Seen::Rest::Here);
    return {};
}

} // namespace postaci::pop3
