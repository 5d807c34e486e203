// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"
#include "core/store/connection.h"

#include <QList>

#include <optional>

namespace postaci {

/// The accounts of the profile, without their secrets.
class AccountTable {
public:
    explicit AccountTable(Connection &connection);

    /// Those with a server.
    QList<Account> all() const;
    /// The one that only holds folders (Account::isOnThisComputer()), if there is one.
    std::optional<Account> onThisComputer() const;
    std::optional<Account> find(AccountId id) const;

    AccountId insert(const Account &account);
    void update(const Account &account);
    /// With its folders (see FolderTable::remove), drafts, outbox and pending actions.
    void remove(AccountId id);

private:
    QList<Account> withExceptions(QList<Account> accounts) const;
    void saveExceptions(AccountId account, const QList<CertificateException> &exceptions);

    Connection &m_connection;
};

} // namespace postaci
