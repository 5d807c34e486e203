// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"
#include "core/discovery/setupreport.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace postaci {

class InfoBar;
class ServerProgress;

/// Third page of the set-up: the real logins, step by step, and what to do when one fails.
class CheckPage : public QWidget {
    Q_OBJECT

public:
    explicit CheckPage(QWidget *parent = nullptr);

    void start(const Account &account);
    void advance(const CheckStep &step);
    void succeed();
    void fail(const MailError &error);

Q_SIGNALS:
    void retypePassword();
    void editSettings();
    void tryAgain();

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class State { Checking, Succeeded, Failed };

    void retranslate();

    State m_state = State::Checking;
    MailError m_error;
    QLabel *m_title;
    ServerProgress *m_incoming;
    ServerProgress *m_outgoing;
    QProgressBar *m_busy;
    InfoBar *m_failure;
    QLabel *m_words;
    QLabel *m_hint;
    QPushButton *m_action;
    QPushButton *m_again;
};

} // namespace postaci
