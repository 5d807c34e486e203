// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/alternatives.h"
#include "core/discovery/diagnosis.h"
#include "core/imap/gate/responseframer.h"
#include "core/imap/imapstatus.h"
#include "core/smtp/smtpreply.h"

#include <QTest>
#include <QTimeZone>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

const QDateTime now(QDate(2026, 11, 22), QTime(12, 0), QTimeZone::UTC);

/// What a session makes of a server's own lines: IMAP when they begin with a tag or "*", else SMTP.
MailError errorFrom(const QByteArray &lines, Step step)
{
    if (lines.startsWith("A1 ") || lines.startsWith("* ")) {
        ResponseFramer framer;
        framer.feed(lines + "\r\n");
        return errorOf(framer.next()->value(), step);
    }
    SmtpReplyParser parser;
    for (const QByteArray &line : lines.split('\n')) {
        const auto reply = parser.addLine(line);
        if (reply && *reply)
            return (*reply)->error(step);
    }
    qFatal("no whole reply: %s", lines.constData());
}

DiagnosisContext contextFor(bool outgoing, const Provider *provider = nullptr)
{
    return {.server = {.protocol = outgoing ? Protocol::Smtp : Protocol::Imap,
                .host = u"posta.example.org"_s,
                .port = quint16(outgoing ? 465 : 993),
                .userName = u"ayse@example.org"_s},
        .provider = provider,
        .otherSide = {},
        .proposal = {},
        .now = now};
}

} // namespace

class TestDiagnosis : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void serversAreUnderstood_data();
    void serversAreUnderstood();
    void bothSidesTogether_data();
    void bothSidesTogether();
    void connections_data();
    void connections();
    void onlyAPlainRefusalAllowsASecondTry_data();
    void onlyAPlainRefusalAllowsASecondTry();
    void pagesComeFromTheTableOnly();
    void otherPorts();
    void otherEncryptionsAreNeverNone();
    void otherUserNames();

private:
    const ProviderDirectory m_directory = ProviderDirectory::bundled();
};

