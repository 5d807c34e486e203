// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "ui/preferences/maildropbox.h"
#include "ui/preferences/syncbox.h"
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

/// The accounts in the preferences: add, change, test, sign in again, remove; the set-up's own pages do the work. When
/// new mail is looked for, what is kept here and what a POP3 server keeps is chosen here.
class AccountsPage : public QGroupBox {
    Q_OBJECT

public:
    AccountsPage(MailEngine &engine, Settings &settings, const FolderModel &folders, QWidget *parent = nullptr);

Q_SIGNALS:
    void addAccountWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    /// What is chosen on this page itself.
    struct Choices {
        SyncBox::Options sync;
        MaildropBox::Options maildrop;

        friend bool operator==(const Choices &, const Choices &) = default;
    };

    std::optional<Account> current() const;
    void fill();
    void updateButtons();
    void open(SetupWizard::Task task);
    void askAndRemove();
    void saveChoices();
    void openConnection();
    void saveNext();
    void showOutcome(const Result<void> &result);
    void retranslate();

    MailEngine &m_engine;
    Settings &m_settings;
    const FolderModel &m_folders;
    InfoBar *m_problem;
    QListWidget *m_list;
    QLabel *m_servers;
    SyncBox *m_sync;
    MaildropBox *m_maildrop;
    QHash<AccountId, Choices> m_unsaved; ///< Until the store has it.
    bool m_saving = false; ///< One at a time: the last word counts.
    QPushButton *m_add;
    QPushButton *m_change;
    QPushButton *m_test;
    QPushButton *m_signIn;
    QPushButton *m_connection;
    QPushButton *m_remove;
};

} // namespace postaci
