// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/net/conversationlog.h"
#include "core/sync/backoff.h"
#include "core/sync/bell.h"
#include "core/sync/cancellablewaits.h"
#include "core/sync/connectbudget.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace postaci {

class ImapSession;

/// An account's second session: waits in INBOX for the server to say that something changed (IDLE, RFC 2177), and lends
/// itself for messages that are opened while the first session is busy.
///
/// Lives on the engine thread. Deleted after stop() has ended.
class InboxWatch : public QObject {
    Q_OBJECT

public:
    /// Uses the session for what cannot wait, if there is anything.
    using Serve = std::function<QCoro::Task<Result<void>>(ImapSession *session)>;

    InboxWatch(const Services &services, const Account &account, ConnectBudget &connects,
        std::shared_ptr<ConversationLog> log, Serve serve, QObject *parent);
    ~InboxWatch() override;

    void start();
    QCoro::Task<void> stop();

    /// Whether it may be connected: only while the first session's login stands.
    void setAllowed(bool allowed);
    /// There is something to serve.
    void interrupt();
    bool isConnected() const;

Q_SIGNALS:
    /// INBOX may have changed.
    void doorbell();
    void passwordNeeded(const postaci::MailError &error);
    /// The connection ended; the next try comes by itself.
    void lost();
    /// The server does not want a second connection, at least for now.
    void tooManyConnections();

private:
    QCoro::Task<void> run();
    QCoro::Task<MailError> watch();

    const Services &m_services;
    const Account &m_account;
    ConnectBudget &m_connects;
    std::shared_ptr<ConversationLog> m_log;
    Serve m_serve;
    CancellableWaits m_waits;
    Bell m_bell;
    Backoff m_backoff;
    std::unique_ptr<ImapSession> m_session;
    std::optional<QCoro::Task<void>> m_running;
    bool m_allowed = false;
    bool m_wasOpen = false; ///< The connection that ended was logged in.
    bool m_interrupted = false; ///< Serve before idling again.
    bool m_stopping = false;
};

} // namespace postaci
