// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/discovery/discoveryresult.h"
#include "core/discovery/setupreport.h"
#include "core/mail/account.h"
#include "core/mail/draft.h"
#include "core/mail/flags.h"
#include "core/mail/folder.h"
#include "core/mail/outboxitem.h"
#include "core/mail/signin.h"
#include "core/net/oauthclient.h"
#include "core/net/tlspolicy.h"
#include "core/settings/oauthclientids.h"
#include "core/settings/secretstore.h"
#include "core/store/undotable.h"
#include "core/sync/accountstate.h"
#include "core/sync/connectionreport.h"
#include "core/sync/linktimes.h"
#include "core/sync/mailfiles.h"
#include "core/sync/roundtrip.h"
#include "core/sync/workqueue.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QStringList>
#include <QThread>

#include <memory>

namespace postaci {

class Store;

/// Everything that the ui and the command line can do with mail. The face of core/sync.
///
/// Owns the engine thread, on which all sessions and timers live; its own methods may be called from any thread and
/// return at once. Futures finish on the engine thread: use then(context, …). Signals come from the engine thread.
///
/// A user action has a local half and a remote half that are saved in one transaction: the future tells that the local
/// half is done and the remote one will be done, now or once there is a connection.
class MailEngine : public QObject {
    Q_OBJECT

public:
    struct Options {
        QString profile; ///< Keeps the secrets of two profiles apart.
        TlsPolicy tls;
        Clock clock = systemTime;
        SecretStore::Backing secrets = SecretStore::Backing::Keychain;
        QHash<QString, OAuthClientId> oauthClientIds; ///< By issuer of the table; see oauthClientIds().
        QHash<QString, OAuthClient> otherIssuers; ///< Beside the table: the tests'.
        LinkTimes times;
        bool keepConnected = true; ///< IDLE, polling and background work; false: only what is asked for (command line).
    };

    /// Passwords for the two servers of an account, often the same; or what the user's sign-in gave.
    struct AccountSecrets {
        QString incoming;
        QString outgoing;
        OAuthTokens tokens;
    };

    MailEngine(Store &store, Options options, QObject *parent = nullptr);
    /// Stops first.
    ~MailEngine() override;

    /// Starts every account of the store. Finished when they are known, before anything is connected.
    QFuture<Result<void>> start();
    /// Closes all connections; at most 2 s. Nothing is lost: what was under way is found again at the next start.
    QFuture<void> stop();

    // Setting up

    /// Looks for an address' servers (normalised address, as from parseAddress()), without any password. Told as it
    /// goes by discoveryProgress() and discoveryFound(); the result has all of it, best first. One search at a time: a
    /// new one cancels the one before.
    QFuture<DiscoveryResult> discover(QString address, DiscoveryOptions options);
    void cancelDiscovery();
    /// Climbs the ladder of both servers at the same time, up to the folder list and to the word that this sender may
    /// send; saves nothing, sends nothing. At most 15 s and one login for each server (two when guessed). Told as it
    /// goes by checkProgress(). One check at a time: a new one cancels the one before. Of a saved account an empty
    /// secret stands for the known one, as long as user and host are the same.
    QFuture<SetupReport> checkAccount(Account account, AccountSecrets secrets, CheckOptions options = {});
    void cancelCheck();
    /// Sends a mail from an account to itself, waits until it is seen arriving in any folder and removes it; at most
    /// 60 s. Stages are told by roundTripProgress(). Fails with Timeout at Step::FetchHeaders when it did not arrive.
    QFuture<Result<RoundTrip>> roundTrip(AccountId account, RoundTripText text);
    void cancelRoundTrip();

    /// Signs the user in at an issuer of the table, in the system's browser: open the URL of browserWanted(). At most
    /// five minutes. The tokens go into AccountSecrets. Fails with OAuthNeeded when no client id is held for the
    /// issuer, Refused, Timeout, Cancelled, or what went wrong with the network. One at a time: a new one cancels the
    /// one before.
    /// @param address a hint for the issuer's form
    /// @param pages what the browser shows at the end
    QFuture<Result<OAuthTokens>> signInWithBrowser(QString issuer, QString address, SignInPages pages);
    void cancelSignIn();
    /// The user has typed a client id of their own.
    void setOAuthClientIds(QHash<QString, OAuthClientId> ids);
    /// And its secret, which goes into the keychain; an empty one is removed from there. False: it lasts as long as the
    /// program runs.
    QFuture<Result<bool>> keepOAuthClientSecret(QString issuer, QString clientId, QString secret);

    // Accounts

    /// Saves an account that was checked, with its secrets, and starts it.
    QFuture<Result<AccountId>> addAccount(Account account, AccountSecrets secrets);
    /// Saves other settings of the account with this id, and starts it with them; its mail stays. An empty secret
    /// leaves the one that is known, as long as user and host are the same.
    QFuture<Result<void>> updateAccount(Account account, AccountSecrets secrets);
    /// Removes the account, its local mail and its secrets. Nothing changes on the server.
    QFuture<Result<void>> removeAccount(AccountId account);
    /// After AccountState::passwordNeeded or signInNeeded.
    QFuture<Result<void>> providePassword(AccountId account, AccountSecrets secrets);

    // Synchronisation

