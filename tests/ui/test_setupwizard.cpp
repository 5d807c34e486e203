// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/oauthclientids.h"
#include "tests/ui/uitest.h"
#include "ui/common/infobar.h"
#include "ui/common/language.h"
#include "ui/wizard/browserpage.h"
#include "ui/wizard/certificatepage.h"
#include "ui/wizard/checkpage.h"
#include "ui/wizard/donepage.h"
#include "ui/wizard/foundpage.h"
#include "ui/wizard/identitypage.h"
#include "ui/wizard/serverform.h"
#include "ui/wizard/serverspage.h"
#include "ui/wizard/setuptext.h"
#include "ui/wizard/setupwizard.h"

#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QLabel>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

struct WizardFixture : UiFixture {
    explicit WizardFixture(bool withAccount = false, SetupWizard::Task task = SetupWizard::Task::Add)
        : UiFixture(withAccount)
        , wizard(new SetupWizard(
              engine, settings, {.task = task, .first = true, .account = withAccount ? stored() : std::nullopt}))
    {
        wizard->show();
    }

    ~WizardFixture() { delete wizard; }

    void identify(const QString &address)
    {
        QVERIFY(typeInto(*wizard, u"Your name"_s, u"Ayşe Işık"_s));
        QVERIFY(typeInto(*wizard, u"Email address"_s, address));
    }

    /// Both servers on this computer, where nobody answers on the port.
    void enterServers(quint16 port)
    {
        auto *page = wizard->findChild<ServersPage *>();
        QVERIFY(page->isVisible());
        QVERIFY(typeInto(*wizard, u"Incoming server"_s, u"127.0.0.1"_s));
        QVERIFY(typeInto(*wizard, u"Outgoing server"_s, u"127.0.0.1"_s));
        for (auto *spin : page->findChildren<QSpinBox *>())
            spin->setValue(port);
        QVERIFY(typeInto(*page, u"Password"_s, u"gizli"_s));
    }

    template <class Page> Page *page() const { return wizard->findChild<Page *>(); }
    /// To the front, as if it had been led to.
    template <class Page> Page *front() const
    {
        wizard->findChild<QStackedWidget *>()->setCurrentWidget(page<Page>());
        return page<Page>();
    }

    /// The button that can be seen; the pages have some names in common.
    QAbstractButton *button(const QString &text) const
    {
        for (auto *candidate : wizard->findChildren<QAbstractButton *>()) {
            if (candidate->isVisible() && candidate->text().remove(u'&') == text)
                return candidate;
        }
        return nullptr;
    }

    void press(const QString &text)
    {
        QAbstractButton *found = button(text);
        QVERIFY2(found && found->isEnabled(), qPrintable(text));
        found->click();
    }

    /// All texts of a page that can be seen.
    static QString textsOf(const QWidget &page)
    {
        QStringList texts;
        for (const auto *label : page.findChildren<QLabel *>()) {
            if (label->isVisible())
                texts.append(label->text());
        }
        return texts.join(u'\n');
    }

    QList<Account> accounts()
    {
        return fromStore(store, [](const Tables &tables) { return tables.accounts.all(); });
    }
    std::optional<Account> stored() { return accounts().value(0); }

    QPointer<SetupWizard> wizard;
};

/// Opens what the program would open in the user's browser.
class BrowserStandIn : public QObject {
    Q_OBJECT

public:
    BrowserStandIn() { QDesktopServices::setUrlHandler(u"https"_s, this, "open"); }
    ~BrowserStandIn() override { QDesktopServices::unsetUrlHandler(u"https"_s); }

    QList<QUrl> opened;

public Q_SLOTS:
    void open(const QUrl &url) { opened.append(url); }
};

/// A port of this computer where nobody answers.
quint16 closedPort()
{
    QTcpServer server;
    if (!server.listen(QHostAddress::LocalHost))
        qFatal("no port");
    return server.serverPort();
}

SettingsCandidate candidate(SettingsSource source, const QString &host)
{
    return {.source = source,
        .incoming = {{.protocol = Protocol::Imap, .host = host, .port = 993, .userName = u"ayse@firma.example"_s}},
        .outgoing = {.protocol = Protocol::Smtp, .host = host, .port = 465, .userName = u"ayse@firma.example"_s}};
}

const Address ayse{u"Ayşe Işık"_s, u"ayse@firma.example"_s};

SetupReport broken(SetupProblem problem, SetupFix fix)
{
    SetupReport report;
    report.account.identity = ayse;
    report.account.incoming = {.host = u"127.0.0.1"_s, .port = 1, .userName = u"a"_s};
    report.account.outgoing = {.protocol = Protocol::Smtp, .host = u"127.0.0.1"_s, .port = 1, .userName = u"a"_s};
    report.incoming = Diagnosis{.problem = problem,
        .fix = fix,
        .error = {.kind = ErrorKind::CertificateUntrusted,
            .step = Step::Tls,
            .endpoint = u"127.0.0.1:1"_s,
            .serverText = u"<b>go away</b>"_s}};
    return report;
}

} // namespace

