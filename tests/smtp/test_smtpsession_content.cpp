// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/smtp/smtpsession.h"
#include "tests/smtp/smtpscripts.h"
#include "tests/support/await.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

using namespace postaci;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// From DATA to the verdict, and whatever comes between.
class TestSmtpSessionContent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void dotsAreStuffed();
    void largeMailArrivesByteForByte();
    void badInputNeverReachesTheServer_data();
    void badInputNeverReachesTheServer();
    void refusedContentLeavesTheSessionUsable_data();
    void refusedContentLeavesTheSessionUsable();
    void onlyAfterTheDotIsTheOutcomeUnknown_data();
    void onlyAfterTheDotIsTheOutcomeUnknown();
    void reasonBeforeHangingUpIsTold();
    void silenceIsATimeout_data();
    void silenceIsATimeout();
    void cancelInTheMiddleSendsNoDot();
};

// RFC 5321 4.5.2
void TestSmtpSessionContent::dotsAreStuffed()
{
    const QByteArray message = ".first: line\r\n\r\n.\r\n..\r\n.text\r\nx.\r\n.";
    ScriptedServer server({smtpLogin({}).then(wholeMail()).expect("QUIT").send("221 bye\r\n")});
    const auto session = loggedIn(server);
    QVERIFY(await(session->submit(simpleMail({u"b@x.test"_s}, message))));
    await(session->quit());
    QVERIFY2(server.finished(), server.failure());
    QCOMPARE(server.captured("mail"), "..first: line\r\n\r\n..\r\n...\r\n..text\r\nx.\r\n..");
}

void TestSmtpSessionContent::largeMailArrivesByteForByte()
{
    // Every length of line, many a line of dots, over many blocks.
    QByteArray message = "Subject: large\r\n\r\n";
    for (int i = 0; message.size() < 8 * 1024 * 1024; ++i)
        message += QByteArray(i % 4 ? i % 3 : i % 990, '.') + QByteArray(i % 3, 'x') + "\r\n";
    ScriptedServer server({Script()
            .startTls()
            .then(smtpLogin({"PIPELINING"}))
            .expect("MAIL {*}")
            .expect("RCPT {*}")
            .expect("DATA")
            .send("250 ok\r\n250 ok\r\n354 go\r\n")
            .receiveUntil("\r\n.\r\n", "mail")
            .send("250 queued\r\n")});
    SmtpSession session(testTlsPolicy());
    QVERIFY(await(session.open(smtpSettings(server, Encryption::ImplicitTls), smtpCredentials())));
    QSignalSpy progress(&session, &SmtpSession::uploadProgress);
    const auto sent = await(session.submit(simpleMail({u"b@x.test"_s}, message)));
    QVERIFY2(sent, describe(sent));
    QVERIFY2(server.finished(), server.failure());

    QByteArray received = server.captured("mail") + "\r\n";
    QVERIFY(!received.startsWith('.'));
    received.replace("\r\n.", "\r\n");
    QVERIFY(received == message);

    QVERIFY(progress.size() > 100);
    qint64 before = 0;
    for (const QList<QVariant> &step : std::as_const(progress)) {
        QVERIFY(step[0].toLongLong() > before);
        before = step[0].toLongLong();
        QCOMPARE(step[1].toLongLong(), message.size());
    }
    QCOMPARE(before, message.size());
}

void TestSmtpSessionContent::badInputNeverReachesTheServer_data()
{
    QTest::addColumn<Submission>("submission");
    const QByteArray head = "Subject: x\r\n\r\ntext";
    QTest::newRow("bare LF") << simpleMail({u"b@x.test"_s}, head + "\n.\nMAIL FROM:<evil@x.test>\r\n");
    QTest::newRow("bare CR") << simpleMail({u"b@x.test"_s}, head + "\r.\rMAIL FROM:<evil@x.test>\r\n");
    QTest::newRow("NUL") << simpleMail({u"b@x.test"_s}, head + QByteArray("\r\n\0.\r\n", 6));
    QTest::newRow("recipient") << simpleMail({u"b@x.test"_s, u"c@x.test>\r\nDATA"_s});
    QTest::newRow("sender") << Submission{
        .sender = u"a@x.test> AUTH=<>"_s, .recipients = {u"b@x.test"_s}, .message = simpleMessage};
    QTest::newRow("nobody") << simpleMail({});
    QTest::newRow("nothing") << simpleMail({u"b@x.test"_s}, {});
}

