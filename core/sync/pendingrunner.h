// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/imap/imaptypes.h"
#include "core/mail/folder.h"
#include "core/store/pendingoptable.h"
#include "core/sync/folderreplay.h"
#include "core/sync/messageput.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QObject>
#include <QSet>

#include <optional>

namespace postaci {

class ImapSession;

/// Tells an account's server what the user did, in the order in which it was done in each folder
/// (docs/decisions/0005-pending-operations.md).
///
/// A row is Running from before its command until its outcome is saved; one that is found Running was broken off, and
/// is only repeated after a look at what became of it. What the server refuses is undone. Lives on the engine thread;
/// one run at a time.
class PendingRunner : public QObject {
    Q_OBJECT

public:
    struct Outcome {
        bool replayed = false; ///< The server was told something.
        QSet<FolderId> toSync; ///< Folders that changed in a way that only a sync can show.
        bool foldersChanged = false; ///< The server's list of them has.
    };

    PendingRunner(const Services &services, AccountId account, QObject *parent);

    /// Fails when the connection or the store did; what is left then stays for the next run.
    QCoro::Task<Result<Outcome>> run(ImapSession *session, ImapCapabilities capabilities);
    bool isRunning() const { return m_isRunning; }
    /// Lets the run under way end, with Cancelled, after what it has told the server. A command that is broken off may
    /// be carried out at the very moment at which the next connection gives it again.
    void setEndsSoon(bool endsSoon) { m_endsSoon = endsSoon; }

Q_SIGNALS:
    void actionRefused(postaci::AccountId account, const postaci::MailError &error);
    /// A message has arrived here, and its old account has to be told that it goes.
    void otherAccountTouched(postaci::AccountId account);

private:
    /// Operations that make one command.
    struct Batch {
        QList<PendingOp> ops;
        std::optional<Folder> folder;
        std::optional<Folder> toFolder;
        bool again = false; ///< Broken off earlier: it may have happened.

        const PendingOp &first() const { return ops.first(); }
    };
    /// What is left alone in this run.
    struct Skipped {
        QSet<FolderId> folders;
        QSet<PendingOpId> ops;
    };

    QCoro::Task<Result<Batch>> takeBatch(Skipped skipped, qsizetype most);
    QCoro::Task<Result<void>> perform(ImapSession *session, ImapCapabilities capabilities, Batch batch);
    QCoro::Task<Result<void>> changeFlags(ImapSession *session, Batch batch);
    QCoro::Task<Result<void>> completeFlags(Batch batch, QList<PendingOp> lost, Flags kept);
    QCoro::Task<Result<void>> move(ImapSession *session, ImapCapabilities capabilities, Batch batch);
    QCoro::Task<Result<void>> remove(ImapSession *session, Batch batch);
    QCoro::Task<Result<void>> append(ImapSession *session, Batch batch);
    QCoro::Task<Result<void>> put(ImapSession *session, Batch batch);

    QCoro::Task<Result<QList<PendingOp>>> locate(ImapSession *session, SelectedFolder selected, QList<PendingOp> ops);
    QCoro::Task<Result<QList<PendingOp>>> verify(ImapSession *session, SelectedFolder selected, QList<PendingOp> ops);
    QCoro::Task<Result<QList<PendingOp>>> withoutCopied(ImapSession *session, Batch batch, QList<PendingOp> there);
    QCoro::Task<Result<Folder>> sentFolder(ImapSession *session);

    QCoro::Task<Result<void>> complete(QList<PendingOp> ops, std::optional<CopiedUids> copied = {});
    QCoro::Task<Result<void>> putBack(Batch batch, MailError error);
    QCoro::Task<Result<void>> refuse(Batch batch, MailError error);

    const Services &m_services;
    AccountId m_account;
    MessagePut m_put;
    FolderReplay m_folders;
    Outcome m_outcome; ///< Of the run under way.
    bool m_isRunning = false;
    bool m_endsSoon = false;
};

/// Whether the session is of no more use after this error.
bool sessionIsLost(const ImapSession &session, const MailError &error);

} // namespace postaci