class TestSetupWizard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void canBeWalkedThroughByKeyboard();
    void missingAnswersAreToldAtTheirFields();
    void mistypedDomainIsOneClickAway();
    void knownProviderIsExplainedBeforeThePassword();
    void passwordLoginsThatAreGoneAreSaidPlainly_data();
    void passwordLoginsThatAreGoneAreSaidPlainly();
    void doubtfulPasswordIsNotAskedForBeforeThatIsSaid_data();
    void doubtfulPasswordIsNotAskedForBeforeThatIsSaid();
    void browserComesFirstWhereItIsTheWay();
    void ownClientIdIsTypedWithItsSecret();
    void ownClientIdIsTypedAnew();
    void endedSignInHasRoomForAnotherClientId();
    void providersThatLetNobodyInStopHere();
    void foreignServersAreAgreedToBeforeThePassword();
    void laterResultsAreOfferedAndChangeNothing();
    void resultsForAnotherAddressAreNone();
    void addressIsToldOnlyWhenTheUserAgrees();
    void pop3IsChosenOnThePage();
    void protocolIsChosenByHand();
    void unknownUserNameIsAskedFor();
    void portFollowsEncryptionUntilItIsSet();
    void providerCanBeChosenForAnOwnDomain();
    void failureIsExplainedAndNothingIsSaved();
    void settingsByHandSurviveARetypedPassword();
    void everyFixDoesWhatItSays();
    void exceptionNeedsALookAtTheCertificate();
    void reportIsCopiedWithoutSecrets();
    void savingUntestedIsTheUsersChoice();
    void accountIsChangedWithTheSamePages();
    void testMailIsOnlyOfferedWhenBothWork();
    void nobodyOutsideIsAskedWhenSoWished();
    void languageIsSwitchedWithWhatWasTyped();
    void cancelEndsARunningCheck();
};

void TestSetupWizard::canBeWalkedThroughByKeyboard()
{
    WizardFixture f;
    QVERIFY(QTest::qWaitForWindowActive(f.wizard));
    const auto walk = [&f](int steps) {
        QStringList walked;
        for (int i = 0; i < steps; ++i) {
            const QWidget *focus = f.wizard->focusWidget();
            const auto *button = qobject_cast<const QAbstractButton *>(focus);
            walked.append(
                focus->accessibleName().isEmpty() && button ? button->text().remove(u'&') : focus->accessibleName());
            QTest::keyClick(f.wizard->focusWidget(), Qt::Key_Tab);
        }
        return walked.join(u", "_s);
    };
    QCOMPARE(walk(8), u"Your name, Email address, Privacy, Language, Set up by hand, Cancel, Continue, Your name"_s);
    f.identify(u"ayse@gmail.com"_s);
    QTest::keyClick(f.wizard->focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(f.page<FoundPage>()->isVisible());
    QCOMPARE(walk(2), u"Password, Show password"_s);
}

void TestSetupWizard::missingAnswersAreToldAtTheirFields()
{
    WizardFixture f;
    f.press(u"Continue"_s);
    QVERIFY(f.page<IdentityPage>()->isVisible());
    int problems = 0;
    for (const auto *label : f.wizard->findChildren<QLabel *>())
        problems += label->inherits("postaci::ProblemLabel") && label->isVisible();
    QCOMPARE(problems, 2);
    QCOMPARE(f.wizard->focusWidget()->accessibleName(), u"Your name"_s);
}

void TestSetupWizard::mistypedDomainIsOneClickAway()
{
    WizardFixture f;
    f.identify(u"ayse@gmial.com"_s);
    f.page<IdentityPage>()->validate();
    f.press(u"Did you mean gmail.com?"_s);
    QCOMPARE(f.page<IdentityPage>()->identity().address, u"ayse@gmail.com"_s);
    QVERIFY(!f.button(u"Did you mean gmail.com?"_s));
}

void TestSetupWizard::knownProviderIsExplainedBeforeThePassword()
{
    WizardFixture f;
    f.identify(u"ayse@icloud.com"_s);
    QVERIFY(!f.page<FoundPage>()->isVisible()); // Nothing happens while typing.
    f.press(u"Continue"_s);
    auto *page = f.page<FoundPage>();
    QTRY_VERIFY(page->isVisible());
    QVERIFY2(f.textsOf(*page).contains(u"wants an app password here, not your usual password."_s),
        qPrintable(f.textsOf(*page)));
    QVERIFY(f.button(u"Make an app password…"_s));
    QCOMPARE(f.wizard->focusWidget()->accessibleName(), u"Password"_s);
    QCOMPARE(page->account().incoming.endpoint(), u"imap.mail.me.com:993"_s);
    QVERIFY(!page->validate());
    QVERIFY(typeInto(*page, u"Password"_s, u"gizli"_s));
    QVERIFY(page->validate());
}

void TestSetupWizard::passwordLoginsThatAreGoneAreSaidPlainly_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("Outlook.com") << u"ayse@outlook.com.tr"_s;
    QTest::newRow("Hotmail") << u"ayse@HOTMAIL.COM"_s;
    QTest::newRow("Microsoft 365") << u"ayse@firma.onmicrosoft.com"_s;
}

