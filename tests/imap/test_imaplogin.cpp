// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/imapsession.h"
#include "tests/imap/imapscripts.h"
#include "tests/support/await.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

/// Words that give away the account, its mail, or what the user does.
void verifyNothingToldInClear(const ScriptedServer &server)
{
    const QByteArray told = server.receivedInClear();
    for (const char *word : {"LOGIN", "AUTHENTICATE", "SELECT", "APPEND", "LIST", "ID", "CAPABILITY", "gizli", "ayse"})
        QVERIFY2(!told.contains(word), told);
}

const QByteArray initialResponse = (QByteArray("\0ayse\0", 6) + credentials.secret.toUtf8()).toBase64();

} // namespace

/// From the connection to the end of the login, as seen by whoever is on the other end: a server, or an attacker who
/// speaks before TLS in a server's place (NO STARTTLS, USENIX Security 2021).
class TestImapLogin : public QObject {
    Q_OBJECT

private:
    Result<ImapCapabilities> open(ScriptedServer &server, Encryption encryption, Credentials login = credentials)
    {
        ImapSession session(testTlsPolicy());
        const auto opened = await(session.open(settingsFor(server, encryption), std::move(login)));
        session.close();
        return opened;
    }

private Q_SLOTS:
    // T01, K1, K2: what an attacker may say instead of going on to TLS.
    void nothingGoesOutInClearWhenStartTlsFails_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<ErrorKind>("kind");
        const auto row
            = [](const char *name, QByteArray answer, ErrorKind kind) { QTest::newRow(name) << answer << kind; };
        row("BAD", "{tag} BAD unknown command\r\n", ErrorKind::EncryptionMissing);
        row("NO", "{tag} NO not now\r\n", ErrorKind::EncryptionMissing);
        row("continuation", "+ x\r\n", ErrorKind::Protocol);
        row("bare star", "*\r\n", ErrorKind::Protocol);
        row("tag alone", "{tag}\r\n", ErrorKind::Protocol);
        row("neither yes nor no", "{tag} MAYBE\r\n", ErrorKind::Protocol);
        row("unknown tag", "ZZZ OK fine\r\n", ErrorKind::Protocol);
        row("unknown tag with NO", "ZZZ NO wrong password\r\n", ErrorKind::Protocol);
        row("tag with a suffix", "{tag}X OK fine\r\n", ErrorKind::Protocol);
        row("BYE", "* BYE leaving\r\n", ErrorKind::ConnectionLost);
    }
    void nothingGoesOutInClearWhenStartTlsFails()
    {
        QFETCH(const QByteArray, answer);
        for (const QByteArray &capabilities : {"IMAP4rev1 STARTTLS AUTH=PLAIN"_ba, "IMAP4rev1 AUTH=PLAIN"_ba}) {
            ScriptedServer server({Script()
                    .send("* OK [CAPABILITY " + capabilities + "] hello\r\n")
                    .expect("{tag} STARTTLS")
                    .send(answer)
                    .expectClose()});
            const auto opened = open(server, Encryption::StartTls);
            QVERIFY(!opened);
            QTEST(opened.error().kind, "kind");
            QCOMPARE(opened.error().step, Step::StartTls);
            QVERIFY2(server.finished(), server.failure());
            verifyNothingToldInClear(server);
        }
    }

    // T04, K4: P_1 to P_5.
    void preauthInClearIsRefused_data()
    {
        QTest::addColumn<QByteArray>("greeting");
        for (const char *greeting : {"* PREAUTH welcome back\r\n", "* preauth [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n",
                 "* PREAUTH\r\n", "* PREAUTH hi\r\n* 5 EXISTS\r\n* LIST () \"/\" x\r\n"})
            QTest::newRow(greeting) << QByteArray(greeting);
    }
    void preauthInClearIsRefused()
    {
        QFETCH(const QByteArray, greeting);
        for (const Encryption encryption : {Encryption::StartTls, Encryption::None}) {
            ScriptedServer server({Script().send(greeting).expectClose()});
            const auto opened = open(server, encryption);
            QVERIFY(!opened);
            QCOMPARE(opened.error().kind, ErrorKind::EncryptionMissing);
            QVERIFY2(server.finished(), server.failure());
            QVERIFY(server.receivedInClear().isEmpty());
        }
    }

    // T04
    void preauthOverTlsIsUsable()
    {
        ScriptedServer server({Script()
                .startTls(TestCertificate::Good)
                .send("* PREAUTH [CAPABILITY IMAP4rev1] welcome\r\n")
                .expect("{tag} SELECT \"INBOX\"")
                .send("* 1 EXISTS\r\n{tag} OK done\r\n")});
        ImapSession session(testTlsPolicy());
        const auto opened = await(session.open(settingsFor(server), credentials));
        QVERIFY2(opened, describe(opened));
        QVERIFY(await(session.select(u"INBOX"_s)));
        QVERIFY2(server.finished(), server.failure());
    }

    // T05, K3: sent in clear behind the go-ahead, to be taken for encrypted.
    void nothingSentBeforeTlsSurvivesIt_data()
    {
        QTest::addColumn<QByteArray>("injected");
        QTest::newRow("one byte") << "X"_ba;
        QTest::newRow("partial line") << "* CAPABILITY IMAP4rev1 AUTH=PL"_ba;
        QTest::newRow("line") << "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"_ba;
        QTest::newRow("login reply") << "G2 OK [CAPABILITY IMAP4rev1] logged in\r\n"_ba;
        QTest::newRow("session")
            << "* CAPABILITY IMAP4rev1\r\nG2 OK\r\nG3 OK\r\nA000001 OK\r\n* LIST () \"/\" evil\r\nA000002 OK\r\n"_ba;
        QTest::newRow("line end") << "\r\n"_ba;
    }
    void nothingSentBeforeTlsSurvivesIt()
    {
        QFETCH(const QByteArray, injected);
        ScriptedServer server({Script()
                .send("* OK hello\r\n")
                .expect("{tag} STARTTLS")
                .send("{tag} OK go\r\n" + injected)
                .expectClose()});
        const auto opened = open(server, Encryption::StartTls);
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::Protocol);
        QVERIFY2(server.finished(), server.failure());
        verifyNothingToldInClear(server);
    }

    // T07, K13
    void loginDisabledInClearDoesNotCountOverTls()
    {
        const QByteArray lies
            = "* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=EVIL\r\n* LIST (\\Sent) \"/\" evil\r\n"
              "* LSUB () \"/\" evil\r\n* STATUS INBOX (MESSAGES 5)\r\n* SEARCH 1 2 3\r\n* FLAGS (\\Evil)\r\n"
              "* 5 EXISTS\r\n* 5 RECENT\r\n* 1 EXPUNGE\r\n* 1 FETCH (UID 1 FLAGS (\\Deleted))\r\n"
              "* VANISHED 1:100\r\n* OK [ALERT] call 0900-EVIL\r\n* NO [BADCHARSET (x)] hm\r\n";
        ScriptedServer server({Script()
                .send("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=EVIL] hello\r\n" + lies)
                .expect("{tag} STARTTLS")
                .send(lies + "{tag} OK go\r\n")
                .startTls(TestCertificate::Good)
                .expect("{tag} CAPABILITY")
                .send("* CAPABILITY IMAP4rev1\r\n{tag} OK done\r\n")
                .expect("{tag} LOGIN \"ayse\" \"gizli\"")
                .send("{tag} OK [CAPABILITY IMAP4rev1 IDLE] done\r\n")
                .expect("{tag} LIST \"\" *")
                .send("* LIST () \"/\" INBOX\r\n{tag} OK done\r\n")});
        ImapSession session(testTlsPolicy());
        QSignalSpy doorbell(&session, &ImapSession::doorbell);
        Credentials login = credentials;
        login.secret = u"gizli"_s;
        const auto opened = await(session.open(settingsFor(server, Encryption::StartTls), login));
        QVERIFY2(opened, describe(opened));
        QCOMPARE(opened->names, QList<QByteArray>({"IMAP4REV1", "IDLE"}));
        const auto folders = await(session.listFolders());
        QVERIFY(folders);
        QCOMPARE(folders->size(), 1);
        QVERIFY(doorbell.isEmpty());
        QVERIFY2(server.finished(), server.failure());
    }

    // K9
    void anyLegalGreetingConnects_data()
    {
        QTest::addColumn<QByteArray>("greeting");
        for (const char *greeting :
            {"* OK Welcome :)", "* ok hi", "* OK", "* OK ", "* OK say \"hi", "* OK (open", "* OK {5}",
                "* OK [UNKNOWN-CODE x] y", "* OK hoş geldiniz", "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] :)"})
            QTest::newRow(greeting) << QByteArray(greeting);
    }
    void anyLegalGreetingConnects()
    {
        QFETCH(const QByteArray, greeting);
        Script script = Script().startTls(TestCertificate::Good).send(greeting + "\r\n");
        if (!greeting.contains("CAPABILITY"))
            script.expect("{tag} CAPABILITY").send("* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\n{tag} OK :)\r\n");
        script.expect("{tag} AUTHENTICATE PLAIN " + initialResponse).send("{tag} OK say \"hi (\r\n");
        script.expect("{tag} CAPABILITY").send("* CAPABILITY IMAP4rev1\r\n{tag} OK {5}\r\n");
        ScriptedServer server({script});
        const auto opened = open(server, Encryption::ImplicitTls);
        QVERIFY2(opened, describe(opened));
        QVERIFY2(server.finished(), server.failure());
    }

    // K7, S15
    void anImpossibleGreetingEndsAtOnce_data()
    {
        QTest::addColumn<QByteArray>("greeting");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("negative literal") << "* OK\r\n* LIST () \"/\" {-6}\r\n"_ba << ErrorKind::Protocol;
        QTest::newRow("negative literal first") << "* {-6}\r\n"_ba << ErrorKind::Protocol;
        QTest::newRow("SMTP") << "220 mail.example.test ESMTP\r\n"_ba << ErrorKind::Protocol;
        QTest::newRow("POP3") << "+OK ready\r\n"_ba << ErrorKind::Protocol;
        QTest::newRow("continuation") << "+ x\r\n"_ba << ErrorKind::Protocol;
        QTest::newRow("tagged") << "A000001 OK\r\n"_ba << ErrorKind::Protocol;
        QTest::newRow("NO") << "* NO go away\r\n"_ba << ErrorKind::Protocol;
        QTest::newRow("BYE") << "* BYE [UNAVAILABLE] try later\r\n"_ba << ErrorKind::ConnectionLost;
        QTest::newRow("endless line") << QByteArray(3'000'000, 'x') << ErrorKind::Protocol;
    }
    void anImpossibleGreetingEndsAtOnce()
    {
        QFETCH(const QByteArray, greeting);
        ScriptedServer server({Script().startTls(TestCertificate::Good).sendRaw(greeting).stall()});
        const auto opened = open(server, Encryption::ImplicitTls);
        QVERIFY(!opened);
        QTEST(opened.error().kind, "kind");
    }

    void errorsSayWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("wrong password") << "{tag} NO [AUTHENTICATIONFAILED] no\r\n"_ba
                                        << ErrorKind::AuthenticationFailed;
        QTest::newRow("app password")
            << "{tag} NO [ALERT] Application-specific password required: https://x.test\r\n"_ba
            << ErrorKind::AppPasswordNeeded;
        QTest::newRow("unavailable") << "{tag} NO [UNAVAILABLE] later\r\n"_ba << ErrorKind::TryLater;
        QTest::newRow("BAD") << "{tag} BAD what\r\n"_ba << ErrorKind::Refused;
        QTest::newRow("K2") << "ZZZ NO wrong password\r\n"_ba << ErrorKind::Protocol;
        QTest::newRow("K1") << "{tag}\r\n"_ba << ErrorKind::Protocol;
        QTest::newRow("no base64") << "+ ???\r\n"_ba << ErrorKind::Protocol;
        QTest::newRow("BYE") << "* BYE too many failures\r\n"_ba << ErrorKind::ConnectionLost;
    }
    void errorsSayWhatIsWrong()
    {
        QFETCH(const QByteArray, answer);
        ScriptedServer server({Script()
                .startTls(TestCertificate::Good)
                .send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n")
                .expect("{tag} AUTHENTICATE PLAIN {*}")
                .send(answer)
                .expectClose()});
        const auto opened = open(server, Encryption::ImplicitTls);
        QVERIFY(!opened);
        QTEST(opened.error().kind, "kind");
        QCOMPARE(opened.error().step, Step::Login);
        QCOMPARE(opened.error().endpoint, u"localhost:%1"_s.arg(server.port()));
        QVERIFY2(server.finished(), server.failure());
    }

    void withoutSaslIrTheInitialResponseWaits()
    {
        ScriptedServer server({Script()
                .startTls(TestCertificate::Good)
                .send("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n")
                .expect("{tag} AUTHENTICATE PLAIN")
                .send("+ \r\n")
                .expect(initialResponse)
                .send("* CAPABILITY IMAP4rev1 IDLE\r\n{tag} OK done\r\n")});
        const auto opened = open(server, Encryption::ImplicitTls);
        QVERIFY2(opened, describe(opened));
        QVERIFY(opened->has("IDLE"));
        QVERIFY2(server.finished(), server.failure());
    }

    // T21
    void anyPasswordArrivesByteForByte_data()
    {
        QTest::addColumn<QString>("secret");
        for (const QString &secret : {u"a\"b"_s, u"a\\b"_s, u" "_s, u"a b"_s, u"ğüşıöç"_s, u"{5}"_s, u"a) NOOP"_s,
                 u"💌"_s, QString(1000, u'x'), QString(1000, u'ü')})
            QTest::newRow(qPrintable(secret.left(10))) << secret;
    }
    void anyPasswordArrivesByteForByte()
    {
        QFETCH(const QString, secret);
        const Credentials login{.userName = u"ayse"_s, .secret = secret};

        ScriptedServer plain({Script()
                .startTls(TestCertificate::Good)
                .send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n")
                .expect("{tag} AUTHENTICATE PLAIN {initial}")
                .send("{tag} OK [CAPABILITY IMAP4rev1] done\r\n")});
        QVERIFY(open(plain, Encryption::ImplicitTls, login));
        QCOMPARE(QByteArray::fromBase64(plain.captured("initial")), QByteArray("\0ayse\0", 6) + secret.toUtf8());

        const bool asLiteral = secret.toUtf8().size() != secret.size();
        Script script = Script().startTls(TestCertificate::Good).send("* OK [CAPABILITY IMAP4rev1] ready\r\n");
        if (asLiteral)
            script.expect("{tag} LOGIN \"ayse\" {" + QByteArray::number(secret.toUtf8().size()) + "}").send("+ go\r\n");
        script.receiveUntil("\r\n", "secret").send("{tag} OK [CAPABILITY IMAP4rev1] done\r\n");
        ScriptedServer simple({script});
        const auto opened = open(simple, Encryption::ImplicitTls, login);
        QVERIFY2(opened || !asLiteral, describe(opened));
        if (asLiteral) {
            QCOMPARE(simple.captured("secret"), secret.toUtf8());
        } else {
            QByteArray escaped = secret.toUtf8();
            escaped.replace('\\', "\\\\").replace('"', "\\\"");
            QCOMPARE(simple.captured("secret"), "G1 LOGIN \"ayse\" \"" + escaped + '"');
        }
    }

    // T21
    void aPasswordThatIsACommandIsRefusedBeforeConnecting_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::newRow("CR LF") << u"x\r\nA1 DELETE INBOX"_s;
        QTest::newRow("LF") << u"x\ny"_s;
        QTest::newRow("NUL") << u"x"_s + QChar(0) + u"y"_s;
        QTest::newRow("empty") << QString();
    }
    void aPasswordThatIsACommandIsRefusedBeforeConnecting()
    {
        QFETCH(const QString, secret);
        ScriptedServer server({});
        const auto opened = open(server, Encryption::ImplicitTls, {.userName = u"ayse"_s, .secret = secret});
        QVERIFY(!opened);
        QVERIFY(opened.error().kind == ErrorKind::InvalidInput || opened.error().kind == ErrorKind::CredentialsMissing);
        QCOMPARE(server.connectionCount(), 0);
    }

    void aServerThatKnowsNoPasswordsAsksForOAuth()
    {
        ScriptedServer server({Script()
                .startTls(TestCertificate::Good)
                .send("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2 AUTH=OAUTHBEARER] ready\r\n")
                .expectClose()});
        const auto opened = open(server, Encryption::ImplicitTls);
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::OAuthNeeded);
    }

    // C11 (RFC 7628 3.2.3): the reason for a refusal comes as a challenge, and wants its answer.
    void aTokenIsSentAndItsRefusalAcknowledged_data()
    {
        QTest::addColumn<QByteArray>("mechanism");
        QTest::addColumn<QByteArray>("response");
        QTest::addColumn<QByteArray>("acknowledgement");
        QTest::newRow("OAUTHBEARER") << QByteArray("OAUTHBEARER")
                                     << QByteArray("bixhPWF5c2UsAWF1dGg9QmVhcmVyIGpldG9uAQE=") << QByteArray("AQ==");
        QTest::newRow("XOAUTH2") << QByteArray("XOAUTH2") << QByteArray("dXNlcj1heXNlAWF1dGg9QmVhcmVyIGpldG9uAQE=")
                                 << QByteArray();
    }
    void aTokenIsSentAndItsRefusalAcknowledged()
    {
        QFETCH(const QByteArray, mechanism);
        QFETCH(const QByteArray, response);
        QFETCH(const QByteArray, acknowledgement);
        const Credentials token{.userName = u"ayse"_s, .secret = u"jeton"_s, .method = AuthMethod::OAuth2};
        const Script refused = Script()
                                   .send("+ eyJzdGF0dXMiOiI0MDEifQ==\r\n")
                                   .expect(acknowledgement)
                                   .send("{tag} NO [AUTHENTICATIONFAILED] the token has ended\r\n")
                                   .expectClose();
        const QByteArray greeting = "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=" + mechanism;
        ScriptedServer server({Script()
                                   .startTls(TestCertificate::Good)
                                   .send(greeting + " SASL-IR] ready\r\n")
                                   .expect("{tag} AUTHENTICATE " + mechanism + ' ' + response)
                                   .then(refused),
            Script()
                .startTls(TestCertificate::Good)
                .send(greeting + "] ready\r\n")
                .expect("{tag} AUTHENTICATE " + mechanism)
                .send("+ \r\n")
                .expect(response)
                .then(refused)});
        for (int i = 0; i < 2; ++i) {
            const auto opened = open(server, Encryption::ImplicitTls, token);
            QVERIFY(!opened);
            QCOMPARE(opened.error().kind, ErrorKind::AuthenticationFailed);
            QCOMPARE(opened.error().serverText, u"the token has ended"_s);
        }
        QVERIFY2(server.finished(), server.failure());
    }

    // T18: offered before TLS already, as a trap; LOGINDISABLED is of before TLS and forgotten with it.
    void aTokenGoesOverTlsOnly()
    {
        ScriptedServer server({Script()
                .send("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED AUTH=OAUTHBEARER AUTH=XOAUTH2] ready\r\n")
                .expect("{tag} STARTTLS")
                .send("{tag} OK go\r\n")
                .startTls()
                .expect("{tag} CAPABILITY")
                .send("* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2\r\n{tag} OK done\r\n")
                .expect("{tag} AUTHENTICATE XOAUTH2 dXNlcj1heXNlAWF1dGg9QmVhcmVyIGpldG9uAQE=")
                .send("{tag} OK [CAPABILITY IMAP4rev1] welcome\r\n")});
        const auto opened = open(
            server, Encryption::StartTls, {.userName = u"ayse"_s, .secret = u"jeton"_s, .method = AuthMethod::OAuth2});
        QVERIFY2(opened, describe(opened));
        QVERIFY2(server.finished(), server.failure());
        verifyNothingToldInClear(server);
        QVERIFY(!server.receivedInClear().contains("AUTH"));
    }

    // K5: the certificate is judged before a byte is said.
    void aWrongCertificateGetsNothing_data()
    {
        QTest::addColumn<TestCertificate>("certificate");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("expired") << TestCertificate::Expired << ErrorKind::CertificateExpired;
        QTest::newRow("wrong name") << TestCertificate::WrongName << ErrorKind::CertificateName;
        QTest::newRow("self-signed") << TestCertificate::SelfSigned << ErrorKind::CertificateUntrusted;
    }
    void aWrongCertificateGetsNothing()
    {
        QFETCH(const TestCertificate, certificate);
        ScriptedServer server({Script()
                .send("* OK hello\r\n")
                .expect("{tag} STARTTLS")
                .send("{tag} OK go\r\n")
                .expectTlsRefusal(certificate)});
        const auto opened = open(server, Encryption::StartTls);
        QVERIFY(!opened);
        QTEST(opened.error().kind, "kind");
        QVERIFY2(server.finished(), server.failure());
        QVERIFY(server.receivedEncrypted().isEmpty());
        verifyNothingToldInClear(server);
    }

    void tellsItsNameWhereAskedFor()
    {
        ScriptedServer server({loggedIn("IMAP4rev1 SASL-IR AUTH=PLAIN ID")
                .expect("{tag} ID (\"name\" \"Postaci\")")
                .send("* ID (\"name\" \"Dovecot\")\r\n{tag} OK done\r\n")});
        QVERIFY(open(server, Encryption::ImplicitTls));
        QVERIFY2(server.finished(), server.failure());
    }

    void closingEndsTheWaitForTheGreeting()
    {
        ScriptedServer server({Script().startTls(TestCertificate::Good).pause("silent").stall()});
        ImapSession session(testTlsPolicy());
        auto opening = session.open(settingsFor(server), credentials);
        QVERIFY2(server.reaches("silent"), server.failure());
        server.resume("silent");
        session.close();
        const auto opened = await(std::move(opening));
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::Cancelled);
        QVERIFY(!session.isOpen());
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestImapLogin)
#include "test_imaplogin.moc"