void TestDiagnosis::serversAreUnderstood_data()
{
    using P = SetupProblem;
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<Step>("step");
    QTest::addColumn<SetupProblem>("problem");
    const auto row = [](const char *provider, const QByteArray &lines, P problem, Step step = Step::Login) {
        QTest::newRow(QByteArray(provider) + ": " + lines) << QString::fromLatin1(provider) << lines << step << problem;
    };

    // Gmail and Google Workspace
    row("gmail",
        "A1 NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 "
        "(Failure)",
        P::AuthAppPassword);
    row("gmail", "A1 NO [WEBALERT https://accounts.google.com/signin/continue?sarp=1] Web login required.",
        P::AuthWebLogin);
    row("gmail",
        "A1 NO [ALERT] Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 "
        "(Failure)",
        P::AuthWebLogin);
    row("gmail",
        "A1 NO [ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings page and enable your "
        "account for IMAP access. (Failure)",
        P::AuthImapOff);
    row("gmail",
        "A1 NO [ALERT] IMAP access is disabled for your domain. Please contact your domain administrator for questions "
        "about this feature. (Failure)",
        P::AdminOff);
    row("gmail", "A1 NO [ALERT] Too many simultaneous connections. (Failure)", P::TooManyConnections);
    row("gmail", "A1 NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)", P::AuthBlocked);
    row("gmail", "A1 NO [UNAVAILABLE] Temporary System Error (Failure)", P::TryLater);
    row("", "A1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", P::AuthWrong);
    row("gmail", "A1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", P::AuthAppPassword);
    row("gmail",
        "534-5.7.9 Application-specific password required. Learn more at\n534 5.7.9  "
        "https://support.google.com/mail/?p=InvalidSecondFactor a1 - gsmtp",
        P::AuthAppPassword);
    row("",
        "535-5.7.8 Username and Password not accepted. Learn more at\n535 5.7.8  "
        "https://support.google.com/mail/?p=BadCredentials a1 - gsmtp",
        P::AuthWrong);
    row("gmail",
        "534-5.7.14 <https://accounts.google.com/signin/continue?sarp=1> Please log in via\n534 5.7.14 your web "
        "browser and then try again. a1 - gsmtp",
        P::AuthWebLogin);
    row("gmail", "454 4.7.0 Too many login attempts, please try again later. a1 - gsmtp", P::AuthBlocked);
    row("gmail", "421 4.7.0 Try again later, closing connection. (MAIL) a1 - gsmtp", P::TryLater, Step::Sender);
    row("gmail", "550 5.4.5 Daily user sending limit exceeded. a1 - gsmtp", P::TryLater, Step::Sender);

    // Microsoft 365 and Outlook.com
    row("",
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit "
        "https://aka.ms/smtp_auth_disabled for more information.",
        P::AdminOff);
    row("",
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit "
        "https://aka.ms/smtp_auth_disabled for more information.",
        P::AdminOff);
    row("", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [XX1.example.prod.outlook.com]",
        P::AuthOAuthOnly);
    row("", "550 5.7.30 Basic authentication is not supported for Client Submission.", P::AuthOAuthOnly);
    row("",
        "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. "
        "Contact your administrator.",
        P::AdminOff);
    row("",
        "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated "
        "successfully. Contact your administrator.",
        P::AdminOff);
    row("", "535 5.7.3 Authentication unsuccessful [XX1.example.prod.outlook.com]", P::AuthWrong);
    row("outlook", "A1 NO LOGIN failed.", P::AuthOAuthOnly);
    row("", "A1 NO [AUTHENTICATIONFAILED] BasicAuthBlocked", P::AuthOAuthOnly);
    row("", "A1 BAD User is authenticated but not connected.", P::AuthImapOff);
    row("", "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending",
        P::TooManyConnections);
    row("", "530 5.7.57 Client not authenticated to send mail. Client was not authenticated", P::NoLoginOffered,
        Step::Sender);
    row("", "554 5.2.252 SendAsDenied; ayse@example.org not allowed to send as info@example.org", P::SenderRefused,
        Step::Sender);

    // Yahoo, AOL
    row("", "535 5.7.0 (#AUTH005) Too many bad auth attempts.", P::AuthBlocked);
    row("yahoo", "A1 NO [AUTHENTICATIONFAILED] AUTHENTICATE Invalid credentials", P::AuthAppPassword);
    row("yahoo", "A1 NO [LIMIT] AUTHENTICATE Rate limit hit.", P::AuthBlocked);
    row("yahoo", "A1 NO [SERVERBUG] AUTHENTICATE Server error - Please try again later", P::TryLater);

    // Yandex
    row("yandex", "A1 NO [AUTHENTICATIONFAILED] AUTHENTICATE invalid credentials or IMAP is disabled sc=x",
        P::AuthImapOff);
    row("yandex", "535 5.7.8 Error: authentication failed: This user does not have access rights to this service",
        P::AuthImapOff);
    row("yandex", "535 5.7.8 Error: authentication failed: Application password is required", P::AuthAppPassword);
    row("yandex", "535 5.7.8 Error: authentication failed: Invalid user or password! 1700-x", P::AuthAppPassword);
    row("", "553 5.7.1 Sender address rejected: not owned by auth user. 1700-x", P::SenderRefused, Step::Sender);

    // Mail.ru
    row("",
        "535 5.7.0 NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/external / Application "
        "password is REQUIRED",
        P::AuthAppPassword);
    row("",
        "A1 NO [AUTHENTICATIONFAILED] Authentication failed. Please verify your account by going to "
        "https://e.mail.ru/login",
        P::AuthWebLogin);
    row("", "A1 NO Account is blocked", P::AuthBlocked);

    // iCloud, Fastmail, Zoho, GMX, web.de
    row("icloud", "A1 NO [AUTHENTICATIONFAILED] Authentication failed", P::AuthAppPassword);
    row("icloud", "535 5.7.8 Error: authentication failed: authentication failure", P::AuthAppPassword);
    row("fastmail", "A1 NO [AUTHENTICATIONFAILED] Sorry, you need to create an app password to use this service",
        P::AuthAppPassword);
    row("", "A1 NO [ALERT] Application-specific password required. Generate one at https://accounts.zoho.com (Failure)",
        P::AuthAppPassword);
    row("",
        "A1 NO [ALERT] You are yet to enable IMAP for your account. Please contact your administrator (Failure): IMAP "
        "not enabled",
        P::AuthImapOff);
    row("gmx.net", "A1 NO [AUTHENTICATIONFAILED] authentication failed", P::AuthImapOff);
    row("web.de", "535 Authentication credentials invalid", P::AuthImapOff);
    row("web.de", "A1 NO [ALERT] IMAP-Zugriff ist nicht aktiviert", P::AuthImapOff);

    // QQ, 163, 126
    row("qq.com", "A1 NO Login fail. Please using weixin token and qq password to login.", P::AuthCode);
    row("",
        "535 Login Fail. Please enter your authorization code to login. More information in http://service.mail.qq.com",
        P::AuthCode);
    row("qq.com",
        "A1 NO Login fail. Account is abnormal, service is not open, password is incorrect, login frequency limited, "
        "or system is busy.",
        P::AuthCode);
    row("163.com", "A1 NO LOGIN Login error or password error", P::AuthCode);
    row("", "A1 NO SELECT Unsafe Login. Please contact kefu@188.com for help", P::AuthCode, Step::ListFolders);
    row("", "550 User has no permission", P::AuthImapOff);
    row("163.com", "A1 NO LOGIN User is locked", P::AuthBlocked);

    // Dovecot, Postfix, Exim, Exchange, hMailServer: what everybody else runs
    row("", "A1 NO [AUTHENTICATIONFAILED] Authentication failed.", P::AuthWrong);
    row("", "A1 NO [AUTHORIZATIONFAILED] Authorization failed.", P::AuthWrong);
    row("", "A1 NO [UNAVAILABLE] Temporary authentication failure. [mx1:2026-11-22 12:00:00]", P::TryLater);
    row("", "A1 NO [LIMIT] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)",
        P::TooManyConnections);
    row("", "A1 NO [EXPIRED] Password expired.", P::AuthExpired);
    row("", "A1 NO Your password has expired, please change it.", P::AuthExpired);
    row("", "A1 NO [CONTACTADMIN] Call us.", P::AuthBlocked);
    row("", "A1 NO [CONTACTADMIN] Access was disabled by your administrator.", P::AdminOff);
    row("", "A1 NO [LIMIT] Too many failed logins.", P::AuthBlocked);
    row("", "A1 NO [PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure (SSL/TLS) connections.",
        P::EncryptionMissing);
    row("", "A1 NO Invalid user name or password. Please use full email address as user name.", P::AuthWrong);
    row("", "A1 NO Kullanıcı adı veya parola hatalı", P::AuthWrong);
    row("", "* BYE Too many connections from your IP address", P::TooManyConnections, Step::Greeting);
    row("", "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", P::AuthWrong);
    row("", "535 Incorrect authentication data", P::AuthWrong);
    row("", "454 4.7.0 Temporary authentication failure: Connection lost to authentication server", P::TryLater);
    row("", "454 4.7.0 later", P::AuthBlocked);
    row("", "503 5.5.1 Error: authentication not enabled", P::NoLoginOffered);
    row("", "503 AUTH command used when not advertised", P::NoLoginOffered);
    row("", "421 4.7.0 mx1.example.org Error: too many connections from 192.0.2.7", P::TooManyConnections,
        Step::Greeting);
    row("", "450 4.2.0 <ayse@example.org>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/",
        P::TryLater, Step::Recipient);
    row("", "451 4.7.1 Please try again later", P::TryLater, Step::Sender);
    row("", "552 5.2.2 <ayse@example.org>: Over quota", P::MailboxFull, Step::Recipient);
    row("", "452 4.2.2 Mailbox full", P::MailboxFull, Step::Recipient);
    row("", "553 5.7.1 <ayse@example.org>: Sender address rejected: not owned by user ayse", P::SenderRefused,
        Step::Sender);
    row("", "550 5.1.1 <ayse@example.org>: Recipient address rejected: User unknown", P::SenderRefused,
        Step::Recipient);
    row("", "554 5.7.1 <ayse@example.org>: Relay access denied", P::SenderRefused, Step::Recipient);
    row("", "530 5.7.0 Must issue a STARTTLS command first", P::EncryptionMissing, Step::Sender);
    row("", "530 5.7.1 Authentication required", P::NoLoginOffered, Step::Sender);
    row("", "550 5.7.1 Message refused by local policy", P::SenderRefused, Step::Sender);
    row("", "554 5.0.0 no", P::Refused, Step::Greeting);
}

