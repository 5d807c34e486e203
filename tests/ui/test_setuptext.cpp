// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bothlanguages.h"
#include "ui/wizard/providertext.h"
#include "ui/wizard/reporttext.h"
#include "ui/wizard/setuptext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

/// The names of an enum's values; the compiler tells when one is missing here, since there is no default.
const char *nameOf(SetupProblem problem)
{
    switch (problem) {
    case SetupProblem::Offline:
        return "Offline";
    case SetupProblem::CaptivePortal:
        return "CaptivePortal";
    case SetupProblem::NoSuchHost:
        return "NoSuchHost";
    case SetupProblem::Unreachable:
        return "Unreachable";
    case SetupProblem::PortBlocked:
        return "PortBlocked";
    case SetupProblem::Bridge:
        return "Bridge";
    case SetupProblem::TlsName:
        return "TlsName";
    case SetupProblem::TlsDate:
        return "TlsDate";
    case SetupProblem::TlsClock:
        return "TlsClock";
    case SetupProblem::TlsUntrusted:
        return "TlsUntrusted";
    case SetupProblem::TlsVersion:
        return "TlsVersion";
    case SetupProblem::EncryptionMissing:
        return "EncryptionMissing";
    case SetupProblem::AuthWrong:
        return "AuthWrong";
    case SetupProblem::AuthAppPassword:
        return "AuthAppPassword";
    case SetupProblem::AuthOAuthOnly:
        return "AuthOAuthOnly";
    case SetupProblem::AuthTokenRefused:
        return "AuthTokenRefused";
    case SetupProblem::AuthWebLogin:
        return "AuthWebLogin";
    case SetupProblem::AuthImapOff:
        return "AuthImapOff";
    case SetupProblem::AuthCode:
        return "AuthCode";
    case SetupProblem::AuthExpired:
        return "AuthExpired";
    case SetupProblem::AuthBlocked:
        return "AuthBlocked";
    case SetupProblem::AdminOff:
        return "AdminOff";
    case SetupProblem::NoLoginOffered:
        return "NoLoginOffered";
    case SetupProblem::SmtpDiffers:
        return "SmtpDiffers";
    case SetupProblem::TooManyConnections:
        return "TooManyConnections";
    case SetupProblem::SenderRefused:
        return "SenderRefused";
    case SetupProblem::MailboxFull:
        return "MailboxFull";
    case SetupProblem::TryLater:
        return "TryLater";
    case SetupProblem::WrongProtocol:
        return "WrongProtocol";
    case SetupProblem::Timeout:
        return "Timeout";
    case SetupProblem::Refused:
        return "Refused";
    case SetupProblem::Local:
        return "Local";
    }
    return nullptr;
}

const char *nameOf(SetupFix fix)
{
    switch (fix) {
    case SetupFix::Retry:
        return "Retry";
    case SetupFix::RetypePassword:
        return "RetypePassword";
    case SetupFix::UseCertificateName:
        return "UseCertificateName";
    case SetupFix::UseOtherServer:
        return "UseOtherServer";
    case SetupFix::ShowCertificate:
        return "ShowCertificate";
    case SetupFix::OpenPage:
        return "OpenPage";
    case SetupFix::SignInWithBrowser:
        return "SignInWithBrowser";
    case SetupFix::ReceiveOnly:
        return "ReceiveOnly";
    case SetupFix::EditSettings:
        return "EditSettings";
    }
    return nullptr;
}

const char *nameOf(SettingsSource source)
{
    switch (source) {
    case SettingsSource::Table:
        return "Table";
    case SettingsSource::TableByMx:
        return "TableByMx";
    case SettingsSource::Pacc:
        return "Pacc";
    case SettingsSource::Autoconfig:
        return "Autoconfig";
    case SettingsSource::WellKnown:
        return "WellKnown";
    case SettingsSource::Ispdb:
        return "Ispdb";
    case SettingsSource::Srv:
        return "Srv";
    case SettingsSource::MxAutoconfig:
        return "MxAutoconfig";
    case SettingsSource::Autodiscover:
        return "Autodiscover";
    case SettingsSource::Probe:
        return "Probe";
    case SettingsSource::Guess:
        return "Guess";
    }
    return nullptr;
}

