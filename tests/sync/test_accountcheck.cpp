// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/accountcheck.h"
#include "tests/support/await.h"
#include "tests/support/scriptedserver.h"

#include <QCoro/QCoroTask>

#include <QElapsedTimer>
#include <QTest>

using namespace postaci;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QByteArray capabilities = "IMAP4rev1 SASL-IR AUTH=PLAIN";

/// TLS and the greeting.
Script imapGreeting(TestCertificate certificate = TestCertificate::Good)
{
    return Script().startTls(certificate).send("* OK [CAPABILITY " + capabilities + "] ready\r\n");
}

Script imapRefusal(const QByteArray &verdict)
{
    return imapGreeting().expect("{tag} AUTHENTICATE PLAIN {initial}").send("{tag} " + verdict + "\r\n").expectClose();
}

/// From the capabilities to the end.
Script imapLogin()
{
    return Script()
        .expect("{tag} AUTHENTICATE PLAIN {initial}")
        .send("{tag} OK [CAPABILITY " + capabilities + "] welcome\r\n")
        .expect("{tag} LIST {*}")
        .send("* LIST () \"/\" INBOX\r\n* LIST () \"/\" \"Sent\"\r\n{tag} OK done\r\n")
        .expect("{tag} LOGOUT")
        .send("* BYE\r\n{tag} OK bye\r\n");
}

/// What a server that is only looked at hears inside TLS.
Script imapLookedAt()
{
    return Script()
        .expect("a CAPABILITY")
        .send("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na OK done\r\n")
        .expect("c LOGOUT")
        .expectClose();
}

Script imapWhole()
{
    return imapGreeting().then(imapLogin());
}

Script smtpHello()
{
    return Script().expect("EHLO {*}").send("250-mx.example.test\r\n250 AUTH PLAIN\r\n");
}

Script smtpLogin()
{
    return smtpHello()
        .expect("AUTH PLAIN {initial}")
        .send("235 2.7.0 welcome\r\n")
        .expect("MAIL FROM:<ayse@example.test>")
        .send("250 2.1.0 ok\r\n")
        .expect("RCPT TO:<ayse@example.test>")
        .send("250 2.1.5 ok\r\n")
        .expect("RSET")
        .send("250 2.0.0 ok\r\n")
        .expect("QUIT")
        .send("221 2.0.0 bye\r\n");
}

Script smtpWhole()
{
    return Script().startTls().send("220 mx.example.test ESMTP\r\n").then(smtpLogin());
}

Script smtpRefusal(const QByteArray &verdict)
{
    return Script()
        .startTls()
        .send("220 mx.example.test ESMTP\r\n")
        .then(smtpHello())
        .expect("AUTH PLAIN {initial}")
        .send(verdict + "\r\n")
        .expectClose();
}

/// What an initial response of PLAIN holds (RFC 4616).
QByteArrayList plainLogin(const QByteArray &initial)
{
    return QByteArray::fromBase64(initial).split('\0');
}

} // namespace

/// The ladder against servers that play one conversation each.
class TestAccountCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void everyRungIsTold();
    void everyRungIsToldWithStartTls();
    void receivingOnlyLeavesTheOtherServerAlone();
    void aWrongPasswordIsTriedOnce();
    void aGuessedUserNameIsTriedInBothForms();
    void aGuessIsNotTriedAgainAfter_data();
    void aGuessIsNotTriedAgainAfter();
    void aClosedPortIsReplaced();
    void anAccountThatExistsIsNotChanged();
    void twoDeadPortsAreOneFailure();
    void missingEncryptionIsNeverGoneRound();
    void aPlainServerBehindTlsIsToldApart();
    void aBadCertificateEndsTheLadderThere_data();
    void aBadCertificateEndsTheLadderThere();
    void silenceEndsInTime();
    void aSlowRefusalIsNoSilence();
    void cancelEndsIt();

