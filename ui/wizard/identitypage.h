// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/discoveryresult.h"
#include "ui/wizard/wizardpage.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace postaci {

class InfoBar;
class LinkButton;
class ProblemLabel;
class Settings;

/// First page of the set-up: who you are. Nothing is looked up while typing.
class IdentityPage : public WizardPage {
    Q_OBJECT

public:
    /// `first`: there is no account yet, and the program says hello.
    IdentityPage(Settings &settings, bool first, QWidget *parent = nullptr);

    void setIdentity(const Address &identity);
    /// The address as the servers want it, its domain as the user typed it where that can be kept.
    Address identity() const;
    /// Says what is missing at its field. True: nothing is.
    bool validate();
    /// Why the search for the servers could not go on. Gone when the address is edited.
    void showObstacle(DiscoveryResult::Obstacle obstacle, const QString &domain);

    QString action() const override;
    bool focusFirst() override;

protected:
    void retranslate() override;

private:
    void suggest();
    void takeSuggestion();
    void updateObstacle();

    Settings &m_settings;
    bool m_first;
    DiscoveryResult::Obstacle m_obstacle = DiscoveryResult::Obstacle::None;
    QString m_domain;
    QString m_suggestion; ///< A whole address.
    InfoBar *m_problem;
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    ProblemLabel *m_nameProblem;
    QLabel *m_addressLabel;
    QLineEdit *m_address;
    ProblemLabel *m_addressProblem;
    QPushButton *m_suggest;
    QToolButton *m_privacy;
    QWidget *m_privacyBox;
    QLabel *m_privacyText;
    QCheckBox *m_askNobody;
    QLabel *m_languageLabel;
    QComboBox *m_language;
};

} // namespace postaci
