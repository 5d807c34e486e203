// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/mail/outboxitem.h"
#include "core/sync/accountstate.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QFuture>
#include <QObject>

namespace postaci {

/// Keeps one account and its server alike. Independent of the other accounts.
///
/// Lives on the engine thread. Deleted after stop() has ended.
class AccountSync : public QObject {
    Q_OBJECT

public:
    AccountSync(const Services &services, Account account, QObject *parent);

    const Account &settings() const { return m_account; }

    void start();
    /// Ends every connection and wait of this account.
    QCoro::Task<void> stop();

    /// Everything once: folder list, every folder, pending actions.
    QFuture<Result<void>> synchronize();
    QFuture<Result<void>> synchronizeFolder(FolderId folder);
    /// The raw message from the server; it is in the store then.
    QFuture<Result<QByteArray>> fetchBody(MessageId message);
    void cancelWork();
    void setOnline(bool online);

    /// New rows in pendingops.
    void actionsQueued();
    /// New or changed rows in the outbox.
    void outboxQueued();
    /// One new try with what the user typed.
    void passwordProvided();

Q_SIGNALS:
    void stateChanged(const postaci::AccountState &state);
    void outboxChanged(const postaci::OutboxItem &item);
    void actionRefused(postaci::AccountId account, const postaci::MailError &error);
    void newMail(postaci::FolderId folder, int count);

private:
    const Services &m_services;
    Account m_account;
    AccountState m_state;
};

} // namespace postaci
