// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/setupwizard.h"

#include "core/discovery/addressinput.h"
#include "core/settings/oauthclientids.h"
#include "core/settings/settings.h"
#include "ui/common/linkbutton.h"
#include "ui/common/signinpages.h"
#include "ui/wizard/browserpage.h"
#include "ui/wizard/certificatepage.h"
#include "ui/wizard/checkpage.h"
#include "ui/wizard/identitypage.h"
#include "ui/wizard/lookingpage.h"
#include "ui/wizard/serverspage.h"

#include <QDesktopServices>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <chrono>

namespace postaci {

namespace {
constexpr std::chrono::milliseconds quickAnswer{200};
}

SetupWizard::SetupWizard(MailEngine &engine, Settings &settings, Options options, QWidget *parent)
    : QDialog(parent)
    , m_engine(engine)
    , m_settings(settings)
    , m_options(std::move(options))
    , m_directory(ProviderDirectory::bundled())
    , m_pages(new QStackedWidget(this))
    , m_identity(new IdentityPage(settings, m_options.first))
    , m_looking(new LookingPage)
    , m_found(new FoundPage(m_directory, [this](const SettingsCandidate &c) { return browserFor(c); }))
    , m_servers(new ServersPage(m_directory))
    , m_browser(new BrowserPage)
    , m_check(new CheckPage)
    , m_certificate(new CertificatePage)
    , m_done(new DonePage)
    , m_manual(new LinkButton(this))
    , m_cancel(new QPushButton(this))
    , m_back(new QPushButton(this))
    , m_next(new QPushButton(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    makeLayout();
    connectPages();
    connectEngine();
    retranslate();
    begin();
}

SetupWizard::~SetupWizard()
{
    stopWork();
}

void SetupWizard::makeLayout()
{
    const int gap = fontMetrics().height();
    const std::initializer_list<WizardPage *> pages{
        m_identity, m_looking, m_found, m_servers, m_browser, m_check, m_certificate, m_done};
    for (WizardPage *page : pages) {
        m_pages->addWidget(page);
        connect(page, &WizardPage::actionChanged, this, &SetupWizard::updateButtons);
    }
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_manual);
    buttons->addStretch();
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    for (QPushButton *button : {m_cancel, m_back, m_next})
        button->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * gap, 2 * gap, 2 * gap, gap * 3 / 2);
    layout->setSpacing(gap);
    layout->addWidget(m_pages, 1);
    layout->addLayout(buttons);
    const QSize room = screen() ? screen()->availableSize() * 9 / 10 : QSize(1'000, 700);
    resize(QSize(fontMetrics().averageCharWidth() * 96, gap * 42).boundedTo(room));
    setMinimumWidth(qMin(fontMetrics().averageCharWidth() * 60, room.width()));
}

void SetupWizard::connectPages()
{
    connect(m_next, &QPushButton::clicked, this, &SetupWizard::goOn);
    connect(m_back, &QPushButton::clicked, this, &SetupWizard::goBack);
    connect(m_manual, &QPushButton::clicked, this, &SetupWizard::setUpByHand);
    connect(m_cancel, &QPushButton::clicked, this, &SetupWizard::reject);
    connect(m_found, &FoundPage::byHandWanted, this, &SetupWizard::setUpByHand);
    connect(m_servers, &ServersPage::askMicrosoftWanted, this, [this] { search({.askMicrosoft = true}); });
    connect(m_servers, &ServersPage::tellAddressWanted, this, [this] { search({.tellAddress = true}); });
    connect(m_check, &CheckPage::tryAgain, this, [this] { check(m_checkOptions); });
    connect(m_check, &CheckPage::editSettings, this, [this] { editServers(m_account); });
    connect(m_check, &CheckPage::receiveOnly, this, [this] { save(DonePage::Proven::ReceivingOnly); });
    connect(m_check, &CheckPage::saveUntested, this, [this] { save(DonePage::Proven::Nothing); });
    connect(m_certificate, &CertificatePage::trusted, this, &SetupWizard::trustCertificate);
    connect(m_done, &DonePage::testMailWanted, this, &SetupWizard::sendTestMail);
    connect(m_done, &DonePage::anotherWanted, this, [this] {
        m_identity->setIdentity({.name = m_account.identity.name, .address = {}});
        m_saved = {};
        showPage(m_identity);
    });
    m_lookingDelay.setSingleShot(true);
    m_lookingDelay.setInterval(quickAnswer);
    connect(&m_lookingDelay, &QTimer::timeout, this, [this] {
        if (m_work == Work::Search)
            showPage(m_looking);
    });
}

void SetupWizard::connectEngine()
{
    connect(&m_engine, &MailEngine::discoveryProgress, this, [this](const DiscoveryStep &step) {
        if (m_work == Work::Search)
            m_looking->advance(step);
    });
    connect(&m_engine, &MailEngine::discoveryFound, this, &SetupWizard::found);
    connect(&m_engine, &MailEngine::browserWanted, this, [this](const QUrl &url) {
        if (m_work != Work::Browser)
            return; // An account that is there asks for it, in the main window.
        QDesktopServices::openUrl(url);
        m_browser->setUrl(url);
    });
    connect(&m_engine, &MailEngine::checkProgress, this, [this](const CheckStep &step) {
        if (m_work == Work::Check)
            m_check->advance(step);
    });
    connect(&m_engine, &MailEngine::roundTripProgress, this, [this](AccountId account, RoundTripStage stage) {
        if (account == m_saved)
            m_done->setStage(stage);
    });
}

void SetupWizard::begin()
{
    if (m_options.account)
        m_account = *m_options.account;
    if (m_options.task == Task::Add) {
        m_identity->setIdentity(m_account.identity);
        showPage(m_identity);
        return;
    }
    m_servers->setSaved(m_account);
    editServers(m_account);
    m_signInPage = m_servers;
    if (m_options.task == Task::SignIn && m_account.usesOAuth())
        useBrowser();
    else if (m_options.task == Task::SignIn)
        m_servers->retypePassword();
    else if (m_options.task == Task::Test)
        signIn();
}

int SetupWizard::startWork(Work work)
{
    stopWork();
    m_work = work;
    return m_generation;
}

void SetupWizard::stopWork()
{
    ++m_generation;
    m_lookingDelay.stop();
    switch (std::exchange(m_work, Work::None)) {
    case Work::Search:
        m_engine.cancelDiscovery();
        break;
    case Work::Check:
        m_engine.cancelCheck();
        break;
    case Work::Browser:
        m_engine.cancelSignIn();
        break;
    case Work::Save:
    case Work::None:
        break;
    }
}

void SetupWizard::goOn()
{
    if (page() == m_identity) {
        if (m_identity->validate())
            search();
    } else if (page() == m_found) {
        if (m_found->validate())
            signIn();
    } else if (page() == m_servers) {
        if (m_servers->validate())
            signIn();
    } else if (page() == m_check) {
        mend();
    } else if (page() == m_browser) {
        signInWithBrowser();
    } else if (page() == m_done) {
        if (m_options.task == Task::Add)
            Q_EMIT mailboxWanted(m_saved);
        accept();
    }
}

void SetupWizard::goBack()
{
    stopWork();
    if (page() == m_certificate)
        showPage(m_check);
    else if (page() == m_servers)
        showPage(m_serversFrom);
    else if (page() == m_check || page() == m_browser)
        showPage(m_signInPage);
    else
        showPage(m_options.task == Task::Add ? static_cast<WizardPage *>(m_identity) : m_servers);
}

void SetupWizard::reject()
{
    if (page() == m_done)
        accept();
    else if (m_work == Work::Save)
        return; // In a moment there is an account to look at.
    else if (page() == m_found)
        QDialog::reject(); // What may still be looked for beside what was found is nothing to wait for.
    else if (m_work != Work::None || page() == m_certificate)
        goBack();
    else
        QDialog::reject();
}

void SetupWizard::search(const DiscoveryOptions &consent)
{
    const Address identity = m_identity->identity();
    const AddressInput input = parseAddress(identity.address);
    m_candidates.clear();
    if (m_options.account && m_options.account->identity.address == identity.address) {
        Account account = *m_options.account;
        account.identity = identity;
        m_serversFrom = m_identity;
        m_servers->setAccount(account, ServersPage::Reason::Wanted);
        showPage(m_servers);
        return;
    }
    if (!input.isUsable()) { // A name without a dot: nobody to ask.
        setUpByHand();
        return;
    }
    const int generation = startWork(Work::Search);
    m_searched = input.address;
    m_looking->start(input.domain);
    m_lookingDelay.start();
    m_servers->setMicrosoftUnasked(false);
    m_servers->setAddressWanted({});
    updateButtons();
    DiscoveryOptions options = consent;
    options.askOutside = !m_settings.value(Setting::AskNobodyOutside).toBool();
    m_engine.discover(input.address, options).then(this, [this, generation, options](const DiscoveryResult &result) {
        if (generation != m_generation)
            return;
        m_work = Work::None;
        m_lookingDelay.stop();
        m_servers->setMicrosoftUnasked(!options.askMicrosoft && options.askOutside);
        m_servers->setAddressWanted(result.wantsAddress);
        searched(result);
        updateButtons();
    });
}

void SetupWizard::found(const SettingsCandidate &candidate, const QString &address)
{
    // It comes from another thread, and so perhaps from the search for what was typed before.
    if (m_work != Work::Search || address != m_searched || candidate.source == SettingsSource::Guess)
        return;
    if (page() == m_found) {
        m_found->offer(candidate);
        return;
    }
    if (page() != m_identity && page() != m_looking && page() != m_servers)
        return;
    m_lookingDelay.stop();
    m_candidates = {candidate};
    m_found->setCandidates(m_identity->identity(), m_candidates);
    showPage(m_found);
}

void SetupWizard::searched(const DiscoveryResult &result)
{
    const Address identity = m_identity->identity();
    if (page() == m_found) {
        for (const SettingsCandidate &candidate : result.candidates) {
            if (candidate.source != SettingsSource::Guess)
                m_found->offer(candidate);
        }
        return;
    }
    if (result.obstacle == DiscoveryResult::Obstacle::NoImap) {
        const Provider *provider = m_directory.findByAddress(identity.address);
        m_found->showBlocked(identity, provider ? provider->id : QString());
        showPage(m_found);
        return;
    }
    if (result.obstacle != DiscoveryResult::Obstacle::None) {
        showPage(m_identity);
        m_identity->showObstacle(result.obstacle, result.domain);
        return;
    }
    m_candidates = result.candidates;
    QList<SettingsCandidate> known = m_candidates;
    known.removeIf([](const SettingsCandidate &c) { return c.source == SettingsSource::Guess; });
    if (known.isEmpty()) {
        m_serversFrom = m_identity;
        m_servers->setAccount(accountByHand(), ServersPage::Reason::NothingFound);
        showPage(m_servers);
        return;
    }
    m_found->setCandidates(identity, known);
    showPage(m_found);
}

Account SetupWizard::accountByHand() const
{
    const Address identity = m_identity->identity();
    const Provider *provider = m_directory.findByAddress(identity.address);
    if (provider && provider->isKnown())
        return accountAt(*provider, identity);
    return guessedAccount(identity);
}

void SetupWizard::setUpByHand()
{
    if (page() == m_found) {
        m_servers->setPassword(m_found->password());
        editServers(m_found->account());
        return;
    }
    if (!m_identity->validate())
        return;
    stopWork();
    const Provider *provider = m_directory.findByAddress(m_identity->identity().address);
    m_serversFrom = m_identity;
    m_servers->setAccount(
        accountByHand(), provider && provider->isKnown() ? ServersPage::Reason::Wanted : ServersPage::Reason::Guessed);
    showPage(m_servers);
}

void SetupWizard::editServers(const Account &account)
{
    stopWork();
    m_serversFrom = page() == m_found || m_signInPage == m_found ? static_cast<WizardPage *>(m_found) : m_identity;
    m_servers->setAccount(account, ServersPage::Reason::Wanted);
    showPage(m_servers);
}

FoundPage::Browser SetupWizard::browserFor(const SettingsCandidate &candidate) const
{
    using Way = FoundPage::Browser::Way;
    const QString &issuer = candidate.oauthIssuer;
    if (!m_directory.issuer(issuer))
        return {};
    return {.way = holdsOAuthClientId(m_settings, issuer) ? Way::Ready : Way::NeedsClientId,
        .typedClientId = typedOAuthClientId(m_settings, issuer)};
}

void SetupWizard::setAccountFound(const Account &found)
{
    Account account = found;
    if (m_options.task != Task::Add) { // Only its servers and its way of signing in were asked for.
        account = *m_options.account;
        account.incoming = found.incoming;
        account.outgoing = found.outgoing;
        account.oauthIssuer = found.oauthIssuer;
        account.serverFilesSent = found.serverFilesSent;
    }
    m_account = account;
}

void SetupWizard::signIn()
{
    if (page() == m_found) {
        m_signInPage = m_found;
        setAccountFound(m_found->account());
        m_secrets = {.incoming = m_found->password(), .outgoing = m_found->password()};
        m_checkOptions = {.guessed = m_found->guessed()};
    } else if (page() == m_servers) {
        m_signInPage = m_servers;
        m_account = m_servers->account();
        m_secrets = {.incoming = m_servers->password(), .outgoing = m_servers->outgoingPassword()};
        m_checkOptions = {.guessed = m_servers->guessed()};
    }
    // An account that is there has its tokens; what is new, or has lost them, asks in the browser.
    if (m_account.usesOAuth() && (m_options.task == Task::Add || m_options.task == Task::SignIn))
        signInWithBrowser();
    else
        check(m_checkOptions);
}

void SetupWizard::signInWithBrowser()
{
    const QString issuer = m_account.oauthIssuer;
    if (m_signInPage == m_found && !m_found->ownClientId().isEmpty()) {
        setOAuthClientId(m_settings, issuer, m_found->ownClientId());
        if (const std::optional<QString> secret = m_found->ownClientSecret())
            m_engine.keepOAuthClientSecret(issuer, m_found->ownClientId(), *secret);
        m_engine.setOAuthClientIds(oauthClientIds(m_settings));
    }
    const OAuthIssuer *known = m_directory.issuer(issuer);
    const int generation = startWork(Work::Browser);
    m_browser->start(known ? known->name : issuer);
    showPage(m_browser);
    m_engine.signInWithBrowser(issuer, m_account.identity.address, signInPages())
        .then(this, [this, generation](const Result<OAuthTokens> &tokens) {
            if (generation != m_generation)
                return;
            m_work = Work::None;
            if (tokens) {
                m_secrets.tokens = *tokens;
                activateWindow(); // The browser is in front.
                check(m_checkOptions);
            } else {
                m_browser->fail(tokens.error());
                updateButtons();
                m_next->setFocus();
            }
        });
}

void SetupWizard::check(CheckOptions options)
{
    const int generation = startWork(Work::Check);
    m_check->start(m_account, options);
    showPage(m_check);
    m_engine.checkAccount(m_account, m_secrets, options).then(this, [this, generation](const SetupReport &report) {
        if (generation != m_generation)
            return;
        m_work = Work::None;
        checked(report);
        updateButtons();
    });
}

void SetupWizard::checked(const SetupReport &report)
{
    if (report.cancelled) {
        goBack();
        return;
    }
    m_account = report.account; // With what worked instead.
    const Provider *provider = m_directory.findByAddress(m_account.identity.address);
    const QString name = m_signInPage == m_found ? m_found->providerName() : provider ? provider->name : QString();
    m_check->finish(report, name, {m_secrets.incoming, m_secrets.outgoing});
    if (report.works())
        save(m_checkOptions.receiveOnly ? DonePage::Proven::ReceivingOnly : DonePage::Proven::Both);
    else
        m_next->setFocus();
}

void SetupWizard::mend()
{
    if (!m_check->diagnosis())
        return;
    const Diagnosis diagnosis = *m_check->diagnosis();
    switch (diagnosis.fix) {
    case SetupFix::Retry:
        if (diagnosis.problem == SetupProblem::Local && m_check->report().works())
            save(DonePage::Proven::Both);
        else
            check(m_checkOptions);
        break;
    case SetupFix::RetypePassword:
        showPage(m_signInPage);
        if (m_signInPage == m_found)
            m_found->retypePassword();
        else
            m_servers->retypePassword();
        break;
    case SetupFix::UseCertificateName:
    case SetupFix::UseOtherServer:
        useProposals();
        break;
    case SetupFix::ShowCertificate:
        m_certificate->setDiagnosis(diagnosis);
        showPage(m_certificate);
        break;
    case SetupFix::OpenPage:
        QDesktopServices::openUrl(diagnosis.page);
        m_check->pageOpened();
        break;
    case SetupFix::ReceiveOnly:
        save(DonePage::Proven::ReceivingOnly);
        break;
    case SetupFix::SignInWithBrowser:
        useBrowser();
        break;
    case SetupFix::EditSettings:
        editServers(m_account);
        break;
    }
}

void SetupWizard::useProposals()
{
    // The button named the one; the other server of the same hoster has the same name.
    const SetupFix fix = m_check->diagnosis()->fix;
    const SetupReport &report = m_check->report();
    if (report.incoming && report.incoming->fix == fix && report.incoming->proposal)
        m_account.incoming = *report.incoming->proposal;
    if (report.outgoing && report.outgoing->fix == fix && report.outgoing->proposal)
        m_account.outgoing = *report.outgoing->proposal;
    if (m_options.task != Task::Add && !m_account.usesOAuth() && m_secrets.incoming.isEmpty()) {
        // A server of another name does not get the known password by itself.
        editServers(m_account);
        if (!m_servers->validate())
            return;
    }
    check(m_checkOptions);
}

void SetupWizard::useBrowser()
{
    // The provider is often known by its host only: the address has a domain of its own.
    const Provider *provider = m_directory.findByAddress(m_account.identity.address);
    if (!provider || provider->oauthIssuer.isEmpty())
        provider = m_directory.findByHost(m_account.incoming.host);
    if (m_account.oauthIssuer.isEmpty() && provider)
        m_account.oauthIssuer = provider->oauthIssuer;
    const SettingsCandidate candidate{.source = provider ? SettingsSource::Table : SettingsSource::Guess,
        .incoming = {m_account.incoming},
        .outgoing = m_account.outgoing,
        .providerId = provider ? provider->id : QString(),
        .oauthIssuer = m_account.oauthIssuer,
        .oauthOnly = true,
        .serverFilesSent = m_account.serverFilesSent};
    const FoundPage::Browser browser = browserFor(candidate);
    // A client id that the user typed may be why the sign-in ended.
    const bool clientIdIsDoubtful = m_options.task == Task::SignIn && !browser.typedClientId.isEmpty();
    if (browser.way != FoundPage::Browser::Way::Ready || clientIdIsDoubtful) {
        // It says so, and has room for a client id.
        m_found->setCandidates(m_account.identity, {candidate});
        showPage(m_found);
        return;
    }
    for (ServerSettings *server : {&m_account.incoming, &m_account.outgoing}) {
        if (server->auth == AuthMethod::Password)
            server->auth = AuthMethod::OAuth2;
    }
    signInWithBrowser();
}

void SetupWizard::trustCertificate()
{
    const MailError &error = m_certificate->error();
    const QString host = error.endpoint.section(QLatin1Char(':'), 0, -2);
    const auto port = quint16(error.endpoint.section(QLatin1Char(':'), -1).toUInt());
    m_account.exceptions.removeIf(
        [&](const CertificateException &old) { return old.host == host && old.port == port; });
    m_account.exceptions.append({.host = host, .port = port, .certificate = error.certificate});
    check(m_checkOptions);
}

void SetupWizard::save(DonePage::Proven proven)
{
    using Saved = DonePage::Saved;
    const bool nothingNew = m_options.account && m_account == *m_options.account && m_secrets.incoming.isEmpty()
        && m_secrets.outgoing.isEmpty() && m_secrets.tokens.accessToken.isEmpty();
    if (m_options.task == Task::Test && proven == DonePage::Proven::Both && nothingNew) {
        m_saved = m_account.id;
        m_done->show(m_account, proven, m_check->report().notes, Saved::Nothing);
        showPage(m_done);
        return;
    }
    const Saved what = m_options.task == Task::Add ? Saved::NewAccount : Saved::Changes;
    const int generation = startWork(Work::Save);
    updateButtons();
    const auto saved = [this, generation, proven, what](const std::optional<MailError> &error) {
        if (generation != m_generation)
            return;
        m_work = Work::None;
        if (error) {
            m_check->fail(*error);
            updateButtons();
            return;
        }
        m_done->show(m_account, proven, m_check->report().notes, what);
        showPage(m_done);
    };
    const auto errorOf = [](const auto &result) {
        return result ? std::optional<MailError>() : std::optional<MailError>(result.error());
    };
    if (m_options.task != Task::Add) {
        m_saved = m_account.id;
        m_engine.updateAccount(m_account, m_secrets).then(this, [saved, errorOf](const Result<void> &result) {
            saved(errorOf(result));
        });
        return;
    }
    m_engine.addAccount(m_account, m_secrets).then(this, [this, saved, errorOf](const Result<AccountId> &id) {
        if (id)
            m_saved = *id;
        saved(errorOf(id));
    });
}

void SetupWizard::sendTestMail()
{
    const RoundTripText text{.subject = tr("Test mail from Postacı"),
        .text
        = tr("Postacı sent this mail to see whether sending and receiving work. It is removed by itself; if it is "
             "still here, you can delete it.")};
    m_engine.roundTrip(m_saved, text).then(this, [this, account = m_saved](const Result<RoundTrip> &trip) {
        if (account != m_saved)
            return;
        if (trip)
            m_done->setRoundTrip(*trip);
        else
            m_done->failRoundTrip(trip.error());
    });
}

WizardPage *SetupWizard::page() const
{
    return static_cast<WizardPage *>(m_pages->currentWidget());
}

void SetupWizard::showPage(WizardPage *page)
{
    m_pages->setCurrentWidget(page);
    page->ensureVisible(0, 0);
    updateButtons();
    if (page == m_certificate)
        m_cancel->setFocus();
    else if (!page->focusFirst())
        (m_next->isVisibleTo(this) ? m_next : m_cancel)->setFocus();
    else if (QWidget *field = focusWidget(); field && page->isAncestorOf(field))
        page->ensureWidgetVisible(field);
}

void SetupWizard::updateButtons()
{
    const bool add = m_options.task == Task::Add;
    const bool busy = m_work != Work::None && m_work != Work::Search;
    const QString action = page()->action();
    m_manual->setVisible(page() == m_identity || page() == m_looking);
    m_cancel->setVisible(page() != m_done);
    m_back->setVisible(page() != m_identity && page() != m_looking && page() != m_done && page() != m_certificate
        && (add || page() != m_servers));
    m_back->setEnabled(!busy);
    m_next->setText(action);
    m_next->setVisible(!action.isEmpty());
    m_next->setEnabled(page()->canAct() && !busy && (m_work != Work::Search || page() != m_identity));
    // On the certificate the safe way is the one that Enter takes.
    m_next->setDefault(page() != m_certificate);
    m_cancel->setDefault(page() == m_certificate);
}

void SetupWizard::retranslate()
{
    setWindowTitle(m_options.task == Task::Add ? tr("Set up an account") : tr("Change an account"));
    m_manual->setText(tr("Set up by &hand"));
    m_cancel->setText(tr("Cancel"));
    m_back->setText(tr("&Back"));
    updateButtons();
}

void SetupWizard::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace postaci