private:
    static Account accountAt(quint16 imapPort, quint16 smtpPort)
    {
        Account account;
        account.identity.address = u"ayse@example.test"_s;
        account.incoming = {
            .protocol = Protocol::Imap, .host = u"localhost"_s, .port = imapPort, .userName = u"ayse@example.test"_s};
        account.outgoing = {
            .protocol = Protocol::Smtp, .host = u"localhost"_s, .port = smtpPort, .userName = u"ayse@example.test"_s};
        return account;
    }
    SetupReport run(const Account &account, CheckOptions options = {})
    {
        std::optional<SetupReport> report;
        auto task = m_check->run(account, u"gizli"_s, u"gizli"_s, options);
        task.then([&report](const SetupReport &value) { report = value; });
        if (!QTest::qWaitFor([&] { return report.has_value(); }, QDeadlineTimer(testPatience)))
            qFatal("the check did not end");
        return *report;
    }
    QList<Step> passed(const SetupReport &report, bool outgoing) const
    {
        QList<Step> steps;
        for (const CheckStep &step : report.steps) {
            if (step.outgoing == outgoing && step.state == CheckStep::State::Passed)
                steps.append(step.step);
        }
        return steps;
    }

    ProviderDirectory m_directory;
    std::unique_ptr<AccountCheck> m_check;
    QList<CheckStep> m_told;
};

void TestAccountCheck::init()
{
    m_told.clear();
    m_check = std::make_unique<AccountCheck>(testTlsPolicy(), m_directory, nullptr);
    m_check->setOtherServer([](const ServerSettings &) { return std::optional<ServerSettings>(); });
    connect(m_check.get(), &AccountCheck::progress, this, [this](const CheckStep &step) { m_told.append(step); });
}

void TestAccountCheck::cleanup()
{
    m_check.reset();
}

void TestAccountCheck::everyRungIsTold()
{
    ScriptedServer imap({imapWhole()});
    ScriptedServer smtp({smtpWhole()});
    const Account account = accountAt(imap.port(), smtp.port());
    const SetupReport report = run(account);
    QVERIFY2(report.works(), describe(report.error().value_or(MailError())) + imap.failure() + smtp.failure());
    QCOMPARE(report.account, account);
    QVERIFY(report.notes.isEmpty());
    QCOMPARE(passed(report, false), ladderOf(account.incoming));
    QCOMPARE(passed(report, true), ladderOf(account.outgoing));
    for (const bool outgoing : {false, true}) {
        // Each rung is told when it begins and when it is passed, in order.
        QList<std::pair<Step, CheckStep::State>> told;
        QList<std::pair<Step, CheckStep::State>> expected;
        for (const CheckStep &step : std::as_const(m_told)) {
            if (step.outgoing == outgoing)
                told.append({step.step, step.state});
        }
        for (const Step step : ladderOf(outgoing ? account.outgoing : account.incoming))
            expected += {{step, CheckStep::State::Running}, {step, CheckStep::State::Passed}};
        QCOMPARE(told, expected);
    }
    for (const CheckStep &step : report.steps) {
        QCOMPARE(step.endpoint, (step.outgoing ? account.outgoing : account.incoming).endpoint());
        QVERIFY(!step.detail.contains("gizli"_L1));
        if (step.step == Step::Login)
            QCOMPARE(step.detail, u"PLAIN"_s);
        if (step.step == Step::ListFolders)
            QCOMPARE(step.detail, u"2 folders"_s);
    }
    QVERIFY2(imap.finished(), imap.failure());
    QVERIFY2(smtp.finished(), smtp.failure());
}

void TestAccountCheck::everyRungIsToldWithStartTls()
{
    ScriptedServer imap({Script()
            .send("* OK ready\r\n")
            .expect("{tag} STARTTLS")
            .send("{tag} OK go\r\n")
            .startTls()
            .expect("{tag} CAPABILITY")
            .send("* CAPABILITY " + capabilities + "\r\n{tag} OK done\r\n")
            .then(imapLogin())});
    ScriptedServer smtp({Script()
            .send("220 mx.example.test ESMTP\r\n")
            .expect("EHLO {*}")
            .send("250-mx.example.test\r\n250 STARTTLS\r\n")
            .expect("STARTTLS")
            .send("220 go\r\n")
            .startTls()
            .then(smtpLogin())});
    Account account = accountAt(imap.port(), smtp.port());
    account.incoming.encryption = account.outgoing.encryption = Encryption::StartTls;
    const SetupReport report = run(account);
    QVERIFY2(report.works(), describe(report.error().value_or(MailError())) + imap.failure() + smtp.failure());
    QCOMPARE(passed(report, false), ladderOf(account.incoming));
    QCOMPARE(passed(report, true), ladderOf(account.outgoing));
    QVERIFY2(imap.finished(), imap.failure());
    QVERIFY2(smtp.finished(), smtp.failure());
}

