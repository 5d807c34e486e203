// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/serverspage.h"

#include "core/discovery/addressinput.h"
#include "ui/common/infobar.h"
#include "ui/common/passwordedit.h"
#include "ui/common/problemlabel.h"
#include "ui/wizard/serverform.h"
#include "ui/wizard/setuptext.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postaci {

ServersPage::ServersPage(const ProviderDirectory &directory, QWidget *parent)
    : WizardPage(parent)
    , m_directory(directory)
    , m_guess(new InfoBar(this))
    , m_microsoft(new QPushButton(this))
    , m_tellAddress(new QPushButton(this))
    , m_nameLabel(new QLabel(this))
    , m_name(new QLineEdit(this))
    , m_providerLabel(new QLabel(this))
    , m_provider(new QComboBox(this))
    , m_incoming(new ServerForm(Protocol::Imap, this))
    , m_outgoing(new ServerForm(Protocol::Smtp, this))
    , m_kindText(plainLabel(true))
    , m_passwordLabel(new QLabel(this))
    , m_password(new PasswordEdit(this))
    , m_passwordProblem(new ProblemLabel(*m_password, this))
    , m_otherPassword(new QCheckBox(this))
    , m_outgoingPassword(new PasswordEdit(this))
    , m_outgoingProblem(new ProblemLabel(*m_outgoingPassword, this))
{
    m_provider->addItem(QString());
    QList<Provider> byName = directory.all();
    std::sort(byName.begin(), byName.end(),
        [](const Provider &a, const Provider &b) { return a.name.compare(b.name, Qt::CaseInsensitive) < 0; });
    for (const Provider &provider : std::as_const(byName)) {
        if (provider.isKnown() && !provider.incoming.isEmpty() && !provider.oauthOnly)
            m_provider->addItem(provider.name, provider.id);
    }
    m_provider->setMaxVisibleItems(15);
    m_provider->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_provider->setMinimumContentsLength(20);
    m_providerLabel->setBuddy(m_provider);
    m_nameLabel->setBuddy(m_name);
    m_passwordLabel->setBuddy(m_password);
    m_outgoingPassword->hide();
    for (QPushButton *button : {m_tellAddress, m_microsoft}) {
        button->setAutoDefault(false);
        button->hide();
        m_guess->addButton(button);
    }

    auto *name = new QHBoxLayout;
    name->addWidget(m_nameLabel);
    name->addWidget(m_name, 1);
    auto *provider = new QHBoxLayout;
    provider->addWidget(m_providerLabel);
    provider->addWidget(m_provider, 1);
    QBoxLayout *servers = makeHalves();
    servers->addWidget(m_incoming, 1, Qt::AlignTop);
    servers->addWidget(m_outgoing, 1, Qt::AlignTop);
    body()->addWidget(m_guess);
    body()->addLayout(name);
    body()->addLayout(provider);
    body()->addSpacing(gap() / 4);
    body()->addLayout(servers);
    body()->addWidget(m_kindText);
    body()->addSpacing(gap() / 4);
    body()->addWidget(m_passwordLabel);
    body()->addWidget(m_password);
    body()->addWidget(m_passwordProblem);
    body()->addWidget(m_otherPassword);
    body()->addWidget(m_outgoingPassword);
    body()->addWidget(m_outgoingProblem);
    body()->addStretch();
    m_nameLabel->hide();
    m_name->hide();

    connect(m_otherPassword, &QCheckBox::toggled, m_outgoingPassword, &QWidget::setVisible);
    connect(m_otherPassword, &QCheckBox::toggled, this, [this] { m_outgoingProblem->setProblem({}); });
    connect(m_password, &QLineEdit::textEdited, this, [this] { m_passwordProblem->setProblem({}); });
    connect(m_outgoingPassword, &QLineEdit::textEdited, this, [this] { m_outgoingProblem->setProblem({}); });
    connect(m_provider, &QComboBox::activated, this, &ServersPage::chooseProvider);
    connect(m_microsoft, &QPushButton::clicked, this, &ServersPage::askMicrosoftWanted);
    connect(m_incoming, &ServerForm::protocolChosen, this, &ServersPage::followProtocol);
    connect(m_tellAddress, &QPushButton::clicked, this, &ServersPage::tellAddressWanted);
    for (ServerForm *form : {m_incoming, m_outgoing}) {
        connect(form, &ServerForm::edited, this, [this] {
            m_reason = Reason::Wanted;
            m_guess->hide();
        });
    }
    retranslate();
}

void ServersPage::setAccount(const Account &account, Reason reason)
{
    m_account = account;
    m_reason = reason;
    m_incoming->setSettings(account.incoming);
    m_outgoing->setSettings(account.outgoing);
    m_name->setText(account.identity.name);
    const Provider *known = m_directory.findByAddress(account.identity.address);
    m_provider->setCurrentIndex(known ? qMax(0, m_provider->findData(known->id)) : 0);
    retranslate();
}

void ServersPage::setSaved(const Account &account)
{
    m_editing = true;
    m_saved = account;
    m_nameLabel->show();
    m_name->show();
    m_providerLabel->hide();
    m_provider->hide();
    m_incoming->keepProtocol();
}

void ServersPage::setMicrosoftUnasked(bool unasked)
{
    m_microsoft->setVisible(unasked);
}

void ServersPage::setAddressWanted(const QStringList &hosts)
{
    m_curious = hosts;
    m_tellAddress->setVisible(!hosts.isEmpty());
    retranslate();
}

Account ServersPage::account() const
{
    Account account = m_account;
    if (m_editing && !m_name->text().simplified().isEmpty())
        account.identity.name = m_name->text().simplified();
    account.incoming = m_incoming->settings();
    account.outgoing = m_outgoing->settings();
    return account;
}

