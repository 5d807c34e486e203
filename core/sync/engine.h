// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sync/bell.h"
#include "core/sync/cancellablewaits.h"
#include "core/sync/mailengine.h"
#include "core/sync/messageactions.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QHash>
#include <QObject>
#include <QThreadPool>

#include <functional>

namespace postaci {

class AccountCheck;
class AccountSync;
struct OutgoingMail;

/// The engine thread's side of MailEngine: the accounts and their synchronisers.
///
/// Made and used on the engine thread only. Deleted after stop() has ended.
class Engine : public QObject {
    Q_OBJECT

public:
    Engine(Store &store, const MailEngine::Options &options);
    ~Engine() override;

    QCoro::Task<Result<void>> start();
    QCoro::Task<void> stop();

    /// Logs in to both servers and saves nothing.
    QCoro::Task<Result<void>> checkAccount(Account account, MailEngine::AccountSecrets secrets);
    void cancelCheck();

    /// Keeps stop() waiting while a caller's procedure is under way.
    void callBegins() { ++m_calls; }
    void callEnds();

    QCoro::Task<Result<AccountId>> addAccount(Account account, MailEngine::AccountSecrets secrets);
    QCoro::Task<Result<void>> removeAccount(AccountId account);
    QCoro::Task<Result<void>> providePassword(AccountId account, MailEngine::AccountSecrets secrets);

    QCoro::Task<Result<void>> synchronize(AccountId account);
    QCoro::Task<Result<void>> synchronizeFolder(FolderId folder);
    QCoro::Task<Result<QByteArray>> message(MessageId message);
    void cancelWork(AccountId account);
    void setOnline(bool online);

    /// The local half of a user action, in one durable transaction with its remote half.
    using LocalHalf = std::function<Result<actions::Touched>(Tables &tables, const QDateTime &now)>;
    QCoro::Task<Result<void>> act(LocalHalf localHalf);

    QCoro::Task<Result<DraftId>> saveDraft(Draft draft);
    QCoro::Task<Result<void>> discardDraft(DraftId draft);
    QCoro::Task<Result<OutboxId>> send(Draft draft);
    QCoro::Task<Result<OutboxId>> sendRaw(
        AccountId account, QByteArray message, QString sender, QStringList recipients);
    QCoro::Task<Result<void>> retryOutbox(OutboxId item);
    QCoro::Task<Result<void>> removeOutbox(OutboxId item);

Q_SIGNALS:
    void accountStateChanged(const postaci::AccountState &state);
    void checkProgress(const postaci::CheckStep &step);
    void outboxChanged(const postaci::OutboxItem &item);
    void actionRefused(postaci::AccountId account, const postaci::MailError &error);
    void newMail(postaci::FolderId folder, int count);

private:
    void addSync(const Account &account);
    QCoro::Task<Result<void>> saveSecrets(Account account, MailEngine::AccountSecrets secrets);
    Result<void> outboxEdited(const Result<OutboxItem> &item);
    QCoro::Task<Result<OutboxId>> queue(OutgoingMail mail, DraftId draft);

    SecretStore m_secrets;
    QThreadPool m_pool;
    const Services m_services;
    QHash<AccountId, AccountSync *> m_accounts;
    AccountCheck *m_check = nullptr; ///< While one is under way.
    CancellableWaits m_waits;
    Bell m_callsEnded;
    int m_calls = 0;
    bool m_online = true;
    bool m_stopping = false;
};

} // namespace postaci