void TestSetupWizard::passwordLoginsThatAreGoneAreSaidPlainly()
{
    QFETCH(QString, address);
    WizardFixture f;
    f.identify(address);
    f.press(u"Continue"_s);
    const auto *page = f.page<FoundPage>();
    QTRY_VERIFY(page->isVisible());
    QVERIFY2(
        f.textsOf(*page).contains(u"only lets you sign in through the web browser."_s), qPrintable(f.textsOf(*page)));
    for (const auto *edit : page->findChildren<QLineEdit *>())
        QVERIFY(!edit->isVisible());
    QVERIFY(!f.button(u"Sign in with your browser"_s)->isEnabled());
    // Unless the user has a registration of their own.
    f.press(u"For experts: a client ID of your own"_s);
    QVERIFY(typeInto(*f.wizard, u"Client ID"_s, u"abc"_s));
    QVERIFY(f.button(u"Sign in with your browser"_s)->isEnabled());
}

void TestSetupWizard::doubtfulPasswordIsNotAskedForBeforeThatIsSaid_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("Yahoo") << u"x@yahoo.com.tr"_s;
    QTest::newRow("AOL") << u"x@aol.com"_s;
}

// Case 6 of autodiscovery.md
void TestSetupWizard::doubtfulPasswordIsNotAskedForBeforeThatIsSaid()
{
    QFETCH(QString, address);
    WizardFixture f;
    f.identify(address);
    f.press(u"Continue"_s);
    const auto *page = f.page<FoundPage>();
    QTRY_VERIFY(page->isVisible());
    const QString texts = f.textsOf(*page);
    QVERIFY2(texts.contains(u"is changing over to signing in through the web browser."_s), qPrintable(texts));
    QVERIFY2(texts.contains(u"This copy of Postacı is not registered at "_s), qPrintable(texts));
    for (const auto *edit : page->findChildren<QLineEdit *>())
        QVERIFY(!edit->isVisible());
    QVERIFY(!f.button(u"Sign in"_s));
    QVERIFY(!f.button(u"Sign in with your browser"_s)->isEnabled());
    // Who knows better may try.
    f.press(u"Use an app password instead"_s);
    QCOMPARE(f.wizard->focusWidget()->accessibleName(), u"Password"_s);
    QVERIFY(f.button(u"Sign in"_s));
}

void TestSetupWizard::browserComesFirstWhereItIsTheWay()
{
    WizardFixture f;
    const ProviderDirectory table = ProviderDirectory::bundled();
    for (const QString &address : {u"ayse@gmail.com"_s, u"ayse@outlook.com.tr"_s})
        setOAuthClientId(f.settings, table.findByAddress(address)->oauthIssuer, u"client"_s);
    f.engine.setOAuthClientIds(oauthClientIds(f.settings));
    BrowserStandIn browser;

    f.identify(u"ayse@gmail.com"_s);
    f.press(u"Continue"_s);
    auto *page = f.page<FoundPage>();
    QTRY_VERIFY(page->isVisible());
    QVERIFY(page->usesBrowser());
    f.press(u"Use an app password instead"_s);
    QVERIFY(!page->usesBrowser());
    QCOMPARE(f.wizard->focusWidget()->accessibleName(), u"Password"_s);
    QCOMPARE(page->account().incoming.auth, AuthMethod::Password);
    f.press(u"Back"_s);

    f.identify(u"ayse@outlook.com.tr"_s);
    f.press(u"Continue"_s);
    QTRY_VERIFY(page->isVisible());
    for (const QString &other : {u"Use a password instead"_s, u"Use an app password instead"_s})
        QVERIFY2(!f.button(other), qPrintable(other + u'\n' + f.textsOf(*page)));
    QCOMPARE(page->account().incoming.auth, AuthMethod::OAuth2);
    QCOMPARE(page->account().oauthIssuer, table.findByAddress(u"ayse@outlook.com.tr"_s)->oauthIssuer);
    QVERIFY(page->password().isEmpty());
    f.press(u"Sign in with your browser"_s);
    QTRY_COMPARE(browser.opened.size(), 1);
    QCOMPARE(browser.opened.first().host(), table.issuer(page->account().oauthIssuer)->authorizationUrl.host());
    QVERIFY(f.page<BrowserPage>()->isVisible());
    QVERIFY(f.button(u"Open the page again"_s));
    f.press(u"Cancel"_s);
    QVERIFY(page->isVisible());
    QCOMPARE(f.accounts().size(), 0);
}

void TestSetupWizard::ownClientIdIsTypedWithItsSecret()
{
    WizardFixture f;
    BrowserStandIn browser;
    f.identify(u"ayse@gmail.com"_s);
    f.press(u"Continue"_s);
    auto *page = f.page<FoundPage>();
    QTRY_VERIFY(page->isVisible());
    f.press(u"For experts: sign in with your browser"_s);
    QVERIFY(!f.button(u"Sign in with your browser"_s)->isEnabled());
    QCOMPARE(page->ownClientSecret(), std::nullopt);
    QVERIFY(typeInto(*page, u"Client ID"_s, u" benim-kimligim "_s));
    QVERIFY(typeInto(*page, u"Client secret"_s, u"gizli-sir"_s));
    QCOMPARE(page->ownClientId(), u"benim-kimligim"_s);
    QCOMPARE(page->ownClientSecret(), u"gizli-sir"_s);
    f.press(u"Sign in with your browser"_s);
    QTRY_COMPARE(browser.opened.size(), 1);
    QVERIFY(browser.opened.first().query().contains(u"client_id=benim-kimligim"_s));
    QVERIFY(!browser.opened.first().toString().contains(u"gizli"_s));
    QCOMPARE(typedOAuthClientId(f.settings, u"google"_s), u"benim-kimligim"_s);
    QVERIFY(!f.settings.value(Setting::OAuthClients).toString().contains(u"gizli"_s));
    f.press(u"Cancel"_s);
    QVERIFY(page->isVisible());
    QCOMPARE(page->ownClientSecret(), u"gizli-sir"_s); // still there, to be corrected
}