void TestAccountCheck::receivingOnlyLeavesTheOtherServerAlone()
{
    ScriptedServer imap({imapWhole()});
    ScriptedServer smtp({});
    const SetupReport report = run(accountAt(imap.port(), smtp.port()), {.receiveOnly = true});
    QVERIFY2(report.works(), describe(report.error().value_or(MailError())));
    QVERIFY(passed(report, true).isEmpty());
    QCOMPARE(smtp.connectionCount(), 0);
    QVERIFY2(imap.finished(), imap.failure());
}

// T22
void TestAccountCheck::aWrongPasswordIsTriedOnce()
{
    ScriptedServer imap({imapRefusal("NO [AUTHENTICATIONFAILED] Authentication failed.")});
    ScriptedServer smtp({smtpRefusal("535 5.7.8 Error: authentication failed")});
    const SetupReport report = run(accountAt(imap.port(), smtp.port()));
    for (const std::optional<Diagnosis> &diagnosis : {report.incoming, report.outgoing}) {
        QVERIFY(diagnosis);
        QCOMPARE(diagnosis->problem, SetupProblem::AuthWrong);
        QCOMPARE(diagnosis->fix, SetupFix::RetypePassword);
    }
    QCOMPARE(report.incoming->error.serverText, u"Authentication failed."_s);
    QVERIFY2(imap.finished(), imap.failure());
    QVERIFY2(smtp.finished(), smtp.failure());
    QCOMPARE(imap.connectionCount(), 1);
    QCOMPARE(smtp.connectionCount(), 1);
}

void TestAccountCheck::aGuessedUserNameIsTriedInBothForms()
{
    ScriptedServer imap({imapRefusal("NO [AUTHENTICATIONFAILED] Authentication failed."), imapWhole()});
    ScriptedServer smtp({smtpWhole()});
    const SetupReport report = run(accountAt(imap.port(), smtp.port()), {.guessed = true});
    QVERIFY2(report.works(), describe(report.error().value_or(MailError())) + imap.failure());
    QCOMPARE(report.account.incoming.userName, u"ayse"_s);
    QCOMPARE(report.account.outgoing.userName, u"ayse@example.test"_s);
    QVERIFY2(imap.finished(), imap.failure());
    QVERIFY2(smtp.finished(), smtp.failure());
    QCOMPARE(plainLogin(imap.captured("initial", 0)).value(1), "ayse@example.test");
    QCOMPARE(plainLogin(imap.captured("initial", 1)).value(1), "ayse");
}

void TestAccountCheck::aGuessIsNotTriedAgainAfter_data()
{
    QTest::addColumn<QByteArray>("verdict");
    QTest::addColumn<SetupProblem>("problem");
    QTest::newRow("a lock") << "NO [LIMIT] Too many failed logins."_ba << SetupProblem::AuthBlocked;
    QTest::newRow("app password") << "NO [ALERT] Application-specific password required"_ba
                                  << SetupProblem::AuthAppPassword;
    QTest::newRow("browser") << "NO [WEBALERT https://x.example] Web login required."_ba << SetupProblem::AuthWebLogin;
    QTest::newRow("an expired one") << "NO [EXPIRED] Password expired."_ba << SetupProblem::AuthExpired;
    QTest::newRow("no sense") << "BAD what?"_ba << SetupProblem::Refused;
}

// Case 29
void TestAccountCheck::aGuessIsNotTriedAgainAfter()
{
    QFETCH(QByteArray, verdict);
    QFETCH(SetupProblem, problem);
    ScriptedServer imap({imapRefusal(verdict)});
    const SetupReport report = run(accountAt(imap.port(), 1), {.guessed = true, .receiveOnly = true});
    QVERIFY(report.incoming);
    QCOMPARE(report.incoming->problem, problem);
    QVERIFY2(imap.finished(), imap.failure());
    QCOMPARE(imap.connectionCount(), 1);
}

// Case 30 (c)
void TestAccountCheck::aClosedPortIsReplaced()
{
    ScriptedServer imap({imapWhole()});
    ScriptedServer smtp({smtpWhole()});
    const quint16 closed = ScriptedServer::closedPort();
    const Account account = accountAt(imap.port(), closed);
    m_check->setOtherServer([&](const ServerSettings &server) {
        ServerSettings other = server;
        other.port = smtp.port();
        return server.port == closed ? std::optional(other) : std::nullopt;
    });
    const SetupReport report = run(account);
    QVERIFY2(report.works(), describe(report.error().value_or(MailError())));
    QCOMPARE(report.account.outgoing.port, smtp.port());
    QCOMPARE(report.account.incoming, account.incoming);
    QCOMPARE(report.notes.size(), 1);
    QVERIFY(report.notes.first().outgoing);
    QCOMPARE(report.notes.first().problem, SetupProblem::PortBlocked);
    QCOMPARE(report.notes.first().proposal, std::optional(report.account.outgoing));
    QVERIFY2(imap.finished(), imap.failure());
    QVERIFY2(smtp.finished(), smtp.failure());
}

