// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/imapsession.h"
#include "core/imap/mailboxname.h"
#include "tests/imap/imapscripts.h"
#include "tests/support/await.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

const QByteArray headerItems
    = "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (DATE SUBJECT FROM REPLY-TO TO CC BCC "
      "MESSAGE-ID IN-REPLY-TO REFERENCES CONTENT-TYPE)])";

QByteArray literal(const QByteArray &bytes)
{
    return '{' + QByteArray::number(bytes.size()) + "}\r\n" + bytes;
}

} // namespace

/// What each procedure says to a server and makes of its answers, when nothing goes wrong with the connection.
class TestImapSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listsFolders()
    {
        ScriptedServer server({loggedIn()
                .expect("{tag} LIST \"\" \"*\" RETURN (SUBSCRIBED SPECIAL-USE)")
                .send("* LIST (\\HasChildren) \"/\" inbox\r\n"
                      "* LIST (\\HasNoChildren \\Sent) \"/\" \"G&APY-nderilenler\"\r\n"
                      "* LIST () NIL {3}\r\na\\b\r\n"
                      "* LIST () \"/\" INBOX\r\n"
                      "{tag} OK done\r\n")
                .expect("{tag} LOGOUT")
                .send("* BYE till next time\r\n{tag} OK done\r\n")
                .expectClose()});
        ImapSession session(testTlsPolicy());
        const auto opened = await(session.open(settingsFor(server), credentials));
        QVERIFY2(opened, describe(opened));
        QVERIFY(opened->has("UIDPLUS"));
        const auto folders = await(session.listFolders());
        QVERIFY2(folders, describe(folders));
        QCOMPARE(folders->size(), 3);
        QCOMPARE(folders->at(0), (RemoteFolder{u"INBOX"_s, u'/', {"\\haschildren"}}));
        QCOMPARE(folders->at(1), (RemoteFolder{u"Gönderilenler"_s, u'/', {"\\hasnochildren", "\\sent"}}));
        QCOMPARE(folders->at(2), (RemoteFolder{u"a\\b"_s, QChar(), {}}));
        await(session.logout());
        QVERIFY(!session.isOpen());
        QVERIFY2(server.finished(), server.failure());
    }

    // K15, M17
    void callsEveryMailboxByItsOwnName_data()
    {
        QTest::addColumn<QByteArray>("listed");
        QTest::addColumn<QByteArray>("name");
        const auto row = [](QByteArray listed, QByteArray name) { QTest::newRow(listed) << listed << name; };
        row("\"a\\\\b\"", "a\\\\b");
        row("\"a\\\\\\\\b\"", "a\\\\\\\\b");
        row("{4}\r\na\\\\b", "a\\\\\\\\b");
        row("a[b]c", "a[b]c");
        row("\"say \\\"hi\\\"\"", "say \\\"hi\\\"");
        row("\"%*\"", "%*");
        row("&2D3cjA-", "&2D3cjA-");
        row("\"&AOQ\"", "&AOQ");
        row("\"a&AA0ACg-b\"", "a&AA0ACg-b");
        row("{2}\r\n\xc3\xa4", "\xc3\xa4");
        row("NIL", "NIL");
        row("\"..\"", "..");
    }
    void callsEveryMailboxByItsOwnName()
    {
        QFETCH(const QByteArray, listed);
        QFETCH(const QByteArray, name);
        ScriptedServer server({loggedIn("IMAP4rev1 SASL-IR AUTH=PLAIN CONDSTORE")
                .expect("{tag} LIST \"\" *")
                .send("* LIST () \"/\" " + listed + "\r\n{tag} OK done\r\n")
                .expect("{tag} SELECT \"" + name + "\" (CONDSTORE)")
                .send("{tag} OK done\r\n")
                .expect("{tag} CREATE \"" + name + "\"")
                .send("{tag} OK done\r\n")
                .expect("{tag} SUBSCRIBE \"" + name + "\"")
                .send("{tag} NO I don't\r\n")
                .expect("{tag} RENAME \"" + name + "\" \"" + name + "\"")
                .send("{tag} OK done\r\n")
                .expect("{tag} UNSUBSCRIBE \"" + name + "\"")
                .send("{tag} BAD I don't\r\n")
                .expect("{tag} SUBSCRIBE \"" + name + "\"")
                .send("{tag} OK done\r\n")
                .expect("{tag} DELETE \"" + name + "\"")
                .send("{tag} OK done\r\n")
                .expect("{tag} UNSUBSCRIBE \"" + name + "\"")
                .send("{tag} OK done\r\n")
                .expect("{tag} UID COPY 1 \"" + name + "\"")
                .send("{tag} OK done\r\n")
                .expect("{tag} APPEND \"" + name + "\" {1}")
                .send("{tag} NO [TRYCREATE] not there\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        const auto folders = await(session.listFolders());
        QVERIFY2(folders, describe(folders));
        QCOMPARE(folders->size(), 1);
        const QString path = folders->front().path;
        QVERIFY(await(session.select(path)));
        QCOMPARE(session.selectedPath(), path);
        QVERIFY(await(session.createFolder(path)));
        QVERIFY(await(session.renameFolder(path, path)));
        QVERIFY(await(session.deleteFolder(path)));
        QVERIFY(await(session.copy({1}, path)));
        const auto appended = await(session.append(path, "x", {}, {}));
        QVERIFY(!appended);
        QCOMPARE(appended.error().kind, ErrorKind::NotFound);
        QVERIFY2(server.finished(), server.failure());
    }

    void refusesAMailboxThatNoCommandCanHold()
    {
        ScriptedServer server(
            {loggedIn().expect("{tag} LIST {*}").send("* LIST () \"/\" {4}\r\na\r\nb\r\n{tag} OK done\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        const auto folders = await(session.listFolders());
        QVERIFY(folders && folders->size() == 1);
        const auto folder = await(session.select(folders->front().path));
        QVERIFY(!folder);
        QCOMPARE(folder.error().kind, ErrorKind::InvalidInput);
        QVERIFY(session.isOpen());
        QVERIFY(!await(session.select(QString())));
    }

    void selectsAFolder()
    {
        ScriptedServer server({loggedIn(plainCapabilities + " CONDSTORE")
                .expect("{tag} SELECT \"INBOX\" (CONDSTORE)")
                .send(
                    "* FLAGS\r\n* FLAGS (\\Seen)\r\n* 1 RECENT\r\n* 4294967295 EXISTS\r\n* 23 EXISTS\r\n"
                    "* OK [UIDVALIDITY 4294967295] .\r\n* OK [UIDNEXT 4294967290] .\r\n* OK [UNSEEN 3] .\r\n"
                    "* OK [HIGHESTMODSEQ 9223372036854775807] .\r\n* OK [PERMANENTFLAGS (\\Seen \\Answered \\*)] .\r\n"
                    "{tag} OK [READ-ONLY] done\r\n")
                .expect("{tag} SELECT \"gone\" (CONDSTORE)")
                .send("{tag} NO [NONEXISTENT] no such mailbox\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        const auto folder = await(session.select(u"INBOX"_s));
        QVERIFY2(folder, describe(folder));
        QCOMPARE(folder->uidValidity, 4294967295u);
        QCOMPARE(folder->uidNext, 4294967290u);
        QCOMPARE(folder->exists, 23u);
        QCOMPARE(folder->highestModSeq, 9223372036854775807u);
        QVERIFY(folder->readOnly);
        QVERIFY(folder->permanentFlags.testFlags(Flag::Seen | Flag::Answered | Flag::Junk | Flag::Forwarded));
        QVERIFY(!folder->permanentFlags.testFlag(Flag::Deleted));
        QCOMPARE(session.selectedPath(), u"INBOX"_s);

        const auto gone = await(session.select(u"gone"_s));
        QVERIFY(!gone);
        QCOMPARE(gone.error().kind, ErrorKind::NotFound);
        QCOMPARE(gone.error().serverText, u"no such mailbox"_s);
        QCOMPARE(gone.error().enhancedCode, "NONEXISTENT");
        QVERIFY(session.selectedPath().isEmpty());
        QVERIFY(session.isOpen());
        QVERIFY2(server.finished(), server.failure());
    }

    // RFC 7162 3.2.5, with its numbers.
    void selectTellsWhatHasChanged()
    {
        ScriptedServer server({withQresync()
                .expect("{tag} SELECT \"Arşiv\" (QRESYNC (67890007 90060115194045000))"_ba.replace(
                    "Arşiv", encodeMailboxName(u"Arşiv"_s)))
                .send("* 2 FETCH (UID 9 FLAGS (\\Deleted) MODSEQ (5))\r\n* VANISHED (EARLIER) 7\r\n"
                      "* OK [CLOSED] that was of the mailbox before\r\n"
                      "* 10003 EXISTS\r\n* OK [UIDVALIDITY 67890007] .\r\n* OK [UIDNEXT 600] .\r\n"
                      "* OK [HIGHESTMODSEQ 90060115205545359] .\r\n"
                      "* VANISHED (EARLIER) 41,43:116,118,120:211\r\n* VANISHED (EARLIER) 540\r\n"
                      "* 49 FETCH (UID 117 FLAGS (\\Seen \\Answered) MODSEQ (90060115194045001))\r\n"
                      "* 50 FETCH (UID 119 FLAGS () MODSEQ (90060115194045308))\r\n"
                      "* 50 FETCH (UID 119 FLAGS (\\Seen) MODSEQ (90060115194045309))\r\n"
                      "{tag} OK [READ-WRITE] done\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        const auto folder = await(
            session.select(u"Arşiv"_s, KnownState{.uidValidity = 67890007, .highestModSeq = 90060115194045000}));
        QVERIFY2(folder, describe(folder));
        QVERIFY(folder->changes);
        QCOMPARE(folder->exists, 10003u);
        QCOMPARE(folder->highestModSeq, 90060115205545359u);
        QCOMPARE(folder->changes->vanished, (QList<UidRange>{{41, 41}, {43, 116}, {118, 118}, {120, 211}, {540, 540}}));
        QCOMPARE(folder->changes->flags, (QList<FetchedFlags>{{117, Flag::Seen | Flag::Answered}, {119, Flag::Seen}}));
        QVERIFY2(server.finished(), server.failure());
    }

    void changesOfAnotherNumberingAreNone()
    {
        for (const QByteArray state : {"* OK [UIDVALIDITY 18] .\r\n* OK [HIGHESTMODSEQ 900] .\r\n",
                 "* OK [UIDVALIDITY 17] .\r\n* OK [HIGHESTMODSEQ 800] .\r\n",
                 "* OK [UIDVALIDITY 17] .\r\n* OK [NOMODSEQ] .\r\n"}) {
            ScriptedServer server({withQresync()
                    .expect("{tag} SELECT \"INBOX\" (QRESYNC (17 850))")
                    .send("* 3 EXISTS\r\n" + state + "* VANISHED (EARLIER) 1:100\r\n{tag} OK done\r\n")});
            ImapSession session(testTlsPolicy());
            QVERIFY(await(session.open(settingsFor(server), credentials)));
            const auto folder = await(session.select(u"INBOX"_s, KnownState{.uidValidity = 17, .highestModSeq = 850}));
            QVERIFY2(folder, describe(folder));
            QVERIFY2(!folder->changes, state);
        }
    }

    void changesAreNotAskedForWhereNobodyKeepsThem()
    {
        const QByteArray capabilities = plainCapabilities + " CONDSTORE ENABLE QRESYNC";
        for (const QByteArray answer : {"{tag} NO not today\r\n", "* ENABLED\r\n{tag} OK done\r\n"}) {
            ScriptedServer server({loggedIn(capabilities)
                    .expect("{tag} ENABLE QRESYNC")
                    .send(answer)
                    .expect("{tag} SELECT \"INBOX\" (CONDSTORE)")
                    .send("* 3 EXISTS\r\n* OK [UIDVALIDITY 17] .\r\n* OK [HIGHESTMODSEQ 900] .\r\n{tag} OK\r\n")});
            ImapSession session(testTlsPolicy());
            const auto can = await(session.open(settingsFor(server), credentials));
            QVERIFY2(can, describe(can));
            QVERIFY(!can->has("QRESYNC"));
            const auto folder = await(session.select(u"INBOX"_s, KnownState{.uidValidity = 17, .highestModSeq = 850}));
            QVERIFY2(folder, describe(folder));
            QVERIFY(!folder->changes);
            QVERIFY2(server.finished(), server.failure());
        }
    }

    void fetchesHeadersInBatches()
    {
        const QByteArray header = "From: a@b\r\nSubject: x\r\n\r\n";
        QByteArray answers = "* 1 FETCH (UID 7 FLAGS (\\Seen $Forwarded \\Recent custom) INTERNALDATE "
                             "\"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 4286 BODY[HEADER.FIELDS (DATE FROM)] "
            + literal(header)
            + ")\r\n* 2 FETCH (BODY[HEADER.FIELDS (DATE FROM)] \"\" UID 60)\r\n"
              "* 3 FETCH (BODY[HEADER.FIELDS (DATE FROM)] NIL UID 55)\r\n";
        for (int uid = 1000; uid < 1500; ++uid)
            answers += "* 9 FETCH (UID " + QByteArray::number(uid) + " BODY[HEADER.FIELDS (DATE)] " + literal(header)
                + ")\r\n";
        ScriptedServer server({selected(3)
                .expect("{tag} UID FETCH 1:50,60:* " + headerItems)
                .sendRaw(answers)
                .send("{tag} OK done\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        QVERIFY(await(session.select(u"INBOX"_s)));

        QList<FetchedHeader> headers;
        QList<qsizetype> batches;
        const auto fetched = await(session.fetchHeaders({{1, 50}, {60, 0}}, [&](QList<FetchedHeader> batch) {
            headers += batch;
            batches += batch.size();
        }));
        QVERIFY2(fetched, describe(fetched));
        QCOMPARE(batches, QList<qsizetype>({200, 200, 102}));
        QCOMPARE(headers.at(0).uid, 7u);
        QCOMPARE(headers.at(0).flags, Flag::Seen | Flag::Forwarded);
        QCOMPARE(headers.at(0).received, QDateTime(QDate(1996, 7, 17), QTime(9, 44, 25), QTimeZone::UTC));
        QCOMPARE(headers.at(0).size, 4286);
        QCOMPARE(headers.at(0).header, header);
        QCOMPARE(headers.at(1).uid, 60u);
        QCOMPARE(headers.at(1).header, "\r\n\r\n");
        QVERIFY2(server.finished(), server.failure());
    }

    void splitsCommandsThatWouldBeTooLong()
    {
        QList<UidRange> odd;
        for (quint32 uid = 100'001; uid < 102'001; uid += 2)
            odd.append({uid, uid});
        ScriptedServer server({selected()
                .expect("{tag} UID FETCH {a} " + headerItems)
                .send("{tag} OK done\r\n")
                .expect("{tag} UID FETCH {b} " + headerItems)
                .send("{tag} OK done\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        QVERIFY(await(session.select(u"INBOX"_s)));
        QVERIFY(await(session.fetchHeaders(odd, [](const QList<FetchedHeader> &) { })));
        QVERIFY2(server.finished(), server.failure());
        QVERIFY(server.captured("a").size() <= 4000);
        QCOMPARE((server.captured("a") + ',' + server.captured("b")).count(','), 999);
    }

    void fetchesFlags()
    {
        ScriptedServer server({selected(3, plainCapabilities + " CONDSTORE")
                .expect("{tag} UID FETCH 1:* (FLAGS UID) (CHANGEDSINCE 12345)")
                .send("* 1 FETCH (FLAGS (\\Deleted) UID 4 MODSEQ (12346))\r\n* 2 FETCH (UID 5 FLAGS ())\r\n{tag} OK "
                      "done\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        QVERIFY(await(session.select(u"INBOX"_s)));
        const auto flags = await(session.fetchFlags({{1, 0}}, 12345));
        QVERIFY2(flags, describe(flags));
        QCOMPARE(flags->size(), 2);
        QCOMPARE(flags->at(0).uid, 4u);
        QCOMPARE(flags->at(0).flags, Flag::Deleted);
        QCOMPARE(flags->at(1).flags, Flags());
        QVERIFY2(server.finished(), server.failure());
    }

    void findsAllUids_data()
    {
        QTest::addColumn<QByteArray>("capabilities");
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("ESEARCH") << plainCapabilities << "UID SEARCH RETURN (ALL) ALL"_ba
                                 << "* ESEARCH (TAG \"{tag}\") UID ALL 2,10:12,4294967295\r\n"_ba;
        QTest::newRow("SEARCH all the same") << plainCapabilities << "UID SEARCH RETURN (ALL) ALL"_ba
                                             << "* SEARCH 12 2 10 11\r\n* SEARCH 4294967295 2\r\n"_ba;
        QTest::newRow("neither")
            << "IMAP4rev1 SASL-IR AUTH=PLAIN"_ba << "UID FETCH 1:* (UID)"_ba
            << "* 1 FETCH (UID 2)\r\n* 2 FETCH (UID 10)\r\n* 3 FETCH (UID 11)\r\n* 4 FETCH (UID 12)\r\n"
               "* 5 FETCH (UID 4294967295)\r\n"_ba;
    }
    void findsAllUids()
    {
        QFETCH(const QByteArray, capabilities);
        QFETCH(const QByteArray, command);
        QFETCH(const QByteArray, answer);
        ScriptedServer server({selected(5, capabilities)
                .expect("{tag} " + command)
                .send(answer + "{tag} OK done\r\n")
                .expect("{tag} " + command)
                .send("{tag} OK nothing there\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        QVERIFY(await(session.select(u"INBOX"_s)));
        QCOMPARE(await(session.searchAllUids()), QList<quint32>({2, 10, 11, 12, 4294967295}));
        QCOMPARE(await(session.searchAllUids()), QList<quint32>());
        QVERIFY2(server.finished(), server.failure());
    }

    void findsAMessageId()
    {
        ScriptedServer server({selected()
                .expect("{tag} UID SEARCH HEADER Message-ID \"<\\\"a\\\\b\\\"@=41.example>\"")
                .send("* SEARCH 4 4294967295\r\n{tag} OK done\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        QVERIFY(await(session.select(u"INBOX"_s)));
        QCOMPARE(await(session.searchMessageId("\"a\\b\"@=41.example")), QList<quint32>({4, 4294967295}));
        QVERIFY2(server.finished(), server.failure());
        for (const QByteArray &id : {QByteArray(), "a\r\nA1 DELETE INBOX"_ba, "a b"_ba, "\xc3\xa4"_ba}) {
            const auto found = await(session.searchMessageId(id));
            QVERIFY(!found);
            QCOMPARE(found.error().kind, ErrorKind::InvalidInput);
        }
    }

    // K16
    void fetchesAMessageByteForByte()
    {
        const QByteArray message = "bare\nLF, bare\rCR, NUL \0, CR LF\r\n.\r\n\xff\xfe no end"_ba;
        ScriptedServer server({selected()
                .expect("{tag} UID FETCH 7 (RFC822.SIZE INTERNALDATE BODY.PEEK[] FLAGS UID)")
                .send("* 1 FETCH (UID 7 RFC822.SIZE " + QByteArray::number(message.size()) + " BODY[] ")
                .sendRaw(literal(message))
                .send(" FLAGS ())\r\n{tag} OK done\r\n")
                .expect("{tag} UID FETCH 8 {*}")
                .send("* 1 FETCH (UID 8 RFC822.SIZE 2 BODY[] \"hi\")\r\n{tag} OK done\r\n")
                .expect("{tag} UID FETCH 9 {*}")
                .send("{tag} OK done\r\n")
                .expect("{tag} UID FETCH 10 {*}")
                .send("* 1 FETCH (UID 11 BODY[] \"not mine\")\r\n* 2 FETCH (UID 10 BODY[] NIL)\r\n{tag} OK done\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        QVERIFY(await(session.select(u"INBOX"_s)));
        QCOMPARE(await(session.fetchMessage(7)), message);
        QCOMPARE(await(session.fetchMessage(8)), "hi"_ba);
        for (const quint32 uid : {9u, 10u}) {
            const auto gone = await(session.fetchMessage(uid));
            QVERIFY(!gone);
            QCOMPARE(gone.error().kind, ErrorKind::NotFound);
        }
        QVERIFY2(server.finished(), server.failure());
    }

    // M16
    void aBodyShorterThanItsSizeIsFetchedAgain()
    {
        const auto answer = [](const QByteArray &body) {
            return "* 1 FETCH (UID 7 RFC822.SIZE 20 BODY[] " + literal(body) + ")\r\n{tag} OK done\r\n";
        };
        const QByteArray whole(20, 'w');
        const QByteArray part = whole.first(10);
        const QByteArray other = whole.first(11);
        Script script = selected();
        // cut off once; never the same twice; estimated by the server, and believed from then on
        for (const QByteArray &body : {part, whole, part, other, part, part, other})
            script.expect("{tag} UID FETCH 7 {*}").send(answer(body));
        ScriptedServer server({script});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        QVERIFY(await(session.select(u"INBOX"_s)));
        QCOMPARE(await(session.fetchMessage(7)), whole);
        const auto unsteady = await(session.fetchMessage(7));
        QVERIFY(!unsteady);
        QCOMPARE(unsteady.error().kind, ErrorKind::TryLater);
        QCOMPARE(await(session.fetchMessage(7)), part);
        QCOMPARE(await(session.fetchMessage(7)), other);
        QVERIFY2(server.finished(), server.failure());
    }

    void changesFlags()
    {
        ScriptedServer server({selected()
                .expect("{tag} UID STORE 1:3,9 +FLAGS (\\Seen \\Flagged $Forwarded $Junk $MDNSent)")
                .send("* 1 FETCH (FLAGS (\\Seen))\r\n{tag} OK done\r\n")
                .expect("{tag} UID STORE 1:3,9 -FLAGS ($NotJunk)")
                .send("{tag} NO [READ-ONLY] not here\r\n")});
        ImapSession session(testTlsPolicy());
        QSignalSpy doorbell(&session, &ImapSession::doorbell);
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        QVERIFY(await(session.select(u"INBOX"_s)));
        const auto changed = await(session.changeFlags(
            {9, 1, 2, 3}, Flag::Seen | Flag::Flagged | Flag::Forwarded | Flag::Junk | Flag::MdnSent, Flag::NotJunk));
        QVERIFY(!changed);
        QCOMPARE(changed.error().kind, ErrorKind::ReadOnly);
        QVERIFY(session.isOpen());
        QVERIFY(await(session.changeFlags({}, Flag::Seen, {})));
        QVERIFY(doorbell.isEmpty());
        QVERIFY2(server.finished(), server.failure());
    }

    void copiesAndMoves_data()
    {
        QTest::addColumn<QByteArray>("capabilities");
        QTest::addColumn<Script>("move");
        const auto row = [](const char *name, QByteArray capabilities, const Script &script) {
            QTest::newRow(name) << "IMAP4rev1 SASL-IR AUTH=PLAIN " + capabilities << script;
        };
        const Script copy
            = Script().expect("{tag} UID COPY 3:4 \"Ar&AV8-iv\"").send("{tag} OK [COPYUID 5 3:4 100:101] done\r\n");
        const Script mark = Script()
                                .expect("{tag} UID STORE 3:4 +FLAGS (\\Deleted)")
                                .send("* 1 FETCH (UID 3 FLAGS (\\Deleted))\r\n{tag} OK done\r\n");
        row("MOVE", "MOVE UIDPLUS",
            Script()
                .expect("{tag} UID MOVE 3:4 \"Ar&AV8-iv\"")
                .send("* OK [COPYUID 5 3:4 100:101] moved\r\n* 1 EXPUNGE\r\n* 1 EXPUNGE\r\n{tag} OK done\r\n"));
        row("UIDPLUS", "UIDPLUS",
            Script(copy)
                .then(mark)
                .expect("{tag} UID EXPUNGE 3:4")
                .send("* 1 EXPUNGE\r\n* 1 EXPUNGE\r\n{tag} OK done\r\n"));
        row("neither", "", Script(copy).then(mark));
    }
    void copiesAndMoves()
    {
        QFETCH(const QByteArray, capabilities);
        QFETCH(const Script, move);
        ScriptedServer server({selected(3, capabilities)
                .expect("{tag} UID COPY 3:4 \"Ar&AV8-iv\"")
                .send("{tag} OK [COPYUID 5 3:4 100:101] done\r\n")
                .then(move)});
        ImapSession session(testTlsPolicy());
        QSignalSpy doorbell(&session, &ImapSession::doorbell);
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        QVERIFY(await(session.select(u"INBOX"_s)));
        for (const auto &result : {await(session.copy({3, 4}, u"Arşiv"_s)), await(session.move({3, 4}, u"Arşiv"_s))}) {
            QVERIFY2(result, describe(result));
            QVERIFY(result->has_value());
            QCOMPARE((*result)->uidValidity, 5u);
            QCOMPARE((*result)->source, QList<quint32>({3, 4}));
            QCOMPARE((*result)->destination, QList<quint32>({100, 101}));
        }
        QVERIFY(doorbell.isEmpty()); // we know what we have moved
        QVERIFY2(server.finished(), server.failure());
        QVERIFY(!server.receivedEncrypted().contains(" EXPUNGE\r\n")); // never all that is marked
    }

    void aFailedCopyRemovesNothing()
    {
        ScriptedServer server({selected(3, "IMAP4rev1 SASL-IR AUTH=PLAIN UIDPLUS")
                .expect("{tag} UID COPY 3 \"full\"")
                .send("{tag} NO [OVERQUOTA] full\r\n")});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        QVERIFY(await(session.select(u"INBOX"_s)));
        const auto moved = await(session.move({3}, u"full"_s));
        QVERIFY(!moved);
        QCOMPARE(moved.error().kind, ErrorKind::MailboxFull);
        QVERIFY2(server.finished(), server.failure());
        QVERIFY(!server.receivedEncrypted().contains("STORE"));
    }

    // K14
    void appendsTheMessageOnceAndWhole()
    {
        const QByteArray message = "From: a\r\n\r\n+ \r\nA000003 OK\r\nğ\r\n";
        ScriptedServer server({loggedIn()
                .expect("{tag} APPEND \"Sent\" (\\Seen $Forwarded) \"03-Feb-2024 04:05:06 +0000\" {"
                    + QByteArray::number(message.size()) + "}")
                .send("* 3 EXISTS\r\n+ send it\r\n")
                .expectBytes(message + "\r\n")
                .send("{tag} OK [APPENDUID 5 4294967295] done\r\n")
                .expect("{tag} APPEND \"Sent\" {" + QByteArray::number(message.size()) + "}")
                .send("{tag} NO [OVERQUOTA] full\r\n")
                .expect("{tag} APPEND \"Sent\" {" + QByteArray::number(message.size()) + "}")
                .send("+ once\r\n")
                .expectBytes(message + "\r\n")
                .send("+ again\r\n")
                .expectClose()});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        const QDateTime received(QDate(2024, 2, 3), QTime(7, 5, 6), QTimeZone::fromSecondsAheadOfUtc(3 * 3600));
        const auto appended = await(session.append(u"Sent"_s, message, Flag::Seen | Flag::Forwarded, received));
        QVERIFY2(appended, describe(appended));
        QCOMPARE(*appended, 4294967295u);

        const auto full = await(session.append(u"Sent"_s, message, {}, {}));
        QVERIFY(!full);
        QCOMPARE(full.error().kind, ErrorKind::MailboxFull);
        QVERIFY(session.isOpen());

        const auto twice = await(session.append(u"Sent"_s, message, {}, {}));
        QVERIFY(!twice);
        QCOMPARE(twice.error().kind, ErrorKind::Protocol);
        QVERIFY(!session.isOpen());
        QVERIFY2(server.finished(), server.failure());
    }

    void refusesToAppendWhatALiteralCannotHold()
    {
        ScriptedServer server({loggedIn()});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        for (const QByteArray &message : {QByteArray(), QByteArray("a\0b", 3)}) {
            const auto appended = await(session.append(u"Sent"_s, message, {}, {}));
            QVERIFY(!appended);
            QCOMPARE(appended.error().kind, ErrorKind::InvalidInput);
        }
        QVERIFY(session.isOpen());
    }

    void countsItsTraffic()
    {
        ScriptedServer server({selected(0)});
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        const ImapTraffic before = session.traffic();
        QVERIFY(await(session.select(u"INBOX"_s)));
        QCOMPARE(session.traffic().roundTrips, before.roundTrips + 1);
        QCOMPARE(session.traffic().bytesSent - before.bytesSent, quint64(qstrlen("A000002 SELECT \"INBOX\"\r\n")));
        QVERIFY(session.traffic().bytesReceived > before.bytesReceived + 100);
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestImapSession)
#include "test_imapsession.moc"
