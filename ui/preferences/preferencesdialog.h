// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"
#include "core/mail/ids.h"

#include <QDialog>

class QGroupBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace postaci {

class FolderModel;
class InfoBar;
class MailEngine;
class Settings;

/// Preferences: the language, and the accounts. Everything takes effect at once. Open it with open(); it deletes
/// itself.
class PreferencesDialog : public QDialog {
    Q_OBJECT

public:
    PreferencesDialog(MailEngine &engine, Settings &settings, const FolderModel &folders, QWidget *parent = nullptr);

Q_SIGNALS:
    void addAccountWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void fillAccounts();
    void removeAccount();
    void retranslate();

    MailEngine &m_engine;
    const FolderModel &m_folders;
    InfoBar *m_problem;
    QGroupBox *m_general;
    QLabel *m_languageLabel;
    QWidget *m_language;
    QGroupBox *m_accountsGroup;
    QListWidget *m_accounts;
    QPushButton *m_add;
    QPushButton *m_remove;
    QPushButton *m_close;
};

} // namespace postaci
