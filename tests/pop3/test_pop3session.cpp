// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pop3/pop3session.h"
#include "tests/support/await.h"
#include "tests/support/scriptedserver.h"

#include <QTest>

using namespace postaci;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

ServerSettings settings(const ScriptedServer &server, Encryption encryption)
{
    return {.protocol = Protocol::Pop3, .host = server.host(), .port = server.port(), .encryption = encryption};
}

Credentials credentials(AuthMethod method = AuthMethod::Password)
{
    return {.userName = u"user"_s, .secret = u"secret"_s, .method = method};
}

Script hello(const QByteArray &capabilities)
{
    return Script().send("+OK ready\r\n").expect("CAPA").send("+OK\r\n" + capabilities + ".\r\n");
}

Script login(const QByteArray &capabilities = "PIPELINING\r\nUIDL\r\nTOP\r\n")
{
    return hello(capabilities + "USER\r\n")
        .expect("USER user")
        .send("+OK\r\n")
        .expect("PASS secret")
        .send("+OK logged in\r\n");
}

} // namespace

/// Against scripted servers, so that every byte of the conversation is known. T03, T05, M10, M15, M19.
class TestPop3Session : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyEncryptionLogsIn_data();
    void everyEncryptionLogsIn();
    void onlyCapabilitiesSeenAfterTlsCount();
    void withoutTlsNothingSecretIsSaid_data();
    void withoutTlsNothingSecretIsSaid();
    void leftoversBeforeTlsEndTheSession_data();
    void leftoversBeforeTlsEndTheSession();
    void badCertificatesEndTheSession();
    void mechanismsArePlayed_data();
    void mechanismsArePlayed();
    void failuresAreTyped_data();
    void failuresAreTyped();
    void unsendableCredentialsNeverConnect();

    void listsWithAndWithoutUniqueIds();
    void listsUniqueIdsAlone();
    void messagesComeByteForByte_data();
    void messagesComeByteForByte();
    void withoutPipeliningOneAtATime();
    void refusedMessageIsNotTheEnd();
    void cutInsideAMessageGivesNoMessage();
    void topsAndDeletions();
    void removalIsOnlyCertainAfterQuit();
    void silenceIsATimeout();
    void closeCancels();
};

void TestPop3Session::everyEncryptionLogsIn_data()
{
    QTest::addColumn<Encryption>("encryption");
    QTest::addColumn<int>("segment");
    for (const int segment : {0, 1, 7}) {
        QTest::addRow("implicit TLS, segments of %d", segment) << Encryption::ImplicitTls << segment;
        QTest::addRow("STLS, segments of %d", segment) << Encryption::StartTls << segment;
        QTest::addRow("loopback, segments of %d", segment) << Encryption::None << segment;
    }
}

void TestPop3Session::everyEncryptionLogsIn()
{
    QFETCH(Encryption, encryption);
    QFETCH(int, segment);
    Script script;
    if (encryption == Encryption::ImplicitTls)
        script.startTls();
    script.chunked(segment);
    if (encryption == Encryption::StartTls)
        script.then(hello("STLS\r\n"))
            .expect("STLS")
            .send("+OK go\r\n")
            .startTls()
            .expect("CAPA")
            .send("+OK\r\nSASL PLAIN\r\n.\r\n");
    else
        script.then(hello("SASL PLAIN\r\n"));
    script.expect("AUTH PLAIN AHVzZXIAc2VjcmV0").send("+OK\r\n").expect("QUIT").send("+OK\r\n").expectClose();

    ScriptedServer server({script});
    Pop3Session session(testTlsPolicy());
    const auto opened = await(session.open(settings(server, encryption), credentials()));
    QVERIFY2(opened, describe(opened));
    QVERIFY(session.isOpen());
    QVERIFY(await(session.quit()));
    QVERIFY(!session.isOpen());
    QVERIFY2(server.finished(), server.failure());
    if (encryption != Encryption::None)
        QVERIFY(!server.receivedInClear().contains("AUTH"));
}

