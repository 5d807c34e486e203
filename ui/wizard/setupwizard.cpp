// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/setupwizard.h"

#include "ui/wizard/checkpage.h"
#include "ui/wizard/identitypage.h"
#include "ui/wizard/serverspage.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace postaci {

SetupWizard::SetupWizard(MailEngine &engine, Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_directory(ProviderDirectory::bundled())
    , m_pages(new QStackedWidget(this))
    , m_identity(new IdentityPage(m_directory, settings))
    , m_servers(new ServersPage(m_directory))
    , m_check(new CheckPage)
    , m_manual(new QPushButton(this))
    , m_cancel(new QPushButton(this))
    , m_back(new QPushButton(this))
    , m_continue(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    const int gap = fontMetrics().height();
    for (QWidget *page : std::initializer_list<QWidget *>{m_identity, m_servers, m_check})
        m_pages->addWidget(page);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_manual);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_back);
    buttons->addWidget(m_continue);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * gap, 2 * gap, 2 * gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(m_pages, 1);
    layout->addLayout(buttons);
    m_continue->setDefault(true);
    setMinimumWidth(fontMetrics().averageCharWidth() * 85);

    connect(m_continue, &QPushButton::clicked, this, &SetupWizard::goOn);
    connect(m_back, &QPushButton::clicked, this, &SetupWizard::goBack);
    connect(m_manual, &QPushButton::clicked, this, &SetupWizard::setUpByHand);
    connect(m_cancel, &QPushButton::clicked, this, &SetupWizard::reject);
    connect(m_identity, &IdentityPage::changed, this, &SetupWizard::updateButtons);
    connect(m_check, &CheckPage::tryAgain, this, [this] { check(m_account); });
    connect(m_check, &CheckPage::editSettings, this, [this] {
        m_servers->setAccount(m_account, false);
        showPage(m_servers);
    });
    connect(m_check, &CheckPage::retypePassword, this, [this] {
        showPage(m_identity);
        m_identity->retypePassword();
    });
    connect(&engine, &MailEngine::checkProgress, this, [this](const CheckStep &step) {
        if (m_checking)
            m_check->advance(step);
    });
    retranslate();
    showPage(m_identity);
    m_identity->focusFirst();
}

SetupWizard::~SetupWizard()
{
    if (m_checking)
        m_engine.cancelCheck();
}

void SetupWizard::goOn()
{
    if (m_pages->currentWidget() == m_servers) {
        if (m_servers->validate())
            check(m_servers->account());
        return;
    }
    if (!m_identity->validate())
        return;
    // Settings that were made by hand for this address are not thrown away by a retyped password.
    if (m_byHand && m_account.identity.address == m_identity->identity().address) {
        Account account = m_account;
        account.identity = m_identity->identity();
        check(account);
    } else if (const Provider *provider = m_identity->provider(); provider && provider->isKnown()) {
        m_byHand = false;
        check(accountAt(*provider, m_identity->identity()));
    } else {
        m_account = provider && provider->hasServers() ? accountAt(*provider, m_identity->identity())
                                                       : guessedAccount(m_identity->identity());
        m_servers->setAccount(m_account, true);
        showPage(m_servers);
    }
}

void SetupWizard::setUpByHand()
{
    const Provider *provider = m_identity->provider();
    if (!m_identity->validate())
        return;
    const bool usable = provider && provider->hasServers();
    m_account = usable ? accountAt(*provider, m_identity->identity()) : guessedAccount(m_identity->identity());
    m_servers->setAccount(m_account, !usable || !provider->isKnown());
    showPage(m_servers);
}

void SetupWizard::goBack()
{
    if (m_checking) {
        ++m_generation;
        m_checking = false;
        m_engine.cancelCheck();
    }
    showPage(m_pages->currentWidget() == m_check && m_byHand ? static_cast<QWidget *>(m_servers) : m_identity);
}

void SetupWizard::check(const Account &account)
{
    m_account = account;
    m_secrets.incoming = m_identity->password();
    const QString other = m_byHand ? m_servers->outgoingPassword() : QString();
    m_secrets.outgoing = other.isEmpty() ? m_secrets.incoming : other;
    m_checking = true;
    m_check->start(account);
    showPage(m_check);
    m_engine.checkAccount(m_account, m_secrets)
        .then(this, [this, generation = ++m_generation](const SetupReport &report) {
            if (generation != m_generation)
                return;
            m_checking = false;
            m_account = report.account;
            if (report.works())
                add();
            else
                m_check->fail(*report.error());
            updateButtons();
        });
}

void SetupWizard::add()
{
    m_check->succeed();
    m_engine.addAccount(m_account, m_secrets).then(this, [this](const Result<AccountId> &id) {
        if (!id) {
            m_check->fail(id.error());
            return;
        }
        Q_EMIT accountAdded(*id);
        accept();
    });
}

void SetupWizard::reject()
{
    if (m_checking) {
        goBack();
        return;
    }
    QDialog::reject();
}

void SetupWizard::showPage(QWidget *page)
{
    m_byHand = m_byHand || page == m_servers;
    m_pages->setCurrentWidget(page);
    updateButtons();
}

void SetupWizard::updateButtons()
{
    const QWidget *page = m_pages->currentWidget();
    m_manual->setVisible(page == m_identity);
    m_back->setVisible(page != m_identity);
    m_back->setEnabled(!m_checking || page != m_check);
    m_continue->setVisible(page != m_check);
    m_continue->setEnabled(page != m_identity || m_identity->canContinue());
}

void SetupWizard::retranslate()
{
    setWindowTitle(tr("Set up an account"));
    m_manual->setText(tr("Set up by &hand"));
    m_cancel->setText(tr("Cancel"));
    m_back->setText(tr("&Back"));
    m_continue->setText(tr("&Continue"));
}

void SetupWizard::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
