// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/sync/cancellablewaits.h"
#include "core/sync/mailengine.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QList>
#include <QObject>

namespace postaci {

/// The passwords and tokens of accounts, in the keychain: each under the server that it is for, so that accounts with
/// one login share theirs.
///
/// Lives on the engine thread.
class AccountSecretsKeeper : public QObject {
    Q_OBJECT

public:
    AccountSecretsKeeper(const Services &services, QObject *parent);

    /// Empty ones are left as they are known.
    QCoro::Task<Result<void>> save(Account account, MailEngine::AccountSecrets secrets);
    /// Empty secrets of a saved account filled in, for the same user at the same host only: a port may change, but no
    /// password goes to another host without having been typed for it.
    QCoro::Task<MailEngine::AccountSecrets> withKnown(Account account, MailEngine::AccountSecrets secrets);
    /// Removes an account's secrets, but for those that one of the others uses.
    QCoro::Task<Result<void>> forget(Account account, QList<Account> others);
    /// Ends every wait for the keychain, for good.
    void cancel() { m_waits.cancel(); }

private:
    const Services &m_services;
    CancellableWaits m_waits;
};

} // namespace postaci
