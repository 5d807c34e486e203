// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/mail/outboxitem.h"
#include "core/sync/accountstate.h"
#include "core/sync/backoff.h"
#include "core/sync/bell.h"
#include "core/sync/cancellablewaits.h"
#include "core/sync/connectbudget.h"
#include "core/sync/connectionreport.h"
#include "core/sync/outboxsender.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QDeadlineTimer>
#include <QFuture>
#include <QObject>
#include <QPromise>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace postaci {

/// What works for one account, whatever its incoming server speaks: AccountSync for IMAP, Pop3Sync for POP3. Sends the
/// account's mails and tells its state. Independent of the other accounts.
///
/// Lives on the engine thread. Deleted after stop() has ended.
class AccountWorker : public QObject {
    Q_OBJECT

public:
    ~AccountWorker() override;

    const Account &settings() const { return m_account; }

    virtual void start() = 0;
    /// Ends every connection and wait of this account.
    virtual QCoro::Task<void> stop() = 0;

    /// Everything once. One new login even after a wrong password.
    QFuture<Result<void>> synchronize();
    virtual QFuture<Result<void>> synchronizeFolder(FolderId folder) = 0;
    /// The raw message from the server; it is in the store then.
    virtual QFuture<Result<QByteArray>> fetchBody(MessageId message) = 0;
    /// Nobody wants that one any more: whoever waits for it gets Cancelled.
    virtual void cancelBody(MessageId message) = 0;
    virtual void cancelWork();
    void setOnline(bool online);
    /// The user wants nothing to be done for this account until further notice; as if there were no network.
    void setPaused(bool paused);
    /// The computer was asleep, or has another network: whatever stood is taken for dead and made anew at once.
    void networkChanged();

    virtual ConnectionReport connection() const;

    /// New rows in pendingops.
    virtual void actionsQueued() = 0;
    /// Whether the server is being told of them at this moment.
    virtual bool isReplaying() const { return false; }
    /// New or changed rows in the outbox.
    void outboxQueued() { m_outbox.lookAgain(); }
    /// One new try with what the user typed.
    void passwordProvided();

Q_SIGNALS:
    void stateChanged(const postaci::AccountState &state);
    void outboxChanged(const postaci::OutboxItem &item);
    void actionRefused(postaci::AccountId account, const postaci::MailError &error);
    void newMail(postaci::FolderId folder, int count);
    void otherAccountTouched(postaci::AccountId account);
    void bodyProgress(postaci::MessageId message, qint64 bytes);

protected:
    AccountWorker(const Services &services, Account account, Backoff backoff, QObject *parent);

    /// What is due without anybody waiting for it.
    virtual void wantEverything() = 0;
    /// Closes the connections to the incoming server; what is under way on them ends.
    virtual void hangUp() = 0;
    /// Everybody who waits for this account, with this.
    virtual void failWaiters(const MailError &error);

    void disconnectFromServer();
    /// Nothing is tried again until the user acts: a server may lock the account after a few wrong logins.
    void passwordRefused(const MailError &error);
    /// Until the next try after this is due, or somebody wants one at once.
    QCoro::Task<void> waitForNextTry(MailError error);
    /// Until one more connection may be made; see ConnectBudget.
    QCoro::Task<void> waitForBudget();
    void noteError(const MailError &error);

    /// Whether it looks for new mail without being asked.
    bool looksByItself() const { return m_services.keepConnected && m_account.pollMinutes != Account::pollByHand; }
    /// Whether the server is to say by itself when there is something new.
    bool isPushed() const { return m_services.keepConnected && m_account.pollMinutes == Account::pollAutomatically; }
    void planNextPoll();

    void setActivity(AccountState::Activity activity, const QString &folder = {}, qint64 done = 0, qint64 total = 0);
    void emitState(AccountState state);

    using Waiter = std::shared_ptr<QPromise<Result<void>>>;
    template <class T> static std::shared_ptr<QPromise<Result<T>>> makeWaiter()
    {
        auto waiter = std::make_shared<QPromise<Result<T>>>();
        waiter->start();
        return waiter;
    }
    static void finish(const Waiter &waiter, const Result<void> &result)
    {
        waiter->addResult(result);
        waiter->finish();
    }
    /// Negative: never.
    static std::chrono::milliseconds untilExpired(const QDeadlineTimer &timer)
    {
        if (timer.isForever())
            return std::chrono::milliseconds(-1);
        return std::chrono::ceil<std::chrono::milliseconds>(timer.remainingTimeAsDuration());
    }

    const Services &m_services;
    const Account m_account;
    OutboxSender m_outbox;
    AccountState m_state; ///< Of the incoming server.
    std::optional<MailError> m_outgoingRefused; ///< The outgoing server wants another password.

    CancellableWaits m_waits;
    Bell m_bell; ///< For whoever does the work.
    Backoff m_backoff;
    ConnectBudget m_connects;
    std::shared_ptr<ConversationLog> m_log;
    ConnectionReport m_report; ///< As far as it is written down when it happens.
    std::vector<Waiter> m_nextRound; ///< For a synchronisation that has not begun.
    std::vector<Waiter> m_round; ///< For the one under way.
    QDeadlineTimer m_nextPoll;

    bool m_online = true; ///< There is a network, and the user wants it used.
    bool m_stopped = false; ///< The user stopped the work.
    bool m_dontWait = false; ///< The user acts or the network is back: try again at once.
    bool m_stopping = false;

private:
    void goOnlineOrOff();
    void tryPasswordAgain();

    bool m_networkIsWanted = true;
    bool m_isPaused = false;
};

} // namespace postaci
