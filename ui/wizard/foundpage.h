// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/discoveryresult.h"
#include "core/discovery/providerdirectory.h"
#include "ui/wizard/wizardpage.h"

#include <QList>

#include <functional>
#include <optional>

class QComboBox;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QToolButton;

namespace postaci {

class InfoBar;
class LinkButton;
class PasswordEdit;
class ProblemLabel;
class ServerCard;

/// What was found for an address, what the user should know about it, and the sign-in: password or browser, whichever
/// is the way there. Servers that nothing proves to be the right ones are agreed to before there is a password to type.
/// Results that come later are offered; they change nothing by themselves.
class FoundPage : public WizardPage {
    Q_OBJECT

public:
    /// What the program can do with the browser sign-in of a candidate's issuer.
    struct Browser {
        enum class Way {
            None, ///< There is none, or it is not known.
            Ready,
            NeedsClientId, ///< The program is not registered there; the user may have an id of their own.
        };
        Way way = Way::None;
        QString typedClientId; ///< By which it is ready, where the user typed it: it can be typed anew.
    };
    /// Asked whenever a candidate is shown.
    using BrowserOf = std::function<Browser(const SettingsCandidate &)>;

    FoundPage(const ProviderDirectory &directory, BrowserOf browserOf, QWidget *parent = nullptr);

    /// Best first, not empty. What was typed here before for the same address stays.
    void setCandidates(const Address &identity, const QList<SettingsCandidate> &candidates);
    /// One more, which came later.
    void offer(const SettingsCandidate &candidate);
    /// The provider lets no mail program in: nothing but that is shown.
    void showBlocked(const Address &identity, const QString &providerId);

    /// As chosen, with user names and the way of signing in.
    Account account() const;
    QString password() const;
    /// The servers are guesses, and another form of the user name may be tried.
    bool guessed() const;
    bool usesBrowser() const { return m_stage == Stage::Browser; }
    /// Typed by the user where the program was built with none; may be empty.
    QString ownClientId() const;
    /// What goes with it, may be empty; none when both fields are as they were.
    std::optional<QString> ownClientSecret() const;
    QString providerName() const;

    /// Says what is missing at its field, or takes the user's word for the servers. True: nothing is missing.
    bool validate();
    void retypePassword();

    QString action() const override;
    bool canAct() const override;
    bool focusFirst() override;

Q_SIGNALS:
    void byHandWanted();

protected:
    void retranslate() override;

private:
    /// What the user does here.
    enum class Stage { Approve, Password, Browser, Blocked };

    const SettingsCandidate &chosen() const { return m_candidates.at(m_current); }
    const Provider *provider() const;
    void choose(qsizetype candidate);
    void enter(Stage stage);
    void chooseStage();
    /// Whether the chosen settings have a server of this kind that lets the user in.
    bool offers(Protocol protocol) const;
    const ServerSettings &incoming() const;
    Browser browserNow() const;
    void showNotes();
    void showHead();
    void showKinds();
    void showAlternatives();
    void showSignIn();
    void showExpert();
    bool browserIsReady() const { return m_browser.way == Browser::Way::Ready; }
    /// Whether a client id can be typed.
    bool takesClientId() const;

    const ProviderDirectory &m_directory;
    BrowserOf m_browserOf;
    Address m_identity;
    QList<SettingsCandidate> m_candidates;
    qsizetype m_current = 0;
    qsizetype m_offered = -1; ///< Came later; its offer stands.
    QString m_blockedProvider;
    Stage m_stage = Stage::Password;
    Browser m_browser;
    QString m_clientIssuer; ///< Whose client id stands in the field.
    QStringList m_approved; ///< Hosts that the user agreed to.

    InfoBar *m_note;
    QPushButton *m_notePage;
    InfoBar *m_offer;
    QPushButton *m_takeOffer;
    ServerCard *m_card;
    QLabel *m_othersLabel;
    QComboBox *m_others;
    LinkButton *m_byHand;
    QWidget *m_kinds;
    QRadioButton *m_imap;
    QLabel *m_imapText;
    QRadioButton *m_pop3;
    QLabel *m_pop3Text;
    QLabel *m_userLabel;
    QLineEdit *m_user;
    ProblemLabel *m_userProblem;
    QLabel *m_passwordLabel;
    PasswordEdit *m_password;
    ProblemLabel *m_passwordProblem;
    LinkButton *m_otherWay;
    QToolButton *m_expert;
    QWidget *m_expertBox;
    QLabel *m_expertText;
    QLabel *m_clientIdLabel;
    QLineEdit *m_clientId;
    QLabel *m_clientSecretLabel;
    PasswordEdit *m_clientSecret;
    LinkButton *m_register;
};

} // namespace postaci
