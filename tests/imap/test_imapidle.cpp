// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/imapsession.h"
#include "tests/imap/imapscripts.h"
#include "tests/support/await.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

/// Waiting for changes (RFC 2177, S17).
class TestImapIdle : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<ImapSession> open(ScriptedServer &server)
    {
        auto session = std::make_unique<ImapSession>(testTlsPolicy());
        session->setPatience(2s);
        if (!await(session->open(settingsFor(server), credentials)) || !await(session->select(u"INBOX"_s)))
            return nullptr;
        return session;
    }

private Q_SLOTS:
    // K12
    void returnsOnEveryKindOfChange_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line :
            {"* 4 EXISTS", "* 2 EXISTS", "* 3 EXPUNGE", "* VANISHED 5", "* 2 FETCH (FLAGS (\\Seen))"})
            QTest::newRow(line) << QByteArray(line);
    }
    void returnsOnEveryKindOfChange()
    {
        QFETCH(const QByteArray, line);
        ScriptedServer server({selected(3)
                .expect("{tag} IDLE")
                .send("+ idling\r\n* OK still here\r\n* 3 EXISTS\r\n* 0 RECENT\r\n")
                .pause("idling")
                .send(line + "\r\n" + line + "\r\n")
                .expect("DONE")
                .send(line + "\r\n{tag} OK done\r\n")
                .expect("{tag} UID STORE {*}")
                .send("{tag} OK done\r\n")});
        const auto session = open(server);
        QVERIFY(session);
        QSignalSpy doorbell(session.get(), &ImapSession::doorbell);
        auto idling = session->idle(10min);
        QVERIFY2(server.reaches("idling"), server.failure());
        QVERIFY(doorbell.isEmpty());
        server.resume("idling");
        const auto idled = await(std::move(idling));
        QVERIFY2(idled, describe(idled));
        QCOMPARE(doorbell.size(), 1);
        QVERIFY(await(session->changeFlags({1}, Flag::Seen, {})));
        QVERIFY2(server.finished(), server.failure());
    }

    void returnsAtItsLimit()
    {
        ScriptedServer server(
            {selected().expect("{tag} IDLE").send("+ \r\n").expect("DONE").send("{tag} OK done\r\n")});
        const auto session = open(server);
        QVERIFY(session);
        const auto idled = await(session->idle(100ms));
        QVERIFY2(idled, describe(idled));
        QVERIFY2(server.finished(), server.failure());
    }

    void stopsWhenTold()
    {
        ScriptedServer server({selected()
                .expect("{tag} IDLE")
                .send("+ \r\n")
                .pause("idling")
                .expect("DONE")
                .send("{tag} OK done\r\n")
                .expect("{tag} UID STORE {*}")
                .send("{tag} OK done\r\n")});
        const auto session = open(server);
        QVERIFY(session);
        auto idling = session->idle(10min);
        QVERIFY2(server.reaches("idling"), server.failure());
        server.resume("idling");
        session->stopIdle();
        session->stopIdle();
        QVERIFY(await(std::move(idling)));
        QVERIFY(session->isOpen());
        QVERIFY(await(session->changeFlags({1}, Flag::Seen, {})));
        QVERIFY2(server.finished(), server.failure());
    }

    /// DONE before the server's "+" would be an illegal command.
    void stoppedEarlyItStillWaitsForTheServersConsent()
    {
        ScriptedServer server(
            {selected().expect("{tag} IDLE").pause("asked").send("+ \r\n").expect("DONE").send("{tag} OK done\r\n")});
        const auto session = open(server);
        QVERIFY(session);
        auto idling = session->idle(10min);
        session->stopIdle();
        QVERIFY2(server.reaches("asked"), server.failure());
        QVERIFY(!server.receivedEncrypted().contains("DONE"));
        server.resume("asked");
        QVERIFY(await(std::move(idling)));
        QVERIFY2(server.finished(), server.failure());
    }

    // S16
    void aServerThatDoesNotAnswerDoneIsGone()
    {
        ScriptedServer server({selected().expect("{tag} IDLE").send("+ \r\n").expect("DONE").stall()});
        const auto session = open(server);
        QVERIFY(session);
        session->setPatience(300ms);
        const auto idled = await(session->idle(100ms));
        QVERIFY(!idled);
        QCOMPARE(idled.error().kind, ErrorKind::Timeout);
        QCOMPARE(idled.error().step, Step::Idle);
        QVERIFY(!session->isOpen());
    }

    void closingEndsTheWait()
    {
        ScriptedServer server({selected().expect("{tag} IDLE").send("+ \r\n").pause("idling").stall()});
        const auto session = open(server);
        QVERIFY(session);
        auto idling = session->idle(10min);
        QVERIFY2(server.reaches("idling"), server.failure());
        server.resume("idling");
        session->close();
        const auto idled = await(std::move(idling));
        QVERIFY(!idled);
        QCOMPARE(idled.error().kind, ErrorKind::Cancelled);
    }

    // S17
    void aServerThatEndsIdleAtOnceIsPolledInstead_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("OK") << "{tag} OK done\r\n"_ba;
        QTest::newRow("+ and OK") << "+ \r\n{tag} OK done\r\n"_ba;
        QTest::newRow("NO") << "{tag} NO not here\r\n"_ba;
        QTest::newRow("BAD") << "{tag} BAD what?\r\n"_ba;
    }
    void aServerThatEndsIdleAtOnceIsPolledInstead()
    {
        QFETCH(const QByteArray, answer);
        ScriptedServer server({selected()
                .expect("{tag} IDLE")
                .send(answer)
                .expect("{tag} NOOP")
                .send("{tag} OK done\r\n")
                .expect("{tag} NOOP")
                .send("* 4 EXISTS\r\n{tag} OK done\r\n")});
        const auto session = open(server);
        QVERIFY(session);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(await(session->idle(300ms)));
        QVERIFY(timer.elapsed() >= 300);
        QSignalSpy doorbell(session.get(), &ImapSession::doorbell);
        QVERIFY(await(session->idle(300ms)));
        QVERIFY(timer.elapsed() >= 600);
        QCOMPARE(doorbell.size(), 1);
        QVERIFY2(server.finished(), server.failure());
    }

    void aServerWithoutIdleIsPolled()
    {
        ScriptedServer server(
            {selected(3, "IMAP4rev1 SASL-IR AUTH=PLAIN").expect("{tag} NOOP").send("{tag} OK done\r\n")});
        const auto session = open(server);
        QVERIFY(session);
        auto idling = session->idle(10min);
        session->stopIdle(); // looks once more, and returns
        QVERIFY(await(std::move(idling)));
        QVERIFY2(server.finished(), server.failure());
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestImapIdle)
#include "test_imapidle.moc"