void TestDiagnosis::serversAreUnderstood()
{
    QFETCH(QString, provider);
    QFETCH(QByteArray, lines);
    QFETCH(Step, step);
    QFETCH(SetupProblem, problem);
    const Provider *known = provider.isEmpty() ? nullptr : m_directory.findById(provider);
    QVERIFY(provider.isEmpty() || known);
    const MailError error = errorFrom(lines, step);
    const bool outgoing = !lines.startsWith("A1 ") && !lines.startsWith("* ");

    const Diagnosis diagnosis = diagnose(error, contextFor(outgoing, known));

    QCOMPARE(diagnosis.problem, problem);
    QCOMPARE(diagnosis.outgoing, outgoing);
    QCOMPARE(diagnosis.error, error);
    QCOMPARE(diagnosis.fix == SetupFix::OpenPage, !diagnosis.page.isEmpty());
    QVERIFY(!diagnosis.proposal);
}

void TestDiagnosis::bothSidesTogether_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<bool>("outgoing");
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<bool>("samePassword");
    QTest::addColumn<SetupProblem>("problem");
    QTest::addColumn<SetupFix>("fix");
    const QByteArray imapNo = "A1 NO [AUTHENTICATIONFAILED] Authentication failed.";
    const QByteArray smtpNo = "535 5.7.8 Error: authentication failed";
    QTest::newRow("only sending refuses the password")
        << u""_s << true << smtpNo << true << SetupProblem::SmtpDiffers << SetupFix::EditSettings;
    QTest::newRow("sending has a password of its own, and it is wrong")
        << u""_s << true << smtpNo << false << SetupProblem::AuthWrong << SetupFix::RetypePassword;
    QTest::newRow("only receiving refuses it, and the provider has a switch")
        << u"web.de"_s << false << imapNo << true << SetupProblem::AuthImapOff << SetupFix::OpenPage;
    QTest::newRow("only receiving refuses it")
        << u""_s << false << imapNo << true << SetupProblem::AuthWrong << SetupFix::RetypePassword;
    QTest::newRow("sending was switched off")
        << u""_s << true
        << "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."_ba << true
        << SetupProblem::AdminOff << SetupFix::ReceiveOnly;
}

