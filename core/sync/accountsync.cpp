// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/accountsync.h"

#include "core/base/log.h"
#include "core/imap/imapsession.h"
#include "core/net/certificatereader.h"
#include "core/store/store.h"
#include "core/sync/logins.h"
#include "core/sync/newfolders.h"
#include "core/sync/tokenkeeper.h"

#include <QCoro/QCoroFuture>

#include <limits>
#include <utility>

namespace postaci {

namespace {

/// For the answer to an action that was under way when the connection was no longer wanted.
constexpr std::chrono::milliseconds lastAnswerPatience = std::chrono::seconds(3);
constexpr std::chrono::milliseconds quotaInterval = std::chrono::minutes(30);

QList<ConnectionReport::Ability> abilitiesOf(const ImapCapabilities &capabilities)
{
    const auto has = [&capabilities](const char *name, bool inRev2) {
        return capabilities.has(name) || (inRev2 && capabilities.has("IMAP4REV2"));
    };
    return {{ServerAbility::Push, has("IDLE", true)}, {ServerAbility::FastResync, has("QRESYNC", false)},
        {ServerAbility::ChangeCounts, has("CONDSTORE", false) || has("QRESYNC", false)},
        {ServerAbility::FoldersAtOnce, has("LIST-STATUS", true)}, {ServerAbility::Move, has("MOVE", true)},
        {ServerAbility::SafeDelete, has("UIDPLUS", true)}, {ServerAbility::SpecialFolders, has("SPECIAL-USE", true)},
        {ServerAbility::Namespaces, has("NAMESPACE", true)}, {ServerAbility::Quota, has("QUOTA", false)},
        {ServerAbility::Compression, has("COMPRESS=DEFLATE", false)},
        {ServerAbility::Utf8, has("UTF8=ACCEPT", false) || has("UTF8=ONLY", false)}};
}

QStringList prefixesOf(const QList<Namespace> &namespaces)
{
    QStringList prefixes;
    for (const Namespace &one : namespaces)
        prefixes.append(one.prefix);
    return prefixes;
}

/// RFC 9208 5.1: STORAGE counts in units of 1024 bytes.
std::optional<ConnectionReport::Quota> quotaOf(const QList<QuotaResource> &resources)
{
    std::optional<ConnectionReport::Quota> quota;
    for (const QuotaResource &resource : resources) {
        if (resource.name != "STORAGE" && resource.name != "MESSAGE")
            continue;
        if (!quota)
            quota.emplace();
        // Of several roots the one that is fuller is met first.
        const auto isFuller = [&resource](qint64 used, qint64 limit) {
            return limit == 0 || double(resource.used) * double(limit) > double(used) * double(resource.limit);
        };
        constexpr qint64 unit = 1024;
        if (resource.name == "MESSAGE" && isFuller(quota->usedMessages, quota->limitMessages)) {
            quota->usedMessages = resource.used;
            quota->limitMessages = resource.limit;
        } else if (resource.name == "STORAGE" && isFuller(quota->usedBytes, quota->limitBytes)) {
            constexpr qint64 most = std::numeric_limits<qint64>::max() / unit;
            quota->usedBytes = qMin(resource.used, most) * unit;
            quota->limitBytes = qMin(resource.limit, most) * unit;
        }
    }
    return quota;
}

} // namespace

AccountSync::AccountSync(const Services &services, Account account, QObject *parent)
    : AccountWorker(
          services, std::move(account), Backoff(services.times.firstRetry, services.times.latestRetry), parent)
    , m_folderList(services, m_account.id, this)
    , m_folderSync(
          services, [this] { return betweenWindows(); }, this)
    , m_bodies(services, m_account, this)
    , m_actions(services, m_account.id, this)
    , m_watch(
          services, m_account, m_connects, m_log, [this](ImapSession *session) { return serveBodies(session); }, this)
    , m_turns(services.times.quietPolls)
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
    connect(&m_watch, &InboxWatch::lost, this, &AccountSync::watchLost);
    connect(&m_watch, &InboxWatch::tooManyConnections, this, &AccountSync::makeDoWithOne);
    // While the session itself waits for news it has to be told that there is something else to do.
    connect(
        &m_bell, &Bell::rang, this,
        [this] {
            if (m_isWaiting && m_session)
                m_session->stopIdle();
        },
        Qt::QueuedConnection);
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
    planNextPoll();
    if (looksByItself())
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
    m_askFirst.remove(folder);
    m_bell.ring();
}

void AccountSync::wantEverything()
{
    m_wantReplay = true;
    m_wantFolderList = true;
    m_isOwnLook = false;
    m_wantUnknown = true;
}

void AccountSync::wantInbox()
{
    if (m_inbox)
        wantFirst(m_inbox);
}

