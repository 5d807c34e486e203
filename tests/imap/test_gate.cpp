// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/imapsession.h"
#include "tests/imap/imapscripts.h"
#include "tests/support/await.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

QByteArray literal(const QByteArray &bytes)
{
    return '{' + QByteArray::number(bytes.size()) + "}\r\n" + bytes;
}

/// A mail whose text would delete others if it were taken for responses.
const QByteArray attack = QByteArray("* VANISHED (EARLIER) 1:100\r\n").repeated(30);

/// What was delivered before the connection was lost; a failure when it was not lost, or something else happened.
QCoro::Task<Result<QList<QByteArray>>> headersUntilTheCut(ServerSettings server)
{
    QList<QByteArray> headers;
    ImapSession session(testTlsPolicy());
    if (const auto opened = co_await session.open(server, credentials); !opened)
        co_return failure(opened.error());
    if (const auto folder = co_await session.select(u"INBOX"_s); !folder)
        co_return failure(folder.error());
    const auto fetched = co_await session.fetchHeaders({{1, 0}}, [&headers](const QList<FetchedHeader> &batch) {
        for (const FetchedHeader &header : batch)
            headers.append(header.header);
    });
    if (fetched || session.isOpen())
        co_return failure({.kind = ErrorKind::Protocol, .step = Step::FetchHeaders});
    if (fetched.error().kind != ErrorKind::ConnectionLost)
        co_return failure(fetched.error());
    co_return headers;
}

} // namespace