    /// Brings one account (or all, with none) up to date: folder list, headers of every folder, pending actions.
    QFuture<Result<void>> synchronize(AccountId account = {});
    /// Brings one folder up to date soon: it was opened.
    QFuture<Result<void>> synchronizeFolder(FolderId folder);
    /// Stops the work under way on an account; it goes on at the next synchronize().
    void cancelWork(AccountId account);
    void setOnline(bool online);
    /// Nothing is sent, fetched or asked for this account until it is taken back, which a restart does not do by
    /// itself: say it before start(). What the user does waits.
    void setPaused(AccountId account, bool paused);
    /// The network came back or is another one. Connections that stand are made anew at once; those that wait for their
    /// next try do not wait any longer. A computer that was asleep is noticed without this.
    void networkChanged();
    /// What is known of an account's connection.
    QFuture<Result<ConnectionReport>> connection(AccountId account);

    /// The raw message, from the store or else from the server. OnlyHeader where a maildrop keeps the rest of it until
    /// somebody asks (Account::wholeUpTo).
    QFuture<Result<QByteArray>> message(MessageId message);
    /// The same with such a rest; told as it comes by messageProgress(). Once asked for it comes even after the
    /// connection or the program has ended, unless cancelMessage() takes it back. NotFound at Step::FetchBody when the
    /// maildrop does not have it any more.
    QFuture<Result<QByteArray>> wholeMessage(MessageId message);
    void cancelMessage(MessageId message);

    /// Reads the texts of all messages that are here for the search, which otherwise happens by itself little by
    /// little. Finished when every one of them is found by its text.
    QFuture<Result<void>> indexTexts();

    // Actions on messages

    /// ReadOnly where not one of these can be changed.
    QFuture<Result<void>> changeFlags(QList<MessageId> messages, Flags add, Flags remove);
    /// It has been looked at: not an action that undo() would take back, nor one that can fail.
    QFuture<Result<void>> markRead(MessageId message);
    /// Into any folder of any account, and changes flags with it. Between accounts the original goes only after the
    /// copy has been seen in its new place (see MessageTransfer): on a server that is when there is a connection.
    QFuture<Result<void>> moveMessages(QList<MessageId> messages, FolderId to, Flags add = {}, Flags remove = {});
    QFuture<Result<void>> copyMessages(QList<MessageId> messages, FolderId to);
    /// To Trash; for good when already there or when there is no Trash.
    QFuture<Result<void>> deleteMessages(QList<MessageId> messages);

    // Folders: see folderactions.h. Of a server's the change is seen at once and made there when there is a connection.

    QFuture<Result<FolderId>> createFolder(AccountId account, FolderId parent, QString name);
    QFuture<Result<void>> renameFolder(FolderId folder, QString name);
    QFuture<Result<void>> moveFolder(FolderId folder, AccountId account, FolderId parent);
    QFuture<Result<void>> deleteFolder(FolderId folder, bool forGood = false);

    /// Takes the last of these actions back that has not been (UndoTable), also one of an earlier run of the program:
    /// see MessageTransfer::undo(). Tells which; none: there is nothing to take back.
    QFuture<Result<std::optional<UndoStep>>> undo();

    // The work queue: what servers have not been told, and what they refused. See workqueue.h.

    /// Tries again now. Fails with the last error; the others are tried all the same.
    QFuture<Result<void>> retryActions(QList<QueuedAction::Id> actions);
    /// Forgets what was refused, and takes back what waits. Fails with TryLater when some are under way just now.
    QFuture<Result<void>> cancelActions(QList<QueuedAction::Id> actions);

    // Files of other programs

    /// Takes the mail of mbox files, a Maildir, .eml files or a directory of those into a folder: see MailImport. Told
    /// as it goes by fileProgress().
    QFuture<Result<ImportOutcome>> importMail(QStringList paths, FolderId folder);
    /// Writes messages into an mbox file or .eml files, and returns how many: see MailExport.
    QFuture<Result<qint64>> exportMessages(QList<MessageId> messages, QString path, MailFormat format);
    QFuture<Result<qint64>> exportFolder(FolderId folder, QString path, MailFormat format);
    /// Ends imports and exports under way. What an import has brought stays; an mbox file that is not complete goes.
    void cancelFiles();

    // Writing

    QFuture<Result<DraftId>> saveDraft(Draft draft);
    QFuture<Result<void>> discardDraft(DraftId draft);
    /// Builds the message, queues it and removes the draft, in one transaction. Sending goes on by itself.
    QFuture<Result<OutboxId>> send(Draft draft);
    /// Queues a finished message (from a file); the envelope is given or taken from its fields.
    QFuture<Result<OutboxId>> sendRaw(AccountId account, QByteArray message, QString sender, QStringList recipients);
    /// Queued or Failed: try again now. Unknown: the user says that it did not arrive.
    QFuture<Result<void>> retryOutbox(OutboxId item);
    /// Queued, Failed or Unknown: remove it.
    QFuture<Result<void>> removeOutbox(OutboxId item);

Q_SIGNALS:
    void accountStateChanged(const postaci::AccountState &state);
    void discoveryProgress(const postaci::DiscoveryStep &step);
    void discoveryFound(const postaci::SettingsCandidate &candidate, const QString &address);
    void checkProgress(const postaci::CheckStep &step);
    void roundTripProgress(postaci::AccountId account, postaci::RoundTripStage stage);
    void browserWanted(const QUrl &url);
    /// A mail left the outbox, was refused, or its fate is unknown.
    void outboxChanged(const postaci::OutboxItem &item);
    /// An action that was shown as done was refused by the server and has been undone; it stands in the work queue.
    void actionRefused(postaci::AccountId account, const postaci::MailError &error);
    void newMail(postaci::FolderId folder, int count);
    void messageProgress(postaci::MessageId message, qint64 bytes);
    void fileProgress(const postaci::FileProgress &progress);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace postaci
