// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sync/accountworker.h"
#include "core/sync/pop3download.h"

#include <QCoro/QCoroTask>

#include <functional>
#include <memory>
#include <optional>

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

    /// Done at once: servers allow only so many logins, and the user looks into folders more often than that.
    QFuture<Result<void>> synchronizeFolder(FolderId folder) override;
    /// What the maildrop still has of a message of which the header is here. It stays wanted when the connection is
    /// lost, and comes with a later look; NotFound when it is not in the maildrop any more.
    QFuture<Result<QByteArray>> fetchBody(MessageId message) override;
    void cancelBody(MessageId message) override;
    void cancelWork() override;
    void actionsQueued() override { }
    ConnectionReport connection() const override;

protected:
    /// A look into the maildrop.
    void wantEverything() override;
    void hangUp() override;
    void failWaiters(const MailError &error) override;

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

    Pop3Download m_download;
    std::unique_ptr<Pop3Session> m_session;
    std::optional<QCoro::Task<void>> m_working;

    bool m_wanted = false;
    QList<RestWaiter> m_rests;
};

} // namespace postaci
