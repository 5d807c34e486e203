// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDialog>

class QCheckBox;
class QGroupBox;
class QLabel;
class QPushButton;

namespace postaci {

class AccountsPage;
class FolderModel;
class MailEngine;
class Settings;

/// Preferences: the language, who may be asked for servers, and the accounts. Everything takes effect at once. Open it
/// with open(); it deletes itself.
class PreferencesDialog : public QDialog {
    Q_OBJECT

public:
    PreferencesDialog(MailEngine &engine, Settings &settings, const FolderModel &folders, QWidget *parent = nullptr);

Q_SIGNALS:
    void addAccountWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    QGroupBox *m_general;
    QLabel *m_languageLabel;
    QWidget *m_language;
    QGroupBox *m_privacy;
    QCheckBox *m_askNobody;
    AccountsPage *m_accounts;
    QPushButton *m_close;
};

} // namespace postaci
