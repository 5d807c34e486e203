// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"
#include "core/sync/mailengine.h"

#include <QDialog>

#include <optional>

class QPushButton;

namespace postaci {

class PasswordEdit;

/// Asks for the password of an account that needs it. Open it with open(); it deletes itself.
class PasswordDialog : public QDialog {
    Q_OBJECT

public:
    PasswordDialog(const Account &account, const std::optional<MailError> &reason, QWidget *parent = nullptr);

Q_SIGNALS:
    void passwordGiven(postaci::AccountId account, const postaci::MailEngine::AccountSecrets &secrets);

private:
    PasswordEdit *m_password;
};

} // namespace postaci
