// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/accountsync.h"

#include "core/base/log.h"
#include "core/imap/imapsession.h"
#include "core/store/store.h"
#include "core/sync/logins.h"
#include "core/sync/tokenkeeper.h"

#include <QCoro/QCoroFuture>

namespace postaci {

namespace {

/// For the answer to an action that was under way when the connection was no longer wanted.
constexpr std::chrono::milliseconds lastAnswerPatience = std::chrono::seconds(3);

} // namespace

AccountSync::AccountSync(const Services &services, Account account, QObject *parent)
    : AccountWorker(services, std::move(account), Backoff(), parent)
    , m_folderList(services, m_account.id, this)
    , m_folderSync(
          services, [this] { return betweenWindows(); }, this)
    , m_bodies(services, m_account, this)
    , m_actions(services, m_account.id, this)
    , m_watch(services, m_account, [this](ImapSession *session) { return serveBodies(session); }, this)
{
    connect(&m_folderSync, &ImapFolderSync::progress, this, [this](const QString &folder, qint64 done, qint64 total) {
        setActivity(AccountState::Activity::FetchingHeaders, folder, done, total);
    });
    connect(&m_folderSync, &ImapFolderSync::newMail, this, &AccountSync::newMail);
    connect(&m_bodies, &BodyFetcher::progress, this,
        [this](qint64 done, qint64 total) { setActivity(AccountState::Activity::FetchingBodies, {}, done, total); });
    connect(&m_actions, &PendingRunner::actionRefused, this, &AccountSync::actionRefused);
    connect(&m_actions, &PendingRunner::otherAccountTouched, this, &AccountSync::otherAccountTouched);
    connect(&m_watch, &InboxWatch::doorbell, this, &AccountSync::wantInbox);
    connect(&m_watch, &InboxWatch::passwordNeeded, this, &AccountSync::passwordRefused);
    m_closing.setSingleShot(true);
    m_closing.setInterval(lastAnswerPatience);
    connect(&m_closing, &QTimer::timeout, this, [this] {
        if (m_session)
            m_session->close();
    });
    connect(&m_outbox, &OutboxSender::delivered, this, &AccountSync::actionsQueued);
    connect(&m_outbox, &OutboxSender::fateUnknown, this, [this] {
        m_wantUnknown = true;
        m_bell.ring();
    });
}

AccountSync::~AccountSync() = default;

void AccountSync::start()
{
    emitState(m_state);
    m_nextPoll.setRemainingTime(pollInterval);
    if (m_services.keepConnected)
        wantEverything();
    m_outbox.start();
    m_watch.start();
    m_working = work();
}

QCoro::Task<void> AccountSync::stop()
{
    m_stopping = true;
    m_waits.cancel();
    if (m_session)
        m_session->close();
    m_bell.ring();
    const QCoro::Task<void> watchEnds = m_watch.stop();
    const QCoro::Task<void> outboxEnds = m_outbox.stop();
    if (m_working)
        co_await *m_working;
    co_await watchEnds;
    co_await outboxEnds;
    failWaiters({.kind = ErrorKind::Cancelled});
}

// What others want

QFuture<Result<void>> AccountSync::synchronizeFolder(FolderId folder)
{
    const Waiter waiter = makeWaiter<void>();
    if (!mayWork() || m_stopping) {
        finish(waiter, failure(m_state.error.value_or(MailError{.kind = ErrorKind::Cancelled})));
        return waiter->future();
    }
    m_folderWaiters[folder].push_back(waiter);
    wantFirst(folder);
    m_dontWait = true;
    return waiter->future();
}

QFuture<Result<QByteArray>> AccountSync::fetchBody(MessageId message)
{
    const BodyWaiter waiter = makeWaiter<QByteArray>();
    if (!m_online || m_state.waitsForUser() || m_stopping) {
        waiter->addResult(Result<QByteArray>(failure(m_state.error.value_or(MailError{.kind = ErrorKind::Cancelled}))));
        waiter->finish();
        return waiter->future();
    }
    m_wantedBodies.append({message, waiter});
    m_dontWait = true;
    m_bell.ring();
    if (m_busy)
        m_watch.interrupt();
    return waiter->future();
}

void AccountSync::cancelBody(MessageId message)
{
    m_wantedBodies.removeIf([message](const std::pair<MessageId, BodyWaiter> &wanted) {
        if (wanted.first != message)
            return false;
        wanted.second->addResult(Result<QByteArray>(failure({.kind = ErrorKind::Cancelled, .step = Step::FetchBody})));
        wanted.second->finish();
        return true;
    });
}

void AccountSync::cancelWork()
{
    m_wantedFolders.clear();
    AccountWorker::cancelWork();
}

void AccountSync::actionsQueued()
{
    m_wantReplay = true;
    m_bell.ring();
}

void AccountSync::wantFirst(FolderId folder)
{
    m_wantedFolders.removeAll(folder);
    m_wantedFolders.prepend(folder);
    m_bell.ring();
}

void AccountSync::wantEverything()
{
    m_wantReplay = true;
    m_wantFolderList = true;
    m_wantUnknown = true;
}

void AccountSync::wantInbox()
{
    if (m_inbox)
        wantFirst(m_inbox);
}

// The work

QCoro::Task<void> AccountSync::work()
{
    while (!m_stopping) {
        poll();
        if (!mayWork() || !hasWork()) {
            if (m_session)
                setActivity(AccountState::Activity::Idle);
            co_await m_bell.wait(untilExpired(m_nextPoll));
            continue;
        }
        m_busy = true;
        Result<void> done;
        if (!m_session)
            done = co_await openSession();
        const bool wasOpen = done.has_value();
        if (done)
            done = co_await workOnce();
        m_busy = false;
        if (!done)
            co_await sessionFailed(done.error(), wasOpen);
    }
    m_session.reset();
}

bool AccountSync::mayWork() const
{
    return m_online && !m_state.waitsForUser() && (!m_paused || !m_wantedBodies.isEmpty());
}

bool AccountSync::hasWork() const
{
    return !m_wantedBodies.isEmpty() || m_wantReplay || m_wantFolderList || m_wantUnknown || !m_wantedFolders.isEmpty()
        || m_wantBackground || !m_round.empty() || !m_nextRound.empty();
}

void AccountSync::poll()
{
    if (!m_nextPoll.hasExpired())
        return;
    m_nextPoll.setRemainingTime(pollInterval);
    if (m_services.keepConnected)
        wantEverything();
}

/// One piece of work, the most urgent one. Fails only when the session is of no more use.
QCoro::Task<Result<void>> AccountSync::workOnce()
{
    if (!m_wantedBodies.isEmpty())
        co_return co_await serveBodies(m_session.get());
    if (m_round.empty() && !m_nextRound.empty()) {
        m_round.swap(m_nextRound);
        m_roundOutcome = {};
        wantEverything();
    }
    if (m_wantReplay) {
        const Result<bool> replayed = co_await replayActions();
        co_return replayed ? Result<void>() : failure(replayed.error());
    }
    if (m_wantFolderList)
        co_return co_await listFolders();
    if (m_wantUnknown)
        co_return co_await lookForUnknown();
    if (!m_wantedFolders.isEmpty())
        co_return co_await syncFolder(m_wantedFolders.takeFirst());
    if (!m_round.empty()) {
        finishRound();
        co_return {};
    }
    co_return co_await fetchInBackground();
}

QCoro::Task<Result<void>> AccountSync::openSession()
{
    m_closing.stop();
    m_actions.setEndsSoon(false);
    setActivity(AccountState::Activity::Connecting);
    Result<ImapCapabilities> opened;
    QString refused;
    while (true) {
        const auto login = co_await m_waits.on(readCredentials(m_services, m_account, m_account.incoming, refused));
        if (!login)
            co_return failure(login.error());
        m_session = std::make_unique<ImapSession>(tlsPolicyFor(m_services.tls, m_account));
        opened = co_await m_session->open(m_account.incoming, *login);
        if (opened || !refused.isEmpty() || !worthAnotherToken(opened.error(), *login))
            break;
        refused = login->secret;
    }
    if (!opened)
        co_return failure(opened.error());
    m_capabilities = *opened;
    m_state.error.reset();
    if (m_services.keepConnected) {
        wantEverything();
        m_watch.setAllowed(true);
    }
    co_return {};
}

/// Waits for the next try, or for somebody who wants one at once.
QCoro::Task<void> AccountSync::sessionFailed(MailError error, bool wasOpen)
{
    m_session.reset();
    m_closing.stop();
    m_watch.setAllowed(false);
    if (m_stopping)
        co_return;
    if (m_paused || !m_online || error.kind == ErrorKind::Cancelled) { // It was closed by us.
        setActivity(AccountState::Activity::Offline);
        co_return;
    }
    qCInfo(syncLog) << "connection ended:" << error.summary();
    if (needsUser(error)) {
        passwordRefused(error);
        co_return;
    }
    // Who has asked for a round that has not begun has nothing to do with what this connection was lost over; Dovecot,
    // for one, hangs up when the open folder is deleted elsewhere. They get a connection of their own.
    const std::vector<Waiter> unaffected
        = wasOpen && error.isConnectionFailure() ? std::exchange(m_nextRound, {}) : std::vector<Waiter>();
    if (unaffected.empty()) {
        m_state.error = error;
        setActivity(AccountState::Activity::Offline);
    }
    failWaiters(error);
    if (!unaffected.empty()) {
        m_nextRound = unaffected;
        co_return;
    }
    if (!m_services.keepConnected) {
        m_wantReplay = false;
        m_wantFolderList = false;
        m_wantUnknown = false;
        m_wantedFolders.clear();
        co_return;
    }
    co_await waitForNextTry();
}

QCoro::Task<Result<void>> AccountSync::listFolders()
{
    setActivity(AccountState::Activity::ListingFolders);
    m_wantFolderList = false;
    const Result<QList<Folder>> folders = co_await m_folderList.run(m_session.get());
    if (!folders) {
        if (isLost(folders.error())) {
            m_wantFolderList = true;
            co_return failure(folders.error());
        }
        noteFailure(folders.error());
        co_return {};
    }
    m_wantedFolders.clear();
    for (const Folder &folder : *folders) {
        m_wantedFolders.append(folder.id);
        if (folder.role == FolderRole::Inbox)
            m_inbox = folder.id;
    }
    co_return {};
}

/// Whether the server was told anything.
QCoro::Task<Result<bool>> AccountSync::replayActions()
{
    setActivity(AccountState::Activity::ReplayingActions);
    m_wantReplay = false;
    const Result<PendingRunner::Outcome> outcome = co_await m_actions.run(m_session.get(), m_capabilities);
    if (!outcome) {
        m_wantReplay = true;
        co_return failure(outcome.error());
    }
    for (const FolderId folder : outcome->toSync)
        wantFirst(folder);
    m_wantFolderList = m_wantFolderList || outcome->foldersChanged;
    co_return outcome->replayed;
}

QCoro::Task<Result<void>> AccountSync::lookForUnknown()
{
    m_wantUnknown = false;
    const Result<void> looked = co_await m_outbox.lookForUnknown(m_session.get());
    if (!looked && isLost(looked.error())) {
        m_wantUnknown = true;
        co_return looked;
    }
    if (!looked)
        noteFailure(looked.error());
    co_return {};
}

QCoro::Task<Result<void>> AccountSync::syncFolder(FolderId folder)
{
    const Result<void> synced = co_await m_folderSync.run(m_session.get(), folder);
    if (!synced && isLost(synced.error())) {
        if (!m_wantedFolders.contains(folder))
            m_wantedFolders.prepend(folder);
        co_return synced;
    }
    const std::vector<Waiter> waiters = m_folderWaiters.take(folder);
    for (const Waiter &waiter : waiters)
        finish(waiter, synced);
    if (!synced)
        noteFailure(synced.error());
    m_backoff.reset();
    m_bodies.lookAgain();
    m_wantBackground = m_services.keepConnected;
    co_return {};
}

/// On either session, whichever is free first.
QCoro::Task<Result<void>> AccountSync::serveBodies(ImapSession *session)
{
    while (!m_wantedBodies.isEmpty()) {
        const auto [message, waiter] = m_wantedBodies.takeFirst();
        const Result<QByteArray> raw = co_await m_bodies.fetch(session, message);
        waiter->addResult(raw);
        waiter->finish();
        if (!raw && sessionIsLost(*session, raw.error()))
            co_return failure(raw.error());
    }
    co_return {};
}

QCoro::Task<Result<void>> AccountSync::fetchInBackground()
{
    if (m_state.activity != AccountState::Activity::FetchingBodies)
        setActivity(AccountState::Activity::FetchingBodies);
    const Result<bool> fetched = co_await m_bodies.fetchNext(m_session.get());
    m_wantBackground = fetched && *fetched;
    if (!fetched && isLost(fetched.error()))
        co_return failure(fetched.error());
    if (!fetched)
        noteFailure(fetched.error());
    co_return {};
}

/// What cannot wait until a long synchronisation of a folder is over. Whether the server was told anything.
QCoro::Task<Result<bool>> AccountSync::betweenWindows()
{
    if (const auto served = co_await serveBodies(m_session.get()); !served)
        co_return failure(served.error());
    if (!m_wantReplay)
        co_return false;
    co_return co_await replayActions();
}

// What comes of it

/// Without the session, or without the store, there is no point in going on.
bool AccountSync::isLost(const MailError &error) const
{
    return sessionIsLost(*m_session, error) || error.kind == ErrorKind::Storage;
}

/// One thing went wrong, others go on.
void AccountSync::noteFailure(const MailError &error)
{
    qCInfo(syncLog) << "part of a synchronisation failed:" << error.summary();
    if (m_roundOutcome)
        m_roundOutcome = failure(error);
}

void AccountSync::finishRound()
{
    const std::vector<Waiter> waiters = std::exchange(m_round, {});
    for (const Waiter &waiter : waiters)
        finish(waiter, m_roundOutcome);
}

void AccountSync::failWaiters(const MailError &error)
{
    const auto bodies = std::exchange(m_wantedBodies, {});
    for (const auto &[message, waiter] : bodies) {
        waiter->addResult(Result<QByteArray>(failure(error)));
        waiter->finish();
    }
    const auto folders = std::exchange(m_folderWaiters, {});
    for (const std::vector<Waiter> &list : folders) {
        for (const Waiter &waiter : list)
            finish(waiter, failure(error));
    }
    AccountWorker::failWaiters(error);
}

void AccountSync::hangUp()
{
    if (m_session && m_actions.isRunning()) {
        m_actions.setEndsSoon(true);
        m_closing.start();
    } else if (m_session) {
        m_session->close();
    }
    m_watch.setAllowed(false);
}

} // namespace postaci