void TestSetupWizard::ownClientIdIsTypedAnew()
{
    WizardFixture f;
    setOAuthClientId(f.settings, u"microsoft"_s, u"yanlis"_s);
    f.engine.setOAuthClientIds(oauthClientIds(f.settings));
    BrowserStandIn browser;
    f.identify(u"ayse@outlook.com.tr"_s);
    f.press(u"Continue"_s);
    auto *page = f.page<FoundPage>();
    QTRY_VERIFY(page->isVisible());
    QVERIFY(f.button(u"Sign in with your browser"_s)->isEnabled());
    QVERIFY(!f.textsOf(*page).contains(u"is not registered"_s));
    f.press(u"For experts: a client ID of your own"_s);
    QCOMPARE(page->ownClientId(), u"yanlis"_s);
    QCOMPARE(page->ownClientSecret(), std::nullopt); // the known one stays
    QVERIFY(typeInto(*page, u"Client ID"_s, u"d"_s));
    QTest::keyClick(f.wizard->focusWidget(), Qt::Key_Backspace);
    QVERIFY(!f.button(u"Sign in with your browser"_s)->isEnabled());
    QVERIFY(typeInto(*page, u"Client ID"_s, u"dogru"_s));
    QCOMPARE(page->ownClientSecret(), QString());
    f.press(u"Sign in with your browser"_s);
    QTRY_COMPARE(browser.opened.size(), 1);
    QVERIFY(browser.opened.first().query().contains(u"client_id=dogru"_s));
}

void TestSetupWizard::endedSignInHasRoomForAnotherClientId()
{
    WizardFixture f(true, SetupWizard::Task::Change);
    BrowserStandIn browser;
    Account account = *f.stored();
    account.incoming.auth = account.outgoing.auth = AuthMethod::OAuth2;
    account.oauthIssuer = u"google"_s;
    delete f.wizard;
    f.wizard = new SetupWizard(f.engine, f.settings, {.task = SetupWizard::Task::SignIn, .account = account});
    f.wizard->show();
    auto *page = f.page<FoundPage>();
    QVERIFY(page->isVisible());
    f.press(u"For experts: a client ID of your own"_s);
    QVERIFY(typeInto(*page, u"Client ID"_s, u"benim-kimligim"_s));
    f.press(u"Sign in with your browser"_s);
    QTRY_COMPARE(browser.opened.size(), 1);
    QVERIFY(browser.opened.first().query().contains(u"client_id=benim-kimligim"_s));
    f.press(u"Cancel"_s);
    QVERIFY(page->isVisible());
    f.press(u"Back"_s);
    QVERIFY(f.page<ServersPage>()->isVisible());
}

void TestSetupWizard::providersThatLetNobodyInStopHere()
{
    WizardFixture f;
    f.identify(u"ayse@tuta.com"_s);
    f.press(u"Continue"_s);
    const auto *page = f.page<FoundPage>();
    QTRY_VERIFY(page->isVisible());
    QVERIFY2(f.textsOf(*page).contains(u"lets no other mail program read your mail."_s), qPrintable(f.textsOf(*page)));
    for (const QString &way : {u"Sign in"_s, u"Use these servers"_s, u"Change the servers"_s})
        QVERIFY(!f.button(way));
}

void TestSetupWizard::foreignServersAreAgreedToBeforeThePassword()
{
    WizardFixture f;
    auto *page = f.front<FoundPage>();
    SettingsCandidate foreign = candidate(SettingsSource::Srv, u"imap.evil.example"_s);
    foreign.hostsToApprove = {u"imap.evil.example"_s};
    page->setCandidates(ayse, {foreign});
    for (const auto *edit : page->findChildren<QLineEdit *>())
        QVERIFY(!edit->isVisible());
    QVERIFY(f.textsOf(*page).contains(u"imap.<b>evil.example</b>"_s));
    f.press(u"Use these servers"_s);
    QVERIFY(page->isVisible());
    QVERIFY(f.button(u"Sign in"_s));
    QVERIFY(typeInto(*page, u"Password"_s, u"gizli"_s));
    QCOMPARE(page->password(), u"gizli"_s);
}

void TestSetupWizard::laterResultsAreOfferedAndChangeNothing()
{
    WizardFixture f;
    auto *page = f.front<FoundPage>();
    page->setCandidates(ayse, {candidate(SettingsSource::Srv, u"one.firma.example"_s)});
    QVERIFY(typeInto(*page, u"Password"_s, u"gizli"_s));
    page->offer(candidate(SettingsSource::Autoconfig, u"two.firma.example"_s));
    QCOMPARE(page->account().incoming.host, u"one.firma.example"_s);
    QVERIFY(f.textsOf(*page).contains(u"They come from your provider's web site."_s));
    f.press(u"Use these"_s);
    QCOMPARE(page->account().incoming.host, u"two.firma.example"_s);
    QCOMPARE(page->password(), u"gizli"_s);
}