/// What the gate lets through and what it does not, with KIMAP behind it, against servers that break the rules, the
/// connection, or nothing but KIMAP's expectations.
class TestGate : public QObject {
    Q_OBJECT

private:
    /// Selects INBOX, and runs fetchMessage(7) against that answer.
    struct Outcome {
        Result<QByteArray> message = failure({.kind = ErrorKind::Storage});
        bool open = false;
        qsizetype doorbells = 0;
    };
    Outcome fetchAgainst(ScriptedServer &server)
    {
        Outcome outcome;
        ImapSession session(testTlsPolicy());
        session.setPatience(2s);
        QSignalSpy doorbell(&session, &ImapSession::doorbell);
        if (const auto opened = await(session.open(settingsFor(server), credentials)); !opened)
            return outcome;
        if (const auto folder = await(session.select(u"INBOX"_s)); !folder)
            return outcome;
        outcome.message = await(session.fetchMessage(7));
        outcome.open = session.isOpen();
        outcome.doorbells = doorbell.size();
        session.close();
        return outcome;
    }

private Q_SLOTS:
    // K1, K2, K7, K8, K10, M16
    void anIllegalAnswerClosesAndNothingOfItCounts_data()
    {
        QTest::addColumn<QByteArray>("answer");
        const auto row = [](const char *name, QByteArray answer) { QTest::newRow(name) << answer; };
        row("K1 tag alone", "{tag}\r\n");
        row("K1 neither yes nor no", "{tag} MAYBE\r\n");
        row("K1 bare star", "*\r\n{tag} OK\r\n");
        row("K2 unknown tag", "ZZZ OK done\r\n");
        row("K2 former tag", "A000002 OK done\r\n");
        row("K2 empty tag", "\"\" OK done\r\n");
        row("unwanted continuation", "+ go on\r\n");
        row("K7 negative literal", "* 1 FETCH (UID 7 BODY[] {-6}\r\nab)\r\n{tag} OK\r\n");
        row("K7 wrapping literal", "* 1 FETCH (UID 7 BODY[] {4294967301}\r\n" + attack + ")\r\n{tag} OK\r\n");
        row("K8 section without end", "* 1 FETCH (UID 7 BODY[HEADER.FIELDS (X) {3}\r\nabc)\r\n{tag} OK\r\n");
        row("K8 nesting",
            "* 1 FETCH (UID 7 BODYSTRUCTURE " + QByteArray(100'000, '(') + QByteArray(100'000, ')')
                + ")\r\n{tag} OK\r\n");
        row("K10 empty line", "\r\n{tag} OK\r\n");
        row("M16 missing bracket", "* 1 FETCH (UID 7 BODY[ {3}\r\nabc)\r\n{tag} OK\r\n");
        row("M16 list not closed", "* 1 FETCH (UID 7 BODY[] {3}\r\nabc\r\n{tag} OK\r\n");
        row("M16 odd count", "* 1 FETCH (UID 7 BODY[])\r\n{tag} OK\r\n");
        row("M16 part as the whole", "* 1 FETCH (UID 7 BODY[]<10> {3}\r\nabc)\r\n{tag} OK\r\n");
        row("search for nonsense", "* SEARCH 1:*\r\n{tag} OK\r\n");
        row("endless line", "* OK " + QByteArray(1'200'000, 'x') + "\r\n{tag} OK\r\n");
    }
    void anIllegalAnswerClosesAndNothingOfItCounts()
    {
        QFETCH(const QByteArray, answer);
        ScriptedServer server({selected().expect("{tag} UID FETCH 7 {*}").send(answer).stall()});
        const Outcome outcome = fetchAgainst(server);
        QVERIFY(!outcome.message);
        // A literal of more than any mail is one, said politely.
        QVERIFY(outcome.message.error().kind == ErrorKind::Protocol
            || outcome.message.error().kind == ErrorKind::MessageTooLarge);
        QCOMPARE(outcome.message.error().step, Step::FetchBody);
        QVERIFY(!outcome.open);
        QCOMPARE(outcome.doorbells, 0);
    }

    // K6: with stock KIMAP this mail deletes a hundred others.
    void aStallInsideAMailNeverMakesItProtocol()
    {
        ScriptedServer server(
            {selected().expect("{tag} UID FETCH 7 {*}").send("* 1 FETCH (UID 7 BODY[] {4000}\r\n" + attack).stall()});
        const Outcome outcome = fetchAgainst(server);
        QVERIFY(!outcome.message);
        QCOMPARE(outcome.message.error().kind, ErrorKind::Timeout);
        QVERIFY(!outcome.open);
        QCOMPARE(outcome.doorbells, 0);
    }

    void aMailThatIsFullOfResponsesStaysAMail()
    {
        ScriptedServer server({selected()
                .expect("{tag} UID FETCH 7 {*}")
                .send("* 1 FETCH (UID 7 BODY[] " + literal(attack) + ")\r\n{tag} OK done\r\n")});
        const Outcome outcome = fetchAgainst(server);
        QCOMPARE(outcome.message, attack);
        QVERIFY(outcome.open);
        QCOMPARE(outcome.doorbells, 0);
    }

    // K10
    void aCutBetweenCrAndLfIsNoVerdict()
    {
        ScriptedServer server({selected()
                .expect("{tag} UID FETCH 7 {*}")
                .send("* 1 FETCH (UID 7 BODY[] {2}\r\nhi)\r\n{tag} OK done\r")
                .cut()});
        const Outcome outcome = fetchAgainst(server);
        QVERIFY(!outcome.message);
        QCOMPARE(outcome.message.error().kind, ErrorKind::ConnectionLost);
        QVERIFY(!outcome.open);
    }

    // K8: what crashed SELECT.
    void selectSurvivesWhatDoesNotBelongThere()
    {
        ScriptedServer server({loggedIn()
                .expect("{tag} SELECT {*}")
                .send("* FLAGS\r\n* 5 FETCH\r\n* 5 FETCH (UID 1 FLAGS ())\r\n* OK [PERMANENTFLAGS]\r\n* OK "
                      "[UIDVALIDITY]\r\n"
                      "* OK []\r\n* LIST () \"/\" x\r\n* SEARCH\r\n* 3 EXPUNGE\r\n* VANISHED (EARLIER) "
                      "10:5,1:*\r\n{tag} OK done\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        const auto folder = await(session.select(u"INBOX"_s));
        QVERIFY2(folder, describe(folder));
        QCOMPARE(folder->uidValidity, 0u);
        QCOMPARE(folder->exists, 0u);
        QVERIFY(session.isOpen());
    }

    // K9, M13: before, within and after every answer.
    void acceptsAllThatIsLegal_data()
    {
        QTest::addColumn<QByteArray>("line");
        for (const char *line : {"* OK Welcome :)", "* OK say \"hi", "* OK (", "* NO [ALERT] {5}", "* BAD [", "* OK %",
                 "* OK ğüşıöç", "* OK", "* OK ", "* ok lower", "* OK \t tabs\t", "* OK trailing   ", "* XUNKNOWN (",
                 "* XUNKNOWN", "* 5 XUNKNOWN \"", "* OK [XCODE (\"] x", "* FLAGS (\\Seen)", "* STATUS x (MESSAGES 3)",
                 "* CAPABILITY IMAP4rev1", "* LIST () NIL NIL", "* ENABLED", "* 3 RECENT", "* NAMESPACE NIL NIL NIL",
                 "* 1 FETCH (MODSEQ (5) ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) UID 6)",
                 "* 1 FETCH (UID 6 BINARY[1] ~{3}\r\nabc)", "* XLIST {3}\r\nabc x"})
            QTest::newRow(line) << QByteArray(line);
        QTest::newRow("100 kB line") << "* OK " + QByteArray(100'000, 'x');
    }
    void acceptsAllThatIsLegal()
    {
        QFETCH(const QByteArray, line);
        const QByteArray odd = line + "\r\n";
        ScriptedServer server({loggedIn()
                .expect("{tag} LIST {*}")
                .send(odd + "* LIST () \"/\" INBOX\r\n" + odd + "{tag} OK (\"\r\n")
                .expect("{tag} SELECT {*}")
                .send(odd + "* 1 EXISTS\r\n* OK [UIDVALIDITY 17] \"\r\n" + odd + "{tag} OK )\r\n")
                .expect("{tag} UID FETCH 7 {*}")
                .send(odd + "* 1 FETCH (UID 7 BODY[] {2}\r\nhi)\r\n" + odd + "{tag} OK :)\r\n")
                .expect("{tag} UID COPY {*}")
                .send(odd + "{tag} NO {5}\r\n")
                .expect("{tag} UID STORE {*}")
                .send("{tag} ok\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        const auto folders = await(session.listFolders());
        QVERIFY2(folders, describe(folders));
        QVERIFY(folders->contains(RemoteFolder{u"INBOX"_s, u'/', {}}));
        const auto folder = await(session.select(u"INBOX"_s));
        QVERIFY2(folder, describe(folder));
        QCOMPARE(folder->uidValidity, 17u);
        QCOMPARE(await(session.fetchMessage(7)), "hi"_ba);
        const auto copied = await(session.copy({7}, u"x"_s));
        QVERIFY(!copied);
        QCOMPARE(copied.error().serverText, u"{5}"_s);
        QVERIFY(await(session.changeFlags({7}, Flag::Seen, {})));
        QVERIFY2(server.finished(), server.failure());
    }

    // M15
    void theSameComesOutHoweverTheBytesAreSplit()
    {
        const auto talk = [](Script begin) {
            return begin.expect("{tag} LIST {*}")
                .send("* LIST (\\Sent) \"/\" {4}\r\nSent\r\n* LIST () \"/\" \"a\\\\b\"\r\n{tag} OK done\r\n")
                .expect("{tag} SELECT {*}")
                .send("* 2 EXISTS\r\n* OK [UIDVALIDITY 17] ok\r\n* OK [UIDNEXT 9] ok\r\n{tag} OK [READ-WRITE] done\r\n")
                .expect("{tag} UID FETCH {*}")
                .send("* 1 FETCH (UID 7 FLAGS (\\Seen) BODY[HEADER.FIELDS (DATE)] {6}\r\nA: b\r\n)\r\n"
                      "* 2 FETCH (BODY[HEADER.FIELDS (DATE)] \"\" UID 8)\r\n{tag} OK done\r\n")
                .expect("{tag} UID FETCH 7 {*}")
                .send("* 1 FETCH (BODY[] " + literal(attack) + " UID 7)\r\n{tag} OK done\r\n")
                .expect("{tag} UID MOVE {*}")
                .send("* OK [COPYUID 5 7 8] moved\r\n* 1 EXPUNGE\r\n{tag} OK done\r\n");
        };
        ScriptedServer server({talk(loggedIn()), talk(loggedIn().byteWise()), talk(loggedIn().chunked(7))});
        QList<RemoteFolder> folders;
        for (int mode = 0; mode < 3; ++mode) {
            ImapSession session(testTlsPolicy());
            QVERIFY(await(session.open(settingsFor(server), credentials)));
            const auto list = await(session.listFolders());
            QVERIFY2(list, describe(list));
            QCOMPARE(list->size(), 2);
            folders = folders.isEmpty() ? *list : folders;
            QCOMPARE(*list, folders);
            const auto folder = await(session.select(u"INBOX"_s));
            QVERIFY(folder);
            QCOMPARE(folder->uidNext, 9u);
            QList<FetchedHeader> headers;
            QVERIFY(await(session.fetchHeaders({{1, 0}}, [&](QList<FetchedHeader> batch) { headers += batch; })));
            QCOMPARE(headers.size(), 2);
            QCOMPARE(headers.at(0).header, "A: b\r\n\r\n");
            QCOMPARE(await(session.fetchMessage(7)), attack);
            const auto moved = await(session.move({7}, u"x"_s));
            QVERIFY(moved && *moved);
            QCOMPARE((*moved)->destination, QList<quint32>({8}));
        }
        QVERIFY2(server.finished(), server.failure());
    }

    // M15: the catalogue's ten thousand, with KIMAP behind the gate: in one segment, one in each, and byte by byte.
    void tenThousandRepliesAreTheSameInAnyPieces()
    {
        constexpr int count = 10'000;
        QByteArray replies;
        for (int i = 1; i <= count; ++i)
            replies += "* " + QByteArray::number(10'000 + i) + " FETCH (UID " + QByteArray::number(20'000 + i)
                + (i % 2 ? " FLAGS ())\r\n" : " FLAGS (\\Seen))\r\n");
        const qsizetype one = replies.indexOf('\n') + 1;
        for (const qsizetype segment : {qsizetype(0), one, qsizetype(1)}) {
            ScriptedServer server({Script()
                    .send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n")
                    .expect("{tag} AUTHENTICATE PLAIN {*}")
                    .send("{tag} OK [CAPABILITY IMAP4rev1] welcome\r\n")
                    .expect("{tag} SELECT \"INBOX\"")
                    .send("* 20000 EXISTS\r\n{tag} OK done\r\n")
                    .expect("{tag} UID FETCH {*}")
                    .chunked(segment, Script::Pace::Rushing)
                    .send(replies + "{tag} OK done\r\n")});
            ImapSession session(testTlsPolicy());
            QVERIFY(await(session.open(settingsFor(server, Encryption::None), credentials)));
            QVERIFY(await(session.select(u"INBOX"_s)));
            const auto flags = await(session.fetchFlags({{1, 0}}));
            QVERIFY2(flags, describe(flags));
            QCOMPARE(flags->size(), count);
            for (int i = 0; i < count; ++i) {
                QCOMPARE(flags->at(i).uid, quint32(20'001 + i));
                QCOMPARE(flags->at(i).flags.testFlag(Flag::Seen), i % 2 == 1);
            }
            QVERIFY2(server.finished(), server.failure());
        }
    }

    // S06: the catalogue's 200 cuts.
    void aCutMailIsNeverDeliveredAsWhole()
    {
        QList<QByteArray> mails;
        QByteArray answer;
        for (int i = 0; i < 5; ++i) {
            mails.append("Subject: " + QByteArray::number(i) + "\r\n\r\n" + attack.first(100 + 50 * i) + "\r\n\r\n");
            const QByteArray number = QByteArray::number(i + 1);
            answer += "* " + number + " FETCH (UID " + number + " FLAGS () BODY[HEADER.FIELDS (DATE)] "
                + literal(mails.last()) + ")\r\n";
        }
        answer += "A000003 OK done\r\n";
        QRandomGenerator random(20241124);
        QList<Script> scripts;
        for (int i = 0; i < 200; ++i) {
            scripts.append(
                selected(5).expect("{tag} UID FETCH {*}").cutAfter(random.bounded(int(answer.size()))).sendRaw(answer));
        }
        ScriptedServer server(scripts);

        constexpr int atOnce = 20;
        int delivered = 0;
        for (int round = 0; round < 200 / atOnce; ++round) {
            std::vector<QCoro::Task<Result<QList<QByteArray>>>> running;
            for (int i = 0; i < atOnce; ++i)
                running.push_back(headersUntilTheCut(settingsFor(server)));
            for (auto &task : running) {
                const auto headers = await(std::move(task));
                QVERIFY2(headers, describe(headers));
                QCOMPARE(*headers, mails.first(headers->size()));
                delivered += int(headers->size());
            }
        }
        // Whole mails before the cut are good; about half of all.
        QVERIFY(delivered > 200 && delivered < 800);
        QVERIFY2(server.finished(), server.failure());
    }

    // K11
    void endsAtOnceInTheMiddleOfALine()
    {
        ScriptedServer server({selected()
                .expect("{tag} UID FETCH 7 {*}")
                .send("* 1 FETCH (UID 7 BODY[] {4000}\r\nhalf")
                .pause("half")
                .stall()});
        auto session = std::make_unique<ImapSession>(testTlsPolicy());
        QVERIFY(await(session->open(settingsFor(server), credentials)));
        QVERIFY(await(session->select(u"INBOX"_s)));
        auto fetching = session->fetchMessage(7);
        QVERIFY2(server.reaches("half"), server.failure());
        server.resume("half");
        QElapsedTimer timer;
        timer.start();
        session->close();
        const auto fetched = await(std::move(fetching));
        session.reset();
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(!fetched);
        QCOMPARE(fetched.error().kind, ErrorKind::Cancelled);
    }

    void aClosedSessionRefusesEverythingElse()
    {
        ScriptedServer server({});
        ImapSession session(testTlsPolicy());
        session.close();
        const auto opened = await(session.open(settingsFor(server), credentials));
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::Cancelled);
        QVERIFY(!await(session.listFolders()));
        QVERIFY(!await(session.idle(1min)));
        QCOMPARE(server.connectionCount(), 0);
    }

    void aServerThatSaysByeIsGone()
    {
        ScriptedServer server(
            {selected().expect("{tag} UID FETCH 7 {*}").send("* BYE [UNAVAILABLE] restarting\r\n").close()});
        const Outcome outcome = fetchAgainst(server);
        QVERIFY(!outcome.message);
        QCOMPARE(outcome.message.error().kind, ErrorKind::ConnectionLost);
        QCOMPARE(outcome.message.error().serverText, u"restarting"_s);
        QVERIFY(outcome.message.error().isTransient());
    }

    // The tap: what was not asked for is told, and never taken for an answer.
    void ringsForChangesThatNobodyAskedFor_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("rings");
        QTest::newRow("EXISTS") << "* 4 EXISTS"_ba << true;
        QTest::newRow("the same EXISTS") << "* 3 EXISTS"_ba << false;
        QTest::newRow("EXPUNGE") << "* 3 EXPUNGE"_ba << true;
        QTest::newRow("VANISHED") << "* VANISHED 1:100"_ba << true;
        QTest::newRow("FETCH") << "* 2 FETCH (FLAGS (\\Seen))"_ba << true;
        QTest::newRow("FETCH with UID") << "* 2 FETCH (UID 8 FLAGS (\\Seen))"_ba << true;
        QTest::newRow("RECENT") << "* 1 RECENT"_ba << false;
        QTest::newRow("still here") << "* OK still here"_ba << false;
    }
    void ringsForChangesThatNobodyAskedFor()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const bool, rings);
        ScriptedServer server({selected(3)
                .expect("{tag} UID FETCH 7 {*}")
                .send(line + "\r\n* 1 FETCH (UID 7 BODY[] {2}\r\nhi)\r\n{tag} OK done\r\n")});
        const Outcome outcome = fetchAgainst(server);
        QCOMPARE(outcome.message, "hi"_ba);
        QCOMPARE(outcome.doorbells, rings ? 1 : 0);
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestGate)
#include "test_gate.moc"
