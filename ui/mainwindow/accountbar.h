// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sync/accountstate.h"
#include "ui/common/infobar.h"

#include <QHash>
#include <QSet>

class QPushButton;

namespace postaci {

class FolderModel;
class MailEngine;

/// Says what keeps an account from working, until it is resolved, and asks for a password that is missing. A sign-in in
/// the browser begins by the button only: nothing opens behind the user's back. That the
/// computer is offline is no fault of an account: the status line says it.
class AccountBar : public InfoBar {
    Q_OBJECT

public:
    AccountBar(MailEngine &engine, const FolderModel &folders, QWidget *parent = nullptr);

    void setState(const AccountState &state);
    void forget(AccountId account);

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void askPassword();
    void signIn();

    MailEngine &m_engine;
    const FolderModel &m_folders;
    QHash<AccountId, AccountState> m_troubled;
    QSet<AccountId> m_asked; ///< Once by itself; after that by the button.
    AccountId m_shown;
    QMetaObject::Connection m_browser; ///< While a sign-in of ours is under way.
    QPushButton *m_password;
    QPushButton *m_signIn;
    QPushButton *m_again;
};

} // namespace postaci