void TestSetupWizard::resultsForAnotherAddressAreNone()
{
    WizardFixture f;
    f.identify(u"ayse@outlook.com.tr"_s);
    f.press(u"Continue"_s);
    Q_EMIT f.engine.discoveryFound(candidate(SettingsSource::Table, u"imap.gmail.com"_s), u"ayse@gmail.com"_s);
    const auto *page = f.page<FoundPage>();
    QTRY_VERIFY(page->isVisible());
    QCOMPARE(page->account().incoming.host, u"outlook.office365.com"_s);
    QVERIFY2(!f.textsOf(*page).contains(u"gmail"_s), qPrintable(f.textsOf(*page)));
}

void TestSetupWizard::addressIsToldOnlyWhenTheUserAgrees()
{
    WizardFixture f;
    auto *page = f.front<ServersPage>();
    Account account;
    account.identity = ayse;
    page->setAccount(account, ServersPage::Reason::NothingFound);
    QVERIFY(!f.button(u"Ask with my address…"_s));
    page->setAddressWanted({u"autoconfig.firma.example"_s});
    QVERIFY2(f.textsOf(*page).contains(u"autoconfig.firma.example might know"_s), qPrintable(f.textsOf(*page)));
    const QSignalSpy wanted(page, &ServersPage::tellAddressWanted);
    f.press(u"Ask with my address…"_s);
    QCOMPARE(wanted.size(), 1);
    page->setAddressWanted({});
    QVERIFY(!f.button(u"Ask with my address…"_s));
}

void TestSetupWizard::pop3IsChosenOnThePage()
{
    WizardFixture f;
    auto *page = f.front<FoundPage>();
    SettingsCandidate both = candidate(SettingsSource::Table, u"mail.firma.example"_s);
    page->setCandidates(ayse, {both});
    QVERIFY(!f.button(u"POP3"_s));
    both.incoming.append({.protocol = Protocol::Pop3, .host = u"pop.firma.example"_s, .port = 995, .userName = u"a"_s});
    page->setCandidates(ayse, {both});
    QCOMPARE(page->account().incoming.endpoint(), u"mail.firma.example:993"_s);
    QVERIFY(f.textsOf(*page).contains(u"Receiving (IMAP)"_s));
    QVERIFY(f.textsOf(*page).contains(f.button(u"POP3"_s)->accessibleDescription()));
    QVERIFY(typeInto(*page, u"Password"_s, u"gizli"_s));
    f.press(u"POP3"_s);
    QCOMPARE(page->account().incoming.protocol, Protocol::Pop3);
    QCOMPARE(page->account().incoming.endpoint(), u"pop.firma.example:995"_s);
    QVERIFY(f.textsOf(*page).contains(u"Receiving (POP3)"_s));
    QCOMPARE(page->password(), u"gizli"_s);
    f.press(u"IMAP"_s);
    QCOMPARE(page->account().incoming.protocol, Protocol::Imap);

    // The only way there is no choice, and no obstacle.
    both.incoming.removeFirst();
    page->setCandidates(ayse, {both});
    QVERIFY(!f.button(u"POP3"_s));
    QVERIFY(page->canAct());
    QCOMPARE(page->account().incoming.protocol, Protocol::Pop3);
}

void TestSetupWizard::protocolIsChosenByHand()
{
    WizardFixture f;
    f.identify(u"ayse@firma.example"_s);
    f.press(u"Set up by hand"_s);
    const auto *page = f.page<ServersPage>();
    QComboBox *protocol = nullptr;
    for (auto *box : page->findChildren<QComboBox *>()) {
        if (box->accessibleName() == "Protocol"_L1 && box->isVisible())
            protocol = box;
    }
    QVERIFY(protocol);
    const auto choose = [&](Protocol wanted) {
        protocol->setCurrentIndex(protocol->findData(int(wanted)));
        Q_EMIT protocol->activated(protocol->currentIndex());
        return page->account().incoming;
    };
    QCOMPARE(choose(Protocol::Pop3).endpoint(), u"pop.firma.example:995"_s);
    QCOMPARE(page->account().incoming.protocol, Protocol::Pop3);
    QVERIFY(f.textsOf(*page).contains(u"Incoming mail (POP3)"_s));
    QCOMPARE(choose(Protocol::Imap).endpoint(), u"imap.firma.example:993"_s);

    // A provider of the table calls its servers as it likes.
    f.press(u"Back"_s);
    f.identify(u"ayse@gmail.com"_s);
    f.press(u"Set up by hand"_s);
    QCOMPARE(choose(Protocol::Pop3).endpoint(), u"pop.gmail.com:995"_s);
    QCOMPARE(choose(Protocol::Imap).endpoint(), u"imap.gmail.com:993"_s);
    // A name that says nothing about the protocol stays.
    QVERIFY(typeInto(*f.wizard, u"Incoming server"_s, u"mail.firma.example"_s));
    QCOMPARE(choose(Protocol::Pop3).endpoint(), u"mail.firma.example:995"_s);
}

void TestSetupWizard::unknownUserNameIsAskedFor()
{
    WizardFixture f;
    auto *page = f.front<FoundPage>();
    SettingsCandidate nameless = candidate(SettingsSource::Table, u"mail.firma.example"_s);
    nameless.incoming.first().userName.clear();
    nameless.outgoing.userName.clear();
    page->setCandidates(ayse, {nameless});
    QVERIFY(typeInto(*page, u"Password"_s, u"gizli"_s));
    QVERIFY(!page->validate());
    QVERIFY(typeInto(*page, u"User name"_s, u"s123456"_s));
    QVERIFY(page->validate());
    QCOMPARE(page->account().incoming.userName, u"s123456"_s);
    QCOMPARE(page->account().outgoing.userName, u"s123456"_s);
}