void ServersPage::setPassword(const QString &password)
{
    m_password->setText(password);
}

QString ServersPage::password() const
{
    return m_password->text();
}

QString ServersPage::outgoingPassword() const
{
    return m_otherPassword->isChecked() ? m_outgoingPassword->text() : m_password->text();
}

bool ServersPage::usesPassword() const
{
    return m_account.incoming.auth == AuthMethod::Password || m_account.outgoing.auth == AuthMethod::Password;
}

bool ServersPage::needsPassword() const
{
    if (!usesPassword() || !m_editing)
        return usesPassword();
    // The known password goes to nobody but the servers that have it.
    const auto known = [](const ServerSettings &now, const ServerSettings &before) {
        return now.auth != AuthMethod::Password || (now.host == before.host && now.userName == before.userName);
    };
    return !known(m_incoming->settings(), m_saved.incoming) || !known(m_outgoing->settings(), m_saved.outgoing);
}

bool ServersPage::validate()
{
    // Both, so that both say what they lack; the first one keeps the focus.
    const bool outgoing = m_outgoing->validate();
    const bool servers = m_incoming->validate() && outgoing;
    const bool wanted = needsPassword();
    const bool missing = wanted && m_password->text().isEmpty();
    const bool otherMissing = wanted && m_otherPassword->isChecked() && m_outgoingPassword->text().isEmpty();
    m_passwordProblem->setProblem(missing ? tr("Enter the password of your mailbox.") : QString());
    m_outgoingProblem->setProblem(otherMissing ? tr("Enter the password for sending.") : QString());
    if (servers && missing)
        m_password->setFocus();
    else if (servers && otherMissing)
        m_outgoingPassword->setFocus();
    return servers && !missing && !otherMissing;
}

void ServersPage::retypePassword()
{
    m_password->selectAll();
    m_password->setFocus();
}

void ServersPage::chooseProvider()
{
    const Provider *provider = m_directory.findById(m_provider->currentData().toString());
    if (!provider)
        return;
    m_account = accountAt(*provider, m_account.identity);
    m_incoming->setSettings(m_account.incoming);
    m_outgoing->setSettings(m_account.outgoing);
    m_reason = Reason::Wanted;
    m_guess->hide();
}

/// The provider's own server of the chosen kind; elsewhere they are mostly called imap.example.org and pop.example.org.
void ServersPage::followProtocol(Protocol protocol)
{
    ServerSettings settings = m_incoming->settings();
    const bool pop3 = protocol == Protocol::Pop3;
    const QString before = pop3 ? u"imap."_s : u"pop."_s;
    const Provider *provider = m_directory.findByHost(settings.host);
    if (provider && provider->offers(protocol)) {
        const auto server = std::find_if(provider->incoming.cbegin(), provider->incoming.cend(),
            [protocol](const ServerSettings &each) { return each.protocol == protocol; });
        const AuthMethod auth = settings.auth;
        settings = filledIn(*server, m_account.identity.address);
        settings.auth = auth;
    } else if (settings.host.startsWith(before, Qt::CaseInsensitive)) {
        settings.host = (pop3 ? u"pop."_s : u"imap."_s) + settings.host.sliced(before.size());
    }
    m_incoming->setSettings(settings);
    m_kindText->setText(protocolText(protocol));
}

QString ServersPage::action() const
{
    return m_editing ? tr("&Test and save") : tr("&Continue");
}

bool ServersPage::focusFirst()
{
    m_incoming->setFocus();
    return true;
}

void ServersPage::retranslate()
{
    setHead(m_editing ? tr("Change the account") : tr("Set up by hand"), m_account.identity.address);
    m_nameLabel->setText(tr("Your &name"));
    m_name->setAccessibleName(tr("Your name"));
    m_providerLabel->setText(tr("Pro&vider"));
    m_provider->setItemText(0, tr("Other"));
    m_provider->setAccessibleName(tr("Provider"));
    m_kindText->setText(protocolText(m_incoming->settings().protocol));
    m_passwordLabel->setText(tr("&Password"));
    m_password->setAccessibleName(tr("Password"));
    m_password->setPlaceholderText(m_editing ? tr("unchanged") : QString());
    m_otherPassword->setText(tr("Another password for outgoing mail"));
    m_outgoingPassword->setAccessibleName(tr("Outgoing password"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_passwordLabel, m_password, m_otherPassword})
        widget->setVisible(usesPassword());
    m_microsoft->setText(tr("Ask Microsoft…"));
    m_microsoft->setToolTip(tr("Microsoft would learn the part of your address after the @."));
    m_microsoft->setAccessibleDescription(m_microsoft->toolTip());
    m_tellAddress->setText(tr("Ask with my address…"));
    m_tellAddress->setToolTip(tr("It would learn your whole address, and nobody else would."));
    m_tellAddress->setAccessibleDescription(m_tellAddress->toolTip());
    const QString domain = hostText(domainOf(m_account.identity.address));
    switch (m_reason) {
    case Reason::Wanted:
        m_guess->hide();
        break;
    case Reason::Guessed:
        m_guess->show(InfoBar::Kind::Information, tr("These are guesses."),
            tr("Compare them with what your provider has told you, or simply try them."));
        break;
    case Reason::NothingFound: {
        QStringList details{tr("Ask your provider for four things: the names of the incoming and the outgoing server, "
                               "their ports, and your user name. Or simply try these.")};
        if (!m_curious.isEmpty())
            details.append(
                tr("%1 might know, but only tells who names the whole address.").arg(hostText(m_curious.first())));
        m_guess->show(InfoBar::Kind::Information, tr("No servers were found for %1. These are guesses.").arg(domain),
            details.join(QLatin1Char('\n')));
        break;
    }
    }
    Q_EMIT actionChanged();
}

} // namespace postaci