void TestPop3Session::onlyCapabilitiesSeenAfterTlsCount()
{
    ScriptedServer server({hello("STLS\r\nSASL X-STRIPPED\r\nPIPELINING\r\nUTF8\r\n")
            .expect("STLS")
            .send("+OK\r\n")
            .startTls()
            .expect("CAPA")
            .send("+OK\r\nSASL PLAIN\r\n.\r\n")
            .expect("AUTH PLAIN {*}")
            .send("+OK\r\n")});
    Pop3Session session(testTlsPolicy());
    const auto opened = await(session.open(settings(server, Encryption::StartTls), credentials()));
    QVERIFY2(opened, describe(opened));
    QCOMPARE(*opened, (Pop3Capabilities{.mechanisms = {"PLAIN"}}));
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::withoutTlsNothingSecretIsSaid_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorKind>("kind");
    const Script asked = hello("STLS\r\nUSER\r\nSASL PLAIN\r\n").expect("STLS");
    const auto answered = [&asked](const QByteArray &answer) { return Script(asked).sendRaw(answer).expectClose(); };
    QTest::newRow("not offered") << hello("USER\r\nSASL PLAIN\r\n").expectClose() << ErrorKind::EncryptionMissing;
    QTest::newRow("no CAPA") << Script().send("+OK\r\n").expect("CAPA").send("-ERR what?\r\n").expectClose()
                             << ErrorKind::EncryptionMissing;
    QTest::newRow("CAPA is nonsense") << Script().send("+OK\r\n").expect("CAPA").send("* OK\r\n").expectClose()
                                      << ErrorKind::Protocol;
    QTest::newRow("refused") << answered("-ERR no TLS today\r\n") << ErrorKind::EncryptionMissing;
    QTest::newRow("refused for now") << answered("-ERR [SYS/TEMP] later\r\n") << ErrorKind::TryLater;
    QTest::newRow("a challenge") << answered("+ \r\n") << ErrorKind::Protocol;
    QTest::newRow("nonsense") << answered("OK\r\n") << ErrorKind::Protocol;
    QTest::newRow("a mail server of another kind") << answered("220 go\r\n") << ErrorKind::Protocol;
}