void TestDiagnosis::bothSidesTogether()
{
    QFETCH(QString, provider);
    QFETCH(bool, outgoing);
    QFETCH(QByteArray, lines);
    QFETCH(bool, samePassword);
    QFETCH(SetupProblem, problem);
    QFETCH(SetupFix, fix);
    DiagnosisContext context = contextFor(outgoing, provider.isEmpty() ? nullptr : m_directory.findById(provider));
    context.otherSideWorks = true;
    context.samePassword = samePassword;
    const Diagnosis diagnosis = diagnose(errorFrom(lines, Step::Login), context);
    QCOMPARE(diagnosis.problem, problem);
    QCOMPARE(diagnosis.fix, fix);
}

void TestDiagnosis::connections_data()
{
    QTest::addColumn<MailError>("error");
    QTest::addColumn<DiagnosisContext>("context");
    QTest::addColumn<SetupProblem>("problem");
    QTest::addColumn<SetupFix>("fix");
    const Provider *gmail = m_directory.findById(u"gmail"_s);
    const Provider *proton = m_directory.findById(u"protonmail"_s);
    QVERIFY(gmail && proton);
    const auto row = [](const char *name, const MailError &error, const DiagnosisContext &context, SetupProblem problem,
                         SetupFix fix) { QTest::newRow(name) << error << context << problem << fix; };
    const DiagnosisContext plain = contextFor(false);
    DiagnosisContext known = contextFor(false, gmail);
    DiagnosisContext otherPort = plain;
    otherPort.proposal = plain.server;
    otherPort.proposal->port = 143;
    otherPort.proposal->encryption = Encryption::StartTls;
    DiagnosisContext otherName = plain;
    otherName.proposal = plain.server;
    otherName.proposal->host = u"srv12.hosting.example"_s;

    row("no way out", {.kind = ErrorKind::Offline, .step = Step::Connect}, plain, SetupProblem::Offline,
        SetupFix::Retry);
    row("no such name", {.kind = ErrorKind::HostNotFound, .step = Step::Resolve}, plain, SetupProblem::NoSuchHost,
        SetupFix::EditSettings);
    DiagnosisContext bothUnknown = known;
    bothUnknown.otherSide = MailError{.kind = ErrorKind::HostNotFound, .step = Step::Resolve};
    row("no known name at all", {.kind = ErrorKind::HostNotFound, .step = Step::Resolve}, bothUnknown,
        SetupProblem::Offline, SetupFix::Retry);
    row("nobody tells names", {.kind = ErrorKind::Timeout, .step = Step::Resolve}, plain, SetupProblem::Offline,
        SetupFix::Retry);
    DiagnosisContext otherWorks = plain;
    otherWorks.otherSideWorks = true;
    row("nobody tells this name", {.kind = ErrorKind::Timeout, .step = Step::Resolve}, otherWorks,
        SetupProblem::NoSuchHost, SetupFix::EditSettings);
    row("the server speaks first",
        {.kind = ErrorKind::TlsHandshake, .step = Step::Tls, .subject = u"no TLS: the server speaks first"_s}, plain,
        SetupProblem::WrongProtocol, SetupFix::EditSettings);
    row("refused", {.kind = ErrorKind::ConnectionRefused, .step = Step::Connect}, plain, SetupProblem::Unreachable,
        SetupFix::EditSettings);
    row("refused by a known server", {.kind = ErrorKind::ConnectionRefused, .step = Step::Connect}, known,
        SetupProblem::Unreachable, SetupFix::Retry);
    row("refused, the other port answers", {.kind = ErrorKind::ConnectionRefused, .step = Step::Connect}, otherPort,
        SetupProblem::PortBlocked, SetupFix::UseOtherServer);
    row("dropped, the other port answers", {.kind = ErrorKind::Timeout, .step = Step::Connect}, otherPort,
        SetupProblem::PortBlocked, SetupFix::UseOtherServer);
    row("the bridge is not running", {.kind = ErrorKind::ConnectionRefused, .step = Step::Connect},
        contextFor(false, proton), SetupProblem::Bridge, SetupFix::Retry);
    row("silence after the greeting", {.kind = ErrorKind::Timeout, .step = Step::Login}, plain, SetupProblem::Timeout,
        SetupFix::Retry);
    row("no TLS there",
        {.kind = ErrorKind::TlsHandshake,
            .step = Step::Tls,
            .subject = u"Error during SSL handshake: error:0A00010B:SSL routines::wrong version number"_s},
        plain, SetupProblem::WrongProtocol, SetupFix::EditSettings);
    row("TLS 1.0",
        {.kind = ErrorKind::TlsHandshake,
            .step = Step::Tls,
            .subject = u"Error during SSL handshake: error:0A000102:SSL routines::unsupported protocol"_s},
        plain, SetupProblem::TlsVersion, SetupFix::EditSettings);
    row("a web server", {.kind = ErrorKind::Protocol, .step = Step::Greeting}, plain, SetupProblem::WrongProtocol,
        SetupFix::EditSettings);
    row("no STARTTLS, 993 is there", {.kind = ErrorKind::EncryptionMissing, .step = Step::StartTls}, otherPort,
        SetupProblem::EncryptionMissing, SetupFix::UseOtherServer);
    row("no STARTTLS", {.kind = ErrorKind::EncryptionMissing, .step = Step::StartTls}, plain,
        SetupProblem::EncryptionMissing, SetupFix::EditSettings);
    MailError name{.kind = ErrorKind::CertificateName, .step = Step::Tls, .endpoint = u"a:993"_s, .certificate = "1"};
    name.subject = u"portal.example"_s;
    row("another name", name, plain, SetupProblem::TlsName, SetupFix::EditSettings);
    row("another name that verifies", name, otherName, SetupProblem::TlsName, SetupFix::UseCertificateName);
    DiagnosisContext portal = known;
    portal.otherSide = name;
    portal.otherSide->certificate = "2";
    portal.otherSide->endpoint = u"b:465"_s;
    row("one certificate for two known servers", name, portal, SetupProblem::CaptivePortal, SetupFix::Retry);
    portal.provider = nullptr;
    row("one certificate for two of a hoster's names", name, portal, SetupProblem::TlsName, SetupFix::EditSettings);
    row("nobody vouches for it", {.kind = ErrorKind::CertificateUntrusted, .step = Step::Tls, .certificate = "1"},
        plain, SetupProblem::TlsUntrusted, SetupFix::ShowCertificate);
    const MailError expired{.kind = ErrorKind::CertificateExpired, .step = Step::Tls, .certificate = "1"};
    row("expired", expired, plain, SetupProblem::TlsDate, SetupFix::Retry);
    DiagnosisContext both = plain;
    both.otherSide = expired;
    row("expired, the same for both", expired, both, SetupProblem::TlsDate, SetupFix::Retry);
    both.otherSide->certificate = "2";
    const auto validFrom = [](const QDateTime &from) {
        CertificateFacts facts;
        facts.validFrom = from;
        facts.validUntil = from.addDays(90);
        return facts;
    };
    both.certificate = both.otherCertificate = validFrom(now.addDays(-100));
    row("two different ones expired", expired, both, SetupProblem::TlsDate, SetupFix::Retry);
    both.certificate = validFrom(now.addDays(700));
    row("one from the future, one expired", expired, both, SetupProblem::TlsDate, SetupFix::Retry);
    both.otherCertificate = validFrom(now.addDays(650));
    row("both from the future", expired, both, SetupProblem::TlsClock, SetupFix::Retry);
    DiagnosisContext past = plain;
    past.now = now.addYears(-2);
    row("before this program was written", expired, past, SetupProblem::TlsClock, SetupFix::Retry);
    row("only tokens", {.kind = ErrorKind::OAuthNeeded, .step = Step::Login}, plain, SetupProblem::AuthOAuthOnly,
        SetupFix::SignInWithBrowser);
    DiagnosisContext browser = plain;
    browser.server.auth = AuthMethod::OAuth2;
    row("token refused", {.kind = ErrorKind::AuthenticationFailed, .step = Step::Login}, browser,
        SetupProblem::AuthTokenRefused, SetupFix::SignInWithBrowser);
    browser.otherSideWorks = browser.samePassword = true;
    row("token refused, though the other server took it",
        {.kind = ErrorKind::AuthenticationFailed, .step = Step::Login, .serverText = u"OAuth bearer invalid"_s},
        browser, SetupProblem::AuthTokenRefused, SetupFix::SignInWithBrowser);
    row("no mechanism", {.kind = ErrorKind::NoCommonMechanism, .step = Step::Login}, plain,
        SetupProblem::NoLoginOffered, SetupFix::EditSettings);
    row("no password", {.kind = ErrorKind::CredentialsMissing, .step = Step::Login}, plain, SetupProblem::Local,
        SetupFix::RetypePassword);
    row("impossible host", {.kind = ErrorKind::InvalidInput, .step = Step::Resolve}, plain, SetupProblem::Local,
        SetupFix::EditSettings);
}

