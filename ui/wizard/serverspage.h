// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/providerdirectory.h"
#include "ui/wizard/wizardpage.h"

#include <QStringList>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace postaci {

class InfoBar;
class PasswordEdit;
class ProblemLabel;
class ServerForm;

/// Both servers by hand, or those of a provider that the user names. The same page changes an account later.
class ServersPage : public WizardPage {
    Q_OBJECT

public:
    /// Why the page is shown, where that is worth a sentence.
    enum class Reason {
        Wanted,
        Guessed, ///< Nobody knows whether these are right.
        NothingFound, ///< As Guessed, after a search.
    };

    explicit ServersPage(const ProviderDirectory &directory, QWidget *parent = nullptr);

    void setAccount(const Account &account, Reason reason);
    /// The account exists: its name can be changed too, and an empty password stands for the one that is known, as long
    /// as user and server are the same.
    void setSaved(const Account &account);
    /// The account that was set, with what the user made of it.
    Account account() const;
    void setPassword(const QString &password);
    QString password() const;
    /// The same as password(), unless the outgoing server has one of its own.
    QString outgoingPassword() const;
    /// Nobody has changed the guesses.
    bool guessed() const { return m_reason != Reason::Wanted; }
    /// Says what is missing at its field. True: nothing is.
    bool validate();
    void retypePassword();
    /// Whether Microsoft may still be asked where this mailbox is.
    void setMicrosoftUnasked(bool unasked);
    /// Web servers of the domain that would answer if they were told the whole address.
    void setAddressWanted(const QStringList &hosts);

    QString action() const override;
    bool focusFirst() override;

Q_SIGNALS:
    void askMicrosoftWanted();
    void tellAddressWanted();

protected:
    void retranslate() override;

private:
    void chooseProvider();
    void followProtocol(Protocol protocol);
    bool usesPassword() const;
    bool needsPassword() const;

    const ProviderDirectory &m_directory;
    Account m_account;
    Reason m_reason = Reason::Wanted;
    bool m_editing = false;
    Account m_saved; ///< When editing.
    InfoBar *m_guess;
    QPushButton *m_microsoft;
    QPushButton *m_tellAddress;
    QStringList m_curious; ///< Whom it would be told.
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    QLabel *m_providerLabel;
    QComboBox *m_provider;
    ServerForm *m_incoming;
    ServerForm *m_outgoing;
    QLabel *m_kindText; ///< What the protocol of the incoming server means.
    QLabel *m_passwordLabel;
    PasswordEdit *m_password;
    ProblemLabel *m_passwordProblem;
    QCheckBox *m_otherPassword;
    PasswordEdit *m_outgoingPassword;
    ProblemLabel *m_outgoingProblem;
};

} // namespace postaci
