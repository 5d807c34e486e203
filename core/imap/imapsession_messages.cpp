// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/responseframer.h"
#include "core/imap/gate/rewrite.h"
#include "core/imap/imapflags.h"
#include "core/imap/imapsessionprivate.h"
#include "core/imap/imapstatus.h"
#include "core/imap/uidset.h"

#include <KIMAP/AppendJob>
#include <KIMAP/CopyJob>
#include <KIMAP/ExpungeJob>
#include <KIMAP/FetchJob>
#include <KIMAP/MoveJob>
#include <KIMAP/SearchJob>
#include <KIMAP/StoreJob>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr qsizetype longestSet = 4000; ///< Bytes; many servers take command lines of 8 kB only.
constexpr qsizetype headerBatch = 200;
static_assert(ImapSession::largestMessage == ResponseFramer::Limits().body);
constexpr qsizetype longestHeader = qsizetype(1024) * 1024;

KIMAP::ImapSet kimapSet(const QList<UidRange> &ranges)
{
    KIMAP::ImapSet set;
    for (const UidRange range : ranges)
        set.add(KIMAP::ImapInterval(range.first, range.last));
    return set;
}

QList<KIMAP::ImapSet> kimapSets(const QList<quint32> &uids)
{
    QList<KIMAP::ImapSet> sets;
    for (const QList<UidRange> &group : splitBySize(rangesOf(uids), longestSet))
        sets.append(kimapSet(group));
    return sets;
}

/// A header block as FetchedHeader promises it, however the server cut it.
QByteArray endedHeader(QByteArray header)
{
    if (header.size() > longestHeader) {
        header.truncate(longestHeader);
        header.truncate(header.lastIndexOf('\n') + 1);
    }
    if (!header.endsWith("\r\n"))
        header += "\r\n";
    if (!header.endsWith("\r\n\r\n"))
        header += "\r\n";
    return header;
}

/// COPYUID is in the verdict of COPY, and in an untagged OK before that of MOVE (RFC 6851 4.3).
std::optional<CopiedUids> copiedBy(const GateReply &reply)
{
    std::optional<CopiedUids> copied = copiedUids(reply.verdict);
    for (const ImapResponse &notice : reply.notices) {
        if (!copied)
            copied = copiedUids(notice);
    }
    return copied;
}

/// Adds what one of several commands copied; what one of them did not tell is not known of the whole.
void join(std::optional<CopiedUids> &all, const std::optional<CopiedUids> &part, bool first)
{
    if (first) {
        all = part;
    } else if (all && part && all->uidValidity == part->uidValidity) {
        all->source += part->source;
        all->destination += part->destination;
    } else {
        all.reset();
    }
}

} // namespace

QList<FetchedFlags> newestOf(QList<FetchedFlags> flags)
{
    const auto inOrder = [](const FetchedFlags &a, const FetchedFlags &b) { return a.uid >= b.uid; };
    if (std::ranges::adjacent_find(flags, inOrder) == flags.end())
        return flags;
    std::ranges::stable_sort(flags, {}, &FetchedFlags::uid);
    QList<FetchedFlags> newest;
    newest.reserve(flags.size());
    for (const FetchedFlags &message : std::as_const(flags)) {
        if (!newest.isEmpty() && newest.last().uid == message.uid)
            newest.last() = message;
        else
            newest.append(message);
    }
    return newest;
}

const QList<QByteArray> &ImapSession::headerFields()
{
    static const QList<QByteArray> fields{"DATE", "SUBJECT", "FROM", "REPLY-TO", "TO", "CC", "BCC", "MESSAGE-ID",
        "IN-REPLY-TO", "REFERENCES", "CONTENT-TYPE"};
    return fields;
}

// Reading

QCoro::Task<Result<QList<quint32>>> ImapSession::searchAllUids()
{
    QList<quint32> uids;
    if (d->can("ESEARCH")) { // RFC 4731: ranges, so that a million UIDs are a short line
        KIMAP::SearchJob job(d->kimap.session());
        job.setUidBased(true);
        auto reply = co_await d->kimap.run(&job, Step::FetchHeaders, {.replacement = "UID SEARCH RETURN (ALL) ALL"});
        if (!reply)
            co_return failure(reply.error());
        uids = std::move(reply->found);
    } else { // not SEARCH: its answer is one line, as long as the folder is large
        KIMAP::FetchJob job(d->kimap.session());
        job.setSequenceSet(KIMAP::ImapSet(1, 0));
        const auto add = [&uids](const FetchData &data) {
            if (data.uid)
                uids.append(data.uid);
            return data.uid != 0;
        };
        GateCommand fetch{.replacement = "UID FETCH 1:* (UID)", .fetched = add};
        if (const auto fetched = co_await d->kimap.perform(&job, Step::FetchHeaders, std::move(fetch)); !fetched)
            co_return failure(fetched.error());
    }
    std::sort(uids.begin(), uids.end());
    uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
    co_return uids;
}

