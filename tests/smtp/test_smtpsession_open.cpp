// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/smtp/smtpsession.h"
#include "tests/smtp/smtpscripts.h"
#include "tests/support/await.h"

#include <QTest>
#include <QTimer>

using namespace postaci;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// From the connection to the login.
class TestSmtpSessionOpen : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyEncryptionLogsIn_data();
    void everyEncryptionLogsIn();
    void onlyCapabilitiesSeenAfterTlsCount();
    void loginCanBeLeftOut();

    void withoutTlsNothingSecretIsSaid_data();
    void withoutTlsNothingSecretIsSaid();
    void leftoversBeforeTlsEndTheSession_data();
    void leftoversBeforeTlsEndTheSession();
    void badCertificateEndsTheSession();
    void textFromBeforeTlsIsNotShown();
    void heloIsForLoopbackInClear();
    void badGreetingsAreTyped_data();
    void badGreetingsAreTyped();

    void mechanismsArePlayed_data();
    void mechanismsArePlayed();
    void credentialsAreExact_data();
    void credentialsAreExact();
    void unsendableCredentialsNeverConnect();
    void longInitialResponseGoesOnItsOwnLine();
    void failedLoginsAreTyped_data();
    void failedLoginsAreTyped();
    void successIsNotBelievedBeforeTheProof();
    void badChallengesAreCancelled_data();
    void badChallengesAreCancelled();
    void endlessChallengesEnd();

    void endOfTheConnectionIsTyped_data();
    void endOfTheConnectionIsTyped();
    void silenceIsATimeout_data();
    void silenceIsATimeout();
    void closeCancels();
};

void TestSmtpSessionOpen::everyEncryptionLogsIn_data()
{
    QTest::addColumn<Encryption>("encryption");
    QTest::addColumn<int>("segment");
    for (const int segment : {0, 1, 7}) { // M15
        QTest::addRow("implicit TLS, segments of %d", segment) << Encryption::ImplicitTls << segment;
        QTest::addRow("STARTTLS, segments of %d", segment) << Encryption::StartTls << segment;
        QTest::addRow("loopback, segments of %d", segment) << Encryption::None << segment;
    }
}

void TestSmtpSessionOpen::everyEncryptionLogsIn()
{
    QFETCH(Encryption, encryption);
    QFETCH(int, segment);
    Script script;
    if (encryption == Encryption::ImplicitTls)
        script.startTls();
    script.chunked(segment);
    if (encryption == Encryption::StartTls)
        script.then(smtpHello({"STARTTLS"}))
            .expect("STARTTLS")
            .send("220 2.0.0 go\r\n")
            .startTls()
            .expect("EHLO [127.0.0.1]")
            .send("250-mx\r\n250-SIZE 1000\r\n250 AUTH PLAIN LOGIN\r\n");
    else
        script.then(smtpHello({"SIZE 1000", "AUTH PLAIN LOGIN"}));
    script.expect("AUTH PLAIN AHVzZXIAc2VjcmV0")
        .send("235 2.7.0 welcome\r\n")
        .expect("QUIT")
        .send("221 bye\r\n")
        .expectClose();

    ScriptedServer server({script});
    SmtpSession session(testTlsPolicy());
    const auto opened = await(session.open(smtpSettings(server, encryption), smtpCredentials()));
    QVERIFY2(opened, describe(opened));
    QVERIFY(session.isOpen());
    QCOMPARE(opened->sizeLimit, 1000);
    QCOMPARE(opened->mechanisms, QList<QByteArray>({"PLAIN", "LOGIN"}));
    await(session.quit());
    QVERIFY(!session.isOpen());
    QVERIFY2(server.finished(), server.failure());
    if (encryption != Encryption::None)
        QVERIFY(!server.receivedInClear().contains("AUTH"));
}