using Obstacle = DiscoveryResult::Obstacle;

const char *nameOf(Obstacle obstacle)
{
    switch (obstacle) {
    case Obstacle::None:
        return "None";
    case Obstacle::Offline:
        return "Offline";
    case Obstacle::CaptivePortal:
        return "CaptivePortal";
    case Obstacle::NoSuchDomain:
        return "NoSuchDomain";
    case Obstacle::NoMailDomain:
        return "NoMailDomain";
    case Obstacle::NoImap:
        return "NoImap";
    case Obstacle::Cancelled:
        return "Cancelled";
    }
    return nullptr;
}

const char *nameOf(Provider::Hint hint)
{
    switch (hint) {
    case Provider::Hint::NoImap:
        return "NoImap";
    case Provider::Hint::Bridge:
        return "Bridge";
    case Provider::Hint::Migrated:
        return "Migrated";
    case Provider::Hint::PaidPlan:
        return "PaidPlan";
    case Provider::Hint::EnableImap:
        return "EnableImap";
    case Provider::Hint::EnableSmtp:
        return "EnableSmtp";
    case Provider::Hint::AuthorizationCode:
        return "AuthorizationCode";
    case Provider::Hint::MailboxPassword:
        return "MailboxPassword";
    case Provider::Hint::PasswordMayBeRefused:
        return "PasswordMayBeRefused";
    case Provider::Hint::AdministratorDecides:
        return "AdministratorDecides";
    case Provider::Hint::ProtectionMustBeOff:
        return "ProtectionMustBeOff";
    case Provider::Hint::OwnUserName:
        return "OwnUserName";
    case Provider::Hint::MainAddressOnly:
        return "MainAddressOnly";
    case Provider::Hint::RegionMatters:
        return "RegionMatters";
    case Provider::Hint::ServerNamedByHoster:
        return "ServerNamedByHoster";
    case Provider::Hint::OnlyPop3:
        return "OnlyPop3";
    case Provider::Hint::Pop3NotTooOften:
        return "Pop3NotTooOften";
    case Provider::Hint::OnlyUnencryptedKnown:
        return "OnlyUnencryptedKnown";
    case Provider::Hint::OnlyProvidersNetwork:
        return "OnlyProvidersNetwork";
    }
    return nullptr;
}

template <class Enum> void addRows(const char *column)
{
    QTest::addColumn<int>(column);
    int value = 0;
    for (; const char *name = nameOf(Enum(value)); ++value)
        QTest::newRow(name) << value;
    QVERIFY(value > 3);
}

/// A sentence in both languages: there, translated, and with all its places filled.
void checkSentence(const QString &english, const QString &turkish)
{
    for (const QString &text : {english, turkish}) {
        QVERIFY2(text.size() > 5, qPrintable(text));
        QVERIFY2(text.endsWith(u'.'), qPrintable(text));
        QVERIFY2(!text.contains(u'%'), qPrintable(text));
        QVERIFY2(!text.contains(u"  "_s), qPrintable(text));
    }
    QVERIFY2(english != turkish, qPrintable(english));
}

const MailError someError{.kind = ErrorKind::Refused,
    .endpoint = u"mail.firma.com.tr:993"_s,
    .serverText = u"<b>no</b> %1 %n"_s,
    .subject = u"srv12.example"_s};

} // namespace

class TestSetupText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyProblemHasASentenceAndAHint_data() { addRows<SetupProblem>("value"); }
    void everyProblemHasASentenceAndAHint();
    void everyFixHasAButton_data() { addRows<SetupFix>("value"); }
    void everyFixHasAButton();
    void everySourceIsNamed_data() { addRows<SettingsSource>("value"); }
    void everySourceIsNamed();
    void everyObstacleIsExplained_data() { addRows<Obstacle>("value"); }
    void everyObstacleIsExplained();
    void everyHintHasASentence_data() { addRows<Provider::Hint>("value"); }
    void everyHintHasASentence();
    void everyRungIsNamed();
    void everyOutcomeIsNamed();
    void buttonsSayWhatTheyDo();
    void fixesThatWereMadeAreTold();
    void aPageIsOfferedWithWhatItIsFor();
    void oneNameThatLooksLikeAnotherIsShownInBothForms_data();
    void oneNameThatLooksLikeAnotherIsShownInBothForms();
    void registeredPartIsBoldAndNothingIsMarkup();
    void reportHoldsNoSecretAndNoAddress();
};