void TestDiagnosis::connections()
{
    QFETCH(MailError, error);
    QFETCH(DiagnosisContext, context);
    QFETCH(SetupProblem, problem);
    QFETCH(SetupFix, fix);
    const Diagnosis diagnosis = diagnose(error, context);
    QCOMPARE(diagnosis.problem, problem);
    QCOMPARE(diagnosis.fix, fix);
    QCOMPARE(diagnosis.proposal.has_value(), fix == SetupFix::UseOtherServer || fix == SetupFix::UseCertificateName);
}

void TestDiagnosis::onlyAPlainRefusalAllowsASecondTry_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::addColumn<bool>("plain");
    const auto row = [](const QByteArray &lines, bool plain) { QTest::newRow(lines) << lines << plain; };
    row("A1 NO [AUTHENTICATIONFAILED] Authentication failed.", true);
    row("A1 NO LOGIN failed", true);
    row("535 5.7.8 Error: authentication failed", true);
    row("535 Incorrect authentication data", true);
    row("A1 NO [LIMIT] no", false);
    row("A1 NO [CONTACTADMIN] no", false);
    row("A1 NO [EXPIRED] no", false);
    row("A1 NO [WEBALERT https://x.example] no", false);
    row("A1 NO [AUTHENTICATIONFAILED] Too many login failures", false);
    row("A1 NO [ALERT] Application-specific password required", false);
    row("535 5.7.0 (#AUTH005) Too many bad auth attempts.", false);
    row("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", false);
    row("534 5.7.9 no", false);
    row("454 4.7.0 later", false);
    row("A1 BAD what?", false);
}

