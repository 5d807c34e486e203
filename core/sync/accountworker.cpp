// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/accountworker.h"

#include "core/sync/tokenkeeper.h"

namespace postaci {

AccountWorker::AccountWorker(const Services &services, Account account, Backoff backoff, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_account(std::move(account))
    , m_outbox(services, m_account, this)
    , m_waits(this)
    , m_bell(this)
    , m_backoff(backoff)
    , m_connects(services.times.connectsInWindow, services.times.connectWindow)
    , m_log(std::make_shared<ConversationLog>())
{
    m_state.account = m_account.id;
    m_report.account = m_account.id;
    m_report.protocol = m_account.incoming.protocol;
    m_report.endpoint = m_account.incoming.endpoint();
    connect(&m_outbox, &OutboxSender::outboxChanged, this, &AccountWorker::outboxChanged);
    connect(&m_outbox, &OutboxSender::passwordNeeded, this, [this](const MailError &error) {
        m_outgoingRefused = error;
        emitState(m_state);
    });
    connect(&m_outbox, &OutboxSender::progress, this, [this](qint64 sent, qint64 total) {
        AccountState state = m_state;
        if (total > 0) {
            state.activity = AccountState::Activity::Sending;
            state.folder.clear();
            state.done = sent;
            state.total = total;
        }
        emitState(state);
    });
}

AccountWorker::~AccountWorker() = default;

QFuture<Result<void>> AccountWorker::synchronize()
{
    const Waiter waiter = makeWaiter<void>();
    m_stopped = false;
    tryPasswordAgain();
    if (m_online && !m_stopping)
        m_nextRound.push_back(waiter);
    else
        finish(waiter, failure({.kind = m_online ? ErrorKind::Cancelled : ErrorKind::Offline}));
    return waiter->future();
}

void AccountWorker::cancelWork()
{
    m_stopped = true;
    m_state.error.reset();
    disconnectFromServer();
    failWaiters({.kind = ErrorKind::Cancelled});
}

void AccountWorker::setOnline(bool online)
{
    m_networkIsWanted = online;
    goOnlineOrOff();
    if (m_isPaused) // Who is told "working offline" until now has to hear of it.
        emitState(m_state);
}

void AccountWorker::setPaused(bool paused)
{
    if (std::exchange(m_isPaused, paused) == paused)
        return;
    m_state.isPaused = paused;
    if (m_networkIsWanted)
        goOnlineOrOff();
    else
        emitState(m_state);
}

void AccountWorker::goOnlineOrOff()
{
    const bool online = m_networkIsWanted && !m_isPaused;
    if (m_online == online)
        return;
    m_online = online;
    if (online) {
        m_state.error.reset();
        m_services.tokens.tryAgain(m_account);
        m_backoff.reset();
        m_connects.reset();
        m_dontWait = true;
        if (looksByItself())
            wantEverything();
        emitState(m_state);
        m_bell.ring();
        if (!m_stopped && !m_outgoingRefused)
            m_outbox.tryNow();
    } else {
        m_state.error = MailError{.kind = ErrorKind::Offline};
        disconnectFromServer();
        emitState(m_state);
        failWaiters(*m_state.error);
    }
}

void AccountWorker::networkChanged()
{
    if (!m_online || m_stopped || m_stopping)
        return;
    hangUp();
    m_backoff.reset();
    m_dontWait = true;
    if (looksByItself())
        wantEverything();
    m_bell.ring();
    if (!m_outgoingRefused)
        m_outbox.tryNow();
}

ConnectionReport AccountWorker::connection() const
{
    ConnectionReport report = m_report;
    report.log = m_log->entries();
    return report;
}

void AccountWorker::passwordProvided()
{
    if (looksByItself())
        wantEverything();
    tryPasswordAgain();
}

void AccountWorker::tryPasswordAgain()
{
    m_services.tokens.tryAgain(m_account);
    m_state.passwordNeeded = m_state.signInNeeded = false;
    m_outgoingRefused.reset();
    m_dontWait = true;
    m_bell.ring();
    m_outbox.tryNow();
}

void AccountWorker::failWaiters(const MailError &error)
{
    std::vector<Waiter> waiters = std::exchange(m_nextRound, {});
    const std::vector<Waiter> round = std::exchange(m_round, {});
    waiters.insert(waiters.end(), round.begin(), round.end());
    for (const Waiter &waiter : waiters)
        finish(waiter, failure(error));
}

void AccountWorker::disconnectFromServer()
{
    hangUp();
    m_outbox.pause();
    m_bell.ring();
    setActivity(AccountState::Activity::Offline);
}

void AccountWorker::passwordRefused(const MailError &error)
{
    (m_account.incoming.auth == AuthMethod::OAuth2 ? m_state.signInNeeded : m_state.passwordNeeded) = true;
    m_state.error = error;
    noteError(error);
    disconnectFromServer();
    failWaiters(error);
}

void AccountWorker::noteError(const MailError &error)
{
    m_report.lastError = error;
    m_report.lastErrorAt = QDateTime::currentDateTimeUtc();
}

void AccountWorker::planNextPoll()
{
    const LinkTimes &times = m_services.times;
    if (!looksByItself())
        m_nextPoll = QDeadlineTimer(QDeadlineTimer::Forever);
    else
        m_nextPoll.setRemainingTime(m_account.pollMinutes > 0 ? m_account.pollMinutes * times.minute : times.poll);
}

QCoro::Task<void> AccountWorker::waitForBudget()
{
    while (!m_stopping && m_online && m_connects.untilFree() > std::chrono::milliseconds::zero())
        co_await m_bell.wait(m_connects.untilFree());
    m_connects.take();
}

QCoro::Task<void> AccountWorker::waitForNextTry(MailError error)
{
    const LinkTimes &times = m_services.times;
    const bool isOutOfReach = error.isConnectionFailure() && error.step <= Step::Tls;
    const std::chrono::milliseconds delay = isOutOfReach ? m_backoff.next(times.latestUnreachable) : m_backoff.next();
    const QDeadlineTimer nextTry(delay);
    m_dontWait = false;
    m_state.nextTry = m_services.clock().addDuration(delay);
    emitState(m_state);
    while (!m_stopping && !m_dontWait && m_online && !nextTry.hasExpired())
        co_await m_bell.wait(untilExpired(nextTry));
    m_state.nextTry = {};
}

void AccountWorker::setActivity(AccountState::Activity activity, const QString &folder, qint64 done, qint64 total)
{
    AccountState state = m_state;
    state.activity = activity;
    state.folder = folder;
    state.done = done;
    state.total = total;
    if (state == m_state)
        return;
    m_state = state;
    emitState(state);
}

void AccountWorker::emitState(AccountState state)
{
    if (m_outgoingRefused) {
        (m_account.outgoing.auth == AuthMethod::OAuth2 ? state.signInNeeded : state.passwordNeeded) = true;
        if (!state.error)
            state.error = m_outgoingRefused;
    }
    Q_EMIT stateChanged(state);
}

} // namespace postaci
