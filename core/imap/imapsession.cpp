// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/imapsession.h"

#include "core/imap/gate/responseframer.h"
#include "core/imap/gate/rewrite.h"
#include "core/imap/imapflags.h"
#include "core/imap/imapstatus.h"
#include "core/imap/kimapdriver.h"
#include "core/imap/mailboxname.h"
#include "core/imap/uidset.h"

#include <QCoro/QCoroSignal>

#include <KIMAP/AppendJob>
#include <KIMAP/CapabilitiesJob>
#include <KIMAP/CopyJob>
#include <KIMAP/CreateJob>
#include <KIMAP/DeleteJob>
#include <KIMAP/ExpungeJob>
#include <KIMAP/FetchJob>
#include <KIMAP/IdleJob>
#include <KIMAP/ListJob>
#include <KIMAP/LogoutJob>
#include <KIMAP/MoveJob>
#include <KIMAP/RenameJob>
#include <KIMAP/SearchJob>
#include <KIMAP/SelectJob>
#include <KIMAP/StoreJob>
#include <KIMAP/SubscribeJob>
#include <KIMAP/UnsubscribeJob>

#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QSet>
#include <QTimer>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

constexpr auto longestIdle = 28min; ///< Servers may hang up after 30 (RFC 2177).
constexpr auto shortestIdle = 30s; ///< A server that ends IDLE sooner than this by itself does not really do it.
constexpr auto pollInterval = 60s;
constexpr qsizetype longestSet = 4000; ///< Bytes; many servers take command lines of 8 kB only.
constexpr qsizetype headerBatch = 200;
static_assert(ImapSession::largestMessage == ResponseFramer::Limits().body);
constexpr qsizetype longestHeader = qsizetype(1024) * 1024;

/// How KIMAP is to call a mailbox; fails with InvalidInput for a name that cannot go into a command.
Result<QString> mailboxFor(const QString &path, Step step)
{
    const QByteArray name = encodeMailboxName(path);
    if (name.isEmpty() || !isQuotable(name))
        return failure({.kind = ErrorKind::InvalidInput, .step = step, .subject = path});
    return QString::fromLatin1(mailboxToken(name));
}

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

/// Each message once, ascending: of one that changes meanwhile the server tells twice, and the later is true.
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

quint32 uidOrZero(qint64 number)
{
    return number > 0 && number <= 0xffffffff ? quint32(number) : 0;
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

struct ImapSession::Private {
    explicit Private(TlsPolicy policy)
        : kimap(std::move(policy))
    {
    }

    KimapDriver kimap;
    ImapCapabilities capabilities;
    QString selected;
    quint32 selectedUidValidity = 0;
    bool sizesAreEstimates = false;
    KIMAP::IdleJob *idleJob = nullptr; ///< Under way, and not told to stop yet.
    bool idleStopRequested = false;
    bool idleChanged = false;
    bool idleIsUseless = false; ///< The server refuses IDLE, or ends it at once.

    /// CONDSTORE, which QRESYNC includes (RFC 7162).
    bool keepsModSeqs() const { return capabilities.has("CONDSTORE") || capabilities.has("QRESYNC"); }
    bool can(QByteArrayView capability) const { return capabilities.has(capability) || capabilities.has("IMAP4REV2"); }
};

ImapSession::ImapSession(TlsPolicy policy, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(policy)))
{
    connect(&d->kimap.gate().upstream(), &Upstream::stepPassed, this, &ImapSession::stepPassed);
    connect(&d->kimap.gate(), &Gate::doorbell, this, &ImapSession::onDoorbell);
}

ImapSession::~ImapSession()
{
    close();
}

const QList<QByteArray> &ImapSession::headerFields()
{
    static const QList<QByteArray> fields{"DATE", "SUBJECT", "FROM", "REPLY-TO", "TO", "CC", "BCC", "MESSAGE-ID",
        "IN-REPLY-TO", "REFERENCES", "CONTENT-TYPE"};
    return fields;
}

// Connection

void ImapSession::setPatience(std::chrono::milliseconds patience)
{
    d->kimap.gate().setPatience(patience);
}

void ImapSession::setConnectLimit(std::chrono::milliseconds limit)
{
    d->kimap.gate().upstream().setConnectLimit(limit);
}

QCoro::Task<Result<ImapCapabilities>> ImapSession::open(ServerSettings server, Credentials credentials)
{
    if (const auto opened = co_await d->kimap.open(std::move(server), std::move(credentials)); !opened)
        co_return failure(opened.error());
    d->capabilities = d->kimap.gate().upstream().capabilities();
    co_return ImapCapabilities(d->capabilities); // a copy: co_return moves from what it is given
}

QCoro::Task<void> ImapSession::logout()
{
    if (isOpen()) {
        KIMAP::LogoutJob job(d->kimap.session());
        // Whatever the answer: the connection ends here.
        (void)co_await d->kimap.perform(&job, Step::None, {.patience = 2s});
    }
    close();
}

void ImapSession::close()
{
    d->kimap.close();
    stopIdle();
}

