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
{
    m_state.account = m_account.id;
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
    m_paused = false;
    tryPasswordAgain();
    if (m_online && !m_stopping)
        m_nextRound.push_back(waiter);
    else
        finish(waiter, failure({.kind = m_online ? ErrorKind::Cancelled : ErrorKind::Offline}));
    return waiter->future();
}

void AccountWorker::cancelWork()
{
    m_paused = true;
    m_state.error.reset();
    disconnectFromServer();
    failWaiters({.kind = ErrorKind::Cancelled});
}

void AccountWorker::setOnline(bool online)
{
    if (m_online == online)
        return;
    m_online = online;
    if (online) {
        m_state.error.reset();
        m_services.tokens.tryAgain(m_account);
        m_backoff.reset();
        m_dontWait = true;
        if (m_services.keepConnected)
            wantEverything();
        m_bell.ring();
        if (!m_paused && !m_outgoingRefused)
            m_outbox.tryNow();
    } else {
        m_state.error = MailError{.kind = ErrorKind::Offline};
        disconnectFromServer();
        failWaiters(*m_state.error);
    }
}

void AccountWorker::passwordProvided()
{
    if (m_services.keepConnected)
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
    disconnectFromServer();
    failWaiters(error);
}

QCoro::Task<void> AccountWorker::waitForNextTry()
{
    const QDeadlineTimer nextTry(m_backoff.next());
    m_dontWait = false;
    while (!m_stopping && !m_dontWait && m_online && !nextTry.hasExpired())
        co_await m_bell.wait(untilExpired(nextTry));
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