void TestPop3Session::withoutTlsNothingSecretIsSaid()
{
    QFETCH(Script, script);
    QFETCH(ErrorKind, kind);
    ScriptedServer server({script});
    Pop3Session session(testTlsPolicy());
    const auto opened = await(session.open(settings(server, Encryption::StartTls), credentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, kind);
    QVERIFY(opened.error().serverText.isEmpty()); // anybody could have written it
    QVERIFY2(server.finished(), server.failure());
    for (const QByteArray word : {"USER", "PASS", "AUTH", "secret"})
        QVERIFY2(!server.receivedInClear().contains(word), word.constData());
}

void TestPop3Session::leftoversBeforeTlsEndTheSession_data()
{
    QTest::addColumn<QByteArray>("leftover");
    QTest::newRow("a whole reply") << QByteArray("+OK injected\r\n");
    QTest::newRow("capabilities") << QByteArray("+OK\r\nSASL PLAIN\r\n.\r\n");
    QTest::newRow("a whole session") << QByteArray("+OK\r\n.\r\n+OK\r\n+OK\r\n1 100\r\n.\r\n");
    QTest::newRow("one byte") << QByteArray("+");
    QTest::newRow("a partial line") << QByteArray("+OK inj");
    QTest::newRow("a line end") << QByteArray("\r\n");
}

void TestPop3Session::leftoversBeforeTlsEndTheSession()
{
    QFETCH(QByteArray, leftover);
    ScriptedServer server({hello("STLS\r\n").expect("STLS").sendRaw("+OK go\r\n" + leftover).expectClose()});
    Pop3Session session(testTlsPolicy());
    const auto opened = await(session.open(settings(server, Encryption::StartTls), credentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Protocol);
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::badCertificatesEndTheSession()
{
    ScriptedServer server({Script().expectTlsRefusal(TestCertificate::Expired),
        hello("STLS\r\n").expect("STLS").send("+OK\r\n").expectTlsRefusal(TestCertificate::WrongName)});
    Pop3Session implicitTls(testTlsPolicy());
    const auto first = await(implicitTls.open(settings(server, Encryption::ImplicitTls), credentials()));
    QVERIFY(!first);
    QCOMPARE(first.error().kind, ErrorKind::CertificateExpired);
    Pop3Session startTls(testTlsPolicy());
    const auto second = await(startTls.open(settings(server, Encryption::StartTls), credentials()));
    QVERIFY(!second);
    QCOMPARE(second.error().kind, ErrorKind::CertificateName);
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::mechanismsArePlayed_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<AuthMethod>("method");
    QTest::newRow("USER") << login() << AuthMethod::Password;
    QTest::newRow("without CAPA") << Script()
                                         .send("+OK\r\n")
                                         .expect("CAPA")
                                         .send("-ERR unknown\r\n")
                                         .expect("USER user")
                                         .send("+OK\r\n")
                                         .expect("PASS secret")
                                         .send("+OK\r\n")
                                  << AuthMethod::Password;
    QTest::newRow("USER where SASL has nothing for us") << hello("USER\r\nSASL GSSAPI NTLM\r\n")
                                                               .expect("USER user")
                                                               .send("+OK\r\n")
                                                               .expect("PASS secret")
                                                               .send("+OK\r\n")
                                                        << AuthMethod::Password;
    QTest::newRow("LOGIN") << hello("SASL LOGIN\r\n")
                                  .expect("AUTH LOGIN")
                                  .send("+ VXNlcm5hbWU6\r\n")
                                  .expect("dXNlcg==")
                                  .send("+ UGFzc3dvcmQ6\r\n")
                                  .expect("c2VjcmV0")
                                  .send("+OK\r\n")
                           << AuthMethod::Password;
    QTest::newRow("XOAUTH2") << hello("SASL XOAUTH2\r\nUSER\r\n")
                                    .expect("AUTH XOAUTH2 dXNlcj11c2VyAWF1dGg9QmVhcmVyIHNlY3JldAEB")
                                    .send("+OK\r\n")
                             << AuthMethod::OAuth2;
}

void TestPop3Session::mechanismsArePlayed()
{
    QFETCH(Script, script);
    QFETCH(AuthMethod, method);
    ScriptedServer server({Script().startTls().then(script)});
    Pop3Session session(testTlsPolicy());
    const auto opened = await(session.open(settings(server, Encryption::ImplicitTls), credentials(method)));
    QVERIFY2(opened, describe(opened) + ' ' + server.failure());
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::failuresAreTyped_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<Step>("step");
    const Script user = hello("USER\r\n").expect("USER user");
    const auto passed = [&user](const QByteArray &answer) {
        return Script(user).send("+OK\r\n").expect("PASS secret").send(answer).expectClose();
    };
    QTest::newRow("wrong password") << passed("-ERR [AUTH] Authentication failed.\r\n")
                                    << ErrorKind::AuthenticationFailed << Step::Login;
    QTest::newRow("locked maildrop") << passed("-ERR [IN-USE] locked\r\n") << ErrorKind::TryLater << Step::Login;
    QTest::newRow("unknown user") << Script(user).send("-ERR no mailbox here\r\n").expectClose()
                                  << ErrorKind::AuthenticationFailed << Step::Login;
    QTest::newRow("greeting refuses") << Script().send("-ERR busy\r\n").expectClose() << ErrorKind::Refused
                                      << Step::Greeting;
    QTest::newRow("IMAP server") << Script().send("* OK IMAP4rev1 ready\r\n").expectClose() << ErrorKind::Protocol
                                 << Step::Greeting;
    QTest::newRow("SMTP server") << Script().send("220 mx ESMTP\r\n").expectClose() << ErrorKind::Protocol
                                 << Step::Greeting;
    QTest::newRow("success before the proof")
        << hello("SASL SCRAM-SHA-256\r\n").expect("AUTH SCRAM-SHA-256 {*}").send("+OK\r\n").expectClose()
        << ErrorKind::Protocol << Step::Login;
    QTest::newRow("cut") << Script(user).cut() << ErrorKind::ConnectionLost << Step::Login;
}

void TestPop3Session::failuresAreTyped()
{
    QFETCH(Script, script);
    QFETCH(ErrorKind, kind);
    QFETCH(Step, step);
    ScriptedServer server({Script().startTls().then(script)});
    Pop3Session session(testTlsPolicy());
    const auto opened = await(session.open(settings(server, Encryption::ImplicitTls), credentials()));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, kind);
    QCOMPARE(opened.error().step, step);
    QVERIFY(!opened.error().endpoint.isEmpty());
    QVERIFY(!session.isOpen());
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::unsendableCredentialsNeverConnect()
{
    ScriptedServer server({});
    for (const QString &secret : {u"a\r\nDELE 1"_s, u"a\nb"_s, QString(QChar(0)) + u"x"_s, QString()}) {
        Pop3Session session(testTlsPolicy());
        Credentials wrong = credentials();
        wrong.secret = secret;
        QVERIFY(!await(session.open(settings(server, Encryption::ImplicitTls), wrong)));
    }
    QCOMPARE(server.connectionCount(), 0);
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::listsWithAndWithoutUniqueIds()
{
    ScriptedServer server(
        {login().expect("LIST")
                .send("+OK 2 messages\r\n1 120\r\n2 200\r\n.\r\n")
                .expect("UIDL")
                .send("+OK\r\n1 a\r\n2 b\r\n.\r\n"),
            login().expect("LIST").send("+OK\r\n1 120\r\n.\r\n").expect("UIDL").send("-ERR unknown\r\n"),
            login().expect("LIST").send("+OK\r\none\r\n.\r\n").expect("UIDL").send("+OK\r\n.\r\n").expectClose()});
    const QList<QList<Pop3Entry>> expected{{{1, 120, "a"}, {2, 200, "b"}}, {{1, 120, ""}}};
    for (const QList<Pop3Entry> &entries : expected) {
        Pop3Session session(testTlsPolicy());
        QVERIFY(await(session.open(settings(server, Encryption::None), credentials())));
        const auto listed = await(session.list());
        QVERIFY2(listed, describe(listed));
        QCOMPARE(*listed, entries);
        session.close();
    }
    Pop3Session session(testTlsPolicy());
    QVERIFY(await(session.open(settings(server, Encryption::None), credentials())));
    const auto listed = await(session.list());
    QVERIFY(!listed);
    QCOMPARE(listed.error().kind, ErrorKind::Protocol);
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::listsUniqueIdsAlone()
{
    ScriptedServer server(
        {login().expect("STAT")
                .send("+OK 2 320\r\n")
                .expect("UIDL")
                .send("+OK\r\n1 a\r\n2 b\r\n.\r\n")
                .expect("LIST 2")
                .send("+OK 2 200\r\n")
                .expect("LIST 1")
                .send("-ERR not now\r\n"),
            // One message has no unique id, and one server has none at all.
            login().expect("STAT").send("+OK 2 320\r\n").expect("UIDL").send("+OK\r\n1 a\r\n.\r\n"),
            login().expect("STAT").send("+OK 2 320\r\n").expect("UIDL").send("-ERR unknown\r\n")});
    {
        Pop3Session session(testTlsPolicy());
        QVERIFY(await(session.open(settings(server, Encryption::None), credentials())));
        const auto listed = await(session.listUids());
        QVERIFY2(listed, describe(listed));
        QCOMPARE(*listed, (QList<Pop3Entry>{{1, 0, "a"}, {2, 0, "b"}}));
        const auto sizes = await(session.readSizes({2, 1}));
        QVERIFY2(sizes, describe(sizes));
        QCOMPARE(*sizes, (QList<qint64>{200, 0}));
        session.close();
    }
    for (int refusal = 0; refusal < 2; ++refusal) {
        Pop3Session session(testTlsPolicy());
        QVERIFY(await(session.open(settings(server, Encryption::None), credentials())));
        QVERIFY(!await(session.listUids()));
        QVERIFY(session.isOpen()); // There is another way.
        session.close();
    }
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::messagesComeByteForByte_data()
{
    QTest::addColumn<int>("segment");
    QTest::newRow("whole") << 0;
    QTest::newRow("byte by byte") << 1;
    QTest::newRow("odd pieces") << 13;
}

void TestPop3Session::messagesComeByteForByte()
{
    QFETCH(int, segment);
    const QList<QByteArray> messages{"Subject: bir\r\n\r\n.\r\n..iki\r\n", "", "no line end\nbare\rCR\r\n",
        QByteArray("\0\xc4\xb0 \x80\r\n", 7), "+OK\r\n-ERR\r\n"};
    Script script = login();
    script.expect("RETR 1").expect("RETR 2").expect("RETR 3").expect("RETR 4").expect("RETR 5").chunked(segment);
    for (const QByteArray &message : messages) {
        QByteArray wire = message;
        if (wire.startsWith('.'))
            wire.prepend('.');
        wire.replace("\r\n.", "\r\n..");
        script.sendRaw("+OK 5 octets, or so\r\n" + wire + ".\r\n");
    }
    ScriptedServer server({script});
    Pop3Session session(testTlsPolicy());
    QVERIFY(await(session.open(settings(server, Encryption::None), credentials())));
    QList<QByteArray> received;
    const auto retrieved
        = await(session.retrieve({1, 2, 3, 4, 5}, [&received](int number, const Result<QByteArray> &message) {
              QCOMPARE(number, received.size() + 1);
              QVERIFY(message);
              received.append(*message);
          }));
    QVERIFY2(retrieved, describe(retrieved));
    QCOMPARE(received, messages);
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::withoutPipeliningOneAtATime()
{
    Script script = login("UIDL\r\n");
    for (int i = 1; i <= 3; ++i) {
        script.expect("RETR " + QByteArray::number(i))
            .pause(QByteArray::number(i)) // Whatever came by now without being asked for would be the next line.
            .send("+OK\r\nx\r\n.\r\n");
    }
    ScriptedServer server({script.expect("QUIT").send("+OK\r\n")});
    Pop3Session session(testTlsPolicy());
    QVERIFY(await(session.open(settings(server, Encryption::None), credentials())));
    auto retrieving = session.retrieve({1, 2, 3}, [](int, const Result<QByteArray> &) { });
    for (int i = 1; i <= 3; ++i) {
        QVERIFY2(server.reaches(QByteArray::number(i)), server.failure());
        QCOMPARE(server.receivedInClear().count("RETR"), i);
        server.resume(QByteArray::number(i));
    }
    QVERIFY(await(std::move(retrieving)));
    QVERIFY(await(session.quit()));
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::refusedMessageIsNotTheEnd()
{
    ScriptedServer server(
        {login().expect("RETR 1").expect("RETR 2").send("-ERR no such message\r\n+OK\r\nx\r\n.\r\n")});
    Pop3Session session(testTlsPolicy());
    QVERIFY(await(session.open(settings(server, Encryption::None), credentials())));
    QList<Result<QByteArray>> received;
    QVERIFY(await(
        session.retrieve({1, 2}, [&received](int, const Result<QByteArray> &message) { received.append(message); })));
    QCOMPARE(received.size(), 2);
    QVERIFY(!received[0]);
    QCOMPARE(received[0].error().kind, ErrorKind::NotFound);
    QCOMPARE(received[0].error().serverText, u"no such message"_s);
    QCOMPARE(*received[1], "x\r\n");
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::cutInsideAMessageGivesNoMessage()
{
    const QByteArray wire = "+OK\r\nSubject: x\r\n\r\ntext\r\n.\r\n";
    for (qsizetype count = 1; count < wire.size(); ++count) {
        ScriptedServer server({login().expect("RETR 1").cutAfter(count).sendRaw(wire)});
        Pop3Session session(testTlsPolicy());
        QVERIFY(await(session.open(settings(server, Encryption::None), credentials())));
        int messages = 0;
        const auto retrieved
            = await(session.retrieve({1}, [&messages](int, const Result<QByteArray> &) { ++messages; }));
        QVERIFY(!retrieved);
        QCOMPARE(retrieved.error().kind, ErrorKind::ConnectionLost);
        QCOMPARE(messages, 0);
        QVERIFY2(server.finished(), server.failure());
    }
}

void TestPop3Session::topsAndDeletions()
{
    ScriptedServer server(
        {login().expect("TOP 4 20")
                .send("+OK\r\nSubject: x\r\n\r\n.\r\n")
                .expect("DELE 1")
                .expect("DELE 2")
                .expect("DELE 3")
                .send("+OK\r\n-ERR already deleted\r\n+OK\r\n")
                .expect("QUIT")
                .send("+OK\r\n")
                .expectClose()});
    Pop3Session session(testTlsPolicy());
    QVERIFY(await(session.open(settings(server, Encryption::None), credentials())));
    QByteArray top;
    QVERIFY(await(session.retrieveTops({4}, 20, [&top](int, const Result<QByteArray> &message) { top = *message; })));
    QCOMPARE(top, "Subject: x\r\n\r\n");
    const auto removed = await(session.remove({1, 2, 3}));
    QVERIFY(!removed);
    QCOMPARE(removed.error().step, Step::DeleteMessages);
    QVERIFY(session.isOpen());
    QVERIFY(await(session.quit()));
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::removalIsOnlyCertainAfterQuit()
{
    const Script marked = login().expect("DELE 1").send("+OK\r\n").expect("QUIT");
    ScriptedServer server(
        {Script(marked).send("-ERR [SYS/TEMP] some are still there\r\n").expectClose(), Script(marked).cut()});
    for (const ErrorKind kind : {ErrorKind::TryLater, ErrorKind::ConnectionLost}) {
        Pop3Session session(testTlsPolicy());
        QVERIFY(await(session.open(settings(server, Encryption::None), credentials())));
        QVERIFY(await(session.remove({1})));
        const auto ended = await(session.quit());
        QVERIFY(!ended);
        QCOMPARE(ended.error().kind, kind);
    }
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::silenceIsATimeout()
{
    ScriptedServer server({login().expect("RETR 1").send("+OK\r\nhalf a mess").stall()});
    Pop3Session session(testTlsPolicy());
    QVERIFY(await(session.open(settings(server, Encryption::None), credentials())));
    session.setPatience(100ms);
    const auto retrieved = await(session.retrieve({1}, [](int, const Result<QByteArray> &) { QFAIL("half a mail"); }));
    QVERIFY(!retrieved);
    QCOMPARE(retrieved.error().kind, ErrorKind::Timeout);
    QVERIFY2(server.finished(), server.failure());
}

void TestPop3Session::closeCancels()
{
    ScriptedServer server({login().expect("RETR 1").send("+OK\r\nhalf").pause("half").stall()});
    Pop3Session session(testTlsPolicy());
    QVERIFY(await(session.open(settings(server, Encryption::None), credentials())));
    auto retrieving = session.retrieve({1}, [](int, const Result<QByteArray> &) { });
    QVERIFY2(server.reaches("half"), server.failure());
    session.close();
    const auto retrieved = await(std::move(retrieving));
    QVERIFY(!retrieved);
    QCOMPARE(retrieved.error().kind, ErrorKind::Cancelled);
    server.resume("half");
    QVERIFY2(server.finished(), server.failure());
}

QTEST_GUILESS_MAIN(TestPop3Session)
#include "test_pop3session.moc"
