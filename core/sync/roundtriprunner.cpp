// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/roundtriprunner.h"

#include "core/imap/imapsession.h"
#include "core/smtp/smtpsession.h"
#include "core/sync/folderroles.h"
#include "core/sync/logins.h"
#include "core/sync/outgoing.h"

#include <QCoro/QCoroFuture>

#include <QElapsedTimer>

using namespace std::chrono_literals;

namespace postaci {

namespace {

/// Between two looks; a server that rings for new mail in INBOX ends it sooner.
constexpr auto pause = 2s;
/// Folders that a filter of the user's may put the mail into are looked at each so many rounds, and no more of them.
constexpr int roundsBetweenFolders = 3;
constexpr qsizetype mostFolders = 40;

} // namespace

RoundTripRunner::RoundTripRunner(const Services &services, Account account, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_account(std::move(account))
    , m_waits(this)
    , m_incoming(std::make_unique<ImapSession>(tlsPolicyFor(services.tls, m_account)))
    , m_outgoing(std::make_unique<SmtpSession>(tlsPolicyFor(services.tls, m_account)))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_timedOut = true;
        close();
    });
}

RoundTripRunner::~RoundTripRunner() = default;

void RoundTripRunner::cancel()
{
    close();
}

void RoundTripRunner::close()
{
    m_waits.cancel();
    m_incoming->close();
    m_outgoing->close();
}

QCoro::Task<Result<RoundTrip>> RoundTripRunner::run(RoundTripText text)
{
    if (m_account.incoming.protocol != Protocol::Imap)
        co_return failure({.kind = ErrorKind::InvalidInput, .step = Step::FetchHeaders});
    m_timer.start(m_limit);
    auto outcome = co_await sendAndWatch(std::move(text));
    m_timer.stop();
    if (!outcome && m_timedOut) {
        MailError late{.kind = ErrorKind::Timeout, .step = outcome.error().step};
        late.endpoint = m_account.incoming.endpoint();
        if (m_stage == RoundTripStage::Waiting)
            late.step = Step::FetchHeaders;
        outcome = failure(late);
    }
    m_outgoing->close();
    co_await m_incoming->logout();
    co_return outcome;
}

QCoro::Task<Result<RoundTrip>> RoundTripRunner::sendAndWatch(RoundTripText text)
{
    Q_EMIT reached(RoundTripStage::Connecting);
    if (const auto connected = co_await connectBoth(); !connected)
        co_return failure(connected.error());

    Q_EMIT reached(m_stage = RoundTripStage::Sending);
    const auto messageId = co_await send(std::move(text));
    if (!messageId)
        co_return failure(messageId.error());

    QElapsedTimer timer;
    timer.start();
    Q_EMIT reached(m_stage = RoundTripStage::Waiting);
    co_await m_outgoing->quit();
    const auto found = co_await arrival(*messageId);
    if (!found)
        co_return failure(found.error());
    RoundTrip trip{.folder = found->folder.path, .role = found->folder.role, .milliseconds = timer.elapsed()};

    Q_EMIT reached(m_stage = RoundTripStage::Removing);
    const auto removed = co_await remove(*found, *messageId);
    trip.removed = removed && *removed; // it came back all the same
    co_return trip;
}

QCoro::Task<Result<void>> RoundTripRunner::connectBoth()
{
    const auto incoming = co_await m_waits.on(readCredentials(m_services, m_account.incoming));
    if (!incoming)
        co_return failure(incoming.error());
    const auto outgoing = co_await m_waits.on(readCredentials(m_services, m_account.outgoing));
    if (!outgoing)
        co_return failure(outgoing.error());
    const auto received = co_await m_incoming->open(m_account.incoming, *incoming);
    if (!received)
        co_return failure(received.error());
    m_capabilities = *received;
    const auto folders = co_await m_incoming->listFolders();
    if (!folders)
        co_return failure(folders.error());
    m_folders = mapFolders(*folders);
    const auto sent = co_await m_outgoing->open(m_account.outgoing, *outgoing);
    if (!sent)
        co_return failure(sent.error());
    co_return Result<void>();
}

