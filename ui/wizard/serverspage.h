// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/providerdirectory.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;

namespace postaci {

class InfoBar;
class PasswordEdit;
class ServerForm;

/// Second page of the set-up: both servers by hand, or those of a provider that the user names.
class ServersPage : public QWidget {
    Q_OBJECT

public:
    explicit ServersPage(const ProviderDirectory &directory, QWidget *parent = nullptr);

    /// `guessed`: nobody knows whether these are right, and the page says so.
    void setAccount(const Account &account, bool guessed);
    /// The account that was set, with what the user made of it.
    Account account() const;
    /// Empty: the same as for the incoming server.
    QString outgoingPassword() const;
    bool validate();

protected:
    void changeEvent(QEvent *event) override;

private:
    void chooseProvider();
    void retranslate();

    const ProviderDirectory &m_directory;
    Account m_account;
    QLabel *m_title;
    InfoBar *m_guess;
    QLabel *m_providerLabel;
    QComboBox *m_provider;
    ServerForm *m_incoming;
    ServerForm *m_outgoing;
    QCheckBox *m_otherPassword;
    PasswordEdit *m_password;
};

} // namespace postaci