// T15, RFC 8314 5: what once worked is changed by the user only.
void TestAccountCheck::anAccountThatExistsIsNotChanged()
{
    ScriptedServer imap({Script().startTls().send("* OK ready\r\n").then(imapLookedAt())});
    const quint16 closed = ScriptedServer::closedPort();
    Account account = accountAt(closed, 1);
    account.id = AccountId{7};
    ServerSettings other = account.incoming;
    other.port = imap.port();
    m_check->setOtherServer([&](const ServerSettings &) { return std::optional(other); });
    const SetupReport report = run(account, {.receiveOnly = true});
    QVERIFY(report.incoming);
    QCOMPARE(report.account, account);
    QCOMPARE(report.incoming->problem, SetupProblem::PortBlocked);
    QCOMPARE(report.incoming->fix, SetupFix::UseOtherServer);
    QCOMPARE(report.incoming->proposal, std::optional(other));
    QVERIFY2(imap.finished(), imap.failure());
    QVERIFY(!imap.receivedEncrypted().contains("AUTH"));
}

void TestAccountCheck::twoDeadPortsAreOneFailure()
{
    const quint16 closed = ScriptedServer::closedPort();
    const Account account = accountAt(closed, 1);
    ServerSettings other = account.incoming;
    other.port = ScriptedServer::closedPort();
    m_check->setOtherServer([&](const ServerSettings &) { return std::optional(other); });
    const SetupReport report = run(account, {.receiveOnly = true});
    QVERIFY(report.incoming);
    QCOMPARE(report.incoming->problem, SetupProblem::Unreachable);
    QCOMPARE(report.incoming->error.endpoint, account.incoming.endpoint());
    QCOMPARE(report.account, account);
    QVERIFY(report.notes.isEmpty());
}

// Case 26
void TestAccountCheck::missingEncryptionIsNeverGoneRound()
{
    ScriptedServer imap(
        {Script().send("* OK ready\r\n").expect("{tag} STARTTLS").send("{tag} BAD no\r\n").expectClose(),
            Script().send("* OK ready\r\n").expectClose()}); // looked at for TLS
    Account account = accountAt(imap.port(), 1);
    account.incoming.encryption = Encryption::StartTls;
    const SetupReport report = run(account, {.receiveOnly = true});
    QVERIFY(report.incoming);
    QCOMPARE(report.incoming->problem, SetupProblem::EncryptionMissing);
    QCOMPARE(report.incoming->error.step, Step::StartTls);
    QCOMPARE(report.account, account);
    QVERIFY2(!imap.receivedInClear().contains("AUTH"), imap.receivedInClear());
    QVERIFY2(!imap.receivedInClear().contains("LOGIN"), imap.receivedInClear());
    (void)imap.finished();
}

void TestAccountCheck::aPlainServerBehindTlsIsToldApart()
{
    ScriptedServer imap({Script().send("* OK ready\r\n").stall(),
        Script()
            .send("* OK ready\r\n")
            .expect("a CAPABILITY")
            .send("* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\na OK done\r\n")
            .expect("b STARTTLS")
            .send("b OK go\r\n")
            .startTls()
            .then(imapLookedAt())});
    const Account account = accountAt(imap.port(), 1);
    const SetupReport report = run(account, {.receiveOnly = true});
    QVERIFY(report.incoming);
    QCOMPARE(report.incoming->problem, SetupProblem::WrongProtocol);
    QCOMPARE(report.incoming->fix, SetupFix::UseOtherServer);
    QVERIFY(report.incoming->proposal);
    QCOMPARE(report.incoming->proposal->port, imap.port());
    QCOMPARE(report.incoming->proposal->encryption, Encryption::StartTls);
    QVERIFY(!imap.receivedInClear().contains("AUTH"));
    (void)imap.finished();
}

