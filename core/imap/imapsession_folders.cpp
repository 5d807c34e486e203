// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/rewrite.h"
#include "core/imap/imapdata.h"
#include "core/imap/imapflags.h"
#include "core/imap/imapsessionprivate.h"
#include "core/imap/mailboxname.h"

#include <KIMAP/CreateJob>
#include <KIMAP/DeleteJob>
#include <KIMAP/GetQuotaRootJob>
#include <KIMAP/ListJob>
#include <KIMAP/NamespaceJob>
#include <KIMAP/RenameJob>
#include <KIMAP/SelectJob>
#include <KIMAP/StatusJob>
#include <KIMAP/SubscribeJob>
#include <KIMAP/UnsubscribeJob>

#include <QHash>
#include <QSet>

#include <utility>

namespace postaci {

namespace {

quint32 uidOrZero(qint64 number)
{
    return number > 0 && number <= 0xffffffff ? quint32(number) : 0;
}

QByteArray statusItems(bool withModSeq)
{
    return withModSeq ? "MESSAGES UIDNEXT UIDVALIDITY UNSEEN HIGHESTMODSEQ" : "MESSAGES UIDNEXT UIDVALIDITY UNSEEN";
}

} // namespace

Result<QString> mailboxFor(const QString &path, Step step)
{
    const QByteArray name = encodeMailboxName(path);
    if (name.isEmpty() || !isQuotable(name))
        return failure({.kind = ErrorKind::InvalidInput, .step = step, .subject = path});
    return QString::fromLatin1(mailboxToken(name));
}

QCoro::Task<Result<QList<RemoteFolder>>> ImapSession::listFolders(bool withStatus)
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
    QHash<QString, FolderStatus> states;
    if (d->capabilities.has("IMAP4REV2")
        || (d->capabilities.has("LIST-EXTENDED") && d->capabilities.has("SPECIAL-USE"))) {
        QByteArray wanted = "SUBSCRIBED SPECIAL-USE"; // RFC 5258, RFC 6154
        if (withStatus && d->can("LIST-STATUS")) {
            wanted += " STATUS (" + statusItems(d->keepsModSeqs()) + ')';
            command.told = [&states](const ImapResponse &response) {
                const auto told = readStatus(response);
                if (told)
                    states.insert(told->first, told->second);
                return told.has_value();
            };
        }
        command.replacement = "LIST \"\" \"*\" RETURN (" + wanted + ')';
    }
    if (const auto listed = co_await d->kimap.perform(&job, Step::ListFolders, std::move(command)); !listed)
        co_return failure(listed.error());
    for (RemoteFolder &folder : folders) {
        if (const auto known = states.constFind(folder.path); known != states.cend())
            folder.status = *known;
    }
    co_return folders;
}

QCoro::Task<Result<FolderStatus>> ImapSession::status(QString path)
{
    const auto mailbox = mailboxFor(path, Step::SelectFolder);
    if (!mailbox)
        co_return failure(mailbox.error());
    KIMAP::StatusJob job(d->kimap.session());
    job.setMailBox(*mailbox);
    job.setDataItems({"MESSAGES"}); // the gate has its own list
    std::optional<FolderStatus> status;
    GateCommand command{
        .replacement = "STATUS " + quoted(mailbox->toLatin1()) + " (" + statusItems(d->keepsModSeqs()) + ')'};
    command.told = [&status, &path](const ImapResponse &response) {
        const auto told = readStatus(response);
        if (told && told->first == path)
            status = told->second;
        return told.has_value();
    };
    if (const auto asked = co_await d->kimap.perform(&job, Step::SelectFolder, std::move(command)); !asked)
        co_return failure(asked.error());
    if (!status)
        co_return failure({.kind = ErrorKind::NotFound, .step = Step::SelectFolder, .subject = path});
    co_return *status;
}

QCoro::Task<Result<std::optional<Namespaces>>> ImapSession::namespaces()
{
    std::optional<Namespaces> namespaces;
    if (!d->can("NAMESPACE"))
        co_return namespaces;
    KIMAP::NamespaceJob job(d->kimap.session());
    GateCommand command;
    command.told = [&namespaces](const ImapResponse &response) {
        const auto told = readNamespaces(response);
        if (told)
            namespaces = *told;
        return told.has_value();
    };
    if (const auto asked = co_await d->kimap.perform(&job, Step::ListFolders, std::move(command)); !asked)
        co_return failure(asked.error());
    co_return namespaces;
}

QCoro::Task<Result<QList<QuotaResource>>> ImapSession::quota(QString path)
{
    QList<QuotaResource> resources;
    if (!d->capabilities.has("QUOTA"))
        co_return resources;
    const auto mailbox = mailboxFor(path, Step::ListFolders);
    if (!mailbox)
        co_return failure(mailbox.error());
    KIMAP::GetQuotaRootJob job(d->kimap.session());
    job.setMailBox(*mailbox);
    GateCommand command;
    command.told = [&resources](const ImapResponse &response) {
        resources += readQuota(response);
        return response.name == "QUOTA" || response.name == "QUOTAROOT";
    };
    if (const auto asked = co_await d->kimap.perform(&job, Step::ListFolders, std::move(command)); !asked)
        co_return failure(asked.error());
    co_return resources;
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

} // namespace postaci
