// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/mail/folder.h"
#include "core/mail/messageheader.h"
#include "core/store/store.h"
#include "core/sync/mailengine.h"

#include <QCoroTask>

#include <QHash>
#include <QObject>
#include <QSet>
#include <QSslCertificate>

#include <optional>

namespace postaci::cli {

/// One run of the program: the profile's store, an engine that does only what it is asked for, and the questions that
/// several commands ask. Lives on the main thread until the program ends.
class Session : public QObject {
    Q_OBJECT

public:
    struct Options {
        QString profile; ///< Canonical directory.
        QList<QSslCertificate> roots;
        QString account; ///< What --account says: number or address; empty: the only one.
        std::optional<MailEngine::AccountSecrets> secrets; ///< From the environment; then the keychain is not used.
    };

    explicit Session(Options options);

    /// The failure of this command stands in its last line already.
    void setFailureTold() { m_failureTold = true; }
    bool hasToldFailure() const { return m_failureTold; }

    /// Opens the store. Before anything else.
    QCoro::Task<Result<void>> open();
    /// Starts the engine and hands it the password of the environment. Before anything that needs a server.
    QCoro::Task<Result<void>> connectAccounts();
    /// Closes every connection: commands under way end with an error.
    QFuture<void> stop();

    Store &store() { return m_store; }
    MailEngine &engine() { return m_engine; }
    const Options &options() const { return m_options; }

    QCoro::Task<Result<QList<Account>>> accounts();
    /// The account with this number or address, "local" for the folders on this computer; with an empty reference the
    /// one of --account, or the only one.
    QCoro::Task<Result<Account>> account(QString reference);
    /// A folder by its path on the server; "inbox" in any case (RFC 9051 5.1).
    QCoro::Task<Result<Folder>> folder(AccountId account, QString path);
    /// The folder that a command is about, of --account or the only one; an empty path stands for the top of the
    /// account.
    QCoro::Task<Result<Folder>> namedFolder(QString path);
    /// Rows of these messages, in order; NotFound unless all are there.
    QCoro::Task<Result<QList<MessageHeader>>> messages(QStringList ids);

    /// What became of the remote half of an action.
    struct RemoteHalf {
        bool queued = false; ///< Saved, and done at the next sync with a connection.
        std::optional<MailError> reason; ///< Why it could not be done now.
    };
    /// Waits until the servers know everything that was done to these messages' accounts. An action that a server
    /// refused is the error.
    QCoro::Task<Result<RemoteHalf>> replayActions(QList<FolderId> folders);
    /// The same for what was done to folders of these accounts.
    QCoro::Task<Result<RemoteHalf>> replayAccounts(QList<AccountId> accounts);
    /// Waits until a mail that was queued in this session has left, was refused, or cannot leave now; and, if it left,
    /// until its copy is in Sent or cannot be put there now.
    QCoro::Task<Result<OutboxItem>> deliver(OutboxId id);
    /// Synchronises, and once more if mail left meanwhile: its copy is to be in Sent, too.
    QCoro::Task<Result<void>> synchronize(AccountId account);
    /// Waits until every mail that could leave now has been tried: ending the program must not break one off.
    QCoro::Task<void> settleOutbox();

Q_SIGNALS:
    /// Something happened that a waiting procedure may want to know.
    void news();

private:
    void onOutboxChanged(const OutboxItem &item);
    void onAccountStateChanged(const AccountState &state);

    const Options m_options;
    Store m_store;
    MailEngine m_engine;
    QHash<AccountId, MailError> m_refusals;
    QHash<OutboxId, OutboxItem> m_outbox; ///< What was heard of each mail last: a sent one leaves the store.
    QSet<AccountId> m_waitingForUser;
    qint64 m_newsCount = 0;
    bool m_failureTold = false;
    bool m_connected = false;
    bool m_stopping = false;
};

} // namespace postaci::cli