/// The watch's connection is gone. If that of the work is, too, the server or the network is; the sooner it is known
/// the better.
void AccountSync::watchLost()
{
    if (m_busy)
        return;
    m_wantProof = true;
    m_bell.ring();
}

void AccountSync::makeDoWithOne()
{
    m_alone.setRemainingTime(m_services.times.alone);
    m_watch.setAllowed(false);
    m_bell.ring();
}

void AccountSync::allowWatch()
{
    m_watch.setAllowed(isPushed() && m_session && mayWork() && m_alone.hasExpired());
}

void AccountSync::noteSyncBegins()
{
    if (m_before)
        return;
    m_before = m_session->traffic();
    m_sinceBefore.start();
}

/// Of one connection: what was lost with another is not counted.
void AccountSync::noteSyncEnds()
{
    const auto before = std::exchange(m_before, std::nullopt);
    if (!before || !m_session)
        return;
    const ImapTraffic now = m_session->traffic();
    m_report.latency = now.latency;
    if (now.roundTrips == before->roundTrips)
        return;
    m_report.lastSync = ConnectionReport::Sync{.endedAt = QDateTime::currentDateTimeUtc(),
        .milliseconds = m_sinceBefore.elapsed(),
        .bytesReceived = now.bytesReceived - before->bytesReceived,
        .bytesSent = now.bytesSent - before->bytesSent,
        .roundTrips = now.roundTrips - before->roundTrips};
}

ConnectionReport AccountSync::connection() const
{
    ConnectionReport report = AccountWorker::connection();
    report.connections = int(m_session && m_session->isOpen()) + int(m_watch.isConnected());
    report.isLimitedToOne = !m_alone.hasExpired();
    return report;
}

// The work

QCoro::Task<void> AccountSync::work()
{
    co_await wantWhatWasLeft();
    while (!m_stopping) {
        poll();
        if (m_session && !m_session->isOpen()) // while nobody used it: no reason to tell anybody
            m_session.reset();
        if (!mayWork() || !hasWork()) {
            co_await rest();
            continue;
        }
        m_busy = true;
        Result<void> done;
        if (m_session && !co_await isStillThere())
            m_session.reset();
        if (!m_session)
            done = co_await openSession();
        const bool wasOpen = done.has_value();
        if (done) {
            noteSyncBegins();
            done = co_await workOnce();
            m_sinceUse.start();
        }
        m_busy = false;
        if (!done)
            co_await sessionFailed(done.error(), wasOpen);
    }
    m_session.reset();
}

/// An account that looks when it is asked still tells the server what the user did before the program ended.
QCoro::Task<void> AccountSync::wantWhatWasLeft()
{
    if (looksByItself() || !m_services.keepConnected)
        co_return;
    const auto left = co_await m_services.store.read(
        [id = m_account.id](const Tables &tables) -> Result<bool> { return !tables.pendingOps.all(id).isEmpty(); });
    m_wantReplay = m_wantReplay || (left && *left);
}

/// There is nothing to do.
QCoro::Task<void> AccountSync::rest()
{
    noteSyncEnds();
    if (m_session && mayWork()) {
        setActivity(AccountState::Activity::Idle);
        m_backoff.reset();
    }
    std::chrono::milliseconds limit = untilExpired(m_nextPoll);
    if (!m_session || !m_services.keepConnected) {
        (void)co_await m_bell.wait(limit);
    } else if (!mayWork() || isPushed()) {
        if (mayWork() && !m_alone.hasExpired()) {
            co_await waitInInbox();
            co_return;
        }
        allowWatch();
        (void)co_await m_bell.wait(limit);
    } else {
        // Nobody needs the connection until the next look, and some servers count how many stand.
        limit = limit.count() < 0 ? m_services.times.rest : qMin(limit, m_services.times.rest);
        if (!co_await m_bell.wait(limit) && !m_nextPoll.hasExpired() && m_session) {
            co_await m_session->logout();
            m_session.reset();
        }
    }
}

/// What InboxWatch does elsewhere.
QCoro::Task<void> AccountSync::waitInInbox()
{
    const QString inbox = QStringLiteral("INBOX");
    Result<void> done;
    if (m_session->selectedPath() != inbox) {
        if (const auto selected = co_await m_session->select(inbox); selected)
            wantInbox(); // What came before this rings no bell.
        else
            done = failure(selected.error());
    } else if (!m_bell.hasRung()) {
        m_isWaiting = true;
        std::chrono::milliseconds limit = m_services.times.idle;
        if (!m_nextPoll.isForever())
            limit = qMin(limit, untilExpired(m_nextPoll));
        done = co_await m_session->idle(qMin(limit, untilExpired(m_alone)));
        m_isWaiting = false;
        m_sinceUse.start();
    } else {
        (void)co_await m_bell.wait();
    }
    if (!done)
        co_await sessionFailed(done.error(), true);
}

