// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/smtp/smtpsession.h"
#include "tests/smtp/smtpscripts.h"
#include "tests/support/await.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace postaci;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// The envelope: MAIL and RCPT, one command at a time and pipelined.
class TestSmtpSessionSubmit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneCommandAtATime();
    void pipelinedCommandsGoTogether();
    void severalMailsOverOneConnection();
    void repliesMayComeInAnyPieces_data();
    void repliesMayComeInAnyPieces();
    void tenThousandRecipients();

    void refusedRecipientDoesNotAbortTheOthers_data();
    void refusedRecipientDoesNotAbortTheOthers();
    void nobodyAcceptedMeansNoMail();
    void nobodyAcceptedAndDataAllTheSameEndsWithALoneDot();
    void allOrNoneSendsToNobodyAfterARefusal_data();
    void allOrNoneSendsToNobodyAfterARefusal();
    void refusedSenderIsTyped_data();
    void refusedSenderIsTyped();
    void noDotForAServerWithRecipientsAndNoSender();
    void closingServerFailsTheWholeMail();

    void sizeIsDeclared();
    void tooLargeAMailIsNeverUploaded();
    void eightBitIsDeclared();
    void eightBitIsRefusedWhereNotOffered();
    void smtpUtf8IsDeclaredOnlyWhenNeeded_data();
    void smtpUtf8IsDeclaredOnlyWhenNeeded();
    void addressesThatNeedSmtpUtf8AreRefusedWhereNotOffered();
    void idnDomainsBecomeALabels();

    void probeAsksAndTakesBack_data();
    void probeAsksAndTakesBack();
    void quitDoesNotWaitForLong();
};

void TestSmtpSessionSubmit::oneCommandAtATime()
{
    ScriptedServer server({smtpLogin({}).then(wholeMail()).expect("QUIT").send("221 bye\r\n").expectClose()});
    const auto session = loggedIn(server);
    const auto sent = await(session->submit(simpleMail()));
    QVERIFY2(sent, describe(sent));
    QVERIFY(sent->delivered);
    QCOMPARE(sent->serverText, u"queued as 4711"_s);
    QCOMPARE(sent->recipients.size(), 1);
    QCOMPARE(sent->recipients.first().address, u"b@x.test"_s);
    QVERIFY(sent->recipients.first().accepted);
    QVERIFY(session->isOpen());
    await(session->quit());
    QVERIFY2(server.finished(), server.failure());
    QCOMPARE(server.captured("mail"), simpleMessage.chopped(2));
}

// RFC 2920
void TestSmtpSessionSubmit::pipelinedCommandsGoTogether()
{
    ScriptedServer server({smtpLogin({"PIPELINING"})
            .expectBytes("MAIL FROM:<a@x.test>\r\nRCPT TO:<b@x.test>\r\nRCPT TO:<c@x.test>\r\nDATA\r\n")
            .send("250 ok\r\n250 ok\r\n251 will forward\r\n354 go\r\n")
            .receiveUntil("\r\n.\r\n", "mail")
            .send("250 2.0.0 queued\r\n")
            .expect("QUIT")
            .send("221 bye\r\n")});
    const auto session = loggedIn(server);
    const auto sent = await(session->submit(simpleMail({u"b@x.test"_s, u"c@x.test"_s})));
    QVERIFY2(sent, describe(sent));
    QVERIFY(sent->delivered);
    QVERIFY(sent->recipients[0].accepted && sent->recipients[1].accepted);
    await(session->quit());
    QVERIFY2(server.finished(), server.failure());
    QCOMPARE(server.captured("mail"), simpleMessage.chopped(2));
}

