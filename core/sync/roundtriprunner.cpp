// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/roundtriprunner.h"

#include "core/imap/imapsession.h"
#include "core/mime/headerparser.h"
#include "core/pop3/pop3session.h"
#include "core/smtp/smtpsession.h"
#include "core/sync/folderroles.h"
#include "core/sync/logins.h"
#include "core/sync/outgoing.h"

#include <QCoro/QCoroFuture>

using namespace std::chrono_literals;

namespace postaci {

namespace {

/// Between two looks; a server that rings for new mail in INBOX ends it sooner.
constexpr auto pause = 2s;
constexpr auto pop3Pause = 4s; ///< Each look is a login.
/// Folders that a filter of the user's may put the mail into are looked at each so many rounds, and no more of them.
constexpr int roundsBetweenFolders = 3;
constexpr qsizetype mostFolders = 40;
/// Headers that one look into a maildrop fetches.
constexpr qsizetype mostTops = 30;

} // namespace

RoundTripRunner::RoundTripRunner(const Services &services, Account account, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_account(std::move(account))
    , m_waits(this)
    , m_bell(this)
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
    m_ended = true;
    m_waits.cancel();
    m_bell.ring();
    m_incoming->close();
    if (m_maildrop)
        m_maildrop->close();
    m_outgoing->close();
}

QCoro::Task<Result<RoundTrip>> RoundTripRunner::run(RoundTripText text)
{
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

    m_since.start();
    Q_EMIT reached(m_stage = RoundTripStage::Waiting);
    co_await m_outgoing->quit();
    co_return co_await (
        m_account.incoming.protocol == Protocol::Pop3 ? arrivalByPop3(*messageId) : arrivalByImap(*messageId));
}

QCoro::Task<Result<RoundTrip>> RoundTripRunner::arrivalByImap(QByteArray messageId)
{
    const auto found = co_await arrival(messageId);
    if (!found)
        co_return failure(found.error());
    RoundTrip trip{.folder = found->folder.path, .role = found->folder.role, .milliseconds = m_since.elapsed()};
    Q_EMIT reached(m_stage = RoundTripStage::Removing);
    const auto removed = co_await remove(*found, messageId);
    trip.removed = removed && *removed; // it came back all the same
    co_return trip;
}

QCoro::Task<Result<RoundTrip>> RoundTripRunner::arrivalByPop3(QByteArray messageId)
{
    while (true) {
        (void)co_await m_bell.wait(pop3Pause);
        if (m_ended)
            co_return failure({.kind = ErrorKind::Cancelled, .step = Step::FetchHeaders});
        auto entries = co_await openPop3(m_login);
        if (!entries && (entries.error().kind == ErrorKind::TryLater || entries.error().kind == ErrorKind::Refused))
            continue; // the account's own synchronisation has the maildrop, or the server wants fewer logins
        if (!entries)
            co_return failure(entries.error());
        entries->removeIf([this](const Pop3Entry &entry) { return m_before.contains(entry.uid); });
        const auto number = co_await lookInMaildrop(*entries, messageId);
        if (!number)
            co_return failure(number.error());
        if (*number == 0) {
            (void)co_await m_maildrop->quit();
            continue;
        }
        RoundTrip trip{.folder = QStringLiteral("INBOX"), .role = FolderRole::Inbox, .milliseconds = m_since.elapsed()};
        Q_EMIT reached(m_stage = RoundTripStage::Removing);
        const auto marked = co_await m_maildrop->remove({*number});
        const auto ended = co_await m_maildrop->quit();
        trip.removed = marked && ended;
        co_return trip;
    }
}

/// The number of the message with this Message-ID; 0 when it is not there.
QCoro::Task<Result<int>> RoundTripRunner::lookInMaildrop(QList<Pop3Entry> entries, QByteArray messageId)
{
    // The newest are the last; a server without unique ids shows all of them as new.
    const qsizetype skipped = qMax(qsizetype(0), entries.size() - mostTops);
    QList<int> numbers;
    for (const Pop3Entry &entry : std::as_const(entries).sliced(skipped))
        numbers.append(entry.number);
    auto found = std::make_shared<int>(0);
    const auto looked = co_await m_maildrop->retrieveTops(
        numbers, 0, [found, messageId](int number, const Result<QByteArray> &header) {
            if (header && parseEnvelope(*header).messageIdHeader == messageId)
                *found = number;
        });
    if (!looked)
        co_return failure(looked.error());
    co_return int(*found);
}

QCoro::Task<Result<void>> RoundTripRunner::connectBoth()
{
    const auto incoming = co_await m_waits.on(readCredentials(m_services, m_account, m_account.incoming));
    if (!incoming)
        co_return failure(incoming.error());
    const auto outgoing = co_await m_waits.on(readCredentials(m_services, m_account, m_account.outgoing));
    if (!outgoing)
        co_return failure(outgoing.error());
    m_login = *incoming;
    if (m_account.incoming.protocol == Protocol::Pop3) {
        const auto entries = co_await openPop3(m_login);
        if (!entries)
            co_return failure(entries.error());
        for (const Pop3Entry &entry : *entries)
            m_before.insert(entry.uid);
        m_before.remove({});
        (void)co_await m_maildrop->quit();
    } else if (const auto opened = co_await openImap(m_login); !opened) {
        co_return failure(opened.error());
    }
    const auto sent = co_await m_outgoing->open(m_account.outgoing, *outgoing);
    if (!sent)
        co_return failure(sent.error());
    co_return Result<void>();
}

QCoro::Task<Result<void>> RoundTripRunner::openImap(Credentials login)
{
    const auto opened = co_await m_incoming->open(m_account.incoming, std::move(login));
    if (!opened)
        co_return failure(opened.error());
    m_capabilities = *opened;
    const auto folders = co_await m_incoming->listFolders();
    if (!folders)
        co_return failure(folders.error());
    m_folders = mapFolders(*folders);
    co_return Result<void>();
}

QCoro::Task<Result<QList<Pop3Entry>>> RoundTripRunner::openPop3(Credentials login)
{
    m_maildrop = std::make_unique<Pop3Session>(tlsPolicyFor(m_services.tls, m_account));
    if (m_ended)
        m_maildrop->close();
    const auto opened = co_await m_maildrop->open(m_account.incoming, std::move(login));
    if (!opened)
        co_return failure(opened.error());
    co_return co_await m_maildrop->list();
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