bool ImapSession::isOpen() const
{
    return d->kimap.isOpen();
}

QString ImapSession::selectedPath() const
{
    return d->selected;
}

bool ImapSession::hasSelected(const QString &path, quint32 uidValidity) const
{
    return d->selected == path && d->selectedUidValidity == uidValidity;
}

ImapTraffic ImapSession::traffic() const
{
    return d->kimap.gate().traffic();
}

// Folders

QCoro::Task<Result<QList<RemoteFolder>>> ImapSession::listFolders()
{
    QList<RemoteFolder> folders;
    QSet<QString> seen;
    const auto add = [&](const QList<KIMAP::MailBoxDescriptor> &mailboxes, const QList<QList<QByteArray>> &attributes) {
        for (qsizetype i = 0; i < mailboxes.size(); ++i) {
            const auto name = mailboxOfToken(mailboxes.at(i).name.toLatin1());
            const QString path = name ? decodeMailboxName(*name) : QString();
            if (path.isEmpty() || seen.contains(path))
                continue;
            seen.insert(path);
            const QChar separator = mailboxes.at(i).separator;
            folders.append({.path = path,
                .separator = separator == QLatin1Char(noSeparator) ? QChar() : separator,
                .attributes = attributes.at(i)});
        }
    };

    KIMAP::ListJob job(d->kimap.session());
    job.setOption(KIMAP::ListJob::IncludeUnsubscribed);
    connect(&job, &KIMAP::ListJob::mailBoxesReceived, this, add);
    GateCommand command;
    if (d->capabilities.has("IMAP4REV2")
        || (d->capabilities.has("LIST-EXTENDED") && d->capabilities.has("SPECIAL-USE")))
        command.replacement = "LIST \"\" \"*\" RETURN (SUBSCRIBED SPECIAL-USE)"; // RFC 5258, RFC 6154
    if (const auto listed = co_await d->kimap.perform(&job, Step::ListFolders, std::move(command)); !listed)
        co_return failure(listed.error());
    co_return folders;
}

QCoro::Task<Result<SelectedFolder>> ImapSession::select(QString path, std::optional<KnownState> known)
{
    const auto mailbox = mailboxFor(path, Step::SelectFolder);
    if (!mailbox)
        co_return failure(mailbox.error());
    d->selected.clear(); // a failed SELECT leaves none selected (RFC 9051 6.3.2)
    KIMAP::SelectJob job(d->kimap.session());
    job.setMailBox(*mailbox);
    job.setCondstoreEnabled(d->keepsModSeqs());
    GateCommand command;
    MailboxChanges changes;
    const bool asksForChanges
        = known && known->uidValidity != 0 && known->highestModSeq != 0 && d->capabilities.has("QRESYNC");
    if (asksForChanges) {
        command.replacement = "SELECT " + quoted(mailbox->toLatin1()) + " (QRESYNC ("
            + QByteArray::number(known->uidValidity) + ' ' + QByteArray::number(known->highestModSeq) + "))";
        command.fetched = [&changes](const FetchData &data) {
            if (data.uid && data.flags)
                changes.flags.append({.uid = data.uid, .flags = *data.flags});
            return true;
        };
        command.closed = [&changes] { changes.flags.clear(); };
    }
    auto reply = co_await d->kimap.run(&job, Step::SelectFolder, std::move(command));
    if (!reply)
        co_return failure(reply.error());
    d->selected = path;

    SelectedFolder folder{.uidValidity = uidOrZero(job.uidValidity()),
        .uidNext = uidOrZero(job.nextUid()),
        .exists = quint32(qMax(0, job.messageCount())),
        .highestModSeq = d->keepsModSeqs() ? job.highestModSequence() : 0,
        .readOnly = reply->verdict.code == "READ-ONLY"};
    d->selectedUidValidity = folder.uidValidity;
    for (const QByteArray &flag : job.permanentFlags())
        folder.permanentFlags |= flagsFromName(flag);
    // Under another numbering, or one that went back, what was known says nothing.
    if (asksForChanges && folder.uidValidity == known->uidValidity && folder.highestModSeq >= known->highestModSeq) {
        changes.vanished = std::move(reply->vanished);
        changes.flags = newestOf(std::move(changes.flags));
        folder.changes = std::move(changes);
    }
    co_return folder;
}

QCoro::Task<Result<void>> ImapSession::createFolder(QString path)
{
    const auto mailbox = mailboxFor(path, Step::ChangeFolders);
    if (!mailbox)
        co_return failure(mailbox.error());
    KIMAP::CreateJob job(d->kimap.session());
    job.setMailBox(*mailbox);
    if (const auto created = co_await d->kimap.perform(&job, Step::ChangeFolders); !created)
        co_return failure(created.error());
    co_await setSubscribed(*mailbox, true);
    co_return Result<void>();
}

