// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wizard/foundpage.h"

#include "core/discovery/addressinput.h"
#include "core/discovery/domainname.h"
#include "ui/common/infobar.h"
#include "ui/common/linkbutton.h"
#include "ui/common/passwordedit.h"
#include "ui/common/problemlabel.h"
#include "ui/wizard/providertext.h"
#include "ui/wizard/servercard.h"
#include "ui/wizard/setuptext.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

FoundPage::FoundPage(const ProviderDirectory &directory, BrowserOf browserOf, QWidget *parent)
    : WizardPage(parent)
    , m_directory(directory)
    , m_browserOf(std::move(browserOf))
    , m_candidates{SettingsCandidate{}}
    , m_note(new InfoBar(this))
    , m_notePage(new QPushButton(this))
    , m_offer(new InfoBar(this))
    , m_takeOffer(new QPushButton(this))
    , m_card(new ServerCard(this))
    , m_othersLabel(new QLabel(this))
    , m_others(new QComboBox(this))
    , m_byHand(new LinkButton(this))
    , m_kinds(new QWidget(this))
    , m_imap(new QRadioButton(m_kinds))
    , m_imapText(plainLabel(true))
    , m_pop3(new QRadioButton(m_kinds))
    , m_pop3Text(plainLabel(true))
    , m_userLabel(new QLabel(this))
    , m_user(new QLineEdit(this))
    , m_userProblem(new ProblemLabel(*m_user, this))
    , m_passwordLabel(new QLabel(this))
    , m_password(new PasswordEdit(this))
    , m_passwordProblem(new ProblemLabel(*m_password, this))
    , m_otherWay(new LinkButton(this))
    , m_expert(new QToolButton(this))
    , m_expertBox(new QWidget(this))
    , m_expertText(plainLabel(true))
    , m_clientIdLabel(new QLabel(m_expertBox))
    , m_clientId(new QLineEdit(m_expertBox))
    , m_clientSecretLabel(new QLabel(m_expertBox))
    , m_clientSecret(new PasswordEdit(m_expertBox))
    , m_register(new LinkButton(m_expertBox))
{
    m_note->addButton(m_notePage);
    m_offer->addButton(m_takeOffer);
    for (QPushButton *button : {m_notePage, m_takeOffer})
        button->setAutoDefault(false);
    m_othersLabel->setBuddy(m_others);
    m_others->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_userLabel->setBuddy(m_user);
    m_passwordLabel->setBuddy(m_password);
    m_clientIdLabel->setBuddy(m_clientId);
    m_clientSecretLabel->setBuddy(m_clientSecret);
    m_expert->setCheckable(true);
    m_expert->setAutoRaise(true);
    m_expert->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_expert->setArrowType(Qt::RightArrow);
    m_imap->setChecked(true);

    auto *kinds = new QGridLayout(m_kinds);
    kinds->setContentsMargins({});
    kinds->setVerticalSpacing(gap() / 4);
    kinds->setHorizontalSpacing(gap());
    kinds->addWidget(m_imap, 0, 0, Qt::AlignTop);
    kinds->addWidget(m_imapText, 0, 1);
    kinds->addWidget(m_pop3, 1, 0, Qt::AlignTop);
    kinds->addWidget(m_pop3Text, 1, 1);
    kinds->setColumnStretch(1, 1);
    auto *others = new QHBoxLayout;
    others->addWidget(m_othersLabel);
    others->addWidget(m_others, 1);
    others->addStretch();
    others->addWidget(m_byHand);
    auto *expert = new QVBoxLayout(m_expertBox);
    expert->setContentsMargins(gap(), 0, 0, 0);
    expert->addWidget(m_expertText);
    expert->addWidget(m_clientIdLabel);
    expert->addWidget(m_clientId);
    expert->addWidget(m_clientSecretLabel);
    expert->addWidget(m_clientSecret);
    expert->addWidget(m_register, 0, Qt::AlignLeft);

    // What to do comes first, what was found below it.
    body()->addWidget(m_offer);
    body()->addWidget(m_note);
    body()->addWidget(m_userLabel);
    body()->addWidget(m_user);
    body()->addWidget(m_userProblem);
    body()->addWidget(m_passwordLabel);
    body()->addWidget(m_password);
    body()->addWidget(m_passwordProblem);
    body()->addWidget(m_otherWay, 0, Qt::AlignLeft);
    body()->addWidget(m_expert, 0, Qt::AlignLeft);
    body()->addWidget(m_expertBox);
    body()->addSpacing(gap() / 2);
    body()->addWidget(m_card);
    body()->addWidget(m_kinds);
    body()->addLayout(others);
    body()->addStretch();

    connect(m_notePage, &QPushButton::clicked, this, [this] {
        if (const Provider *known = provider())
            QDesktopServices::openUrl(providerNotes(*known).page);
    });
    connect(m_takeOffer, &QPushButton::clicked, this, [this] { choose(m_offered); });
    connect(m_others, &QComboBox::activated, this, [this](int index) { choose(index); });
    connect(m_byHand, &QPushButton::clicked, this, &FoundPage::byHandWanted);
    connect(m_imap, &QRadioButton::toggled, this, [this] {
        m_browser = browserNow();
        if (m_stage == Stage::Browser && m_browser.way == Browser::Way::None)
            enter(Stage::Password);
        else
            retranslate();
    });
    connect(m_user, &QLineEdit::textEdited, this, [this] { m_userProblem->setProblem({}); });
    connect(m_password, &QLineEdit::textEdited, this, [this] { m_passwordProblem->setProblem({}); });
    connect(m_otherWay, &QPushButton::clicked, this, [this] {
        m_expert->setChecked(m_stage == Stage::Password && !browserIsReady());
        enter(m_stage == Stage::Browser ? Stage::Password : Stage::Browser);
        focusFirst();
    });
    connect(m_expert, &QToolButton::toggled, this, [this](bool open) {
        m_expert->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        m_expertBox->setVisible(open);
    });
    connect(m_clientId, &QLineEdit::textEdited, this, &FoundPage::actionChanged);
    connect(m_register, &QPushButton::clicked, this, [this] {
        if (const OAuthIssuer *issuer = m_directory.issuer(chosen().oauthIssuer))
            QDesktopServices::openUrl(issuer->registrationUrl);
    });
    setTabOrder({m_takeOffer, m_notePage, m_user, m_password, m_password->showButton(), m_otherWay, m_expert,
        m_clientId, m_clientSecret, m_clientSecret->showButton(), m_register, m_imap, m_pop3, m_others, m_byHand});
    retranslate();
}

