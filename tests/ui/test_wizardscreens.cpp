// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/screentest.h"
#include "ui/common/language.h"
#include "ui/folders/foldermodel.h"
#include "ui/preferences/maildropbox.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/wizard/browserpage.h"
#include "ui/wizard/certificatepage.h"
#include "ui/wizard/checkpage.h"
#include "ui/wizard/donepage.h"
#include "ui/wizard/foundpage.h"
#include "ui/wizard/identitypage.h"
#include "ui/wizard/lookingpage.h"
#include "ui/wizard/serverspage.h"
#include "ui/wizard/setupwizard.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTest>
#include <QTextDocument>
#include <QTimeZone>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

const Address ayse{u"Ayşe Işık"_s, u"ayse@firma.com.tr"_s};

ServerSettings server(Protocol protocol, const QString &host, quint16 port)
{
    return {.protocol = protocol, .host = host, .port = port, .userName = ayse.address};
}

SettingsCandidate candidate(SettingsSource source, const QString &imap, const QString &smtp)
{
    return {.source = source,
        .incoming = {server(Protocol::Imap, imap, 993)},
        .outgoing = server(Protocol::Smtp, smtp, 465)};
}

Account account()
{
    Account result;
    result.name = ayse.address;
    result.identity = ayse;
    result.incoming = server(Protocol::Imap, u"imap.firma.com.tr"_s, 993);
    result.outgoing = server(Protocol::Smtp, u"smtp.firma.com.tr"_s, 465);
    return result;
}

Account pop3Account()
{
    Account result = account();
    result.incoming = server(Protocol::Pop3, u"pop.firma.com.tr"_s, 995);
    return result;
}

SettingsCandidate atProvider(const QString &address)
{
    static const ProviderDirectory directory = ProviderDirectory::bundled();
    const Provider *provider = directory.findByAddress(address);
    if (!provider)
        qFatal("not in the table");
    return candidateAt(*provider, {ayse.name, address});
}

/// The check of both servers, up to a failed sign-in to the first one.
SetupReport failedReport(SetupProblem problem, SetupFix fix, const MailError &error)
{
    SetupReport report;
    report.account = account();
    report.incoming = Diagnosis{.problem = problem, .fix = fix, .error = error};
    report.steps = {{.step = Step::Login, .state = CheckStep::State::Failed, .error = error, .milliseconds = 420}};
    return report;
}

void climb(
    CheckPage &page, bool outgoing, Step last, const std::optional<MailError> &error = {}, const Account &a = account())
{
    const ServerSettings &settings = outgoing ? a.outgoing : a.incoming;
    for (const Step step : ladderOf(settings)) {
        CheckStep rung{.outgoing = outgoing, .endpoint = settings.endpoint(), .step = step};
        page.advance(rung);
        if (step == last && !error)
            return; // Still under way.
        rung.state = step == last ? CheckStep::State::Failed : CheckStep::State::Passed;
        rung.milliseconds = 40 + 300 * int(step);
        rung.detail = step == Step::Resolve ? u"192.0.2.17, 2001:db8::17"_s
            : step == Step::Tls             ? u"TLS 1.3, TLS_AES_256_GCM_SHA384"_s
                                            : QString();
        page.advance(rung);
        if (step == last)
            return;
    }
}

} // namespace

class TestWizardScreens : public ScreenTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyPageIsReadable_data();
    void everyPageIsReadable();

private:
    void identityPage(SetupWizard &wizard);
    void lookingPage(SetupWizard &wizard);
    void foundPage(SetupWizard &wizard);
    void serversPage(SetupWizard &wizard);
    void checkPage(SetupWizard &wizard);
    void pop3Pages(SetupWizard &wizard);
    void otherPages(SetupWizard &wizard);

    /// Brings a page to the front, in the state that the test has given it.
    template <class Page> Page &front(SetupWizard &wizard)
    {
        auto *page = wizard.findChild<Page *>();
        wizard.findChild<QStackedWidget *>()->setCurrentWidget(page);
        return *page;
    }
};

void TestWizardScreens::initTestCase()
{
    QVERIFY(prepare());
}