/// For the sake of other programs, which may show subscribed folders only; a refusal is no harm. The server changes no
/// subscription by itself, not even when the folder is renamed or deleted (RFC 9051 6.3.7).
QCoro::Task<void> ImapSession::setSubscribed(QString mailbox, bool subscribed)
{
    if (!isOpen())
        co_return;
    if (subscribed) {
        KIMAP::SubscribeJob job(d->kimap.session());
        job.setMailBox(mailbox);
        (void)co_await d->kimap.perform(&job, Step::ChangeFolders);
    } else {
        KIMAP::UnsubscribeJob job(d->kimap.session());
        job.setMailBox(mailbox);
        (void)co_await d->kimap.perform(&job, Step::ChangeFolders);
    }
}

QCoro::Task<Result<void>> ImapSession::renameFolder(QString from, QString to)
{
    const auto source = mailboxFor(from, Step::ChangeFolders);
    const auto destination = mailboxFor(to, Step::ChangeFolders);
    if (!source || !destination)
        co_return failure(!source ? source.error() : destination.error());
    KIMAP::RenameJob job(d->kimap.session());
    job.setSourceMailBox(*source);
    job.setDestinationMailBox(*destination);
    if (const auto renamed = co_await d->kimap.perform(&job, Step::ChangeFolders); !renamed)
        co_return failure(renamed.error());
    co_await setSubscribed(*source, false);
    co_await setSubscribed(*destination, true);
    co_return Result<void>();
}

QCoro::Task<void> ImapSession::moveSubscription(QString from, QString to)
{
    const auto source = mailboxFor(from, Step::ChangeFolders);
    const auto destination = mailboxFor(to, Step::ChangeFolders);
    if (!source || !destination)
        co_return;
    co_await setSubscribed(*source, false);
    co_await setSubscribed(*destination, true);
}

QCoro::Task<Result<void>> ImapSession::deleteFolder(QString path)
{
    const auto mailbox = mailboxFor(path, Step::ChangeFolders);
    if (!mailbox)
        co_return failure(mailbox.error());
    KIMAP::DeleteJob job(d->kimap.session());
    job.setMailBox(*mailbox);
    if (const auto deleted = co_await d->kimap.perform(&job, Step::ChangeFolders); !deleted)
        co_return failure(deleted.error());
    co_await setSubscribed(*mailbox, false);
    co_return Result<void>();
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

// Waiting

QCoro::Task<Result<void>> ImapSession::idle(std::chrono::milliseconds limit)
{
    if (!isOpen())
        co_return failure(d->kimap.gate().fail({.kind = ErrorKind::ConnectionLost, .step = Step::Idle}));
    const QDeadlineTimer deadline(qMin(limit, std::chrono::milliseconds(longestIdle)));
    d->idleStopRequested = false;
    d->idleChanged = false;
    if (d->can("IDLE") && !d->idleIsUseless) {
        QElapsedTimer timer;
        timer.start();
        if (const auto idled = co_await idleOnce(deadline); !idled && !isOpen())
            co_return failure(idled.error());
        if (d->idleChanged || d->idleStopRequested || timer.durationElapsed() > shortestIdle)
            co_return Result<void>();
        d->idleIsUseless = true;
    }
    co_return co_await poll(deadline);
}

QCoro::Task<Result<void>> ImapSession::idleOnce(QDeadlineTimer deadline)
{
    QTimer limit;
    limit.setSingleShot(true);
    connect(&limit, &QTimer::timeout, this, &ImapSession::stopIdle);
    limit.start(std::chrono::milliseconds(deadline.remainingTime()));
    KIMAP::IdleJob job(d->kimap.session());
    d->idleJob = &job;
    const auto idled = co_await d->kimap.perform(&job, Step::Idle, {.patience = longestIdle + 1min});
    d->idleJob = nullptr;
    co_return idled;
}

QCoro::Task<Result<void>> ImapSession::poll(QDeadlineTimer deadline)
{
    QTimer look;
    look.setSingleShot(true);
    look.setTimerType(Qt::PreciseTimer); // another one may be early, and there would be one question more
    connect(&look, &QTimer::timeout, this, &ImapSession::idleStopped);
    while (!d->idleChanged && !d->idleStopRequested && !deadline.hasExpired()) {
        look.start(qMin(std::chrono::milliseconds(pollInterval), std::chrono::milliseconds(deadline.remainingTime())));
        co_await qCoro(this, &ImapSession::idleStopped);
        KIMAP::CapabilitiesJob job(d->kimap.session()); // KIMAP has no NOOP
        if (const auto polled = co_await d->kimap.perform(&job, Step::Idle, {.replacement = "NOOP"}); !polled)
            co_return failure(polled.error());
    }
    co_return Result<void>();
}

void ImapSession::stopIdle()
{
    d->idleStopRequested = true;
    if (KIMAP::IdleJob *job = std::exchange(d->idleJob, nullptr); job && isOpen())
        job->stop();
    Q_EMIT idleStopped();
}

void ImapSession::onDoorbell()
{
    d->idleChanged = true;
    if (d->idleJob)
        stopIdle();
    Q_EMIT doorbell();
}

} // namespace postaci
