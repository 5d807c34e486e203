// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/providerdirectory.h"
#include "core/sync/mailengine.h"

#include <QDialog>

class QPushButton;
class QStackedWidget;

namespace postaci {

class CheckPage;
class IdentityPage;
class ServersPage;
class Settings;

/// Sets an account up: name, address and password; the servers from the provider table or by hand; then a real login to
/// both. Only when that has worked is anything saved. Open it with open(); it deletes itself.
class SetupWizard : public QDialog {
    Q_OBJECT

public:
    SetupWizard(MailEngine &engine, Settings &settings, QWidget *parent = nullptr);
    ~SetupWizard() override;

Q_SIGNALS:
    void accountAdded(postaci::AccountId account);

public Q_SLOTS:
    void reject() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void goOn();
    void goBack();
    void setUpByHand();
    void check(const Account &account);
    void add();
    void showPage(QWidget *page);
    void updateButtons();
    void retranslate();

    MailEngine &m_engine;
    ProviderDirectory m_directory;
    Account m_account; ///< The one that is being checked.
    MailEngine::AccountSecrets m_secrets;
    bool m_checking = false;
    bool m_byHand = false; ///< The servers page was visited: going back leads there.
    int m_generation = 0;

    QStackedWidget *m_pages;
    IdentityPage *m_identity;
    ServersPage *m_servers;
    CheckPage *m_check;
    QPushButton *m_manual;
    QPushButton *m_cancel;
    QPushButton *m_back;
    QPushButton *m_continue;
};

} // namespace postaci