void FoundPage::setCandidates(const Address &identity, const QList<SettingsCandidate> &candidates)
{
    if (m_identity.address != identity.address) {
        m_password->clear();
        m_user->clear();
        m_approved.clear();
        m_clientIssuer.clear();
        m_imap->setChecked(true);
    }
    m_identity = identity;
    m_candidates = candidates;
    m_blockedProvider.clear();
    choose(0);
}

void FoundPage::offer(const SettingsCandidate &candidate)
{
    if (m_stage == Stage::Blocked || m_candidates.contains(candidate))
        return;
    m_candidates.append(candidate);
    m_offered = m_candidates.size() - 1;
    showAlternatives();
}

void FoundPage::showBlocked(const Address &identity, const QString &providerId)
{
    m_identity = identity;
    m_blockedProvider = providerId;
    m_candidates = {SettingsCandidate{}};
    m_current = 0;
    m_offered = -1;
    enter(Stage::Blocked);
}

const Provider *FoundPage::provider() const
{
    return m_directory.findById(m_stage == Stage::Blocked ? m_blockedProvider : chosen().providerId);
}

QString FoundPage::providerName() const
{
    if (!chosen().providerName.isEmpty())
        return chosen().providerName;
    const Provider *known = provider();
    return known ? known->name : QString();
}

void FoundPage::choose(qsizetype candidate)
{
    m_current = candidate;
    m_offered = -1;
    m_browser = browserNow();
    if (m_clientIssuer.isEmpty() || m_clientIssuer != chosen().oauthIssuer) {
        m_clientIssuer = chosen().oauthIssuer;
        m_clientId->setText(m_browser.typedClientId);
        m_clientSecret->clear();
    }
    chooseStage();
}

FoundPage::Browser FoundPage::browserNow() const
{
    const Provider *known = provider();
    const bool withoutIt = known && !known->oauthForPop3 && incoming().protocol == Protocol::Pop3;
    return withoutIt ? Browser() : m_browserOf(chosen());
}