void TestSetupWizard::portFollowsEncryptionUntilItIsSet()
{
    ServerForm form(Protocol::Smtp);
    form.setSettings({.protocol = Protocol::Smtp, .host = u"s"_s, .port = 465});
    QComboBox *encryption = nullptr;
    for (auto *box : form.findChildren<QComboBox *>()) {
        if (box->accessibleName() == "Outgoing encryption"_L1)
            encryption = box;
    }
    encryption->setCurrentIndex(int(Encryption::StartTls));
    QCOMPARE(form.settings().port, quint16(587));
    encryption->setCurrentIndex(int(Encryption::ImplicitTls));
    QCOMPARE(form.settings().port, quint16(465));
    form.findChild<QSpinBox *>()->setValue(2525);
    encryption->setCurrentIndex(int(Encryption::StartTls));
    QCOMPARE(form.settings().port, quint16(2525));
    QCOMPARE(form.settings().encryption, Encryption::StartTls);
}

void TestSetupWizard::providerCanBeChosenForAnOwnDomain()
{
    WizardFixture f;
    f.identify(u"ayse@firma.example"_s);
    f.press(u"Set up by hand"_s);
    auto *servers = f.page<ServersPage>();
    QVERIFY(servers->isVisible());
    QCOMPARE(servers->account().incoming.endpoint(), u"imap.firma.example:993"_s);
    QVERIFY(f.textsOf(*servers).contains(u"These are guesses."_s));
    QVERIFY(servers->guessed());
    QComboBox *provider = nullptr;
    for (auto *box : servers->findChildren<QComboBox *>()) {
        if (box->accessibleName() == "Provider"_L1)
            provider = box;
    }
    provider->setCurrentIndex(provider->findData(u"hostedemail"_s));
    Q_EMIT provider->activated(provider->currentIndex());
    QCOMPARE(servers->account().incoming.endpoint(), u"mail.hostedemail.com:993"_s);
    QCOMPARE(servers->account().incoming.userName, u"ayse@firma.example"_s);
    QCOMPARE(servers->account().identity.address, u"ayse@firma.example"_s);
    QVERIFY(!servers->guessed());
}

void TestSetupWizard::failureIsExplainedAndNothingIsSaved()
{
    WizardFixture f;
    f.identify(u"ayse@firma.example"_s);
    f.press(u"Set up by hand"_s);
    const quint16 port = closedPort();
    f.enterServers(port);
    f.press(u"Continue"_s);
    const auto *page = f.page<CheckPage>();
    QVERIFY(page->isVisible());
    const auto *failure = page->findChild<InfoBar *>();
    QTRY_VERIFY(failure->isVisible());
    QCOMPARE(failure->text(), u"Nothing answers on port %1 of this computer."_s.arg(port));
    QCOMPARE(f.accounts().size(), 0);
    f.press(u"Change the settings"_s);
    QVERIFY(f.page<ServersPage>()->isVisible());
    QCOMPARE(f.page<ServersPage>()->account().incoming.port, port);
    QCOMPARE(f.page<ServersPage>()->password(), u"gizli"_s);
}

void TestSetupWizard::settingsByHandSurviveARetypedPassword()
{
    WizardFixture f;
    f.identify(u"ayse@gmail.com"_s);
    f.press(u"Set up by hand"_s);
    f.enterServers(closedPort());
    f.press(u"Continue"_s);
    auto *page = f.page<CheckPage>();
    QTRY_VERIFY(page->diagnosis());
    page->finish(broken(SetupProblem::AuthWrong, SetupFix::RetypePassword), {}, {});
    f.press(u"Type the password again"_s);
    QVERIFY(f.page<ServersPage>()->isVisible());
    QCOMPARE(f.wizard->focusWidget()->accessibleName(), u"Password"_s);
    QCOMPARE(f.page<ServersPage>()->account().incoming.host, u"127.0.0.1"_s);
}