void TestDiagnosis::onlyAPlainRefusalAllowsASecondTry()
{
    QFETCH(QByteArray, lines);
    QFETCH(bool, plain);
    QCOMPARE(isPlainlyWrongPassword(errorFrom(lines, Step::Login)), plain);
}

void TestDiagnosis::pagesComeFromTheTableOnly()
{
    const QByteArray lines
        = "A1 NO [ALERT] Application-specific password required: https://evil.example/accounts (Failure)";
    const Provider *gmail = m_directory.findById(u"gmail"_s);
    QVERIFY(gmail);
    const Diagnosis known = diagnose(errorFrom(lines, Step::Login), contextFor(false, gmail));
    QCOMPARE(known.fix, SetupFix::OpenPage);
    QCOMPARE(known.page, gmail->appPasswordUrl);
    QCOMPARE(known.page.scheme(), u"https"_s);
    const Diagnosis unknown = diagnose(errorFrom(lines, Step::Login), contextFor(false));
    QCOMPARE(unknown.fix, SetupFix::RetypePassword);
    QVERIFY(unknown.page.isEmpty());
}

void TestDiagnosis::otherPorts()
{
    const auto server = [](Protocol protocol, quint16 port, Encryption encryption) {
        return ServerSettings{.protocol = protocol, .host = u"m.example"_s, .port = port, .encryption = encryption};
    };
    const struct {
        Protocol protocol;
        quint16 tls;
        quint16 startTls;
    } usual[] = {{Protocol::Imap, 993, 143}, {Protocol::Pop3, 995, 110}, {Protocol::Smtp, 465, 587}};
    for (const auto &ports : usual) {
        const ServerSettings tls = server(ports.protocol, ports.tls, Encryption::ImplicitTls);
        const ServerSettings startTls = server(ports.protocol, ports.startTls, Encryption::StartTls);
        QCOMPARE(otherPort(tls), std::optional(startTls));
        QCOMPARE(otherPort(startTls), std::optional(tls));
        QVERIFY(!otherPort(server(ports.protocol, 2525, Encryption::ImplicitTls)));
        QVERIFY(!otherPort(server(ports.protocol, ports.startTls, Encryption::None)));
    }
}

