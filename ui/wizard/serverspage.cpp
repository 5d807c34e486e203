// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/serverspage.h"

#include "ui/common/infobar.h"
#include "ui/common/passwordedit.h"
#include "ui/wizard/serverform.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace postaci {

ServersPage::ServersPage(const ProviderDirectory &directory, QWidget *parent)
    : QWidget(parent)
    , m_directory(directory)
    , m_title(new QLabel(this))
    , m_guess(new InfoBar(this))
    , m_providerLabel(new QLabel(this))
    , m_provider(new QComboBox(this))
    , m_incoming(new ServerForm(Protocol::Imap, this))
    , m_outgoing(new ServerForm(Protocol::Smtp, this))
    , m_otherPassword(new QCheckBox(this))
    , m_password(new PasswordEdit(this))
{
    const int gap = fontMetrics().height();
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setWeight(QFont::DemiBold);
    m_title->setFont(large);
    m_provider->addItem(QString());
    QList<Provider> byName = directory.all();
    std::sort(byName.begin(), byName.end(),
        [](const Provider &a, const Provider &b) { return a.name.compare(b.name, Qt::CaseInsensitive) < 0; });
    for (const Provider &provider : std::as_const(byName)) {
        if (provider.isKnown() && provider.offers(Protocol::Imap) && !provider.oauthOnly)
            m_provider->addItem(provider.name, provider.id);
    }
    m_provider->setMaxVisibleItems(15);
    m_provider->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_provider->setMinimumContentsLength(30);
    m_providerLabel->setBuddy(m_provider);
    m_password->hide();

    auto *provider = new QHBoxLayout;
    provider->addWidget(m_providerLabel);
    provider->addWidget(m_provider, 1);
    auto *outgoing = new QVBoxLayout;
    outgoing->addWidget(m_outgoing);
    outgoing->addWidget(m_otherPassword);
    outgoing->addWidget(m_password);
    outgoing->addStretch();
    auto *servers = new QHBoxLayout;
    servers->setSpacing(gap * 2);
    servers->addWidget(m_incoming, 1, Qt::AlignTop);
    servers->addLayout(outgoing, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(gap / 2);
    layout->addWidget(m_title);
    layout->addWidget(m_guess);
    layout->addLayout(provider);
    layout->addSpacing(gap / 2);
    layout->addLayout(servers);
    layout->addStretch();

    connect(m_otherPassword, &QCheckBox::toggled, m_password, &QWidget::setVisible);
    connect(m_provider, &QComboBox::activated, this, &ServersPage::chooseProvider);
    for (ServerForm *form : {m_incoming, m_outgoing})
        connect(form, &ServerForm::edited, m_guess, &QWidget::hide);
    retranslate();
}

void ServersPage::setAccount(const Account &account, bool guessed)
{
    m_account = account;
    m_incoming->setSettings(account.incoming);
    m_outgoing->setSettings(account.outgoing);
    const Provider *known = m_directory.findByAddress(account.identity.address);
    m_provider->setCurrentIndex(known ? qMax(0, m_provider->findData(known->id)) : 0);
    m_guess->setVisible(guessed);
    retranslate();
}

Account ServersPage::account() const
{
    Account account = m_account;
    account.incoming = m_incoming->settings();
    account.outgoing = m_outgoing->settings();
    return account;
}

QString ServersPage::outgoingPassword() const
{
    return m_otherPassword->isChecked() ? m_password->text() : QString();
}

bool ServersPage::validate()
{
    // Both, so that both say what they lack; the first one keeps the focus.
    const bool outgoing = m_outgoing->validate();
    return m_incoming->validate() && outgoing;
}

void ServersPage::chooseProvider()
{
    const Provider *provider = m_directory.findById(m_provider->currentData().toString());
    if (!provider)
        return;
    m_account = accountAt(*provider, m_account.identity);
    m_incoming->setSettings(m_account.incoming);
    m_outgoing->setSettings(m_account.outgoing);
    m_guess->hide();
}

void ServersPage::retranslate()
{
    m_title->setText(tr("Set up by hand"));
    m_providerLabel->setText(tr("Pro&vider"));
    m_provider->setItemText(0, tr("Other"));
    m_provider->setAccessibleName(tr("Provider"));
    m_otherPassword->setText(tr("Another password for outgoing mail"));
    m_password->setAccessibleName(tr("Outgoing password"));
    if (m_guess->isVisibleTo(this))
        m_guess->show(InfoBar::Kind::Information, tr("These are guesses."),
            tr("Your provider is not in our list. Compare them with what it tells you, or simply try them."));
}

void ServersPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