void TestSmtpSessionSubmit::severalMailsOverOneConnection()
{
    ScriptedServer server({smtpLogin({}).then(wholeMail()).then(wholeMail()).then(wholeMail())});
    const auto session = loggedIn(server);
    for (int i = 0; i < 3; ++i) {
        const auto sent = await(session->submit(simpleMail()));
        QVERIFY2(sent, describe(sent));
        QVERIFY(sent->delivered);
    }
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionSubmit::repliesMayComeInAnyPieces_data()
{
    QTest::addColumn<QByteArray>("extension");
    QTest::addColumn<int>("segment");
    for (const char *extension : {"HELP", "PIPELINING"}) {
        for (const int segment : {1, 2, 5, 0})
            QTest::addRow("%s, %d", extension, segment) << QByteArray(extension) << segment;
    }
}

// M15
void TestSmtpSessionSubmit::repliesMayComeInAnyPieces()
{
    QFETCH(QByteArray, extension);
    QFETCH(int, segment);
    Script script = Script().chunked(segment).then(smtpLogin({extension}));
    if (extension == "PIPELINING")
        script.expect("MAIL {*}")
            .expect("RCPT {*}")
            .expect("RCPT {*}")
            .expect("DATA")
            .send("250-ok\r\n250 ok\r\n250 ok\r\n550-5.1.1 no\r\n550 5.1.1 such user\r\n354 go\r\n");
    else
        script.expect("MAIL {*}")
            .send("250-ok\r\n250 ok\r\n")
            .expect("RCPT {*}")
            .send("250 ok\r\n")
            .expect("RCPT {*}")
            .send("550-5.1.1 no\r\n550 5.1.1 such user\r\n")
            .expect("DATA")
            .send("354 go\r\n");
    ScriptedServer server({script.receiveUntil("\r\n.\r\n", "mail").send("250-2.0.0 queued\r\n250 2.0.0 well\r\n")});
    const auto session = loggedIn(server);
    const auto sent = await(session->submit(simpleMail({u"b@x.test"_s, u"c@x.test"_s})));
    QVERIFY2(sent, describe(sent));
    QVERIFY(sent->delivered);
    QCOMPARE(sent->serverText, u"queued well"_s);
    QVERIFY(sent->recipients[0].accepted);
    QCOMPARE(sent->recipients[1].error.serverText, u"no such user"_s);
    QVERIFY2(server.finished(), server.failure());
}

// M15: as many replies in one segment, one in each, and byte by byte.
void TestSmtpSessionSubmit::tenThousandRecipients()
{
    constexpr int count = 10'000;
    QStringList recipients;
    QByteArray replies = "250 ok\r\n";
    Script commands = Script().expect("MAIL FROM:<a@x.test>");
    for (int i = 0; i < count; ++i) {
        recipients.append(u"user%1@x.test"_s.arg(i));
        commands.expect("RCPT TO:<" + recipients.last().toLatin1() + ">");
        replies += i % 10 ? "250 2.1.5 ok\r\n" : "550 5.1.1 no " + QByteArray::number(i) + "\r\n";
    }
    commands.expect("DATA");
    for (const qsizetype segment : {qsizetype(0), qsizetype(14), qsizetype(1)}) {
        ScriptedServer server({smtpLogin({"PIPELINING"})
                .then(commands)
                .chunked(segment, Script::Pace::Rushing)
                .send(replies + "354 go\r\n")
                .chunked(0)
                .receiveUntil("\r\n.\r\n", "mail")
                .send("250 queued\r\n")});
        const auto session = loggedIn(server);
        const auto sent = await(session->submit(simpleMail(recipients)));
        QVERIFY2(sent, describe(sent));
        QCOMPARE(sent->recipients.size(), count);
        for (int i = 0; i < count; ++i) {
            QCOMPARE(sent->recipients[i].accepted, i % 10 != 0);
            if (i % 10 == 0)
                QCOMPARE(sent->recipients[i].error.serverText, u"no %1"_s.arg(i));
        }
        QVERIFY2(server.finished(), server.failure());
    }
}

void TestSmtpSessionSubmit::refusedRecipientDoesNotAbortTheOthers_data()
{
    QTest::addColumn<Script>("script");
    QTest::newRow("one at a time") << smtpLogin({})
                                          .expect("MAIL {*}")
                                          .send("250 ok\r\n")
                                          .expect("RCPT TO:<b@x.test>")
                                          .send("550 5.1.1 no such user\r\n")
                                          .expect("RCPT TO:<c@x.test>")
                                          .send("250 ok\r\n")
                                          .expect("RCPT TO:<d@x.test>")
                                          .send("452 4.2.2 full\r\n")
                                          .expect("DATA")
                                          .send("354 go\r\n");
    QTest::newRow("pipelined") << smtpLogin({"PIPELINING"})
                                      .expect("MAIL {*}")
                                      .expect("RCPT TO:<b@x.test>")
                                      .expect("RCPT TO:<c@x.test>")
                                      .expect("RCPT TO:<d@x.test>")
                                      .expect("DATA")
                                      .send(
                                          "250 ok\r\n550 5.1.1 no such user\r\n250 ok\r\n452 4.2.2 full\r\n354 go\r\n");
}

// O04, RFC 5321 3.3
void TestSmtpSessionSubmit::refusedRecipientDoesNotAbortTheOthers()
{
    QFETCH(Script, script);
    ScriptedServer server({script.receiveUntil("\r\n.\r\n", "mail").send("250 queued\r\n")});
    const auto session = loggedIn(server);
    const auto sent = await(session->submit(simpleMail({u"b@x.test"_s, u"c@x.test"_s, u"d@x.test"_s})));
    QVERIFY2(sent, describe(sent));
    QVERIFY(sent->delivered);
    QVERIFY(!sent->recipients[0].accepted);
    QCOMPARE(sent->recipients[0].error.kind, ErrorKind::RecipientRefused);
    QCOMPARE(sent->recipients[0].error.step, Step::Recipient);
    QCOMPARE(sent->recipients[0].error.subject, u"b@x.test"_s);
    QCOMPARE(sent->recipients[0].error.replyCode, 550);
    QCOMPARE(sent->recipients[0].error.enhancedCode, "5.1.1");
    QCOMPARE(sent->recipients[0].error.serverText, u"no such user"_s);
    QVERIFY(sent->recipients[1].accepted);
    QCOMPARE(sent->recipients[1].error, MailError());
    QVERIFY(!sent->recipients[2].accepted);
    QCOMPARE(sent->recipients[2].error.kind, ErrorKind::MailboxFull);
    QVERIFY2(server.finished(), server.failure());
    QCOMPARE(server.captured("mail"), simpleMessage.chopped(2));
}

void TestSmtpSessionSubmit::nobodyAcceptedMeansNoMail()
{
    ScriptedServer server({smtpLogin({})
                               .expect("MAIL {*}")
                               .send("250 ok\r\n")
                               .expect("RCPT {*}")
                               .send("550 5.1.1 no\r\n")
                               .expect("RSET")
                               .send("250 ok\r\n")
                               .then(wholeMail()),
        smtpLogin({"PIPELINING"})
            .expect("MAIL {*}")
            .expect("RCPT {*}")
            .expect("DATA")
            .send("250 ok\r\n550 5.1.1 no\r\n554 5.5.1 no valid recipients\r\n")
            .expect("MAIL {*}")
            .expect("RCPT {*}")
            .expect("DATA")
            .send("250 ok\r\n250 ok\r\n354 go\r\n")
            .receiveUntil("\r\n.\r\n", "mail")
            .send("250 queued\r\n")});
    for (int i = 0; i < 2; ++i) {
        const auto session = loggedIn(server);
        const auto refused = await(session->submit(simpleMail()));
        QVERIFY2(refused, describe(refused));
        QVERIFY(!refused->delivered);
        QVERIFY(!refused->recipients.first().accepted);
        QCOMPARE(refused->recipients.first().error.kind, ErrorKind::RecipientRefused);
        const auto next = await(session->submit(simpleMail()));
        QVERIFY2(next, describe(next));
        QVERIFY(next->delivered);
    }
    QVERIFY2(server.finished(), server.failure());
}

// RFC 2920 3.1
void TestSmtpSessionSubmit::nobodyAcceptedAndDataAllTheSameEndsWithALoneDot()
{
    ScriptedServer server({smtpLogin({"PIPELINING"})
            .expect("MAIL {*}")
            .expect("RCPT {*}")
            .expect("DATA")
            .send("250 ok\r\n550 5.1.1 no\r\n354 go\r\n")
            .expectBytes(".\r\n")
            .send("554 5.5.1 no valid recipients\r\n")
            .expect("QUIT")
            .send("221 bye\r\n")});
    const auto session = loggedIn(server);
    const auto sent = await(session->submit(simpleMail()));
    QVERIFY2(sent, describe(sent));
    QVERIFY(!sent->delivered);
    QVERIFY(session->isOpen());
    await(session->quit());
    QVERIFY2(server.finished(), server.failure());
    QVERIFY(!server.receivedInClear().contains("Subject"));
}

void TestSmtpSessionSubmit::allOrNoneSendsToNobodyAfterARefusal_data()
{
    QTest::addColumn<Script>("script");
    QTest::newRow("one at a time") << smtpLogin({})
                                          .expect("MAIL {*}")
                                          .send("250 ok\r\n")
                                          .expect("RCPT TO:<b@x.test>")
                                          .send("550 no\r\n")
                                          .expect("RCPT TO:<c@x.test>")
                                          .send("250 ok\r\n");
    QTest::newRow("pipelined") << smtpLogin({"PIPELINING"})
                                      .expect("MAIL {*}")
                                      .expect("RCPT TO:<b@x.test>")
                                      .expect("RCPT TO:<c@x.test>")
                                      .send("250 ok\r\n550 no\r\n250 ok\r\n");
}

void TestSmtpSessionSubmit::allOrNoneSendsToNobodyAfterARefusal()
{
    QFETCH(Script, script);
    ScriptedServer server({script.expect("RSET").send("250 ok\r\n").expect("QUIT").send("221 bye\r\n")});
    const auto session = loggedIn(server);
    Submission submission = simpleMail({u"b@x.test"_s, u"c@x.test"_s});
    submission.toAllOrNone = true;
    const auto sent = await(session->submit(submission));
    QVERIFY2(sent, describe(sent));
    QVERIFY(!sent->delivered);
    QVERIFY(!sent->recipients[0].accepted);
    QVERIFY2(sent->recipients[1].accepted, "would have been");
    await(session->quit());
    QVERIFY2(server.finished(), server.failure());
    QVERIFY(!server.receivedInClear().contains("DATA"));
}

void TestSmtpSessionSubmit::refusedSenderIsTyped_data()
{
    QTest::addColumn<Script>("script");
    QTest::newRow("one at a time")
        << smtpLogin({}).expect("MAIL {*}").send("550 5.7.1 not yours\r\n").expect("RSET").send("250 ok\r\n");
    QTest::newRow("pipelined") << smtpLogin({"PIPELINING"})
                                      .expect("MAIL {*}")
                                      .expect("RCPT {*}")
                                      .expect("DATA")
                                      .send("550 5.7.1 not yours\r\n503 5.5.1 MAIL first\r\n503 5.5.1 RCPT first\r\n");
    QTest::newRow("pipelined, 354") << smtpLogin({"PIPELINING"})
                                           .expect("MAIL {*}")
                                           .expect("RCPT {*}")
                                           .expect("DATA")
                                           .send("550 5.7.1 not yours\r\n503 5.5.1 MAIL first\r\n354 go\r\n")
                                           .expect(".")
                                           .send("503 5.5.1 no\r\n");
}

void TestSmtpSessionSubmit::refusedSenderIsTyped()
{
    QFETCH(Script, script);
    ScriptedServer server({script.expect("QUIT").send("221 bye\r\n")});
    const auto session = loggedIn(server);
    const auto sent = await(session->submit(simpleMail()));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::SenderRefused);
    QCOMPARE(sent.error().step, Step::Sender);
    QCOMPARE(sent.error().serverText, u"not yours"_s);
    QVERIFY(session->isOpen());
    await(session->quit());
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionSubmit::noDotForAServerWithRecipientsAndNoSender()
{
    ScriptedServer server({smtpLogin({"PIPELINING"})
            .expect("MAIL {*}")
            .expect("RCPT {*}")
            .expect("DATA")
            .send("550 5.7.1 no\r\n250 ok\r\n354 go\r\n")
            .expectClose()});
    const auto session = loggedIn(server);
    const auto sent = await(session->submit(simpleMail()));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::SenderRefused);
    QVERIFY(!session->isOpen());
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionSubmit::closingServerFailsTheWholeMail()
{
    ScriptedServer server({smtpLogin({"PIPELINING"})
                               .expect("MAIL {*}")
                               .expect("RCPT {*}")
                               .expect("RCPT {*}")
                               .expect("DATA")
                               .send("250 ok\r\n250 ok\r\n421 4.3.2 shutting down\r\n")
                               .close(),
        smtpLogin({}).expect("MAIL {*}").send("421 4.3.2 shutting down\r\n").close()});
    for (const Step step : {Step::Recipient, Step::Sender}) {
        const auto session = loggedIn(server);
        const auto sent = await(session->submit(simpleMail({u"b@x.test"_s, u"c@x.test"_s})));
        QVERIFY(!sent);
        QCOMPARE(sent.error().kind, ErrorKind::TryLater);
        QCOMPARE(sent.error().step, step);
        QVERIFY(!session->isOpen());
    }
    QVERIFY2(server.finished(), server.failure());
}

// RFC 1870
void TestSmtpSessionSubmit::sizeIsDeclared()
{
    ScriptedServer server(
        {smtpLogin({"SIZE"}).then(wholeMail(" SIZE=20")), smtpLogin({"SIZE 20"}).then(wholeMail(" SIZE=20"))});
    for (int i = 0; i < 2; ++i) {
        const auto sent = await(loggedIn(server)->submit(simpleMail()));
        QVERIFY2(sent, describe(sent));
        QVERIFY(sent->delivered);
    }
    QVERIFY2(server.finished(), server.failure());
    QCOMPARE(simpleMessage.size(), 20);
}

void TestSmtpSessionSubmit::tooLargeAMailIsNeverUploaded()
{
    ScriptedServer server({smtpLogin({"SIZE 19"}).expect("QUIT").send("221 bye\r\n")});
    const auto session = loggedIn(server);
    const auto sent = await(session->submit(simpleMail()));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::MessageTooLarge);
    QVERIFY(session->isOpen());
    await(session->quit());
    QVERIFY2(server.finished(), server.failure());
}

