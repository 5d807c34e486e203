// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/imap/imaptypes.h"
#include "core/sync/accountworker.h"
#include "core/sync/bodyfetcher.h"
#include "core/sync/folderlistsync.h"
#include "core/sync/folderturns.h"
#include "core/sync/imapfoldersync.h"
#include "core/sync/inboxwatch.h"
#include "core/sync/pendingrunner.h"

#include <QCoro/QCoroTask>

#include <QElapsedTimer>
#include <QHash>
#include <QSet>
#include <QTimer>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace postaci {

class ImapSession;

/// Keeps an account and its IMAP server alike.
///
/// One session works through what is wanted, the most urgent first; a second one (InboxWatch) waits for new mail, and a
/// third party (OutboxSender) sends. Where the server allows one connection only, the first one waits when it has
/// nothing else to do. An account that looks every few minutes, or when it is asked, has no connection in between.
class AccountSync : public AccountWorker {
    Q_OBJECT

public:
    AccountSync(const Services &services, Account account, QObject *parent);
    ~AccountSync() override;

    void start() override;
    QCoro::Task<void> stop() override;

    QFuture<Result<void>> synchronizeFolder(FolderId folder) override;
    QFuture<Result<QByteArray>> fetchBody(MessageId message) override;
    void cancelBody(MessageId message) override;
    void cancelWork() override;
    void actionsQueued() override;
    ConnectionReport connection() const override;
    bool isReplaying() const override { return m_actions.isRunning(); }

protected:
    /// Folder list, pending actions, every folder.
    void wantEverything() override;
    void hangUp() override;
    void failWaiters(const MailError &error) override;

private:
    using BodyWaiter = std::shared_ptr<QPromise<Result<QByteArray>>>;

    QCoro::Task<void> work();
    QCoro::Task<void> wantWhatWasLeft();
    bool mayWork() const;
    bool hasWork() const;
    QCoro::Task<void> rest();
    QCoro::Task<void> waitInInbox();
    QCoro::Task<bool> isStillThere();
    QCoro::Task<Result<void>> workOnce();
    QCoro::Task<Result<void>> openSession();
    QCoro::Task<void> sessionFailed(MailError error, bool wasOpen);
    void poll();

    QCoro::Task<Result<void>> listFolders();
    QCoro::Task<Result<bool>> replayActions();
    QCoro::Task<Result<void>> placeNewFolders();
    QCoro::Task<Result<void>> learnNamespaces();
    QCoro::Task<Result<void>> lookForUnknown();
    QCoro::Task<Result<void>> syncFolder(FolderId folder);
    QCoro::Task<Result<bool>> agrees(FolderId folder);
    QCoro::Task<Result<void>> readQuota();
    QCoro::Task<Result<void>> serveBodies(ImapSession *session);
    QCoro::Task<Result<void>> fetchInBackground();
    QCoro::Task<Result<bool>> betweenWindows();

    void wantFirst(FolderId folder);
    void wantInbox();
    void watchLost();
    void makeDoWithOne();
    void allowWatch();
    void noteSyncBegins();
    void noteSyncEnds();
    bool isLost(const MailError &error) const;
    void noteFailure(const MailError &error);
    void finishRound();

    FolderListSync m_folderList;
    ImapFolderSync m_folderSync;
    BodyFetcher m_bodies;
    PendingRunner m_actions;
    InboxWatch m_watch;
    std::unique_ptr<ImapSession> m_session;
    ImapCapabilities m_capabilities;
    std::optional<Namespaces> m_namespaces;
    std::optional<QCoro::Task<void>> m_working;
    FolderId m_inbox;

    // What is wanted, the most urgent first.
    QList<std::pair<MessageId, BodyWaiter>> m_wantedBodies;
    bool m_wantReplay = false;
    bool m_wantFolderList = false; ///< And then the folders.
    bool m_isOwnLook = false; ///< Nobody asked for that: folders whose turn it is are enough.
    QSet<FolderId> m_askFirst; ///< Of the folders that are wanted: a STATUS may show that nothing is to do.
    bool m_wantProof = false; ///< That the connection is still there, or a new one.
    bool m_wantUnknown = false; ///< Look for mails of unknown fate.
    QList<FolderId> m_wantedFolders;
    bool m_wantBackground = false;

    Result<void> m_roundOutcome;
    QHash<FolderId, std::vector<Waiter>> m_folderWaiters;

    QTimer m_closing; ///< While the action under way may still be heard out.
    bool m_busy = false; ///< The session is at work.

    FolderTurns m_turns;
    QElapsedTimer m_sinceUse; ///< Of the session.
    bool m_isWaiting = false; ///< The session waits for news in INBOX.
    QDeadlineTimer m_alone; ///< Until then there is one connection, because the server wants no more.
    QDeadlineTimer m_nextQuota;
    std::optional<ImapTraffic> m_before; ///< Before what is being done now.
    QElapsedTimer m_sinceBefore;
};

} // namespace postaci