void TestDiagnosis::otherEncryptionsAreNeverNone()
{
    for (const Encryption encryption : {Encryption::ImplicitTls, Encryption::StartTls, Encryption::None}) {
        for (const quint16 port : {quint16(993), quint16(143), quint16(2143)}) {
            const ServerSettings server{.host = u"m.example"_s, .port = port, .encryption = encryption};
            const QList<ServerSettings> others = otherEncryptions(server);
            QVERIFY(!others.isEmpty());
            QVERIFY(!others.contains(server));
            QCOMPARE(QSet<QString>(), [&] {
                QSet<QString> none;
                for (const ServerSettings &other : others) {
                    if (other.encryption == Encryption::None || other.host != server.host)
                        none.insert(other.endpoint());
                }
                return none;
            }());
        }
    }
}

void TestDiagnosis::otherUserNames()
{
    QCOMPARE(otherUserName(u"ayse@example.org"_s, u"ayse@example.org"_s), u"ayse"_s);
    QCOMPARE(otherUserName(u"ayse"_s, u"ayse@example.org"_s), u"ayse@example.org"_s);
    QCOMPARE(otherUserName(u"ay123"_s, u"ayse@example.org"_s), QString());
    QCOMPARE(otherUserName(u"ayse"_s, u"ayse"_s), QString());
}

QTEST_GUILESS_MAIN(TestDiagnosis)
#include "test_diagnosis.moc"