void TestSetupWizard::everyFixDoesWhatItSays()
{
    WizardFixture f;
    f.identify(u"ayse@firma.example"_s);
    f.press(u"Set up by hand"_s);
    f.enterServers(closedPort());
    f.press(u"Continue"_s);
    auto *page = f.page<CheckPage>();
    QTRY_VERIFY(page->diagnosis());

    SetupReport named = broken(SetupProblem::TlsName, SetupFix::UseCertificateName);
    named.incoming->proposal = ServerSettings{.host = u"localhost"_s, .port = closedPort(), .userName = u"a"_s};
    page->finish(named, {}, {});
    f.press(u"Use localhost"_s);
    const auto failsAt = [page](const QString &endpoint) {
        return page->diagnosis() && page->diagnosis()->error.endpoint == endpoint
            && page->diagnosis()->error.serverText.isEmpty();
    };
    QTRY_VERIFY(failsAt(named.incoming->proposal->endpoint()));

    SetupReport blocked = broken(SetupProblem::PortBlocked, SetupFix::UseOtherServer);
    blocked.incoming->proposal = ServerSettings{.host = u"127.0.0.1"_s, .port = 2, .userName = u"a"_s};
    page->finish(blocked, {}, {});
    f.press(u"Use port 2"_s);
    QTRY_VERIFY(failsAt(u"127.0.0.1:2"_s));
    QCOMPARE(page->report().account.incoming.port, quint16(2));

    page->finish(broken(SetupProblem::Unreachable, SetupFix::Retry), {}, {});
    f.press(u"Try again"_s);
    QTRY_VERIFY(failsAt(u"127.0.0.1:2"_s));

    page->finish(broken(SetupProblem::WrongProtocol, SetupFix::EditSettings), {}, {});
    f.press(u"Change the settings"_s);
    QVERIFY(f.page<ServersPage>()->isVisible());

    // What was opened is followed by what is to be done then.
    f.front<CheckPage>()->finish(broken(SetupProblem::AuthAppPassword, SetupFix::OpenPage), {}, {});
    page->pageOpened();
    QVERIFY(f.button(u"Type the password again"_s));
    page->finish(broken(SetupProblem::AuthImapOff, SetupFix::OpenPage), {}, {});
    page->pageOpened();
    QVERIFY(f.button(u"Try again"_s));

    SetupReport sending = broken(SetupProblem::AdminOff, SetupFix::ReceiveOnly);
    sending.outgoing = sending.incoming;
    sending.outgoing->outgoing = true;
    sending.incoming.reset();
    page->finish(sending, {}, {});
    QVERIFY(f.textsOf(*page).contains(u"Sending does not work yet"_s));
    f.press(u"Use it for receiving only"_s);
    QTRY_VERIFY(f.page<DonePage>()->isVisible());
    QCOMPARE(f.accounts().size(), 1);
    QVERIFY(!f.button(u"Send a test mail"_s));
}

void TestSetupWizard::exceptionNeedsALookAtTheCertificate()
{
    WizardFixture f;
    f.identify(u"ayse@firma.example"_s);
    f.press(u"Set up by hand"_s);
    f.enterServers(closedPort());
    f.press(u"Continue"_s);
    auto *page = f.page<CheckPage>();
    QTRY_VERIFY(page->diagnosis());
    SetupReport untrusted = broken(SetupProblem::TlsUntrusted, SetupFix::ShowCertificate);
    untrusted.incoming->error.certificate = "not looked into here";
    page->finish(untrusted, {}, {});
    f.press(u"Look at the certificate…"_s);
    QVERIFY(f.page<CertificatePage>()->isVisible());
    // The safe way is the one that Enter takes.
    QVERIFY(qobject_cast<QPushButton *>(f.button(u"Cancel"_s))->isDefault());
    QVERIFY(f.button(u"Cancel"_s)->hasFocus() || f.wizard->focusWidget() == f.button(u"Cancel"_s));
    f.press(u"Cancel"_s);
    QVERIFY(page->isVisible());
    f.press(u"Look at the certificate…"_s);
    f.press(u"Trust this certificate"_s);
    QTRY_VERIFY(page->diagnosis());
    f.press(u"Save without testing"_s);
    QTRY_COMPARE(f.accounts().size(), 1);
    const QList<CertificateException> expected{{u"127.0.0.1"_s, 1, "not looked into here"}};
    QCOMPARE(f.stored()->exceptions, expected);

    // Nothing but the issuer may be in doubt.
    untrusted.incoming->error.kind = ErrorKind::CertificateName;
    f.front<CertificatePage>()->setDiagnosis(*untrusted.incoming);
    QVERIFY(!f.button(u"Trust this certificate"_s));
}

void TestSetupWizard::reportIsCopiedWithoutSecrets()
{
    WizardFixture f;
    auto *page = f.front<CheckPage>();
    page->finish(broken(SetupProblem::AuthWrong, SetupFix::RetypePassword), {}, {u"away"_s});
    f.press(u"Copy report"_s);
    const QString copied = QGuiApplication::clipboard()->text();
    QVERIFY2(copied.contains(u"127.0.0.1:1"_s), qPrintable(copied));
    QVERIFY(!copied.contains(u"away"_s) && !copied.contains(ayse.address));
    // What the server says stays what it is: text.
    const QString shown = f.textsOf(*page);
    QVERIFY(shown.contains(u"The server said: <b>go away</b>"_s));
    for (const auto *label : page->findChildren<QLabel *>())
        QVERIFY(!label->text().contains(u"<b>"_s) || label->textFormat() == Qt::PlainText);
}

void TestSetupWizard::savingUntestedIsTheUsersChoice()
{
    WizardFixture f;
    f.identify(u"ayse@firma.example"_s);
    f.press(u"Set up by hand"_s);
    f.enterServers(closedPort());
    f.press(u"Continue"_s);
    QTRY_VERIFY(f.page<CheckPage>()->diagnosis());
    f.press(u"Save without testing"_s);
    QTRY_VERIFY(f.page<DonePage>()->isVisible());
    QCOMPARE(f.accounts().size(), 1);
    QVERIFY(f.textsOf(*f.page<DonePage>()).contains(u"saved without a test"_s));
    f.press(u"Add another account"_s);
    QVERIFY(f.page<IdentityPage>()->isVisible());
    QCOMPARE(f.page<IdentityPage>()->identity().name, u"Ayşe Işık"_s);
}

