// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/serverform.h"

#include "core/discovery/providerdirectory.h"
#include "ui/common/problemlabel.h"
#include "ui/wizard/setuptext.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace postaci {

ServerForm::ServerForm(Protocol protocol, QWidget *parent)
    : QWidget(parent)
    , m_protocol(protocol)
    , m_title(new QLabel(this))
    , m_kindLabel(new QLabel(this))
    , m_kind(new QComboBox(this))
    , m_hostLabel(new QLabel(this))
    , m_host(new QLineEdit(this))
    , m_hostProblem(new ProblemLabel(*m_host, this))
    , m_encryptionLabel(new QLabel(this))
    , m_encryption(new QComboBox(this))
    , m_portLabel(new QLabel(this))
    , m_port(new QSpinBox(this))
    , m_userLabel(new QLabel(this))
    , m_user(new QLineEdit(this))
    , m_userProblem(new ProblemLabel(*m_user, this))
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_port->setRange(1, 65535);
    m_port->setGroupSeparatorShown(false);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    for (int i = 0; i < 3; ++i)
        m_encryption->addItem(QString());
    m_kind->addItem(u"IMAP"_s, int(Protocol::Imap));
    m_kind->addItem(u"POP3"_s, int(Protocol::Pop3));
    m_kindLabel->setVisible(isIncoming());
    m_kind->setVisible(isIncoming());
    // The longest entry is not to decide how wide the window is.
    for (QComboBox *box : {m_encryption, m_kind})
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_kind->setMinimumContentsLength(6);
    m_kindLabel->setBuddy(m_kind);
    m_hostLabel->setBuddy(m_host);
    m_encryptionLabel->setBuddy(m_encryption);
    m_portLabel->setBuddy(m_port);
    m_userLabel->setBuddy(m_user);

    auto *layout = new QGridLayout(this);
    layout->setContentsMargins({});
    layout->setVerticalSpacing(fontMetrics().height() / 4);
    int row = 0;
    const auto addRow = [&](QWidget *left, QWidget *right = nullptr) {
        layout->addWidget(left, row, 0, 1, right ? 1 : 2);
        if (right)
            layout->addWidget(right, row, 1);
        ++row;
    };
    addRow(m_title);
    addRow(m_hostLabel, m_portLabel);
    addRow(m_host, m_port);
    addRow(m_hostProblem);
    if (isIncoming()) {
        addRow(m_encryptionLabel, m_kindLabel);
        addRow(m_encryption, m_kind);
    } else {
        addRow(m_encryptionLabel);
        addRow(m_encryption);
    }
    addRow(m_userLabel);
    addRow(m_user);
    addRow(m_userProblem);
    layout->setRowStretch(row, 1);
    layout->setColumnStretch(0, 2);
    layout->setColumnStretch(1, 1);
    setFocusProxy(m_host);
    setTabOrder({m_host, m_port, m_encryption, m_kind, m_user});

    connect(m_encryption, &QComboBox::currentIndexChanged, this, &ServerForm::followEncryption);
    connect(m_encryption, &QComboBox::activated, this, &ServerForm::edited);
    connect(m_kind, &QComboBox::activated, this, [this](int chosen) {
        const auto kind = Protocol(m_kind->itemData(chosen).toInt());
        if (kind == m_protocol)
            return;
        m_protocol = kind;
        followEncryption();
        retranslate();
        Q_EMIT protocolChosen(kind);
        Q_EMIT edited();
    });
    connect(m_host, &QLineEdit::textEdited, this, &ServerForm::edited);
    connect(m_user, &QLineEdit::textEdited, this, &ServerForm::edited);
    connect(m_port, &QSpinBox::valueChanged, this, [this] {
        m_portEdited = true;
        Q_EMIT edited();
    });
    retranslate();
}

ServerSettings ServerForm::settings() const
{
    return {.protocol = m_protocol,
        .host = m_host->text().trimmed(),
        .port = quint16(m_port->value()),
        .encryption = Encryption(m_encryption->currentIndex()),
        .auth = m_auth,
        .userName = m_user->text().trimmed()};
}

void ServerForm::setSettings(const ServerSettings &settings)
{
    const QSignalBlocker quietPort(m_port);
    const QSignalBlocker quietEncryption(m_encryption);
    if (isIncoming() && settings.protocol != Protocol::Smtp)
        m_protocol = settings.protocol;
    m_auth = settings.auth;
    m_kind->setCurrentIndex(qMax(0, m_kind->findData(int(m_protocol))));
    m_host->setText(settings.host);
    m_encryption->setCurrentIndex(int(settings.encryption));
    m_port->setValue(settings.port);
    m_user->setText(settings.userName);
    m_portEdited = settings.port != usualPort(m_protocol, settings.encryption);
    m_hostProblem->setProblem({});
    m_userProblem->setProblem({});
}

void ServerForm::keepProtocol()
{
    m_kind->setEnabled(false);
    retranslate();
}

bool ServerForm::validate()
{
    const QString host = settings().host;
    const bool hostFine = !host.isEmpty() && !QUrl::toAce(host).isEmpty();
    m_hostProblem->setProblem(hostFine ? QString() : tr("Enter the server's name, for instance mail.example.org."));
    const bool userFine = !settings().userName.isEmpty() || m_auth == AuthMethod::None;
    m_userProblem->setProblem(userFine ? QString() : tr("Usually your address."));
    if (!hostFine)
        m_host->setFocus();
    else if (!userFine)
        m_user->setFocus();
    return hostFine && userFine;
}

void ServerForm::followEncryption()
{
    if (m_portEdited)
        return;
    const QSignalBlocker quiet(m_port);
    m_port->setValue(usualPort(m_protocol, Encryption(m_encryption->currentIndex())));
}

void ServerForm::retranslate()
{
    const bool incoming = isIncoming();
    m_title->setText(!incoming             ? tr("Outgoing mail (SMTP)")
            : m_protocol == Protocol::Pop3 ? tr("Incoming mail (POP3)")
                                           : tr("Incoming mail (IMAP)"));
    m_kindLabel->setText(tr("Protocol"));
    m_kind->setAccessibleName(tr("Protocol"));
    m_kind->setToolTip(m_kind->isEnabled() ? QString()
                                           : tr("An account keeps its protocol. To use the other one, add the mailbox "
                                                "once more; the mail of this account "
                                                "stays here."));
    m_kind->setAccessibleDescription(m_kind->toolTip());
    m_hostLabel->setText(tr("Server"));
    m_encryptionLabel->setText(tr("Encryption"));
    m_portLabel->setText(tr("Port"));
    m_userLabel->setText(tr("User name"));
    m_encryption->setItemText(int(Encryption::ImplicitTls), tr("TLS (recommended)"));
    m_encryption->setItemText(int(Encryption::StartTls), u"STARTTLS"_s);
    m_encryption->setItemText(int(Encryption::None), tr("None (only on this computer)"));
    m_host->setAccessibleName(incoming ? tr("Incoming server") : tr("Outgoing server"));
    m_encryption->setAccessibleName(incoming ? tr("Incoming encryption") : tr("Outgoing encryption"));
    m_port->setAccessibleName(incoming ? tr("Incoming port") : tr("Outgoing port"));
    m_user->setAccessibleName(incoming ? tr("Incoming user name") : tr("Outgoing user name"));
}

void ServerForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
