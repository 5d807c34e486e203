// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sync/accountworker.h"
#include "core/sync/backoff.h"
#include "core/sync/bell.h"
#include "core/sync/cancellablewaits.h"
#include "core/sync/pop3download.h"

#include <QCoro/QCoroTask>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace postaci {

class Pop3Session;

/// Looks into the maildrop of a POP3 account from time to time. Its folders are here only (localmail.h): nothing that
/// is done to a message has to be told to a server, but for what ServerCopies says about deleted ones.
class Pop3Sync : public AccountWorker {
    Q_OBJECT

public:
    Pop3Sync(const Services &services, Account account, QObject *parent);
    ~Pop3Sync() override;

    void start() override;
    QCoro::Task<void> stop() override;

    /// One look into the maildrop.
    QFuture<Result<void>> synchronize() override;
    /// Done at once: servers allow only so many logins, and the user looks into folders more often than that.
    QFuture<Result<void>> synchronizeFolder(FolderId folder) override;
    /// What the maildrop still has of a message of which the header is here. It stays wanted when the connection is
    /// lost, and comes with a later look; NotFound when it is not in the maildrop any more.
    QFuture<Result<QByteArray>> fetchBody(MessageId message) override;
    void cancelBody(MessageId message) override;
    void cancelWork() override;
    void setOnline(bool online) override;
    void actionsQueued() override { }
    void passwordProvided() override;

private:
    /// Somebody waits for the rest of a message.
    struct RestWaiter {
        MessageId message;
        std::shared_ptr<QPromise<Result<QByteArray>>> promise;
        bool isNoted = false; ///< The store knows that it is wanted, so the look under way fetches it.
    };

    QCoro::Task<void> work();
    bool mayWork() const;
    QCoro::Task<Result<Pop3Download::Outcome>> look();
    QCoro::Task<Result<void>> noteRests();
    void settleRests(const std::function<bool(const RestWaiter &)> &which, const Result<QByteArray> &outcome);
    QCoro::Task<Result<Pop3Capabilities>> openSession();
    QCoro::Task<void> lookFailed(MailError error);
    void tryPasswordAgain();
    void failWaiters(const MailError &error);
    void disconnectFromServer();

    CancellableWaits m_waits;
    Bell m_bell;
    Backoff m_backoff;
    Pop3Download m_download;
    std::unique_ptr<Pop3Session> m_session;
    std::optional<QCoro::Task<void>> m_working;

    bool m_wanted = false;
    QList<RestWaiter> m_rests;
    std::vector<Waiter> m_nextRound; ///< For a look that has not begun.
    std::vector<Waiter> m_round; ///< For the one under way.
    QDeadlineTimer m_nextPoll;

    bool m_online = true;
    bool m_paused = false; ///< The user stopped the work.
    bool m_dontWait = false; ///< The user acts or the network is back: try again at once.
    bool m_stopping = false;
};

} // namespace postaci