void FoundPage::chooseStage()
{
    const bool agreed = std::all_of(chosen().hostsToApprove.cbegin(), chosen().hostsToApprove.cend(),
        [this](const QString &host) { return m_approved.contains(host); });
    // A password that will be refused is not asked for before that is said.
    const Provider *known = provider();
    const bool passwordIsDoubtful
        = m_browser.way == Browser::Way::NeedsClientId && known && known->has(Provider::Hint::PasswordMayBeRefused);
    if (!agreed)
        enter(Stage::Approve);
    else if (browserIsReady() || chosen().oauthOnly || passwordIsDoubtful)
        enter(Stage::Browser);
    else
        enter(Stage::Password);
}

void FoundPage::enter(Stage stage)
{
    m_stage = stage;
    retranslate();
}

bool FoundPage::offers(Protocol protocol) const
{
    const Provider *known = provider();
    if (protocol == Protocol::Pop3 && known && chosen().oauthOnly && !known->oauthForPop3)
        return false; // No way to sign in there.
    return std::any_of(chosen().incoming.cbegin(), chosen().incoming.cend(),
        [protocol](const ServerSettings &server) { return server.protocol == protocol; });
}

const ServerSettings &FoundPage::incoming() const
{
    static const ServerSettings none;
    const auto &servers = chosen().incoming;
    const Protocol wanted = m_pop3->isChecked() && offers(Protocol::Pop3) ? Protocol::Pop3 : Protocol::Imap;
    const auto found = std::find_if(
        servers.cbegin(), servers.cend(), [wanted](const ServerSettings &server) { return server.protocol == wanted; });
    return found != servers.cend() ? *found : servers.isEmpty() ? none : servers.first();
}

Account FoundPage::account() const
{
    Account account;
    account.name = m_identity.address;
    account.identity = m_identity;
    account.incoming = incoming();
    account.outgoing = chosen().outgoing;
    account.serverFilesSent = chosen().serverFilesSent;
    const AuthMethod method = usesBrowser() ? AuthMethod::OAuth2 : AuthMethod::Password;
    for (ServerSettings *server : {&account.incoming, &account.outgoing}) {
        if (server->auth != AuthMethod::None)
            server->auth = method;
        if (server->userName.isEmpty())
            server->userName = m_user->text().trimmed();
    }
    if (usesBrowser())
        account.oauthIssuer = chosen().oauthIssuer;
    return account;
}

QString FoundPage::password() const
{
    return usesBrowser() ? QString() : m_password->text();
}

bool FoundPage::guessed() const
{
    return chosen().source == SettingsSource::Probe || chosen().source == SettingsSource::Guess;
}

bool FoundPage::takesClientId() const
{
    return m_stage == Stage::Browser
        && (m_browser.way == Browser::Way::NeedsClientId || !m_browser.typedClientId.isEmpty());
}

QString FoundPage::ownClientId() const
{
    return takesClientId() ? m_clientId->text().trimmed() : QString();
}

std::optional<QString> FoundPage::ownClientSecret() const
{
    if (ownClientId().isEmpty() || !(m_clientId->isModified() || m_clientSecret->isModified()))
        return std::nullopt;
    return m_clientSecret->text().trimmed();
}

bool FoundPage::validate()
{
    if (m_stage == Stage::Approve) {
        m_approved += chosen().hostsToApprove;
        chooseStage();
        focusFirst();
        return false; // The sign-in comes now.
    }
    const bool userMissing = m_user->isVisibleTo(this) && m_user->text().trimmed().isEmpty();
    const bool passwordMissing = m_stage == Stage::Password && m_password->text().isEmpty();
    m_userProblem->setProblem(userMissing ? tr("Enter the user name that your provider gave you.") : QString());
    m_passwordProblem->setProblem(passwordMissing ? tr("Enter the password of your mailbox.") : QString());
    if (userMissing)
        m_user->setFocus();
    else if (passwordMissing)
        m_password->setFocus();
    return !userMissing && !passwordMissing;
}

void FoundPage::retypePassword()
{
    if (m_stage == Stage::Browser && !chosen().oauthOnly)
        enter(Stage::Password);
    m_password->selectAll();
    m_password->setFocus();
}