void TestSetupText::everyProblemHasASentenceAndAHint()
{
    QFETCH(int, value);
    Diagnosis diagnosis{.problem = SetupProblem(value)};
    for (const bool full : {true, false}) {
        diagnosis.error = full ? someError : MailError{};
        for (const QString &provider : {u"Gmail"_s, QString()}) {
            for (const bool outgoing : {true, false}) {
                diagnosis.outgoing = outgoing;
                const auto [english, turkish] = inBothLanguages([&] { return problemText(diagnosis, provider); });
                checkSentence(english.sentence, turkish.sentence);
                checkSentence(english.hint, turkish.hint);
                for (const ProblemText &text : {english, turkish}) {
                    // The server's own words are shown apart from ours.
                    QVERIFY(!text.sentence.contains(u"<b>"_s) && !text.hint.contains(u"<b>"_s));
                    QVERIFY2(
                        full || !provider.isEmpty() || !text.sentence.front().isLower(), qPrintable(text.sentence));
                }
            }
        }
    }
}

void TestSetupText::everyFixHasAButton()
{
    QFETCH(int, value);
    const Diagnosis diagnosis{.problem = SetupProblem::AuthAppPassword,
        .fix = SetupFix(value),
        .error = someError,
        .proposal = ServerSettings{.host = u"srv12.example"_s, .port = 143}};
    const auto [english, turkish] = inBothLanguages([&] { return fixText(diagnosis); });
    for (const QString &text : {english, turkish}) {
        QVERIFY(text.size() > 3);
        QVERIFY2(text.size() < 45, qPrintable(text)); // It is a button.
        QVERIFY2(!text.contains(u'%'), qPrintable(text));
    }
    QVERIFY2(english != turkish, qPrintable(english));
}

void TestSetupText::everySourceIsNamed()
{
    QFETCH(int, value);
    const auto [english, turkish] = inBothLanguages([&] { return sourceText(SettingsSource(value)); });
    QVERIFY(!english.isEmpty() && !turkish.isEmpty());
    QVERIFY(english != turkish);
    const DiscoveryStep step{.source = SettingsSource(value), .asked = u"firma.com.tr"_s};
    const auto [asking, soruluyor] = inBothLanguages([&] { return askingText(step); });
    QVERIFY(!asking.contains(u'%') && !soruluyor.contains(u'%'));
    QVERIFY(asking.size() > 5 && soruluyor.size() > 5);
    QVERIFY(asking != soruluyor);
}

void TestSetupText::everyObstacleIsExplained()
{
    QFETCH(int, value);
    if (Obstacle(value) == Obstacle::None) {
        QVERIFY(obstacleText(Obstacle::None, u"firma.com.tr"_s).sentence.isEmpty());
        return;
    }
    for (const QString &provider : {u"Tuta"_s, QString()}) {
        const auto [english, turkish]
            = inBothLanguages([&] { return obstacleText(Obstacle(value), u"firma.com.tr"_s, provider); });
        checkSentence(english.sentence, turkish.sentence);
        checkSentence(english.hint, turkish.hint);
    }
}

void TestSetupText::everyHintHasASentence()
{
    QFETCH(int, value);
    for (const QString &movedTo : {u"Gmail"_s, QString()}) {
        const auto [english, turkish]
            = inBothLanguages([&] { return hintText(Provider::Hint(value), u"Yandex"_s, movedTo); });
        checkSentence(english, turkish);
    }
}

