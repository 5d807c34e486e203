// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/inboxwatch.h"

#include "core/base/log.h"
#include "core/imap/imapsession.h"
#include "core/imap/imapstatus.h"
#include "core/sync/logins.h"

#include <QCoro/QCoroFuture>

#include <utility>

using namespace Qt::StringLiterals;

namespace postaci {

InboxWatch::InboxWatch(const Services &services, const Account &account, ConnectBudget &connects,
    std::shared_ptr<ConversationLog> log, Serve serve, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_account(account)
    , m_connects(connects)
    , m_log(std::move(log))
    , m_serve(std::move(serve))
    , m_waits(this)
    , m_bell(this)
    , m_backoff(services.times.firstRetry, services.times.latestRetry)
{
}

InboxWatch::~InboxWatch() = default;

void InboxWatch::start()
{
    m_running = run();
}

QCoro::Task<void> InboxWatch::stop()
{
    m_stopping = true;
    m_waits.cancel();
    setAllowed(false);
    if (m_running)
        co_await *m_running;
}

void InboxWatch::setAllowed(bool allowed)
{
    if (m_allowed == allowed && !m_stopping)
        return;
    m_allowed = allowed;
    if (!allowed && m_session)
        m_session->close();
    m_backoff.reset();
    m_bell.ring();
}

void InboxWatch::interrupt()
{
    m_interrupted = true;
    m_bell.ring();
    if (m_session && m_session->isOpen())
        m_session->stopIdle();
}

bool InboxWatch::isConnected() const
{
    return m_session && m_session->isOpen();
}

QCoro::Task<void> InboxWatch::run()
{
    while (!m_stopping) {
        if (!m_allowed) {
            co_await m_bell.wait();
            continue;
        }
        const auto wait = m_connects.untilFree();
        if (wait > std::chrono::milliseconds::zero()) {
            co_await m_bell.wait(wait);
            continue;
        }
        m_wasOpen = false;
        const MailError ended = co_await watch();
        if (m_session)
            m_session->close();
        m_session.reset();
        if (m_stopping || !m_allowed)
            continue;
        if (needsUser(ended)) {
            m_allowed = false;
            Q_EMIT passwordNeeded(ended);
        } else if (!m_wasOpen && (ended.kind == ErrorKind::TryLater || meansTooManyConnections(ended))) {
            qCInfo(syncLog) << "one connection has to do:" << ended.summary();
            Q_EMIT tooManyConnections();
        } else {
            qCInfo(syncLog) << "watching ended:" << ended.summary();
            const QDeadlineTimer nextTry(m_backoff.next());
            Q_EMIT lost();
            while (!m_stopping && m_allowed && !nextTry.hasExpired())
                co_await m_bell.wait(std::chrono::ceil<std::chrono::milliseconds>(nextTry.remainingTimeAsDuration()));
        }
    }
}

/// Why it ended.
QCoro::Task<MailError> InboxWatch::watch()
{
    QString refused;
    while (true) {
        const auto login = co_await m_waits.on(readCredentials(m_services, m_account, m_account.incoming, refused));
        if (!login)
            co_return login.error();
        if (!m_allowed)
            co_return MailError{.kind = ErrorKind::Cancelled, .step = Step::Login};
        m_connects.take();
        m_session = std::make_unique<ImapSession>(tlsPolicyFor(m_services.tls, m_account));
        m_session->setKeepAlive(m_services.times.probes);
        m_session->setLog(m_log, u"2"_s);
        connect(m_session.get(), &ImapSession::doorbell, this, &InboxWatch::doorbell);
        const auto opened = co_await m_session->open(m_account.incoming, *login);
        if (opened) {
            m_wasOpen = true;
            break;
        }
        if (!refused.isEmpty() || !worthAnotherToken(opened.error(), *login))
            co_return opened.error();
        refused = login->secret;
    }
    while (m_allowed) {
        if (m_session->selectedPath() != "INBOX"_L1) {
            const auto selected = co_await m_session->select(u"INBOX"_s);
            if (!selected)
                co_return selected.error();
            // What changed between the last look and this SELECT rings no bell.
            Q_EMIT doorbell();
        }
        m_interrupted = false;
        if (const auto served = co_await m_serve(m_session.get()); !served)
            co_return served.error();
        if (m_interrupted || m_session->selectedPath() != "INBOX"_L1)
            continue;
        if (const auto idled = co_await m_session->idle(m_services.times.idle); !idled)
            co_return idled.error();
        m_backoff.reset();
    }
    co_return MailError{.kind = ErrorKind::Cancelled, .step = Step::Idle};
}

} // namespace postaci