QString FoundPage::action() const
{
    switch (m_stage) {
    case Stage::Approve:
        return tr("&Use these servers");
    case Stage::Password:
        return tr("&Sign in");
    case Stage::Browser:
        return tr("&Sign in with your browser");
    case Stage::Blocked:
        return {};
    }
    Q_UNREACHABLE_RETURN({});
}

bool FoundPage::canAct() const
{
    if (takesClientId())
        return !ownClientId().isEmpty();
    return m_stage != Stage::Browser || browserIsReady();
}

bool FoundPage::focusFirst()
{
    if (m_user->isVisibleTo(this))
        m_user->setFocus();
    else if (m_stage == Stage::Password)
        m_password->setFocus();
    else
        return false;
    return true;
}

void FoundPage::showHead()
{
    const QString name = providerName();
    switch (m_stage) {
    case Stage::Approve:
        setHead(tr("Are these your servers?"), m_identity.address);
        break;
    case Stage::Password:
    case Stage::Browser:
        setHead(name.isEmpty() ? tr("Sign in to your mailbox") : tr("Sign in to %1").arg(name), m_identity.address);
        break;
    case Stage::Blocked:
        setHead(
            name.isEmpty() ? tr("This mailbox cannot be used") : tr("%1 cannot be used").arg(name), m_identity.address);
        break;
    }
}

void FoundPage::showNotes()
{
    m_notePage->hide();
    const Provider *known = provider();
    const QString domain = hostText(domainOf(m_identity.address));
    if (m_stage == Stage::Approve) {
        m_note->show(InfoBar::Kind::Warning, tr("Nothing proves that these servers belong to %1.").arg(domain),
            tr("Your password goes there only if you agree. Compare the names in bold with what your provider has told "
               "you."));
        return;
    }
    if (m_stage == Stage::Browser && !browserIsReady()) {
        const OAuthIssuer *issuer = m_directory.issuer(chosen().oauthIssuer);
        const QString name = providerName().isEmpty() ? domain : providerName();
        const QString issuerName = issuer ? issuer->name : name;
        if (chosen().oauthOnly)
            m_note->show(InfoBar::Kind::Error, tr("%1 only lets you sign in through the web browser.").arg(name),
                tr("This copy of Postacı is not registered at %1 and so cannot do that. A password would be refused.")
                    .arg(issuerName));
        else if (known && known->has(Provider::Hint::PasswordMayBeRefused))
            m_note->show(InfoBar::Kind::Warning,
                tr("%1 is changing over to signing in through the web browser.").arg(name),
                tr("This copy of Postacı is not registered at %1 and so cannot do that. An app password may still "
                   "work, or be refused.")
                    .arg(issuerName));
        else
            m_note->show(InfoBar::Kind::Information,
                tr("This copy of Postacı is not registered at %1.").arg(issuerName),
                tr("With a client ID of your own you can sign in through the web browser all the same."));
        return;
    }
    const Provider *moved = known ? m_directory.findById(known->migratedTo) : nullptr;
    const ProviderNotes notes
        = known ? providerNotes(*known, moved ? moved->name : QString(), m_stage == Stage::Browser) : ProviderNotes{};
    m_notePage->setText(notes.pageText);
    m_notePage->setVisible(!notes.page.isEmpty());
    const bool warns = m_stage == Stage::Blocked;
    if (!notes.text.isEmpty())
        m_note->show(warns ? InfoBar::Kind::Warning : InfoBar::Kind::Information, notes.text, notes.details);
    else if (warns) {
        const ProblemText text = obstacleText(DiscoveryResult::Obstacle::NoImap, domain);
        m_note->show(InfoBar::Kind::Warning, text.sentence, text.hint);
    } else if (guessed())
        m_note->show(InfoBar::Kind::Information, tr("These servers are a good guess."),
            tr("Nobody has published any for %1. Postacı tries them with an encrypted connection only.").arg(domain));
    else
        m_note->hide();
}