void TestSetupText::everyRungIsNamed()
{
    for (const Protocol protocol : {Protocol::Imap, Protocol::Smtp}) {
        for (const Encryption encryption : {Encryption::ImplicitTls, Encryption::StartTls, Encryption::None}) {
            for (const Step step : ladderOf({.protocol = protocol, .encryption = encryption})) {
                const auto [english, turkish] = inBothLanguages([&] { return rungText(step); });
                QVERIFY(english.size() > 3 && turkish.size() > 3);
                QVERIFY2(english != turkish, qPrintable(english));
            }
        }
    }
}

void TestSetupText::everyOutcomeIsNamed()
{
    using State = DiscoveryStep::State;
    for (const State state : {State::Running, State::Found, State::Nothing, State::Failed}) {
        const auto [english, turkish] = inBothLanguages([&] { return outcomeText(state); });
        QVERIFY(!english.isEmpty() && !turkish.isEmpty());
        QVERIFY(english != turkish);
    }
}

void TestSetupText::buttonsSayWhatTheyDo()
{
    Diagnosis diagnosis{.problem = SetupProblem::TlsName, .fix = SetupFix::UseCertificateName, .error = someError};
    diagnosis.proposal = ServerSettings{.host = u"srv12.example"_s, .port = 993};
    QCOMPARE(fixText(diagnosis), u"Use srv12.example"_s);
    QCOMPARE(problemText(diagnosis).sentence, u"The server calls itself srv12.example, not mail.firma.com.tr."_s);
    diagnosis.fix = SetupFix::UseOtherServer;
    diagnosis.proposal = ServerSettings{.host = u"mail.firma.com.tr"_s, .port = 143};
    QCOMPARE(fixText(diagnosis), u"Use port 143"_s);
    diagnosis.proposal->host = u"imap.firma.com.tr"_s;
    QCOMPARE(fixText(diagnosis), u"Use imap.firma.com.tr:143"_s);
}

void TestSetupText::fixesThatWereMadeAreTold()
{
    Diagnosis note{.outgoing = true, .problem = SetupProblem::PortBlocked};
    QCOMPARE(noteText(note), QString());
    note.error.endpoint = u"smtp.firma.com.tr:465"_s;
    note.proposal = ServerSettings{.protocol = Protocol::Smtp, .host = u"smtp.firma.com.tr"_s, .port = 587};
    const auto [english, turkish] = inBothLanguages([&] { return noteText(note); });
    checkSentence(english, turkish);
    QVERIFY(english.contains(u"465"_s) && english.contains(u"587"_s));
    note.problem = SetupProblem::AuthWrong;
    note.proposal->userName = u"ali"_s;
    QVERIFY(noteText(note).contains(u"ali"_s));
}

void TestSetupText::aPageIsOfferedWithWhatItIsFor()
{
    Provider provider{.name = u"Gmail"_s,
        .appPassword = Provider::AppPassword::Always,
        .appPasswordUrl = QUrl(u"https://example.org/app"_s),
        .helpUrl = QUrl(u"https://example.org/help"_s)};
    const ProviderNotes notes = providerNotes(provider);
    QCOMPARE(notes.text, u"Gmail wants an app password here, not your usual password."_s);
    QCOMPARE(notes.page, provider.appPasswordUrl);
    QCOMPARE(notes.pageText, u"Make an app password…"_s);
    // With the browser nothing is typed.
    QCOMPARE(providerNotes(provider, {}, true).text, QString());

    provider.hints = {Provider::Hint::EnableImap};
    QVERIFY(providerNotes(provider).details.contains(u"IMAP"_s));
    provider.hints = {Provider::Hint::NoImap, Provider::Hint::EnableImap};
    QCOMPARE(providerNotes(provider).text, u"Gmail lets no other mail program read your mail."_s);
}

void TestSetupText::oneNameThatLooksLikeAnotherIsShownInBothForms_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"imap.gmail.com"_s << u"imap.gmail.com"_s;
    QTest::newRow("with its port") << u"imap.gmail.com:993"_s << u"imap.gmail.com:993"_s;
    QTest::newRow("Turkish") << u"mail.xn--iek-1lab.com.tr"_s << u"mail.çiçek.com.tr"_s;
    QTest::newRow("Cyrillic below Latin")
        << u"imap.gm\u0430il.com"_s << u"imap.gm\u0430il.com (imap.xn--gmil-63d.com)"_s;
    QTest::newRow("address") << u"127.0.0.1:993"_s << u"127.0.0.1:993"_s;
    QTest::newRow("IPv6") << u"[::1]:993"_s << u"[::1]:993"_s;
    QTest::newRow("nothing") << QString() << QString();
}