/// Whether the session may be trusted with something. What a router has forgotten, or what was there before the
/// computer slept, takes a minute to fail, and whoever opened a message would wait for it.
QCoro::Task<bool> AccountSync::isStillThere()
{
    if (!m_session->isOpen()) // It ended while nothing was to be done.
        co_return false;
    const bool isDoubtful = m_wantProof || m_sinceUse.durationElapsed() > m_services.times.rest;
    if (!isDoubtful)
        co_return true;
    const bool alive = co_await m_session->isAlive(m_services.times.proof);
    m_sinceUse.start();
    m_wantProof = m_wantProof && !alive;
    co_return alive;
}

bool AccountSync::mayWork() const
{
    return m_online && !m_state.waitsForUser() && (!m_stopped || !m_wantedBodies.isEmpty());
}

bool AccountSync::hasWork() const
{
    return !m_wantedBodies.isEmpty() || m_wantReplay || m_wantFolderList || m_wantUnknown || !m_wantedFolders.isEmpty()
        || m_wantBackground || m_wantProof || !m_round.empty() || !m_nextRound.empty();
}

void AccountSync::poll()
{
    if (!m_nextPoll.hasExpired())
        return;
    planNextPoll();
    const bool isWanted = m_wantFolderList;
    wantEverything();
    m_isOwnLook = !isWanted;
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
    if (m_wantBackground)
        co_return co_await fetchInBackground();
    co_return {};
}

QCoro::Task<Result<void>> AccountSync::openSession()
{
    m_closing.stop();
    m_actions.setEndsSoon(false);
    setActivity(AccountState::Activity::Connecting);
    co_await waitForBudget();
    Result<ImapCapabilities> opened;
    QString refused;
    while (true) {
        const auto login = co_await m_waits.on(readCredentials(m_services, m_account, m_account.incoming, refused));
        if (!login)
            co_return failure(login.error());
        if (!mayWork() || m_stopping)
            co_return failure({.kind = ErrorKind::Cancelled, .step = Step::Login});
        m_session = std::make_unique<ImapSession>(tlsPolicyFor(m_services.tls, m_account));
        m_session->setKeepAlive(m_services.times.probes);
        m_session->setLog(m_log, QStringLiteral("1"));
        connect(m_session.get(), &ImapSession::ended, &m_bell, &Bell::ring);
        connect(m_session.get(), &ImapSession::doorbell, this, [this] {
            if (m_isWaiting)
                wantInbox();
        });
        opened = co_await m_session->open(m_account.incoming, *login);
        if (opened || !refused.isEmpty() || !worthAnotherToken(opened.error(), *login))
            break;
        refused = login->secret;
    }
    if (!opened)
        co_return failure(opened.error());
    m_capabilities = *opened;
    m_state.error.reset();
    m_wantProof = false;
    m_sinceUse.start();
    m_report.loggedInAt = QDateTime::currentDateTimeUtc();
    m_report.tls = m_session->tlsDetail();
    m_report.certificate = readCertificate(m_session->certificate());
    m_report.capabilities = m_capabilities.names;
    m_report.abilities = abilitiesOf(m_capabilities);
    m_report.isCompressed = m_session->isCompressed();
    m_before.reset();
    m_namespaces.reset();
    if (looksByItself())
        wantEverything();
    allowWatch();
    co_return {};
}

/// Waits for the next try, or for somebody who wants one at once.
QCoro::Task<void> AccountSync::sessionFailed(MailError error, bool wasOpen)
{
    noteSyncEnds();
    m_session.reset();
    m_closing.stop();
    m_watch.setAllowed(false);
    if (m_stopping)
        co_return;
    if (m_stopped || !m_online || error.kind == ErrorKind::Cancelled) { // It was closed by us.
        setActivity(AccountState::Activity::Offline);
        co_return;
    }
    qCInfo(syncLog) << "connection ended:" << error.summary();
    if (needsUser(error)) {
        passwordRefused(error);
        co_return;
    }
    noteError(error);
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
    if (!looksByItself()) { // Until somebody asks again.
        m_wantFolderList = false;
        m_wantUnknown = false;
        m_wantProof = false;
        m_wantedFolders.clear();
        m_wantBackground = false;
    }
    if (!m_services.keepConnected) {
        m_wantReplay = false;
        co_return;
    }
    co_await waitForNextTry(error);
}

