// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/setupreport.h"
#include "ui/wizard/wizardpage.h"

class QProgressBar;

namespace postaci {

class InfoBar;
class LinkButton;
class ServerLadder;

/// The real logins, both servers side by side, rung by rung. When one breaks: what happened, what the server said, what
/// probably helps, and that help as the main button.
class CheckPage : public WizardPage {
    Q_OBJECT

public:
    explicit CheckPage(QWidget *parent = nullptr);

    void start(const Account &account, const CheckOptions &options);
    void advance(const CheckStep &step);
    /// `provider`: its name where it is known. `secrets` are masked in the copied report.
    void finish(const SetupReport &report, const QString &provider, const QStringList &secrets);
    /// Checked well, but it could not be saved.
    void fail(const MailError &error);

    /// The page that the main button opens is open: what comes next takes its place.
    void pageOpened();

    /// Of the last check, or with nothing but the account while one is under way.
    const SetupReport &report() const { return m_report; }
    /// What the main button mends. Null while checking and after success.
    const std::optional<Diagnosis> &diagnosis() const { return m_diagnosis; }

    QString action() const override;

Q_SIGNALS:
    void tryAgain();
    void editSettings();
    void receiveOnly();
    void saveUntested();

protected:
    void retranslate() override;

private:
    enum class State { Checking, Succeeded, Failed };

    void showFailure();

    State m_state = State::Checking;
    SetupReport m_report;
    std::optional<Diagnosis> m_diagnosis;
    QString m_provider;
    QStringList m_secrets;
    QProgressBar *m_busy;
    ServerLadder *m_incoming;
    ServerLadder *m_outgoing;
    InfoBar *m_failure;
    QLabel *m_words;
    LinkButton *m_again;
    LinkButton *m_edit;
    LinkButton *m_receiveOnly;
    LinkButton *m_untested;
    LinkButton *m_copy;
};

} // namespace postaci