void TestSmtpSessionOpen::onlyCapabilitiesSeenAfterTlsCount()
{
    ScriptedServer server({smtpHello({"STARTTLS", "AUTH LOGIN X-STRIPPED", "SIZE 1", "PIPELINING", "SMTPUTF8"})
            .expect("STARTTLS")
            .send("220 go\r\n")
            .startTls()
            .expect("EHLO [127.0.0.1]")
            .send("250-mx\r\n250 AUTH PLAIN\r\n")
            .expect("AUTH PLAIN AHVzZXIAc2VjcmV0")
            .send("235 welcome\r\n")});
    SmtpSession session(testTlsPolicy());
    const auto opened = await(session.open(smtpSettings(server, Encryption::StartTls), smtpCredentials()));
    QVERIFY2(opened, describe(opened));
    QCOMPARE(*opened, (SmtpCapabilities{.mechanisms = {"PLAIN"}}));
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionOpen::loginCanBeLeftOut()
{
    ScriptedServer server({smtpHello({"AUTH PLAIN"}).expect("QUIT").send("221 bye\r\n").expectClose()});
    SmtpSession session(testTlsPolicy());
    ServerSettings settings = smtpSettings(server, Encryption::None);
    settings.auth = AuthMethod::None;
    QVERIFY(await(session.open(settings, {})));
    QVERIFY(session.isOpen());
    await(session.quit());
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionOpen::withoutTlsNothingSecretIsSaid_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorKind>("kind");

    const Script asked = smtpHello({"STARTTLS", "AUTH PLAIN LOGIN", "PIPELINING"}).expect("STARTTLS");
    const auto answered = [&asked](const QByteArray &answer) { return Script(asked).sendRaw(answer).expectClose(); };

    QTest::newRow("not offered") << smtpHello({"AUTH PLAIN LOGIN"}).expectClose() << ErrorKind::EncryptionMissing;
    QTest::newRow("no extension at all") << smtpHello({}).expectClose() << ErrorKind::EncryptionMissing;
    QTest::newRow("only HELO") << Script().send("220 mx\r\n").expect("EHLO {*}").send("502 what?\r\n").expectClose()
                               << ErrorKind::Refused;
    QTest::newRow("354") << answered("354 go\r\n") << ErrorKind::Protocol;
    QTest::newRow("334") << answered("334 go\r\n") << ErrorKind::Protocol;
    QTest::newRow("235") << answered("235 you are in\r\n") << ErrorKind::Protocol;
    QTest::newRow("250") << answered("250 fine\r\n") << ErrorKind::Protocol;
    QTest::newRow("221") << answered("221 bye\r\n") << ErrorKind::Protocol;
    QTest::newRow("299") << answered("299 well\r\n") << ErrorKind::Protocol;
    QTest::newRow("421") << answered("421 4.3.2 closing\r\n") << ErrorKind::TryLater;
    QTest::newRow("454") << answered("454 4.7.0 TLS not available\r\n") << ErrorKind::TryLater;
    QTest::newRow("500") << answered("500 what?\r\n") << ErrorKind::EncryptionMissing;
    QTest::newRow("501") << answered("501 5.5.4 syntax\r\n") << ErrorKind::EncryptionMissing;
    QTest::newRow("503") << answered("503 5.5.1 later\r\n") << ErrorKind::EncryptionMissing;
    QTest::newRow("554") << answered("554 no\r\n") << ErrorKind::EncryptionMissing;
    QTest::newRow("no number") << answered("OK go\r\n") << ErrorKind::Protocol;
    QTest::newRow("IMAP") << answered("* OK go\r\n") << ErrorKind::Protocol;
    QTest::newRow("empty line") << answered("\r\n") << ErrorKind::Protocol;
    QTest::newRow("220 with two codes") << answered("220-go\r\n250 no\r\n") << ErrorKind::Protocol;
    QTest::newRow("220 in a wrong form") << answered("220go\r\n") << ErrorKind::Protocol;
}

// T02
void TestSmtpSessionOpen::withoutTlsNothingSecretIsSaid()
{
    QFETCH(Script, script);
    QFETCH(ErrorKind, kind);
    ScriptedServer server({script});
    SmtpSession session(testTlsPolicy());
    const auto opened = await(session.open(smtpSettings(server, Encryption::StartTls), smtpCredentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, kind);
    QCOMPARE(opened.error().endpoint, smtpSettings(server, Encryption::StartTls).endpoint());
    QVERIFY(!session.isOpen());
    const auto sent
        = await(session.submit({.sender = u"a@x.test"_s, .recipients = {u"b@x.test"_s}, .message = "x\r\n"}));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::ConnectionLost);
    QVERIFY2(server.finished(), server.failure());
    for (const char *word : {"AUTH", "MAIL", "RCPT", "DATA", "AHVzZXIA"})
        QVERIFY2(!server.receivedInClear().contains(word), server.receivedInClear());
}

void TestSmtpSessionOpen::leftoversBeforeTlsEndTheSession_data()
{
    QTest::addColumn<QByteArray>("injected");
    QTest::newRow("a reply") << "250 INJECTED\r\n"_ba;
    QTest::newRow("one byte") << "2"_ba;
    QTest::newRow("a line end") << "\r\n"_ba;
    QTest::newRow("a partial line") << "250-INJEC"_ba;
    QTest::newRow("an EHLO answer") << "250-mx\r\n250-AUTH PLAIN\r\n250 SIZE 1\r\n"_ba;
    QTest::newRow("a whole session")
        << "250-mx\r\n250 AUTH PLAIN\r\n235 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n250 ok\r\n"_ba;
}

// T05, Q1
void TestSmtpSessionOpen::leftoversBeforeTlsEndTheSession()
{
    QFETCH(QByteArray, injected);
    ScriptedServer server({smtpHello({"STARTTLS"}).expect("STARTTLS").sendRaw("220 go\r\n" + injected).expectClose()});
    SmtpSession session(testTlsPolicy());
    const auto opened = await(session.open(smtpSettings(server, Encryption::StartTls), smtpCredentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Protocol);
    QCOMPARE(opened.error().step, Step::StartTls);
    QVERIFY2(server.finished(), server.failure());
}

// T12
void TestSmtpSessionOpen::badCertificateEndsTheSession()
{
    ScriptedServer server(
        {smtpHello({"STARTTLS"}).expect("STARTTLS").send("220 go\r\n").expectTlsRefusal(TestCertificate::Expired)});
    SmtpSession session(testTlsPolicy());
    const auto opened = await(session.open(smtpSettings(server, Encryption::StartTls), smtpCredentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::CertificateExpired);
    QCOMPARE(opened.error().certificate, testCertificate(TestCertificate::Expired).toDer());
    QVERIFY2(server.finished(), server.failure());
}

// T10
void TestSmtpSessionOpen::textFromBeforeTlsIsNotShown()
{
    ScriptedServer server({Script().send("554 Call +90 555 0100 to unlock your account\r\n").expectClose()});
    SmtpSession session(testTlsPolicy());
    const auto opened = await(session.open(smtpSettings(server, Encryption::StartTls), smtpCredentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Refused);
    QCOMPARE(opened.error().replyCode, 554);
    QCOMPARE(opened.error().serverText, QString());
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionOpen::heloIsForLoopbackInClear()
{
    const Script refusing = Script().send("220 mx\r\n").expect("EHLO [127.0.0.1]").send("500 what?\r\n");
    ScriptedServer server({Script(refusing).expect("HELO [127.0.0.1]").send("250 mx\r\n"),
        Script().startTls().then(refusing).expectClose()});
    for (const Encryption encryption : {Encryption::None, Encryption::ImplicitTls}) {
        SmtpSession session(testTlsPolicy());
        ServerSettings settings = smtpSettings(server, encryption);
        settings.auth = AuthMethod::None;
        const auto opened = await(session.open(settings, {}));
        if (encryption == Encryption::None) {
            QVERIFY2(opened, describe(opened));
            QCOMPARE(*opened, SmtpCapabilities());
        } else {
            QVERIFY(!opened);
            QCOMPARE(opened.error().kind, ErrorKind::Refused);
            QCOMPARE(opened.error().step, Step::Capabilities);
        }
    }
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionOpen::badGreetingsAreTyped_data()
{
    QTest::addColumn<QByteArray>("greeting");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("refused") << "554 no service\r\n"_ba << ErrorKind::Refused;
    QTest::newRow("busy") << "421 too many connections\r\n"_ba << ErrorKind::TryLater;
    QTest::newRow("another code") << "250 hello\r\n"_ba << ErrorKind::Protocol;
    QTest::newRow("IMAP server") << "* OK IMAP4rev1 ready\r\n"_ba << ErrorKind::Protocol;
    QTest::newRow("POP3 server") << "+OK ready\r\n"_ba << ErrorKind::Protocol;
    QTest::newRow("web server") << "HTTP/1.1 400 Bad Request\r\n\r\n"_ba << ErrorKind::Protocol;
    QTest::newRow("NUL bytes") << QByteArray(8, '\0') + "\r\n" << ErrorKind::Protocol;
}

void TestSmtpSessionOpen::badGreetingsAreTyped()
{
    QFETCH(QByteArray, greeting);
    QFETCH(ErrorKind, kind);
    ScriptedServer server({Script().sendRaw(greeting).expectClose()});
    SmtpSession session(testTlsPolicy());
    const auto opened = await(session.open(smtpSettings(server, Encryption::None), smtpCredentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, kind);
    QCOMPARE(opened.error().step, Step::Greeting);
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionOpen::mechanismsArePlayed_data()
{
    QTest::addColumn<AuthMethod>("method");
    QTest::addColumn<Script>("script");
    QTest::newRow("LOGIN") << AuthMethod::Password
                           << smtpHello({"AUTH LOGIN"})
                                  .expect("AUTH LOGIN")
                                  .send("334 VXNlcm5hbWU6\r\n")
                                  .expect("dXNlcg==")
                                  .send("334 UGFzc3dvcmQ6\r\n")
                                  .expect("c2VjcmV0")
                                  .send("235 ok\r\n");
    QTest::newRow("CRAM-MD5") << AuthMethod::Password
                              << smtpHello({"AUTH LOGIN CRAM-MD5 PLAIN"})
                                     .expect("AUTH CRAM-MD5")
                                     .send("334 PDE+\r\n")
                                     .expect("dXNlciBkNjIxNTliMmZjNWJmNTc0MmY5ZTBlOWZiMGZhODEyMg==")
                                     .send("235 ok\r\n");
    QTest::newRow("OAUTHBEARER") << AuthMethod::OAuth2
                                 << smtpHello({"AUTH PLAIN XOAUTH2 OAUTHBEARER"})
                                        .expect("AUTH OAUTHBEARER bixhPXVzZXIsAWF1dGg9QmVhcmVyIHNlY3JldAEB")
                                        .send("235 ok\r\n");
    QTest::newRow("XOAUTH2") << AuthMethod::OAuth2
                             << smtpHello({"AUTH PLAIN XOAUTH2"})
                                    .expect("AUTH XOAUTH2 dXNlcj11c2VyAWF1dGg9QmVhcmVyIHNlY3JldAEB")
                                    .send("235 ok\r\n");
}

// T18
void TestSmtpSessionOpen::mechanismsArePlayed()
{
    QFETCH(AuthMethod, method);
    QFETCH(Script, script);
    ScriptedServer server({script});
    SmtpSession session(testTlsPolicy());
    Credentials credentials = smtpCredentials();
    credentials.method = method;
    const auto opened = await(session.open(smtpSettings(server, Encryption::None), credentials));
    QVERIFY2(opened, describe(opened) + " " + server.failure());
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionOpen::credentialsAreExact_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("secret");
    QTest::newRow("quotes and backslashes") << u"a\"b\\c"_s << u"\\\"\\\\"_s;
    QTest::newRow("spaces") << u"a b"_s << u" p w "_s;
    QTest::newRow("Turkish") << u"ayşe"_s << u"ığüşöç"_s;
    QTest::newRow("like a command") << u"*"_s << u"QUIT"_s;
    QTest::newRow("1000 characters") << QString(1000, u'u') << QString(1000, u'p');
}

// T21
void TestSmtpSessionOpen::credentialsAreExact()
{
    QFETCH(QString, user);
    QFETCH(QString, secret);
    const QByteArray response = (QByteArray(1, '\0') + user.toUtf8() + '\0' + secret.toUtf8()).toBase64();
    Script script = smtpHello({"AUTH PLAIN"});
    if (response.size() < 400)
        script.expect("AUTH PLAIN " + response);
    else
        script.expect("AUTH PLAIN").send("334 \r\n").expect(response);
    ScriptedServer server({script.send("235 ok\r\n").expect("QUIT").send("221 bye\r\n")});
    SmtpSession session(testTlsPolicy());
    const auto opened
        = await(session.open(smtpSettings(server, Encryption::None), {.userName = user, .secret = secret}));
    QVERIFY2(opened, describe(opened) + " " + server.failure());
    await(session.quit());
    QVERIFY2(server.finished(), server.failure());
}

// T21
void TestSmtpSessionOpen::unsendableCredentialsNeverConnect()
{
    ScriptedServer server({});
    for (const QString &bad : {u"a\r\nRSET"_s, u"a\n"_s, u"\ra"_s, u"a"_s + QChar::Null + u"b"_s}) {
        for (const Credentials &credentials :
            {Credentials{.userName = bad, .secret = u"s"_s}, Credentials{.userName = u"u"_s, .secret = bad}}) {
            SmtpSession session(testTlsPolicy());
            const auto opened = await(session.open(smtpSettings(server, Encryption::None), credentials));
            QVERIFY(!opened);
            QCOMPARE(opened.error().kind, ErrorKind::InvalidInput);
            QCOMPARE(opened.error().step, Step::Login);
        }
    }
    QCOMPARE(server.connectionCount(), 0);
}

// RFC 4954 4: the command with its initial response is not longer than 512 octets.
void TestSmtpSessionOpen::longInitialResponseGoesOnItsOwnLine()
{
    const QString token(2000, u't');
    const QByteArray response = ("user=user\x01"
                                 "auth=Bearer "
        + token.toLatin1() + "\x01\x01")
                                    .toBase64();
    ScriptedServer server(
        {smtpHello({"AUTH XOAUTH2"}).expect("AUTH XOAUTH2").send("334 \r\n").expect(response).send("235 ok\r\n")});
    SmtpSession session(testTlsPolicy());
    const auto opened = await(session.open(smtpSettings(server, Encryption::None),
        {.userName = u"user"_s, .secret = token, .method = AuthMethod::OAuth2}));
    QVERIFY2(opened, describe(opened) + " " + server.failure());
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionOpen::failedLoginsAreTyped_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<AuthMethod>("method");
    QTest::addColumn<ErrorKind>("kind");
    const Script plain = smtpHello({"AUTH PLAIN"}).expect("AUTH PLAIN {*}");
    const auto answered = [&plain](const QByteArray &answer) { return Script(plain).send(answer).expectClose(); };

    QTest::newRow("wrong password") << answered("535 5.7.8 no\r\n") << AuthMethod::Password
                                    << ErrorKind::AuthenticationFailed;
    QTest::newRow("application password")
        << answered("534-5.7.9 Application-specific\r\n534 5.7.9 password required\r\n") << AuthMethod::Password
        << ErrorKind::AppPasswordNeeded;
    QTest::newRow("passing") << answered("454 4.7.0 later\r\n") << AuthMethod::Password << ErrorKind::TryLater;
    QTest::newRow("closing") << answered("421 4.7.0 too many\r\n") << AuthMethod::Password << ErrorKind::TryLater;
    QTest::newRow("mail instead") << answered("250 ok\r\n") << AuthMethod::Password << ErrorKind::Protocol;
    QTest::newRow("greets again") << answered("220 hello\r\n") << AuthMethod::Password << ErrorKind::Protocol;
    QTest::newRow("garbage") << answered("yes\r\n") << AuthMethod::Password << ErrorKind::Protocol;
    QTest::newRow("nothing offered") << smtpHello({}).expectClose() << AuthMethod::Password
                                     << ErrorKind::NoCommonMechanism;
    QTest::newRow("nothing known") << smtpHello({"AUTH GSSAPI NTLM"}).expectClose() << AuthMethod::Password
                                   << ErrorKind::NoCommonMechanism;
    QTest::newRow("only tokens") << smtpHello({"AUTH XOAUTH2"}).expectClose() << AuthMethod::Password
                                 << ErrorKind::OAuthNeeded;
    // RFC 7628 3.2.3: the error challenge wants an answer before the refusal.
    QTest::newRow("expired token, bearer") << smtpHello({"AUTH OAUTHBEARER"})
                                                  .expect("AUTH OAUTHBEARER {*}")
                                                  .send("334 eyJzdGF0dXMiOiI0MDEifQ==\r\n")
                                                  .expect("AQ==")
                                                  .send("535 5.7.8 expired\r\n")
                                                  .expectClose()
                                           << AuthMethod::OAuth2 << ErrorKind::AuthenticationFailed;
    QTest::newRow("expired token, XOAUTH2") << smtpHello({"AUTH XOAUTH2"})
                                                   .expect("AUTH XOAUTH2 {*}")
                                                   .send("334 eyJzdGF0dXMiOiI0MDEifQ==\r\n")
                                                   .expect("")
                                                   .send("535 5.7.8 expired\r\n")
                                                   .expectClose()
                                            << AuthMethod::OAuth2 << ErrorKind::AuthenticationFailed;
    QTest::newRow("OK after an error") << smtpHello({"AUTH XOAUTH2"})
                                              .expect("AUTH XOAUTH2 {*}")
                                              .send("334 eyJzdGF0dXMiOiI0MDEifQ==\r\n")
                                              .expect("")
                                              .send("235 ok\r\n")
                                              .expectClose()
                                       << AuthMethod::OAuth2 << ErrorKind::Protocol;
}

void TestSmtpSessionOpen::failedLoginsAreTyped()
{
    QFETCH(Script, script);
    QFETCH(AuthMethod, method);
    QFETCH(ErrorKind, kind);
    ScriptedServer server({script});
    SmtpSession session(testTlsPolicy());
    Credentials credentials = smtpCredentials();
    credentials.method = method;
    const auto opened = await(session.open(smtpSettings(server, Encryption::None), credentials));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, kind);
    QCOMPARE(opened.error().step, Step::Login);
    QCOMPARE(opened.error().endpoint, smtpSettings(server, Encryption::None).endpoint());
    QVERIFY(!session.isOpen());
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionOpen::successIsNotBelievedBeforeTheProof()
{
    // SCRAM, and the server has shown no knowledge of the password.
    ScriptedServer server(
        {smtpHello({"AUTH SCRAM-SHA-256"}).expect("AUTH SCRAM-SHA-256 {*}").send("235 welcome\r\n").expectClose()});
    SmtpSession session(testTlsPolicy());
    const auto opened = await(session.open(smtpSettings(server, Encryption::None), smtpCredentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Protocol);
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionOpen::badChallengesAreCancelled_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::newRow("not base64") << "334 $$$$\r\n"_ba;
    QTest::newRow("two lines") << "334-PDE+\r\n334 PDE+\r\n"_ba;
    QTest::newRow("SCRAM with a foreign nonce") << "334 cj1hYmMscz1XMjJaYUowU05ZN3NvRXNVRWpiNmdRPT0saT00MDk2\r\n"_ba;
    QTest::newRow("nonsense") << "334 bm9uc2Vuc2U=\r\n"_ba;
    QTest::newRow("empty") << "334 \r\n"_ba;
}

// RFC 4954 4: "*" cancels.
void TestSmtpSessionOpen::badChallengesAreCancelled()
{
    QFETCH(QByteArray, challenge);
    ScriptedServer server({smtpHello({"AUTH SCRAM-SHA-1"})
            .expect("AUTH SCRAM-SHA-1 {*}")
            .send(challenge)
            .expect("*")
            .send("501 cancelled\r\n")
            .expectClose()});
    SmtpSession session(testTlsPolicy());
    const auto opened = await(session.open(smtpSettings(server, Encryption::None), smtpCredentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Protocol);
    QCOMPARE(opened.error().step, Step::Login);
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionOpen::endlessChallengesEnd()
{
    Script script = smtpHello({"AUTH XOAUTH2"}).expect("AUTH XOAUTH2 {*}");
    for (int i = 0; i < 15; ++i)
        script.send("334 e30=\r\n").expect("");
    ScriptedServer server({script.send("334 e30=\r\n").expectClose()});
    SmtpSession session(testTlsPolicy());
    Credentials credentials = smtpCredentials();
    credentials.method = AuthMethod::OAuth2;
    const auto opened = await(session.open(smtpSettings(server, Encryption::None), credentials));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Protocol);
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionOpen::endOfTheConnectionIsTyped_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<Step>("step");
    const Script hello = smtpHello({"AUTH PLAIN"});
    QTest::newRow("at once") << Script().cut() << Step::Greeting;
    QTest::newRow("in the greeting") << Script().send("220-mx\r\n220 wel").cut() << Step::Greeting;
    QTest::newRow("after EHLO") << Script().send("220 mx\r\n").expect("EHLO {*}").cut() << Step::Capabilities;
    QTest::newRow("between the lines of EHLO")
        << Script().send("220 mx\r\n").expect("EHLO {*}").send("250-mx\r\n").cut() << Step::Capabilities;
    QTest::newRow("between CR and LF") << Script().send("220 mx\r\n").expect("EHLO {*}").send("250 mx\r").cut()
                                       << Step::Capabilities;
    QTest::newRow("in the login") << Script(hello).expect("AUTH {*}").cut() << Step::Login;
    QTest::newRow("reset in the login") << Script(hello).expect("AUTH {*}").reset() << Step::Login;
    QTest::newRow("half a success") << Script(hello).expect("AUTH {*}").send("235 ok").close() << Step::Login;
}

void TestSmtpSessionOpen::endOfTheConnectionIsTyped()
{
    QFETCH(Script, script);
    QFETCH(Step, step);
    ScriptedServer server({script});
    SmtpSession session(testTlsPolicy());
    const auto opened = await(session.open(smtpSettings(server, Encryption::None), smtpCredentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::ConnectionLost);
    QCOMPARE(opened.error().step, step);
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionOpen::silenceIsATimeout_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<Step>("step");
    QTest::newRow("greeting") << Script().stall() << Step::Greeting;
    QTest::newRow("EHLO") << Script().send("220 mx\r\n").expect("EHLO {*}").send("250-mx\r\n").stall()
                          << Step::Capabilities;
    QTest::newRow("login") << smtpHello({"AUTH PLAIN"}).expect("AUTH {*}").stall() << Step::Login;
}

void TestSmtpSessionOpen::silenceIsATimeout()
{
    QFETCH(Script, script);
    QFETCH(Step, step);
    ScriptedServer server({script});
    SmtpSession session(testTlsPolicy());
    session.setTimeLimits({.hello = 300ms, .login = 300ms});
    const auto opened = await(session.open(smtpSettings(server, Encryption::None), smtpCredentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Timeout);
    QCOMPARE(opened.error().step, step);
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionOpen::closeCancels()
{
    ScriptedServer server({smtpHello({"AUTH PLAIN"}).expect("AUTH {*}").stall()});
    SmtpSession session(testTlsPolicy());
    QTimer::singleShot(300ms, &session, &SmtpSession::close);
    const auto opened = await(session.open(smtpSettings(server, Encryption::None), smtpCredentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Cancelled);
    QVERIFY(!session.isOpen());
    QVERIFY2(server.finished(), server.failure());
}

QTEST_GUILESS_MAIN(TestSmtpSessionOpen)
#include "test_smtpsession_open.moc"