void TestAccountCheck::aBadCertificateEndsTheLadderThere_data()
{
    QTest::addColumn<TestCertificate>("certificate");
    QTest::addColumn<SetupProblem>("problem");
    QTest::addColumn<SetupFix>("fix");
    QTest::newRow("expired") << TestCertificate::Expired << SetupProblem::TlsDate << SetupFix::Retry;
    QTest::newRow("not yet valid") << TestCertificate::NotYetValid << SetupProblem::TlsDate << SetupFix::Retry;
    QTest::newRow("self-signed") << TestCertificate::SelfSigned << SetupProblem::TlsUntrusted
                                 << SetupFix::ShowCertificate;
    QTest::newRow("unknown issuer") << TestCertificate::UntrustedRoot << SetupProblem::TlsUntrusted
                                    << SetupFix::ShowCertificate;
    QTest::newRow("another name") << TestCertificate::WrongName << SetupProblem::TlsName << SetupFix::EditSettings;
}

void TestAccountCheck::aBadCertificateEndsTheLadderThere()
{
    QFETCH(TestCertificate, certificate);
    QFETCH(SetupProblem, problem);
    QFETCH(SetupFix, fix);
    ScriptedServer imap({Script().expectTlsRefusal(certificate)});
    const SetupReport report = run(accountAt(imap.port(), 1), {.receiveOnly = true});
    QVERIFY(report.incoming);
    QCOMPARE(report.incoming->problem, problem);
    QCOMPARE(report.incoming->fix, fix);
    QCOMPARE(report.incoming->error.step, Step::Tls);
    QVERIFY(report.incoming->certificate);
    QCOMPARE(report.incoming->certificate->sha256.size(), 32);
    QCOMPARE(report.incoming->certificate->selfSigned, certificate == TestCertificate::SelfSigned);
    QVERIFY(!report.incoming->certificate->names.isEmpty());
    QCOMPARE(report.steps.constLast().step, Step::Tls);
    QCOMPARE(report.steps.constLast().state, CheckStep::State::Failed);
    QVERIFY2(imap.finished(), imap.failure());
}

void TestAccountCheck::silenceEndsInTime()
{
    ScriptedServer imap({imapGreeting().expect("{tag} AUTHENTICATE PLAIN {*}").stall()});
    m_check->setLimits({.all = 1500ms});
    QElapsedTimer timer;
    timer.start();
    const SetupReport report = run(accountAt(imap.port(), 1), {.receiveOnly = true});
    QVERIFY(report.incoming);
    QVERIFY(!report.cancelled);
    QCOMPARE(report.incoming->problem, SetupProblem::Timeout);
    QCOMPARE(report.incoming->error.kind, ErrorKind::Timeout);
    QCOMPARE(report.incoming->error.step, Step::Login);
    QCOMPARE_LT(timer.elapsed(), 4000);
    QVERIFY2(imap.finished(), imap.failure());
}

void TestAccountCheck::aSlowRefusalIsNoSilence()
{
    ScriptedServer imap({imapGreeting()
            .expect("{tag} AUTHENTICATE PLAIN {*}")
            .pause("thinking")
            .send("{tag} NO [AUTHENTICATIONFAILED] no\r\n")
            .expectClose()});
    ScriptedServer smtp({Script()
            .startTls()
            .send("220 mx.example.test ESMTP\r\n")
            .then(smtpHello())
            .expect("AUTH PLAIN {initial}")
            .pause("thinking")
            .send("535 5.7.8 no\r\n")
            .expectClose()});
    m_check->setLimits({.silence = 3s});
    QTimer::singleShot(4s, m_check.get(), [&] {
        imap.resume("thinking");
        smtp.resume("thinking");
    });
    const SetupReport report = run(accountAt(imap.port(), smtp.port()));
    QVERIFY(report.incoming && report.outgoing);
    QCOMPARE(report.incoming->problem, SetupProblem::AuthWrong);
    QCOMPARE(report.outgoing->problem, SetupProblem::AuthWrong);
    QCOMPARE_GT(report.milliseconds, 3000); // longer than the silence that is borne
    QVERIFY2(imap.finished(), imap.failure());
    QVERIFY2(smtp.finished(), smtp.failure());
}

void TestAccountCheck::cancelEndsIt()
{
    ScriptedServer imap({Script().stall()});
    ScriptedServer smtp({Script().stall()});
    QTimer::singleShot(300ms, m_check.get(), &AccountCheck::cancel);
    const SetupReport report = run(accountAt(imap.port(), smtp.port()));
    QVERIFY(report.cancelled);
    QVERIFY(!report.works());
    QCOMPARE(report.error()->kind, ErrorKind::Cancelled);
    QVERIFY2(imap.finished(), imap.failure());
    QVERIFY2(smtp.finished(), smtp.failure());
}

QTEST_GUILESS_MAIN(TestAccountCheck)
#include "test_accountcheck.moc"