// M11, M12
void TestSmtpSessionContent::badInputNeverReachesTheServer()
{
    QFETCH(Submission, submission);
    ScriptedServer server({smtpLogin({"PIPELINING"}).expect("QUIT").send("221 bye\r\n")});
    const auto session = loggedIn(server);
    const auto sent = await(session->submit(submission));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::InvalidInput);
    QVERIFY(session->isOpen());
    await(session->quit());
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionContent::refusedContentLeavesTheSessionUsable_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorKind>("kind");
    const Script envelope
        = smtpLogin({}).expect("MAIL {*}").send("250 ok\r\n").expect("RCPT {*}").send("250 ok\r\n").expect("DATA");
    const Script pipelined = smtpLogin({"PIPELINING"}).expect("MAIL {*}").expect("RCPT {*}").expect("DATA");
    const auto atEnd = [&](const QByteArray &answer) {
        return Script(envelope).send("354 go\r\n").receiveUntil("\r\n.\r\n", "refused").send(answer);
    };
    QTest::newRow("DATA, passing") << Script(envelope).send("451 4.3.0 later\r\n").expect("RSET").send("250 ok\r\n")
                                   << ErrorKind::TryLater;
    QTest::newRow("DATA, lasting") << Script(envelope).send("554 5.7.1 no\r\n").expect("RSET").send("250 ok\r\n")
                                   << ErrorKind::Refused;
    QTest::newRow("DATA, pipelined")
        << Script(pipelined).send("250 ok\r\n250 ok\r\n451 4.3.0 later\r\n").expect("RSET").send("250 ok\r\n")
        << ErrorKind::TryLater;
    QTest::newRow("spam") << atEnd("554 5.7.1 spam\r\n") << ErrorKind::Refused;
    QTest::newRow("too large") << atEnd("552 5.3.4 too large\r\n") << ErrorKind::MessageTooLarge;
    QTest::newRow("passing") << atEnd("451 4.7.1 later\r\n") << ErrorKind::TryLater;
}

void TestSmtpSessionContent::refusedContentLeavesTheSessionUsable()
{
    QFETCH(Script, script);
    QFETCH(ErrorKind, kind);
    const bool pipelined = qstrcmp(QTest::currentDataTag(), "DATA, pipelined") == 0;
    if (pipelined)
        script.expect("MAIL {*}")
            .expect("RCPT {*}")
            .expect("DATA")
            .send("250 ok\r\n250 ok\r\n354 go\r\n")
            .receiveUntil("\r\n.\r\n", "mail")
            .send("250 queued\r\n");
    else
        script.then(wholeMail());
    ScriptedServer server({script});
    const auto session = loggedIn(server);
    const auto refused = await(session->submit(simpleMail()));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, kind);
    QCOMPARE(refused.error().step, Step::Content);
    QVERIFY(refused.error().replyCode >= 400);
    const auto next = await(session->submit(simpleMail()));
    QVERIFY2(next, describe(next));
    QVERIFY(next->delivered);
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionContent::onlyAfterTheDotIsTheOutcomeUnknown_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<Step>("step");
    const Script untilLogin = smtpLogin({});
    const Script mailOk = Script(untilLogin).expect("MAIL {*}").send("250 ok\r\n");
    const Script rcptOk = Script(mailOk).expect("RCPT {*}").send("250 ok\r\n");
    const Script go = Script(rcptOk).expect("DATA").send("354 go\r\n");
    const Script all = Script(go).receiveUntil("\r\n.\r\n", "mail");
    const ErrorKind lost = ErrorKind::ConnectionLost;

    QTest::newRow("before MAIL") << Script(untilLogin).expect("MAIL {*}").cut() << lost << Step::Sender;
    QTest::newRow("before RCPT") << Script(mailOk).expect("RCPT {*}").cut() << lost << Step::Recipient;
    QTest::newRow("before 354") << Script(rcptOk).expect("DATA").cut() << lost << Step::Content;
    QTest::newRow("half a 354") << Script(rcptOk).expect("DATA").send("354 g").reset() << lost << Step::Content;
    QTest::newRow("250 for DATA") << Script(rcptOk).expect("DATA").send("250 ok\r\n").expectClose()
                                  << ErrorKind::Protocol << Step::Content;
    QTest::newRow("garbage for DATA") << Script(rcptOk).expect("DATA").send("go on\r\n").expectClose()
                                      << ErrorKind::Protocol << Step::Content;
    QTest::newRow("354 for MAIL") << Script(untilLogin).expect("MAIL {*}").send("354 go\r\n").expectClose()
                                  << ErrorKind::Protocol << Step::Sender;
    QTest::newRow("354 for RCPT") << Script(mailOk).expect("RCPT {*}").send("354 go\r\n").expectClose()
                                  << ErrorKind::Protocol << Step::Recipient;
    QTest::newRow("after the dot") << Script(all).cut() << lost << Step::EndOfContent;
    QTest::newRow("after the dot, reset") << Script(all).reset() << lost << Step::EndOfContent;
    QTest::newRow("half a 250") << Script(all).send("250 2.0.0 que").cut() << lost << Step::EndOfContent;
    QTest::newRow("250 without its end") << Script(all).send("250-queued\r\n").cut() << lost << Step::EndOfContent;
    QTest::newRow("garbage after the dot")
        << Script(all).send("thanks\r\n").expectClose() << ErrorKind::Protocol << Step::EndOfContent;
    QTest::newRow("354 after the dot") << Script(all).send("354 more\r\n").expectClose() << ErrorKind::Protocol
                                       << Step::EndOfContent;
    QTest::newRow("421 after the dot") << Script(all).send("421 4.3.2 closing\r\n").close() << ErrorKind::TryLater
                                       << Step::Content;
}

