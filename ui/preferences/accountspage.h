// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "ui/preferences/maildropbox.h"
#include "ui/wizard/setupwizard.h"

#include <QGroupBox>
#include <QHash>

#include <optional>

class QLabel;
class QListWidget;
class QPushButton;

namespace postaci {

class FolderModel;
class InfoBar;
class MailEngine;
class Settings;

/// The accounts in the preferences: add, change, test, sign in again, remove; the set-up's own pages do the work. What
/// a POP3 server keeps is chosen here.
class AccountsPage : public QGroupBox {
    Q_OBJECT

public:
    AccountsPage(MailEngine &engine, Settings &settings, const FolderModel &folders, QWidget *parent = nullptr);

Q_SIGNALS:
    void addAccountWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    std::optional<Account> current() const;
    void fill();
    void updateButtons();
    void open(SetupWizard::Task task);
    void askAndRemove();
    void saveMaildrop();
    void saveNext();
    void showOutcome(const Result<void> &result);
    void retranslate();

    MailEngine &m_engine;
    Settings &m_settings;
    const FolderModel &m_folders;
    InfoBar *m_problem;
    QListWidget *m_list;
    QLabel *m_servers;
    MaildropBox *m_maildrop;
    QHash<AccountId, MaildropBox::Options> m_unsaved; ///< Until the store has it.
    bool m_saving = false; ///< One at a time: the last word counts.
    QPushButton *m_add;
    QPushButton *m_change;
    QPushButton *m_test;
    QPushButton *m_signIn;
    QPushButton *m_remove;
};

} // namespace postaci
