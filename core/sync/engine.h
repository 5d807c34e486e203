// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/discovery.h"
#include "core/discovery/providerdirectory.h"
#include "core/store/store.h"
#include "core/sync/accountsecretskeeper.h"
#include "core/sync/bell.h"
#include "core/sync/cancellablewaits.h"
#include "core/sync/folderactions.h"
#include "core/sync/mailengine.h"
#include "core/sync/mailfilework.h"
#include "core/sync/messageactions.h"
#include "core/sync/messagetransfer.h"
#include "core/sync/recoveredmail.h"
#include "core/sync/services.h"
#include "core/sync/textindexer.h"
#include "core/sync/tokenkeeper.h"
#include "core/sync/wakewatch.h"
#include "core/sync/workqueue.h"

#include <QCoro/QCoroFuture>
#include <QCoro/QCoroTask>

#include <QHash>
#include <QObject>
#include <QSet>
#include <QThreadPool>

#include <functional>

namespace postaci {

class AccountCheck;
class AccountWorker;
class RoundTripRunner;
class OAuthSignIn;
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

    QCoro::Task<DiscoveryResult> discover(QString address, DiscoveryOptions options);
    void cancelDiscovery();
    QCoro::Task<SetupReport> checkAccount(Account account, MailEngine::AccountSecrets secrets, CheckOptions options);
    void cancelCheck();
    QCoro::Task<Result<RoundTrip>> roundTrip(AccountId account, RoundTripText text);
    void cancelRoundTrip();

    QCoro::Task<Result<OAuthTokens>> signInWithBrowser(QString issuer, QString address, SignInPages pages);
    void cancelSignIn();
    void setOAuthClientIds(const QHash<QString, OAuthClientId> &ids);
    QCoro::Task<Result<bool>> keepOAuthClientSecret(QString issuer, QString clientId, QString secret);

    /// Keeps stop() waiting while a caller's procedure is under way.
    void callBegins() { ++m_calls; }
    void callEnds();

    QCoro::Task<Result<AccountId>> addAccount(Account account, MailEngine::AccountSecrets secrets);
    QCoro::Task<Result<void>> updateAccount(Account account, MailEngine::AccountSecrets secrets);
    QCoro::Task<Result<void>> removeAccount(AccountId account);
    QCoro::Task<Result<void>> providePassword(AccountId account, MailEngine::AccountSecrets secrets);

    QCoro::Task<Result<void>> synchronize(AccountId account);
    QCoro::Task<Result<void>> synchronizeFolder(FolderId folder);
    QCoro::Task<Result<QByteArray>> message(MessageId message);
    QCoro::Task<Result<QByteArray>> wholeMessage(MessageId message);
    void cancelMessage(MessageId message);
    QCoro::Task<Result<void>> indexTexts();
    void cancelWork(AccountId account);
    void setOnline(bool online);
    void setPaused(AccountId account, bool paused);
    void networkChanged();
    QCoro::Task<Result<ConnectionReport>> connection(AccountId account);

    /// The local half of a user action, in one durable transaction with its remote half.
    using LocalHalf = std::function<Result<actions::Touched>(Tables &tables, const QDateTime &now)>;
    QCoro::Task<Result<void>> act(LocalHalf localHalf);
    MessageTransfer &transfer() { return m_transfer; }
    MailFileWork &files() { return m_files; }

    /// What a user does to folders: a function of folderactions.h.
    template <class T>
    QCoro::Task<Result<T>> change(std::function<Result<T>(Tables &tables, const QDateTime &now)> function);

    QCoro::Task<Result<void>> retryActions(QList<QueuedAction::Id> actions);
    QCoro::Task<Result<void>> cancelActions(QList<QueuedAction::Id> actions);

    QCoro::Task<Result<DraftId>> saveDraft(Draft draft);
    QCoro::Task<Result<void>> discardDraft(DraftId draft);
    QCoro::Task<Result<OutboxId>> send(Draft draft);
    QCoro::Task<Result<OutboxId>> sendRaw(
        AccountId account, QByteArray message, QString sender, QStringList recipients);
    QCoro::Task<Result<void>> retryOutbox(OutboxId item);
    QCoro::Task<Result<void>> removeOutbox(OutboxId item);

Q_SIGNALS:
    void accountStateChanged(const postaci::AccountState &state);
    void discoveryProgress(const postaci::DiscoveryStep &step);
    void discoveryFound(const postaci::SettingsCandidate &candidate, const QString &address);
    void checkProgress(const postaci::CheckStep &step);
    void roundTripProgress(postaci::AccountId account, postaci::RoundTripStage stage);
    void browserWanted(const QUrl &url);
    void outboxChanged(const postaci::OutboxItem &item);
    void actionRefused(postaci::AccountId account, const postaci::MailError &error);
    void newMail(postaci::FolderId folder, int count);
    void messageProgress(postaci::MessageId message, qint64 bytes);
    void fileProgress(const postaci::FileProgress &progress);

private:
    QCoro::Task<Result<QByteArray>> fetch(MessageId message, bool withRest);
    void addSync(const Account &account);
    void actionsQueued(const QSet<AccountId> &accounts);
    Result<void> outboxEdited(const Result<OutboxItem> &item);
    QCoro::Task<Result<OutboxId>> queue(OutgoingMail mail, DraftId draft);

    SecretStore m_secrets;
    TokenKeeper m_tokens;
    QThreadPool m_pool;
    const Services m_services;
    const ProviderDirectory m_directory;
    const QHash<QString, OAuthClient> m_otherIssuers;
    QHash<AccountId, AccountWorker *> m_accounts;
    AccountSecretsKeeper m_accountSecrets;
    TextIndexer m_texts;
    MessageTransfer m_transfer;
    MailFileWork m_files;
    RecoveredMail m_recovered;
    Discovery m_discovery; ///< Remembers what it found.
    AccountCheck *m_check = nullptr; ///< The newest, while it is under way.
    RoundTripRunner *m_roundTrip = nullptr; ///< Likewise.
    OAuthSignIn *m_signIn = nullptr; ///< Likewise.
    CancellableWaits m_waits;
    Bell m_callsEnded;
    int m_calls = 0;
    WakeWatch m_wakeWatch;
    QSet<AccountId> m_paused;
    bool m_online = true;
    bool m_stopping = false;
};

template <class T>
QCoro::Task<Result<T>> Engine::change(std::function<Result<T>(Tables &tables, const QDateTime &now)> function)
{
    struct Done {
        Result<T> result;
        QSet<AccountId> touched;
    };
    const auto done = co_await m_services.store.write(
        [function = std::move(function), now = m_services.clock()](Tables &tables) -> Result<Done> {
            Result<T> result = function(tables, now);
            if (!result)
                return failure(result.error());
            return Done{std::move(result), actions::withFolderOps(tables)};
        },
        Store::Durability::Durable);
    if (!done)
        co_return failure(done.error());
    actionsQueued(done->touched);
    co_return done->result;
}

} // namespace postaci