QCoro::Task<Result<QList<quint32>>> ImapSession::searchMessageId(QByteArray messageIdHeader)
{
    const bool plain = std::all_of(
        messageIdHeader.begin(), messageIdHeader.end(), [](char c) { return uchar(c) > 0x20 && uchar(c) < 0x7f; });
    if (messageIdHeader.isEmpty() || !plain)
        co_return failure({.kind = ErrorKind::InvalidInput, .step = Step::FetchHeaders});
    const QByteArray value = quoted('<' + messageIdHeader + '>');
    KIMAP::SearchJob job(d->kimap.session());
    job.setUidBased(true);
    // KIMAP adds the quotes, but no backslashes.
    job.setTerm(KIMAP::Term(u"Message-ID"_s, QString::fromLatin1(value.sliced(1, value.size() - 2))));
    auto reply = co_await d->kimap.run(&job, Step::FetchHeaders);
    if (!reply)
        co_return failure(reply.error());
    co_return std::move(reply->found);
}

QCoro::Task<Result<void>> ImapSession::fetchHeaders(
    QList<UidRange> uids, std::function<void(QList<FetchedHeader>)> sink)
{
    const QByteArray items
        = " (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (" + headerFields().join(' ') + ")])";
    QList<FetchedHeader> batch;
    for (const QList<UidRange> &group : splitBySize(uids, longestSet)) {
        const auto add = [&](FetchData data) {
            if (!data.header || !contains(group, data.uid)) // "700:*" always includes the last message
                return data.header.has_value();
            batch.append({.uid = data.uid,
                .flags = data.flags.value_or(Flags()),
                .received = data.internalDate,
                .size = qMax(qint64(0), data.size),
                .header = endedHeader(std::move(*data.header))});
            if (batch.size() >= headerBatch)
                sink(std::exchange(batch, {}));
            return true;
        };
        const KIMAP::ImapSet set = kimapSet(group);
        KIMAP::FetchJob job(d->kimap.session());
        job.setUidBased(true);
        job.setSequenceSet(set);
        GateCommand fetch{.replacement = "UID FETCH " + set.toImapSequenceSet() + items, .fetched = add};
        const auto fetched = co_await d->kimap.perform(&job, Step::FetchHeaders, std::move(fetch));
        if (!batch.isEmpty())
            sink(std::exchange(batch, {}));
        if (!fetched)
            co_return failure(fetched.error());
    }
    co_return Result<void>();
}

QCoro::Task<Result<QList<FetchedFlags>>> ImapSession::fetchFlags(QList<UidRange> uids, quint64 changedSince)
{
    QList<FetchedFlags> flags;
    for (const QList<UidRange> &group : splitBySize(uids, longestSet)) {
        const auto add = [&](const FetchData &data) {
            if (data.flags && contains(group, data.uid))
                flags.append({.uid = data.uid, .flags = *data.flags});
            return data.uid != 0;
        };
        KIMAP::FetchJob job(d->kimap.session());
        job.setUidBased(true);
        job.setSequenceSet(kimapSet(group));
        KIMAP::FetchJob::FetchScope scope;
        scope.mode = KIMAP::FetchJob::FetchScope::Flags;
        scope.changedSince = d->keepsModSeqs() ? changedSince : 0;
        job.setScope(scope);
        if (const auto fetched = co_await d->kimap.perform(&job, Step::FetchHeaders, {.fetched = add}); !fetched)
            co_return failure(fetched.error());
    }
    co_return newestOf(std::move(flags));
}

QCoro::Task<Result<QByteArray>> ImapSession::fetchMessage(quint32 uid)
{
    QByteArray former;
    while (true) {
        std::optional<QByteArray> body;
        qint64 size = 0;
        const auto take = [&](FetchData data) {
            if (data.uid != uid || !data.body)
                return false;
            body = std::move(data.body);
            size = data.size;
            return true;
        };
        KIMAP::FetchJob job(d->kimap.session());
        job.setUidBased(true);
        job.setSequenceSet(KIMAP::ImapSet(uid, uid));
        KIMAP::FetchJob::FetchScope scope;
        scope.mode = KIMAP::FetchJob::FetchScope::Full;
        job.setScope(scope);
        if (const auto fetched = co_await d->kimap.perform(&job, Step::FetchBody, {.fetched = take}); !fetched)
            co_return failure(fetched.error());
        if (!body)
            co_return failure({.kind = ErrorKind::NotFound, .step = Step::FetchBody});
        // Shorter than announced may be a part that a server's own cache cut off. The same twice is all there is: that
        // server only estimates sizes (Exchange).
        d->sizesAreEstimates |= *body == former;
        if (body->size() >= size || d->sizesAreEstimates)
            co_return std::move(*body);
        if (!former.isEmpty())
            co_return failure({.kind = ErrorKind::TryLater, .step = Step::FetchBody});
        former = std::move(*body);
    }
}