void TestSetupText::oneNameThatLooksLikeAnotherIsShownInBothForms()
{
    QFETCH(QString, host);
    QFETCH(QString, shown);
    QCOMPARE(hostText(host), shown);
}

void TestSetupText::registeredPartIsBoldAndNothingIsMarkup()
{
    QCOMPARE(hostHtml(u"imap.firma.com.tr"_s, u"firma.com.tr"_s), u"imap.<b>firma.com.tr</b>"_s);
    QCOMPARE(hostHtml(u"firma.com.tr"_s, u"firma.com.tr"_s), u"<b>firma.com.tr</b>"_s);
    QCOMPARE(hostHtml(u"imap.notfirma.com.tr"_s, u"firma.com.tr"_s), u"imap.notfirma.com.tr"_s);
    QVERIFY(!hostHtml(u"<script>.example"_s, u"example"_s).contains(u"<script>"_s));
    QCOMPARE(hostHtml(u"localhost"_s, QString()), u"localhost"_s);
    // A Cyrillic а: what was registered stands out in the spelling that gives it away, too.
    QCOMPARE(hostHtml(u"smtp.xn--gmil-63d.com"_s, u"xn--gmil-63d.com"_s),
        u"smtp.<b>gm\u0430il.com</b> (smtp.<b>xn--gmil-63d.com</b>)"_s);
    QCOMPARE(hostHtml(u"mail.xn--e1afmkfd.xn--p1ai"_s, u"xn--e1afmkfd.xn--p1ai"_s),
        u"mail.<b>пример.рф</b> (mail.<b>xn--e1afmkfd.xn--p1ai</b>)"_s);
}

void TestSetupText::reportHoldsNoSecretAndNoAddress()
{
    SetupReport report;
    report.account.identity = {u"Ayşe Işık"_s, u"ali@firma.com.tr"_s};
    report.account.incoming = {.host = u"imap.firma.com.tr"_s, .port = 993, .userName = u"ali"_s};
    report.account.outgoing = {.protocol = Protocol::Smtp,
        .host = u"smtp.firma.com.tr"_s,
        .port = 587,
        .encryption = Encryption::StartTls,
        .userName = u"ali@firma.com.tr"_s};
    MailError error = someError;
    error.serverText = u"Login of ALI@firma.com.tr (ali) with gizli failed; quality of service"_s;
    error.step = Step::Login;
    report.steps
        = {{.step = Step::Connect, .state = CheckStep::State::Passed, .detail = u"192.0.2.1"_s, .milliseconds = 12},
            {.step = Step::Login, .state = CheckStep::State::Failed, .error = error, .milliseconds = 340}};
    report.incoming = Diagnosis{.problem = SetupProblem::AuthWrong, .error = error};
    const auto [english, turkish] = inBothLanguages([&] { return reportText(report, {u"gizli"_s, QString()}); });
    for (const QString &text : {english, turkish}) {
        QVERIFY2(!text.contains(u"gizli"_s), qPrintable(text));
        QVERIFY2(!text.contains(u"ali@"_s, Qt::CaseInsensitive), qPrintable(text));
        QVERIFY2(!text.contains(u"(ali)"_s), qPrintable(text));
        QVERIFY2(!text.contains(u"Ayşe"_s), qPrintable(text));
        QVERIFY(text.contains(u"imap.firma.com.tr:993"_s));
        QVERIFY(text.contains(u"192.0.2.1"_s));
        QVERIFY(text.contains(u"340 ms"_s));
        QVERIFY(text.contains(u"quality of service"_s)); // Only whole words are masked.
        QVERIFY(text.contains(u"***@firma.com.tr"_s));
    }
    QVERIFY(english != turkish);
}

QTEST_MAIN(TestSetupText)
#include "test_setuptext.moc"
