// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/providerdirectory.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace postaci {

class InfoBar;
class PasswordEdit;
class ProblemLabel;
class Settings;

/// First page of the set-up: who you are. Says what the provider wants as soon as it is known from the address, before
/// the password is used.
class IdentityPage : public QWidget {
    Q_OBJECT

public:
    IdentityPage(const ProviderDirectory &directory, Settings &settings, QWidget *parent = nullptr);

    Address identity() const;
    QString password() const;
    /// Null while the domain is unknown.
    const Provider *provider() const;
    /// Whether the provider lets other programs in with a password at all.
    bool canContinue() const;
    /// Says what is missing at its field. True: nothing is.
    bool validate();
    void retypePassword();
    void focusFirst();

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateHint();
    void retranslate();

    const ProviderDirectory &m_directory;
    Settings &m_settings;
    QLabel *m_title;
    QLabel *m_intro;
    QLabel *m_languageLabel;
    QComboBox *m_language;
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    ProblemLabel *m_nameProblem;
    QLabel *m_addressLabel;
    QLineEdit *m_address;
    ProblemLabel *m_addressProblem;
    InfoBar *m_hint;
    QPushButton *m_link;
    QLabel *m_passwordLabel;
    PasswordEdit *m_password;
    ProblemLabel *m_passwordProblem;
};

} // namespace postaci