QCoro::Task<Result<void>> ImapSession::fetchMessages(
    QList<quint32> uids, std::function<void(quint32 uid, QByteArray message)> sink)
{
    for (const QList<UidRange> &group : splitBySize(rangesOf(uids), longestSet)) {
        const auto take = [&](FetchData data) {
            if (!data.body || !contains(group, data.uid))
                return false;
            if (data.body->size() >= data.size || d->sizesAreEstimates)
                sink(data.uid, std::move(*data.body));
            return true;
        };
        const KIMAP::ImapSet set = kimapSet(group);
        KIMAP::FetchJob job(d->kimap.session());
        job.setUidBased(true);
        job.setSequenceSet(set);
        GateCommand fetch{
            .replacement = "UID FETCH " + set.toImapSequenceSet() + " (UID RFC822.SIZE BODY.PEEK[])", .fetched = take};
        if (const auto fetched = co_await d->kimap.perform(&job, Step::FetchBody, std::move(fetch)); !fetched)
            co_return failure(fetched.error());
    }
    co_return Result<void>();
}

// Changing

QCoro::Task<Result<void>> ImapSession::changeFlags(QList<quint32> uids, Flags add, Flags remove)
{
    for (const KIMAP::ImapSet &set : kimapSets(uids)) {
        for (const auto &[mode, flags] :
            {std::pair(KIMAP::StoreJob::AppendFlags, add), std::pair(KIMAP::StoreJob::RemoveFlags, remove)}) {
            if (!flags)
                continue;
            KIMAP::StoreJob job(d->kimap.session());
            job.setUidBased(true);
            job.setSequenceSet(set);
            job.setMode(mode);
            job.setFlags(flagNames(flags));
            if (const auto stored = co_await d->kimap.perform(&job, Step::ChangeFlags); !stored)
                co_return failure(stored.error());
        }
    }
    co_return Result<void>();
}

/// COPY and MOVE, whose jobs are alike but not related.
template <class Job>
QCoro::Task<Result<std::optional<CopiedUids>>> ImapSession::transfer(QList<quint32> uids, QString toPath)
{
    const auto mailbox = mailboxFor(toPath, Step::MoveMessages);
    if (!mailbox)
        co_return failure(mailbox.error());
    std::optional<CopiedUids> all;
    bool first = true;
    for (const KIMAP::ImapSet &set : kimapSets(uids)) {
        Job job(d->kimap.session());
        job.setUidBased(true);
        job.setSequenceSet(set);
        job.setMailBox(*mailbox);
        const auto reply = co_await d->kimap.run(&job, Step::MoveMessages);
        if (!reply)
            co_return failure(reply.error());
        join(all, copiedBy(*reply), std::exchange(first, false));
    }
    co_return all;
}

QCoro::Task<Result<std::optional<CopiedUids>>> ImapSession::copy(QList<quint32> uids, QString toPath)
{
    return transfer<KIMAP::CopyJob>(std::move(uids), std::move(toPath));
}

QCoro::Task<Result<std::optional<CopiedUids>>> ImapSession::move(QList<quint32> uids, QString toPath)
{
    if (d->can("MOVE"))
        co_return co_await transfer<KIMAP::MoveJob>(std::move(uids), std::move(toPath));
    auto copied = co_await copy(uids, std::move(toPath));
    if (!copied)
        co_return failure(copied.error());
    if (const auto expunged = co_await expunge(std::move(uids)); !expunged)
        co_return failure(expunged.error());
    co_return std::move(*copied);
}

QCoro::Task<Result<void>> ImapSession::expunge(QList<quint32> uids)
{
    if (const auto marked = co_await changeFlags(uids, Flag::Deleted, {}); !marked)
        co_return failure(marked.error());
    if (!d->can("UIDPLUS"))
        co_return Result<void>();
    for (const KIMAP::ImapSet &set : kimapSets(uids)) {
        // A bare EXPUNGE would also remove what others, or the user elsewhere, have only marked.
        KIMAP::ExpungeJob job(d->kimap.session());
        GateCommand uidExpunge{.replacement = "UID EXPUNGE " + set.toImapSequenceSet()};
        if (const auto expunged = co_await d->kimap.perform(&job, Step::DeleteMessages, std::move(uidExpunge));
            !expunged)
            co_return failure(expunged.error());
    }
    co_return Result<void>();
}

QCoro::Task<Result<std::optional<quint32>>> ImapSession::append(
    QString path, QByteArray message, Flags flags, QDateTime received)
{
    const auto mailbox = mailboxFor(path, Step::Append);
    if (!mailbox)
        co_return failure(mailbox.error());
    if (message.isEmpty() || message.contains('\0')) // RFC 9051 4.3: no NUL in a literal
        co_return failure({.kind = ErrorKind::InvalidInput, .step = Step::Append});
    KIMAP::AppendJob job(d->kimap.session());
    job.setMailBox(*mailbox);
    job.setFlags(flagNames(flags));
    if (received.isValid())
        job.setInternalDate(received.toUTC());
    job.setContent("ticket");
    const auto reply = co_await d->kimap.run(&job, Step::Append, {.message = std::move(message)});
    if (!reply)
        co_return failure(reply.error());
    co_return appendedUid(reply->verdict);
}

} // namespace postaci