// O01
void TestSmtpSessionContent::onlyAfterTheDotIsTheOutcomeUnknown()
{
    QFETCH(Script, script);
    QFETCH(ErrorKind, kind);
    QFETCH(Step, step);
    ScriptedServer server({script});
    const auto session = loggedIn(server);
    const auto sent = await(session->submit(simpleMail()));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, kind);
    QCOMPARE(sent.error().step, step);
    QCOMPARE(sent.error().endpoint, smtpSettings(server, Encryption::None).endpoint());
    QVERIFY(!session->isOpen());
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionContent::reasonBeforeHangingUpIsTold()
{
    // More than fits into the sockets, so that the upload meets the end of the connection.
    QByteArray message = "Subject: x\r\n\r\n";
    while (message.size() < 32 * 1024 * 1024)
        message += QByteArray(900, 'x') + "\r\n";
    ScriptedServer server({smtpLogin({})
            .expect("MAIL {*}")
            .send("250 ok\r\n")
            .expect("RCPT {*}")
            .send("250 ok\r\n")
            .expect("DATA")
            .send("354 go\r\n")
            .receive(100'000, "begin")
            .send("552 5.3.4 enough\r\n")
            .pause("said")
            .reset()});
    const auto session = loggedIn(server);
    auto submission = session->submit(simpleMail({u"b@x.test"_s}, message));
    QVERIFY2(server.reaches("said"), server.failure());
    QCoreApplication::processEvents(); // the reply is here, and a reset would take with it what has not been read
    server.resume("said");
    const auto sent = await(std::move(submission));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::MessageTooLarge);
    QCOMPARE(sent.error().step, Step::Content);
    QVERIFY(!session->isOpen());
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionContent::silenceIsATimeout_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<Step>("step");
    const Script mailOk = smtpLogin({}).expect("MAIL {*}").send("250 ok\r\n");
    const Script rcptOk = Script(mailOk).expect("RCPT {*}").send("250 ok\r\n");
    QTest::newRow("MAIL") << smtpLogin({}).expect("MAIL {*}").stall() << Step::Sender;
    QTest::newRow("RCPT") << Script(mailOk).expect("RCPT {*}").stall() << Step::Recipient;
    QTest::newRow("DATA") << Script(rcptOk).expect("DATA").stall() << Step::Content;
    QTest::newRow("dot") << Script(rcptOk).expect("DATA").send("354 go\r\n").receiveUntil("\r\n.\r\n", "mail").stall()
                         << Step::EndOfContent;
}

void TestSmtpSessionContent::silenceIsATimeout()
{
    QFETCH(Script, script);
    QFETCH(Step, step);
    ScriptedServer server({script});
    const auto session = loggedIn(server, {.command = 300ms, .dataStart = 300ms, .endOfContent = 300ms});
    const auto sent = await(session->submit(simpleMail()));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::Timeout);
    QCOMPARE(sent.error().step, step);
    QVERIFY2(server.finished(), server.failure());

    // O02: nobody gives up earlier than RFC 5321 4.5.3.2 has it.
    const SmtpSession::TimeLimits limits;
    QVERIFY(limits.command >= 5min && limits.dataStart >= 2min && limits.block >= 3min && limits.endOfContent >= 10min);
}

void TestSmtpSessionContent::cancelInTheMiddleSendsNoDot()
{
    QByteArray message = "Subject: x\r\n\r\n";
    while (message.size() < 32 * 1024 * 1024)
        message += QByteArray(900, 'x') + "\r\n";
    ScriptedServer server({smtpLogin({})
            .expect("MAIL {*}")
            .send("250 ok\r\n")
            .expect("RCPT {*}")
            .send("250 ok\r\n")
            .expect("DATA")
            .send("354 go\r\n")
            .receive(100'000, "begin")
            .pause("taken")});
    const auto session = loggedIn(server);
    auto sending = session->submit(simpleMail({u"b@x.test"_s}, message));
    QVERIFY2(server.reaches("taken"), server.failure());
    session->close();
    const auto sent = await(std::move(sending));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::Cancelled);
    QCOMPARE(sent.error().step, Step::Content);
    server.resume("taken");
    QVERIFY2(server.finished(), server.failure());
    QVERIFY(!server.receivedInClear().contains("\r\n.\r\n"));
}

QTEST_GUILESS_MAIN(TestSmtpSessionContent)
#include "test_smtpsession_content.moc"
