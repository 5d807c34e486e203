// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace postaci {

class ProblemLabel;

/// Settings of one server, by hand. The port follows protocol and encryption until the user has set it.
class ServerForm : public QWidget {
    Q_OBJECT

public:
    /// Smtp, or for the incoming server any other: IMAP and POP3 can be chosen between.
    explicit ServerForm(Protocol protocol, QWidget *parent = nullptr);

    ServerSettings settings() const;
    void setSettings(const ServerSettings &settings);
    /// The account exists: the protocol is shown without a choice.
    void keepProtocol();
    /// Says what is missing at its field. True: nothing is.
    bool validate();

Q_SIGNALS:
    void edited();
    /// By the user: the other kind of incoming server.
    void protocolChosen(postaci::Protocol protocol);

protected:
    void changeEvent(QEvent *event) override;

private:
    bool isIncoming() const { return m_protocol != Protocol::Smtp; }
    void followEncryption();
    void retranslate();

    Protocol m_protocol;
    AuthMethod m_auth = AuthMethod::Password;
    bool m_portEdited = false;
    QLabel *m_title;
    QLabel *m_kindLabel;
    QComboBox *m_kind;
    QLabel *m_hostLabel;
    QLineEdit *m_host;
    ProblemLabel *m_hostProblem;
    QLabel *m_encryptionLabel;
    QComboBox *m_encryption;
    QLabel *m_portLabel;
    QSpinBox *m_port;
    QLabel *m_userLabel;
    QLineEdit *m_user;
    ProblemLabel *m_userProblem;
};

} // namespace postaci