void TestWizardScreens::everyPageIsReadable_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("scale");
    QTest::addColumn<QSize>("size");
    for (const QString &language : {u"en"_s, u"tr"_s}) {
        for (const bool dark : {false, true}) {
            const auto tag = [&](const QString &rest) {
                return (language + u", "_s + (dark ? u"dark"_s : u"light"_s) + u", "_s + rest).toLatin1();
            };
            QTest::newRow(tag(u"100"_s).constData()) << language << dark << 100 << QSize();
            QTest::newRow(tag(u"200"_s).constData()) << language << dark << 200 << QSize(1300, 700);
        }
        QTest::newRow((language + u", light, 200 narrow"_s).toLatin1().constData())
            << language << false << 200 << QSize(760, 560);
    }
}

void TestWizardScreens::everyPageIsReadable()
{
    QFETCH(QString, language);
    QFETCH(bool, dark);
    QFETCH(int, scale);
    QFETCH(QSize, size);
    m_narrow = size.isValid() && size.width() < 400 * scale / 100;
    const QFont font = QApplication::font();
    const auto restore = qScopeGuard([font] { QApplication::setFont(font); });
    QFont scaled = font;
    scaled.setPointSizeF(font.pointSizeF() * scale / 100);
    QApplication::setFont(scaled);
    setDark(dark);

    UiFixture f;
    f.settings.setValue(Setting::Language, language);
    const Language translations(f.settings);
    {
        SetupWizard wizard(f.engine, f.settings, {.first = true});
        wizard.setAttribute(Qt::WA_DeleteOnClose, false);
        if (size.isValid())
            wizard.resize(size);
        identityPage(wizard);
        lookingPage(wizard);
        foundPage(wizard);
        serversPage(wizard);
        checkPage(wizard);
        pop3Pages(wizard);
        otherPages(wizard);
    }
    {
        SetupWizard wizard(f.engine, f.settings, {.task = SetupWizard::Task::Change, .account = account()});
        wizard.setAttribute(Qt::WA_DeleteOnClose, false);
        if (size.isValid())
            wizard.resize(size);
        check(wizard, u"servers-change"_s);
    }
    {
        FolderModel folders(f.store);
        folders.load();
        QTRY_VERIFY(!folders.accounts().isEmpty());
        PreferencesDialog preferences(f.engine, f.settings, folders);
        preferences.setAttribute(Qt::WA_DeleteOnClose, false);
        check(preferences, u"preferences"_s);
    }
    {
        inStore(f.store, [&](Tables &tables) {
            Account stored = tables.accounts.find(f.account).value();
            stored.incoming.protocol = Protocol::Pop3;
            stored.serverCopies = {.days = 14, .deletedWithOurs = true};
            tables.accounts.update(stored);
        });
        FolderModel folders(f.store);
        folders.load();
        QTRY_VERIFY(!folders.accounts().isEmpty());
        PreferencesDialog preferences(f.engine, f.settings, folders);
        preferences.setAttribute(Qt::WA_DeleteOnClose, false);
        check(preferences, u"preferences-pop3"_s);
        QVERIFY(preferences.findChild<MaildropBox *>()->isVisible());
    }
    QVERIFY(m_pictures >= 20);
}

void TestWizardScreens::identityPage(SetupWizard &wizard)
{
    auto &page = front<IdentityPage>(wizard);
    check(wizard, u"identity"_s);
    page.setIdentity({u"Ayşe Işık"_s, u"ayse@gmial.com"_s});
    QVERIFY(page.validate());
    for (auto *button : page.findChildren<QToolButton *>()) {
        if (button->isCheckable() && button->arrowType() == Qt::RightArrow)
            button->setChecked(true);
    }
    page.showObstacle(DiscoveryResult::Obstacle::NoSuchDomain, u"gmial.com"_s);
    check(wizard, u"identity-problem"_s);
}

