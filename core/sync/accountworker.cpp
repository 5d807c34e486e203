// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/accountworker.h"

namespace postaci {

AccountWorker::AccountWorker(const Services &services, Account account, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_account(std::move(account))
    , m_outbox(services, m_account, this)
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