/// Its Message-ID.
QCoro::Task<Result<QByteArray>> RoundTripRunner::send(RoundTripText text)
{
    Draft draft;
    draft.account = m_account.id;
    draft.from = m_account.identity;
    draft.to = {m_account.identity};
    draft.subject = text.subject;
    draft.text = text.text;
    const auto mail = prepareDraft(draft, m_services.clock());
    if (!mail)
        co_return failure(mail.error());
    const auto submitted = co_await m_outgoing->submit({.sender = mail->item.sender,
        .recipients = {m_account.identity.address},
        .message = mail->wireMessage,
        .toAllOrNone = true});
    if (!submitted)
        co_return failure(submitted.error());
    if (!submitted->delivered)
        co_return failure(submitted->recipients.first().error);
    co_return QByteArray(mail->item.messageIdHeader);
}

/// Looks until it is there; the time limit ends it.
QCoro::Task<Result<RoundTripRunner::Found>> RoundTripRunner::arrival(QByteArray messageId)
{
    for (int round = 0;; ++round) {
        QList<Folder> places;
        QList<Folder> others;
        for (const Folder &folder : std::as_const(m_folders)) {
            if (folder.role == FolderRole::Inbox)
                places.prepend(folder);
            else if (folder.role == FolderRole::Junk)
                places.append(folder);
            else if ((folder.role == FolderRole::None || folder.role == FolderRole::Archive) && folder.selectable)
                others.append(folder);
        }
        if (round % roundsBetweenFolders == roundsBetweenFolders - 1)
            places += others.first(qMin(others.size(), mostFolders));
        for (const Folder &folder : std::as_const(places)) {
            const auto uids = co_await look(folder.path, messageId);
            if (!uids && !m_incoming->isOpen())
                co_return failure(uids.error());
            if (uids && !uids->isEmpty())
                co_return Found{.folder = folder, .uids = *uids};
        }
        // In INBOX, where the server rings for new mail.
        const auto selected = co_await m_incoming->select(pathOf(FolderRole::Inbox));
        if (!selected)
            co_return failure(selected.error());
        if (const auto idled = co_await m_incoming->idle(pause); !idled)
            co_return failure(idled.error());
    }
}

QCoro::Task<Result<QList<quint32>>> RoundTripRunner::look(QString path, QByteArray messageId)
{
    const auto selected = co_await m_incoming->select(path);
    if (!selected)
        co_return failure(selected.error());
    co_return co_await m_incoming->searchMessageId(messageId);
}

/// Whether nothing of it is left.
QCoro::Task<Result<bool>> RoundTripRunner::remove(Found found, QByteArray messageId)
{
    const bool canExpunge = m_capabilities.has("UIDPLUS") || m_capabilities.has("IMAP4REV2");
    const QString trash = pathOf(FolderRole::Trash);
    // With a folder of everything (Gmail), what is expunged elsewhere only loses that label.
    if (!pathOf(FolderRole::All).isEmpty() && !trash.isEmpty()) {
        const auto moved = co_await m_incoming->move(found.uids, trash);
        if (!moved)
            co_return failure(moved.error());
        const auto uids = co_await look(trash, messageId);
        if (!uids)
            co_return failure(uids.error());
        if (!uids->isEmpty()) {
            const auto gone = co_await m_incoming->expunge(*uids);
            if (!gone)
                co_return failure(gone.error());
        }
        co_return canExpunge;
    }
    const auto gone = co_await m_incoming->expunge(found.uids);
    if (!gone)
        co_return failure(gone.error());
    if (const QString sent = pathOf(FolderRole::Sent); m_account.serverFilesSent && !sent.isEmpty()) {
        const auto copies = co_await look(sent, messageId);
        if (!copies)
            co_return failure(copies.error());
        if (!copies->isEmpty()) {
            const auto copyGone = co_await m_incoming->expunge(*copies);
            if (!copyGone)
                co_return failure(copyGone.error());
        }
    }
    co_return canExpunge;
}

QString RoundTripRunner::pathOf(FolderRole role) const
{
    for (const Folder &folder : m_folders) {
        if (folder.role == role)
            return folder.path;
    }
    return {};
}

} // namespace postaci