void TestWizardScreens::lookingPage(SetupWizard &wizard)
{
    auto &page = front<LookingPage>(wizard);
    page.start(u"firma.com.tr"_s);
    using State = DiscoveryStep::State;
    page.advance(
        {.source = SettingsSource::TableByMx, .asked = u"firma.com.tr"_s, .state = State::Nothing, .milliseconds = 80});
    page.advance({.source = SettingsSource::Autoconfig, .asked = u"autoconfig.firma.com.tr"_s});
    page.advance({.source = SettingsSource::Ispdb,
        .asked = u"autoconfig.thunderbird.net"_s,
        .state = State::Failed,
        .milliseconds = 1'400});
    page.advance(
        {.source = SettingsSource::Srv, .asked = u"firma.com.tr"_s, .state = State::Found, .milliseconds = 210});
    page.advance({.source = SettingsSource::Probe, .asked = u"imap.firma.com.tr"_s});
    check(wizard, u"looking"_s);
    QTRY_VERIFY_WITH_TIMEOUT(
        std::ranges::any_of(page.findChildren<QLabel *>(),
            [](const QLabel *label) { return label->isVisible() && label->text().contains(u"thunderbird"_s); }),
        5'000);
    check(wizard, u"looking-long"_s);
}

void TestWizardScreens::foundPage(SetupWizard &wizard)
{
    auto &page = front<FoundPage>(wizard);
    for (const QString &address :
        {u"ayse@gmail.com"_s, u"ayse@yandex.com.tr"_s, u"ayse@yahoo.com.tr"_s, u"ayse@outlook.com.tr"_s}) {
        page.setCandidates({ayse.name, address}, {atProvider(address)});
        check(wizard, u"found-"_s + address.section(u'@', 1).section(u'.', 0, 0));
    }
    for (auto *button : page.findChildren<QToolButton *>()) {
        if (button->isVisible() && button->isCheckable())
            button->setChecked(true);
    }
    check(wizard, u"found-expert"_s);
    page.showBlocked({ayse.name, u"ayse@tuta.com"_s}, u"tuta"_s);
    check(wizard, u"found-blocked"_s);
    SettingsCandidate foreign
        = candidate(SettingsSource::Srv, u"imap.mail-hosting.example"_s, u"smtp.gm\u0430il.com"_s);
    foreign.hostsToApprove = {u"imap.mail-hosting.example"_s, u"smtp.gm\u0430il.com"_s};
    page.setCandidates(ayse, {foreign});
    check(wizard, u"found-approve"_s);
    SettingsCandidate both = candidate(SettingsSource::Probe, u"mail.firma.com.tr"_s, u"mail.firma.com.tr"_s);
    both.incoming.append(server(Protocol::Pop3, u"mail.firma.com.tr"_s, 995));
    page.setCandidates(ayse, {both});
    page.offer(candidate(SettingsSource::Autoconfig, u"imap.firma.com.tr"_s, u"smtp.firma.com.tr"_s));
    QVERIFY(!page.validate());
    check(wizard, u"found-guessed"_s);
}

void TestWizardScreens::serversPage(SetupWizard &wizard)
{
    auto &page = front<ServersPage>(wizard);
    page.setMicrosoftUnasked(true);
    page.setAddressWanted({u"autoconfig.firma.com.tr"_s});
    page.setAccount(account(), ServersPage::Reason::NothingFound);
    page.validate();
    check(wizard, u"servers"_s);
}

void TestWizardScreens::checkPage(SetupWizard &wizard)
{
    auto &page = front<CheckPage>(wizard);
    page.start(account(), {});
    climb(page, false, Step::Login);
    climb(page, true, Step::Tls);
    check(wizard, u"check"_s);
    const MailError wrong{.kind = ErrorKind::AuthenticationFailed,
        .step = Step::Login,
        .endpoint = u"imap.firma.com.tr:993"_s,
        .serverText
        = u"[AUTHENTICATIONFAILED] Authentication failed. See https://help.example.org/ for <b>more</b>."_s};
    climb(page, false, Step::Login, wrong);
    climb(page, true, Step::Sender, wrong);
    page.finish(failedReport(SetupProblem::AuthWrong, SetupFix::RetypePassword, wrong), {}, {});
    check(wizard, u"check-password"_s);
    SetupReport named = failedReport(SetupProblem::TlsName, SetupFix::UseCertificateName,
        {.kind = ErrorKind::CertificateName, .step = Step::Tls, .endpoint = u"mail.firma.com.tr:993"_s});
    named.incoming->proposal = server(Protocol::Imap, u"srv12.trwww.com"_s, 993);
    page.finish(named, {}, {});
    check(wizard, u"check-name"_s);
    SetupReport sending = named;
    sending.outgoing = Diagnosis{.outgoing = true,
        .problem = SetupProblem::AdminOff,
        .fix = SetupFix::ReceiveOnly,
        .error = {.endpoint = u"smtp.office365.com:587"_s,
            .serverText = u"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled"_s}};
    sending.incoming.reset();
    page.finish(sending, u"Microsoft 365"_s, {});
    check(wizard, u"check-sending"_s);
}

/// The same way once more, for mail that is downloaded.
void TestWizardScreens::pop3Pages(SetupWizard &wizard)
{
    auto &found = front<FoundPage>(wizard);
    SettingsCandidate both = candidate(SettingsSource::Autoconfig, u"imap.firma.com.tr"_s, u"smtp.firma.com.tr"_s);
    both.incoming.append(pop3Account().incoming);
    found.setCandidates(ayse, {both});
    for (auto *choice : found.findChildren<QRadioButton *>())
        choice->setChecked(choice->text().contains(u"POP3"_s));
    QCOMPARE(found.account().incoming.protocol, Protocol::Pop3);
    check(wizard, u"pop3-found"_s);

    auto &servers = front<ServersPage>(wizard);
    servers.setAccount(pop3Account(), ServersPage::Reason::Guessed);
    check(wizard, u"pop3-servers"_s);

    auto &page = front<CheckPage>(wizard);
    page.start(pop3Account(), {});
    climb(page, false, Step::ListFolders, {}, pop3Account());
    climb(page, true, Step::Sender, {}, pop3Account());
    check(wizard, u"pop3-check"_s);
    const MailError refused{.kind = ErrorKind::AuthenticationFailed,
        .step = Step::Login,
        .endpoint = u"pop.firma.com.tr:995"_s,
        .serverText = u"[AUTH] Authentication failed."_s};
    climb(page, false, Step::Login, refused, pop3Account());
    SetupReport report = failedReport(SetupProblem::AuthWrong, SetupFix::RetypePassword, refused);
    report.account = pop3Account();
    page.finish(report, {}, {});
    check(wizard, u"pop3-check-password"_s);

    auto &done = front<DonePage>(wizard);
    done.show(pop3Account(), DonePage::Proven::Both, {}, DonePage::Saved::NewAccount);
    check(wizard, u"pop3-done"_s);
}

void TestWizardScreens::otherPages(SetupWizard &wizard)
{
    auto &certificate = front<CertificatePage>(wizard);
    certificate.setDiagnosis({.problem = SetupProblem::TlsUntrusted,
        .fix = SetupFix::ShowCertificate,
        .error
        = {.kind = ErrorKind::CertificateUntrusted, .endpoint = u"mail.firma.com.tr:993"_s, .certificate = "DER"},
        .certificate = CertificateFacts{.names = {u"mail.firma.com.tr"_s, u"www.firma.com.tr"_s},
            .subject = u"mail.firma.com.tr"_s,
            .issuer = u"Firma Ltd. Şti."_s,
            .validFrom = QDateTime(QDate(2026, 1, 1), QTime(0, 0), QTimeZone::utc()),
            .validUntil = QDateTime(QDate(2027, 1, 1), QTime(0, 0), QTimeZone::utc()),
            .sha256 = QByteArray(32, '\xe7')}});
    check(wizard, u"certificate"_s);

    auto &browser = front<BrowserPage>(wizard);
    browser.start(u"Google"_s);
    browser.setUrl(QUrl(u"https://accounts.google.com/"_s));
    check(wizard, u"browser"_s);
    browser.fail({.kind = ErrorKind::Timeout, .endpoint = u"accounts.google.com:443"_s});
    check(wizard, u"browser-failed"_s);

    auto &done = front<DonePage>(wizard);
    done.show(account(), DonePage::Proven::Both, {}, DonePage::Saved::NewAccount);
    check(wizard, u"done"_s);
    Diagnosis note{.outgoing = true, .problem = SetupProblem::PortBlocked};
    note.error.endpoint = u"smtp.firma.com.tr:465"_s;
    note.proposal = ServerSettings{.protocol = Protocol::Smtp, .host = u"smtp.firma.com.tr"_s, .port = 587};
    done.show(account(), DonePage::Proven::Both, {note}, DonePage::Saved::NewAccount);
    done.setRoundTrip({.milliseconds = 3'400, .removed = true});
    check(wizard, u"done-arrived"_s);
    done.show(account(), DonePage::Proven::ReceivingOnly, {}, DonePage::Saved::NewAccount);
    check(wizard, u"done-receiving"_s);
}

QTEST_MAIN(TestWizardScreens)
#include "test_wizardscreens.moc"
