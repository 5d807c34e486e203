// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/pop3sync.h"

#include "core/base/log.h"
#include "core/net/certificatereader.h"
#include "core/pop3/pop3session.h"
#include "core/store/store.h"
#include "core/sync/logins.h"
#include "core/sync/tokenkeeper.h"

#include <QCoro/QCoroFuture>

#include <QElapsedTimer>

#include <algorithm>

namespace postaci {

using namespace std::chrono_literals;

namespace {

/// Slower than where a connection is kept: servers count the logins.
constexpr auto firstRetry = 10s;
constexpr auto latestRetry = 10min;

} // namespace

Pop3Sync::Pop3Sync(const Services &services, Account account, QObject *parent)
    : AccountWorker(services, std::move(account), Backoff(firstRetry, latestRetry), parent)
    , m_download(services, m_account, this)
{
    connect(&m_download, &Pop3Download::progress, this, [this](qint64 done, qint64 total) {
        setActivity(AccountState::Activity::FetchingBodies, QStringLiteral("INBOX"), done, total);
    });
    connect(&m_download, &Pop3Download::newMail, this, &Pop3Sync::newMail);
    connect(&m_download, &Pop3Download::restProgress, this, &Pop3Sync::bodyProgress);
    connect(&m_download, &Pop3Download::restSettled, this, [this](MessageId message, const Result<QByteArray> &raw) {
        settleRests([message](const RestWaiter &rest) { return rest.message == message; }, raw);
    });
}

Pop3Sync::~Pop3Sync() = default;

void Pop3Sync::start()
{
    emitState(m_state);
    planNextPoll();
    m_wanted = looksByItself();
    m_outbox.start();
    m_working = work();
}

QCoro::Task<void> Pop3Sync::stop()
{
    m_stopping = true;
    m_waits.cancel();
    if (m_session)
        m_session->close();
    m_bell.ring();
    const QCoro::Task<void> outboxEnds = m_outbox.stop();
    if (m_working)
        co_await *m_working;
    co_await outboxEnds;
    failWaiters({.kind = ErrorKind::Cancelled});
}

QFuture<Result<void>> Pop3Sync::synchronizeFolder(FolderId)
{
    return QtFuture::makeReadyValueFuture(Result<void>());
}

QFuture<Result<QByteArray>> Pop3Sync::fetchBody(MessageId message)
{
    if (!m_online || m_state.waitsForUser() || m_stopping)
        return QtFuture::makeReadyValueFuture(
            Result<QByteArray>(failure(m_state.error.value_or(MailError{.kind = ErrorKind::Cancelled}))));
    const auto promise = makeWaiter<QByteArray>();
    m_rests.append({message, promise});
    m_dontWait = true;
    m_bell.ring();
    return promise->future();
}

void Pop3Sync::cancelBody(MessageId message)
{
    const auto isThis = [message](const RestWaiter &rest) { return rest.message == message; };
    const auto waiter = std::find_if(m_rests.cbegin(), m_rests.cend(), isThis);
    if (waiter == m_rests.cend())
        return;
    const bool isUnderWay = waiter->isNoted;
    settleRests(isThis, failure({.kind = ErrorKind::Cancelled, .step = Step::FetchBody}));
    m_services.store.write(
        [message](Tables &tables) -> Result<void> {
            tables.pop3.setRest(message, Pop3Seen::Rest::OnServer);
            return {};
        },
        Store::Durability::Durable);
    if (!isUnderWay || !m_session)
        return;
    // The only way to stop an answer that has begun. What else this look was for comes with another one.
    m_nextRound.insert(m_nextRound.end(), m_round.begin(), m_round.end());
    m_round.clear();
    m_wanted = looksByItself();
    m_session->close();
    m_bell.ring();
}

void Pop3Sync::cancelWork()
{
    m_wanted = false;
    AccountWorker::cancelWork();
}

void Pop3Sync::wantEverything()
{
    m_wanted = true;
}

QCoro::Task<void> Pop3Sync::work()
{
    while (!m_stopping) {
        if (m_nextPoll.hasExpired()) {
            planNextPoll();
            m_wanted = true;
        }
        if (!mayWork() || (!m_wanted && m_nextRound.empty() && m_rests.isEmpty())) {
            co_await m_bell.wait(untilExpired(m_nextPoll));
            continue;
        }
        m_wanted = false;
        m_round.swap(m_nextRound);
        QElapsedTimer timer;
        timer.start();
        const auto looked = co_await look();
        if (looked) {
            m_report.latency = m_session->latency();
            m_report.lastSync = ConnectionReport::Sync{.endedAt = QDateTime::currentDateTimeUtc(),
                .milliseconds = timer.elapsed(),
                .bytesReceived = m_session->bytesReceived(),
                .bytesSent = m_session->bytesSent(),
                .roundTrips = m_session->roundTrips()};
        }
        m_session.reset();
        if (!looked) {
            co_await lookFailed(looked.error());
            continue;
        }
        m_backoff.reset();
        setActivity(AccountState::Activity::Idle);
        settleRests([](const RestWaiter &rest) { return rest.isNoted; },
            failure({.kind = ErrorKind::NotFound, .step = Step::FetchBody}));
        Result<void> outcome;
        if (const std::optional<MailError> skipped = looked->skipped)
            outcome = failure(*skipped);
        const std::vector<Waiter> waiters = std::exchange(m_round, {});
        for (const Waiter &waiter : waiters)
            finish(waiter, outcome);
    }
}

bool Pop3Sync::mayWork() const
{
    return m_online && !m_state.waitsForUser() && (!m_stopped || !m_rests.isEmpty());
}

QCoro::Task<Result<Pop3Download::Outcome>> Pop3Sync::look()
{
    setActivity(AccountState::Activity::Connecting);
    if (const auto noted = co_await noteRests(); !noted)
        co_return failure(noted.error());
    const auto capabilities = co_await openSession();
    if (!capabilities)
        co_return failure(capabilities.error());
    m_state.error.reset();
    setActivity(AccountState::Activity::FetchingHeaders);
    co_return co_await m_download.run(m_session.get(), *capabilities);
}

/// What was asked for comes even if the program or the connection ends before.
QCoro::Task<Result<void>> Pop3Sync::noteRests()
{
    QList<MessageId> messages;
    for (RestWaiter &rest : m_rests) {
        rest.isNoted = true;
        messages.append(rest.message);
    }
    if (messages.isEmpty())
        co_return Result<void>();
    co_return co_await m_services.store.write(
        [messages](Tables &tables) -> Result<void> {
            for (const MessageId message : messages)
                tables.pop3.setRest(message, Pop3Seen::Rest::Wanted);
            return {};
        },
        Store::Durability::Durable);
}

void Pop3Sync::settleRests(const std::function<bool(const RestWaiter &)> &which, const Result<QByteArray> &outcome)
{
    QList<RestWaiter> settled;
    m_rests.removeIf([&](const RestWaiter &rest) {
        if (!which(rest))
            return false;
        settled.append(rest);
        return true;
    });
    for (const RestWaiter &rest : std::as_const(settled)) {
        rest.promise->addResult(outcome);
        rest.promise->finish();
    }
}

QCoro::Task<Result<Pop3Capabilities>> Pop3Sync::openSession()
{
    Result<Pop3Capabilities> opened;
    QString refused;
    co_await waitForBudget();
    while (true) {
        const auto login = co_await m_waits.on(readCredentials(m_services, m_account, m_account.incoming, refused));
        if (!login)
            co_return failure(login.error());
        if (!mayWork() || m_stopping)
            co_return failure({.kind = ErrorKind::Cancelled, .step = Step::Login});
        m_session = std::make_unique<Pop3Session>(tlsPolicyFor(m_services.tls, m_account));
        m_session->setLog(m_log);
        opened = co_await m_session->open(m_account.incoming, *login);
        if (opened || !refused.isEmpty() || !worthAnotherToken(opened.error(), *login))
            break;
        refused = login->secret;
    }
    if (opened) {
        m_report.loggedInAt = QDateTime::currentDateTimeUtc();
        m_report.tls = m_session->tlsDetail();
        m_report.certificate = readCertificate(m_session->certificate());
        m_report.abilities = {{ServerAbility::UniqueIds, opened->uidl}, {ServerAbility::HeadersAlone, opened->top},
            {ServerAbility::Pipelining, opened->pipelining}};
    }
    co_return opened;
}

ConnectionReport Pop3Sync::connection() const
{
    ConnectionReport report = AccountWorker::connection();
    report.connections = m_session && m_session->isOpen() ? 1 : 0;
    return report;
}

/// Waits for the next try, or for somebody who wants one at once.
QCoro::Task<void> Pop3Sync::lookFailed(MailError error)
{
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
    m_state.error = error;
    setActivity(AccountState::Activity::Offline);
    failWaiters(error);
    if (!m_services.keepConnected)
        co_return;
    co_await waitForNextTry(error);
    m_wanted = looksByItself();
}

void Pop3Sync::failWaiters(const MailError &error)
{
    AccountWorker::failWaiters(error);
    settleRests([](const RestWaiter &) { return true; }, failure(error));
}

void Pop3Sync::hangUp()
{
    if (m_session)
        m_session->close();
}

} // namespace postaci