// RFC 6152
void TestSmtpSessionSubmit::eightBitIsDeclared()
{
    const QByteArray message = "Subject: x\r\n\r\nığüşöç\r\n";
    ScriptedServer server({smtpLogin({"8BITMIME", "SMTPUTF8"}).then(wholeMail(" BODY=8BITMIME")).then(wholeMail())});
    const auto session = loggedIn(server);
    QVERIFY(await(session->submit(simpleMail({u"b@x.test"_s}, message))));
    QVERIFY(await(session->submit(simpleMail())));
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionSubmit::eightBitIsRefusedWhereNotOffered()
{
    ScriptedServer server({smtpLogin({}).expect("QUIT").send("221 bye\r\n")});
    const auto session = loggedIn(server);
    const auto sent = await(session->submit(simpleMail({u"b@x.test"_s}, "Subject: x\r\n\r\nığüşöç\r\n")));
    QVERIFY(!sent);
    QCOMPARE(sent.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(sent.error().step, Step::Content);
    await(session->quit());
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionSubmit::smtpUtf8IsDeclaredOnlyWhenNeeded_data()
{
    QTest::addColumn<QString>("sender");
    QTest::addColumn<QString>("recipient");
    QTest::addColumn<QByteArray>("parameters");
    QTest::newRow("neither") << u"a@x.test"_s << u"b@x.test"_s << ""_ba;
    QTest::newRow("only IDN") << u"a@çağrı.test"_s << u"b@çağrı.test"_s << ""_ba;
    QTest::newRow("sender") << u"ayşe@x.test"_s << u"b@x.test"_s << " SMTPUTF8"_ba;
    QTest::newRow("recipient") << u"a@x.test"_s << u"ayşe@x.test"_s << " SMTPUTF8"_ba;
}

// C04, RFC 6531
void TestSmtpSessionSubmit::smtpUtf8IsDeclaredOnlyWhenNeeded()
{
    QFETCH(QString, sender);
    QFETCH(QString, recipient);
    QFETCH(QByteArray, parameters);
    const QByteArray from = *envelopeAddress(sender);
    const QByteArray to = *envelopeAddress(recipient);
    ScriptedServer server({smtpLogin({"8BITMIME", "SMTPUTF8"})
            .expect("MAIL FROM:<" + from + ">" + parameters)
            .send("250 ok\r\n")
            .expect("RCPT TO:<" + to + ">")
            .send("250 ok\r\n")
            .expect("DATA")
            .send("354 go\r\n")
            .receiveUntil("\r\n.\r\n", "mail")
            .send("250 queued\r\n")});
    const auto sent
        = await(loggedIn(server)->submit({.sender = sender, .recipients = {recipient}, .message = simpleMessage}));
    QVERIFY2(sent, describe(sent) + " " + server.failure());
    QVERIFY2(server.finished(), server.failure());
}

// C04
void TestSmtpSessionSubmit::addressesThatNeedSmtpUtf8AreRefusedWhereNotOffered()
{
    ScriptedServer server({smtpLogin({"8BITMIME"}).then(wholeMail()).expect("QUIT").send("221 bye\r\n")});
    const auto session = loggedIn(server);

    // The others get it.
    const QStringList recipients{u"ayşe@x.test"_s, u"b@x.test"_s};
    const auto sent = await(session->submit(simpleMail(recipients)));
    QVERIFY2(sent, describe(sent));
    QVERIFY(sent->delivered);
    QVERIFY(!sent->recipients[0].accepted);
    QCOMPARE(sent->recipients[0].error.kind, ErrorKind::RecipientRefused);
    QCOMPARE(sent->recipients[0].error.subject, u"ayşe@x.test"_s);
    QVERIFY(sent->recipients[1].accepted);

    // Not a byte more for the rest of these.
    Submission allOrNone = simpleMail(recipients);
    allOrNone.toAllOrNone = true;
    const auto none = await(session->submit(allOrNone));
    QVERIFY(none && !none->delivered);
    const auto nobody = await(session->submit(simpleMail({u"ayşe@x.test"_s})));
    QVERIFY(nobody && !nobody->delivered);
    const auto fromThere
        = await(session->submit({.sender = u"ayşe@x.test"_s, .recipients = {u"b@x.test"_s}, .message = simpleMessage}));
    QVERIFY(!fromThere);
    QCOMPARE(fromThere.error().kind, ErrorKind::SenderRefused);

    await(session->quit());
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionSubmit::idnDomainsBecomeALabels()
{
    ScriptedServer server({smtpLogin({})
            .expect("MAIL FROM:<a@x.test>")
            .send("250 ok\r\n")
            .expect("RCPT TO:<ayse@xn--ar-3ia9t9c.test>")
            .send("250 ok\r\n")
            .expect("DATA")
            .send("354 go\r\n")
            .receiveUntil("\r\n.\r\n", "mail")
            .send("250 queued\r\n")});
    const auto sent = await(loggedIn(server)->submit(simpleMail({u"ayse@çağrı.test"_s})));
    QVERIFY2(sent, describe(sent));
    QCOMPARE(sent->recipients.first().address, u"ayse@çağrı.test"_s);
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionSubmit::probeAsksAndTakesBack_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<ErrorKind>("kind");
    const Script mailOk = smtpLogin({}).expect("MAIL FROM:<a@x.test>").send("250 ok\r\n").expect("RCPT TO:<a@x.test>");
    QTest::newRow("good") << Script(mailOk).send("250 ok\r\n").expect("RSET").send("250 ok\r\n")
                          << ErrorKind::Cancelled;
    QTest::newRow("sender refused")
        << smtpLogin({}).expect("MAIL FROM:<a@x.test>").send("553 5.7.1 no\r\n").expect("RSET").send("250 ok\r\n")
        << ErrorKind::SenderRefused;
    QTest::newRow("relay refused") << Script(mailOk).send("554 5.7.1 no relaying\r\n").expect("RSET").send("250 ok\r\n")
                                   << ErrorKind::RecipientRefused;
}

void TestSmtpSessionSubmit::probeAsksAndTakesBack()
{
    QFETCH(Script, script);
    QFETCH(ErrorKind, kind);
    ScriptedServer server({script.expect("QUIT").send("221 bye\r\n").expectClose()});
    const auto session = loggedIn(server);
    const auto probed = await(session->probe(u"a@x.test"_s));
    if (kind == ErrorKind::Cancelled) {
        QVERIFY2(probed, describe(probed));
    } else {
        QVERIFY(!probed);
        QCOMPARE(probed.error().kind, kind);
    }
    await(session->quit());
    QVERIFY2(server.finished(), server.failure());
}

void TestSmtpSessionSubmit::quitDoesNotWaitForLong()
{
    ScriptedServer server({smtpLogin({}).expect("QUIT").stall()});
    const auto session = loggedIn(server, {.quit = 300ms});
    await(session->quit(), 5s);
    QVERIFY(!session->isOpen());
    QVERIFY2(server.finished(), server.failure());
    await(session->quit()); // a second time does no harm
}

QTEST_GUILESS_MAIN(TestSmtpSessionSubmit)
#include "test_smtpsession_submit.moc"