void TestSetupWizard::accountIsChangedWithTheSamePages()
{
    WizardFixture f(true, SetupWizard::Task::Change);
    const Account before = *f.stored();
    auto *servers = f.page<ServersPage>();
    QVERIFY(servers->isVisible());
    QCOMPARE(servers->account().incoming, before.incoming);
    for (const auto *box : servers->findChildren<QComboBox *>()) {
        if (box->accessibleName() == "Protocol"_L1 && box->isVisible())
            QVERIFY(!box->isEnabled() && !box->accessibleDescription().isEmpty());
    }
    const quint16 port = closedPort();
    for (auto *spin : servers->findChildren<QSpinBox *>())
        spin->setValue(port);
    // The known password is for the known server.
    QVERIFY(servers->validate());
    QVERIFY(typeInto(*servers, u"Incoming server"_s, u"imap.elsewhere.example"_s));
    QVERIFY(!servers->validate());
    QVERIFY(typeInto(*servers, u"Incoming server"_s, u"127.0.0.1"_s));
    QVERIFY(servers->validate());
    QVERIFY(typeInto(*servers, u"Your name"_s, u"Ayşe Yılmaz"_s));
    f.press(u"Test and save"_s);
    QTRY_VERIFY(f.page<CheckPage>()->diagnosis());
    QCOMPARE(f.stored(), before);
    f.press(u"Save without testing"_s);
    QTRY_VERIFY(f.page<DonePage>()->isVisible());
    QCOMPARE(f.accounts().size(), 1);
    QCOMPARE(f.stored()->id, before.id);
    QCOMPARE(f.stored()->incoming.port, port);
    QCOMPARE(f.stored()->identity.name, u"Ayşe Yılmaz"_s);
    QVERIFY(!f.button(u"Add another account"_s));
    f.press(u"Close"_s);
    QTRY_VERIFY(!f.wizard);
}

void TestSetupWizard::testMailIsOnlyOfferedWhenBothWork()
{
    WizardFixture f;
    auto *page = f.front<DonePage>();
    Account account;
    account.identity = ayse;
    page->show(account, DonePage::Proven::ReceivingOnly, {}, DonePage::Saved::NewAccount);
    QVERIFY(!f.button(u"Send a test mail"_s));
    page->show(account, DonePage::Proven::Both, {}, DonePage::Saved::NewAccount);
    const QSignalSpy wanted(page, &DonePage::testMailWanted);
    f.press(u"Send a test mail"_s);
    QCOMPARE(wanted.size(), 1);
    page->setStage(RoundTripStage::Waiting);
    page->setRoundTrip({.milliseconds = 3'400, .removed = true});
    QVERIFY2(
        f.textsOf(*page).contains(u"The test mail was sent and arrived after 3.4 s."_s), qPrintable(f.textsOf(*page)));
    page->failRoundTrip({.kind = ErrorKind::Timeout, .step = Step::FetchHeaders});
    QVERIFY(f.textsOf(*page).contains(u"has not arrived yet"_s));
}

void TestSetupWizard::nobodyOutsideIsAskedWhenSoWished()
{
    WizardFixture f;
    QVERIFY(!f.settings.value(Setting::AskNobodyOutside).toBool());
    f.press(u"Privacy"_s);
    f.press(u"Ask nobody but my provider"_s);
    QVERIFY(f.settings.value(Setting::AskNobodyOutside).toBool());
}

void TestSetupWizard::languageIsSwitchedWithWhatWasTyped()
{
    WizardFixture f;
    const Language language(f.settings);
    f.settings.setValue(Setting::Language, u"en"_s);
    f.identify(u"ayse@icloud.com"_s);
    f.settings.setValue(Setting::Language, u"tr"_s);
    QTRY_VERIFY(f.button(u"Devam"_s));
    QCOMPARE(f.wizard->windowTitle(), u"Hesap ekle"_s);
    QCOMPARE(f.page<IdentityPage>()->identity(), (Address{u"Ayşe Işık"_s, u"ayse@icloud.com"_s}));
    f.press(u"Devam"_s);
    auto *page = f.page<FoundPage>();
    QTRY_VERIFY(page->isVisible());
    QVERIFY(f.textsOf(*page).contains(u"uygulama şifresi"_s));
    QVERIFY(typeInto(*page, u"Şifre"_s, u"gizli"_s));
    f.settings.setValue(Setting::Language, u"en"_s);
    QTRY_VERIFY(f.button(u"Sign in"_s));
    QVERIFY(f.textsOf(*page).contains(u"app password"_s));
    QCOMPARE(page->password(), u"gizli"_s);
}

void TestSetupWizard::cancelEndsARunningCheck()
{
    // Accepts and says nothing.
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    WizardFixture f;
    f.identify(u"ayse@firma.example"_s);
    f.press(u"Set up by hand"_s);
    f.enterServers(silent.serverPort());
    f.press(u"Continue"_s);
    QTRY_VERIFY(silent.hasPendingConnections());
    f.press(u"Cancel"_s);
    QVERIFY(f.page<ServersPage>()->isVisible());
    QCOMPARE(f.accounts().size(), 0);
    f.press(u"Cancel"_s);
    QTRY_VERIFY(!f.wizard);
}

QTEST_MAIN(TestSetupWizard)
#include "test_setupwizard.moc"