QCoro::Task<Result<void>> AccountSync::listFolders()
{
    setActivity(AccountState::Activity::ListingFolders);
    m_wantFolderList = false;
    const bool isOwnLook = std::exchange(m_isOwnLook, false);
    const Result<FolderListSync::Listed> listed = co_await m_folderList.run(m_session.get());
    if (!listed) {
        if (isLost(listed.error())) {
            m_wantFolderList = true;
            m_isOwnLook = isOwnLook;
            co_return failure(listed.error());
        }
        noteFailure(listed.error());
        co_return {};
    }
    m_turns.begin();
    QList<Folder> folders = listed->folders;
    m_turns.sort(folders);
    m_wantedFolders.clear();
    m_askFirst.clear();
    for (const Folder &folder : std::as_const(folders)) {
        if (folder.role == FolderRole::Inbox)
            m_inbox = folder.id;
        const auto agreement = listed->agreements.value(folder.id, FolderAgreement::Unknown);
        const bool isTold = listed->agreements.contains(folder.id);
        const bool maySkip = agreement == FolderAgreement::Complete
            || (isOwnLook && agreement == FolderAgreement::Counts && !m_turns.isThorough())
            || (isOwnLook && !isTold && !m_turns.isDue(folder));
        if (maySkip && !m_folderWaiters.contains(folder.id))
            continue;
        m_wantedFolders.append(folder.id);
        // Where the server counts no changes, opening a folder means to read the flags of all its messages.
        if (isOwnLook && !isTold && !m_turns.isThorough() && !m_report.has(ServerAbility::ChangeCounts))
            m_askFirst.insert(folder.id);
    }
    m_wantBackground = m_services.keepConnected;
    if (m_nextQuota.hasExpired()) {
        m_nextQuota.setRemainingTime(quotaInterval);
        co_return co_await readQuota();
    }
    co_return {};
}

/// Once for each connection. No harm is done where it is refused.
QCoro::Task<Result<void>> AccountSync::learnNamespaces()
{
    if (m_namespaces)
        co_return {};
    const auto told = co_await m_session->namespaces();
    if (!told && isLost(told.error()))
        co_return failure(told.error());
    if (!told || !*told)
        co_return {};
    m_namespaces = *told;
    m_report.namespaces = ConnectionReport::Prefixes{.personal = prefixesOf(m_namespaces->personal),
        .others = prefixesOf(m_namespaces->others),
        .shared = prefixesOf(m_namespaces->shared)};
    co_return {};
}

/// Before the server is asked to make them: in a mailbox that has nothing but an INBOX so far nobody could know that
/// they have to be inside it.
QCoro::Task<Result<void>> AccountSync::placeNewFolders()
{
    const auto wait = co_await m_services.store.read(
        [id = m_account.id](const Tables &tables) -> Result<bool> { return newfolders::wait(tables, id); });
    if (!wait || !*wait)
        co_return {};
    if (const auto learned = co_await learnNamespaces(); !learned || !m_namespaces)
        co_return learned;
    co_return co_await m_services.store.write(
        [id = m_account.id, namespaces = *m_namespaces](Tables &tables) -> Result<void> {
            newfolders::putUnderPrefix(tables, id, namespaces);
            return {};
        },
        Store::Durability::Durable);
}

/// What the connection page shows besides. No harm is done where it is refused.
QCoro::Task<Result<void>> AccountSync::readQuota()
{
    if (const auto learned = co_await learnNamespaces(); !learned)
        co_return learned;
    const auto quota = co_await m_session->quota(QStringLiteral("INBOX"));
    if (!quota && isLost(quota.error()))
        co_return failure(quota.error());
    if (quota)
        m_report.quota = quotaOf(*quota);
    co_return {};
}

/// Whether the server was told anything.
QCoro::Task<Result<bool>> AccountSync::replayActions()
{
    setActivity(AccountState::Activity::ReplayingActions);
    if (const auto placed = co_await placeNewFolders(); !placed)
        co_return failure(placed.error());
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
    const Result<bool> agreed = co_await agrees(folder);
    if (!agreed) {
        if (!m_wantedFolders.contains(folder))
            m_wantedFolders.prepend(folder);
        co_return failure(agreed.error());
    }
    if (*agreed)
        co_return {};
    const Result<void> synced = co_await m_folderSync.run(m_session.get(), folder);
    if (m_folderSync.foundChanges())
        m_turns.noteChange(folder);
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

/// Whether a short question, where one is enough, shows that there is nothing to do.
QCoro::Task<Result<bool>> AccountSync::agrees(FolderId id)
{
    if (!m_askFirst.remove(id))
        co_return false;
    const auto folder = co_await m_services.store.read(
        [id](const Tables &tables) -> Result<std::optional<Folder>> { return tables.folders.find(id); });
    if (!folder || !*folder || (*folder)->path == m_session->selectedPath()) // RFC 9051 6.3.11
        co_return false;
    const auto status = co_await m_session->status((*folder)->path);
    if (!status) {
        if (isLost(status.error()))
            co_return failure(status.error());
        co_return false;
    }
    const auto agreement = co_await m_services.store.read(
        [found = **folder, told = *status](
            const Tables &tables) -> Result<FolderAgreement> { return compare(tables, found, told); });
    co_return agreement && *agreement != FolderAgreement::Unknown;
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
