// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/providerdirectory.h"
#include "core/sync/mailengine.h"
#include "ui/wizard/donepage.h"
#include "ui/wizard/foundpage.h"

#include <QDialog>
#include <QTimer>

#include <optional>

class QPushButton;
class QStackedWidget;

namespace postaci {

class BrowserPage;
class CertificatePage;
class CheckPage;
class IdentityPage;
class LinkButton;
class LookingPage;
class ServersPage;
class Settings;

/// Sets an account up: who you are; the servers, looked for or by hand; then a real login to both. Nothing is saved
/// before that has worked, or the user chose to save it all the same. The same pages change an account later.
/// Open it with open(); it deletes itself.
class SetupWizard : public QDialog {
    Q_OBJECT

public:
    /// What it is opened for.
    enum class Task {
        Add,
        Change, ///< The settings of an account.
        Test, ///< An account as it is.
        SignIn, ///< Another password, or the browser once more.
    };
    struct Options {
        Task task = Task::Add;
        bool first = false; ///< There is no account yet.
        /// Add: settings to begin with for its identity's address. Otherwise the account that is there.
        std::optional<Account> account;
    };

    SetupWizard(MailEngine &engine, Settings &settings, Options options, QWidget *parent = nullptr);
    ~SetupWizard() override;

Q_SIGNALS:
    /// The user is done and wants to see the mail of the account that was added last.
    void mailboxWanted(postaci::AccountId account);

public Q_SLOTS:
    /// Ends what is under way, else closes.
    void reject() override;

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class Work { None, Search, Check, Browser, Save };

    void makeLayout();
    void connectPages();
    void connectEngine();
    void begin();
    void goOn();
    void goBack();
    void stopWork();
    /// A number for a piece of work: answers to an older one are not listened to.
    int startWork(Work work);

    /// `consent`: what the user has agreed to, beside what the settings allow.
    void search(const DiscoveryOptions &consent = {});
    void found(const SettingsCandidate &candidate, const QString &address);
    void searched(const DiscoveryResult &result);
    void setUpByHand();
    void editServers(const Account &account);
    Account accountByHand() const;

    void setAccountFound(const Account &found);
    void signIn();
    void signInWithBrowser();
    void check(CheckOptions options = {});
    void checked(const SetupReport &report);
    void mend();
    void useProposals();
    void useBrowser();
    void trustCertificate();
    void save(DonePage::Proven proven);
    void sendTestMail();
    FoundPage::Browser browserFor(const SettingsCandidate &candidate) const;

    WizardPage *page() const;
    void showPage(WizardPage *page);
    void updateButtons();
    void retranslate();

    MailEngine &m_engine;
    Settings &m_settings;
    const Options m_options;
    const ProviderDirectory m_directory;
    Account m_account; ///< The one that is being checked and saved.
    MailEngine::AccountSecrets m_secrets;
    CheckOptions m_checkOptions;
    AccountId m_saved;
    QString m_searched; ///< The address of the running or last search.
    QList<SettingsCandidate> m_candidates; ///< What it found.
    Work m_work = Work::None;
    int m_generation = 0;
    QTimer m_lookingDelay; ///< A quick answer shows no page of its own.

    QStackedWidget *m_pages;
    IdentityPage *m_identity;
    LookingPage *m_looking;
    FoundPage *m_found;
    ServersPage *m_servers;
    BrowserPage *m_browser;
    CheckPage *m_check;
    CertificatePage *m_certificate;
    DonePage *m_done;
    WizardPage *m_serversFrom = nullptr; ///< Where Back leads from the servers page.
    WizardPage *m_signInPage = nullptr; ///< Where the password was typed.
    LinkButton *m_manual;
    QPushButton *m_cancel;
    QPushButton *m_back;
    QPushButton *m_next;
};

} // namespace postaci