void FoundPage::showKinds()
{
    m_imap->setText(u"&IMAP"_s);
    m_pop3->setText(u"&POP3"_s);
    m_imapText->setText(protocolText(Protocol::Imap));
    m_pop3Text->setText(protocolText(Protocol::Pop3));
    m_imap->setAccessibleDescription(m_imapText->text());
    m_pop3->setAccessibleDescription(m_pop3Text->text());
    m_kinds->setVisible(m_stage != Stage::Blocked && offers(Protocol::Imap) && offers(Protocol::Pop3));
}

void FoundPage::showAlternatives()
{
    const bool several = m_stage != Stage::Blocked && m_candidates.size() > 1;
    m_othersLabel->setText(tr("&Found"));
    m_others->setAccessibleName(tr("Found settings"));
    m_others->clear();
    for (const SettingsCandidate &candidate : std::as_const(m_candidates)) {
        const QString host = candidate.incoming.isEmpty() ? QString() : hostText(candidate.incoming.first().host);
        m_others->addItem(host + u" – "_s + sourceText(candidate.source));
    }
    m_others->setCurrentIndex(int(m_current));
    m_othersLabel->setVisible(several);
    m_others->setVisible(several);
    m_byHand->setText(tr("Change the servers"));
    m_byHand->setVisible(m_stage != Stage::Blocked);
    m_takeOffer->setText(tr("Use these"));
    if (m_offered < 0) {
        m_offer->hide();
        return;
    }
    const SettingsCandidate &offered = m_candidates.at(m_offered);
    m_offer->show(InfoBar::Kind::Information,
        tr("Other servers were found as well: %1.")
            .arg(offered.incoming.isEmpty() ? QString() : hostText(offered.incoming.first().host)),
        tr("They come %1.").arg(sourceText(offered.source)));
}

void FoundPage::showSignIn()
{
    const bool userWanted = (m_stage == Stage::Password || m_stage == Stage::Browser) && incoming().userName.isEmpty();
    m_userLabel->setText(tr("&User name"));
    m_user->setAccessibleName(tr("User name"));
    m_userLabel->setVisible(userWanted);
    m_user->setVisible(userWanted);
    m_userProblem->setProblem({});

    const Provider *known = provider();
    const bool appPassword = known && known->appPassword == Provider::AppPassword::Always;
    m_passwordLabel->setText(appPassword ? tr("App &password") : tr("&Password"));
    m_password->setAccessibleName(tr("Password"));
    m_passwordLabel->setVisible(m_stage == Stage::Password);
    m_password->setVisible(m_stage == Stage::Password);
    m_passwordProblem->setProblem({});

    if (m_stage == Stage::Browser)
        m_otherWay->setText(appPassword ? tr("Use an app password instead") : tr("Use a password instead"));
    else
        m_otherWay->setText(
            browserIsReady() ? tr("Sign in with your browser instead") : tr("For experts: sign in with your browser"));
    m_otherWay->setVisible((m_stage == Stage::Browser && !chosen().oauthOnly)
        || (m_stage == Stage::Password && m_browser.way != Browser::Way::None));
}

void FoundPage::showExpert()
{
    const OAuthIssuer *issuer = m_directory.issuer(chosen().oauthIssuer);
    m_expert->setText(tr("For experts: a client ID of your own"));
    m_expertText->setText(tr("Whoever has registered a program there can enter its client ID, and its client secret "
                             "if it has one. The secret is kept in the keychain."));
    m_clientIdLabel->setText(tr("&Client ID"));
    m_clientId->setAccessibleName(tr("Client ID"));
    m_clientSecretLabel->setText(tr("Client s&ecret"));
    m_clientSecret->setAccessibleName(tr("Client secret"));
    m_clientSecret->setPlaceholderText(m_browser.typedClientId.isEmpty() ? tr("None") : tr("As before"));
    m_register->setText(tr("Where to register…"));
    m_register->setVisible(issuer && !issuer->registrationUrl.isEmpty());
    m_expert->setVisible(takesClientId());
    m_expertBox->setVisible(takesClientId() && m_expert->isChecked());
}

void FoundPage::retranslate()
{
    showHead();
    m_card->setVisible(m_stage != Stage::Blocked);
    m_card->show(incoming(), chosen().outgoing, chosen().source);
    showKinds();
    showAlternatives();
    showNotes();
    showSignIn();
    showExpert();
    Q_EMIT actionChanged();
}

} // namespace postaci
