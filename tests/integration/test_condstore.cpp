// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/imap/imapscripts.h"
#include "tests/integration/enginefixture.h"
#include "tests/support/scriptedserver.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

constexpr quint64 usual = 850; ///< The last change that the store knows.

/// The answer to SELECT. What `said` has stands before the numbers.
QByteArray opened(int exists, const QByteArray &modSeq, const QByteArray &said = {}, quint32 uidValidity = 77)
{
    return said + "* " + QByteArray::number(exists) + " EXISTS\r\n* OK [UIDVALIDITY " + QByteArray::number(uidValidity)
        + "] .\r\n* OK [UIDNEXT 4] .\r\n* OK [" + modSeq + "] .\r\n";
}

const QByteArray done = "{tag} OK [READ-WRITE] done\r\n";

Script selects(const QByteArray &parameter, const QByteArray &answer)
{
    return Script().expect("{tag} SELECT \"INBOX\" (" + parameter + ")").send(answer + done);
}

Script fetches(const QByteArray &command, const QByteArray &answer)
{
    return Script().expect("{tag} UID FETCH 1:* " + command).send(answer + "{tag} OK done\r\n");
}

Script lists(const QByteArray &uids)
{
    return Script()
        .expect("{tag} UID SEARCH RETURN (ALL) ALL")
        .send("* ESEARCH (TAG \"{tag}\") UID ALL " + uids + "\r\n{tag} OK done\r\n");
}

const QByteArray allFlags
    = "* 1 FETCH (UID 1 FLAGS ())\r\n* 2 FETCH (UID 2 FLAGS (\\Seen))\r\n* 3 FETCH (UID 3 FLAGS ())\r\n";
const QByteArray secondIsSeen = "* 2 FETCH (UID 2 FLAGS (\\Seen) MODSEQ (900))\r\n";

} // namespace

/// C09: what servers tell about changes (RFC 7162), right and wrong. Three messages are in the store, none of them
/// read; then the folder is looked at once.
class TestCondstore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changesAreTakenAsFarAsTheyMakeSense_data();
    void changesAreTakenAsFarAsTheyMakeSense();
};

void TestCondstore::changesAreTakenAsFarAsTheyMakeSense_data()
{
    QTest::addColumn<quint64>("known"); // HIGHESTMODSEQ of the last look
    QTest::addColumn<Script>("conversation");
    QTest::addColumn<QList<quint32>>("left");
    QTest::addColumn<bool>("secondSeen");
    QTest::addColumn<quint64>("knownAfter");
    const QList<quint32> all{1, 2, 3};
    const QList<quint32> withoutSecond{1, 3};
    const Script counts = loggedIn(plainCapabilities + " CONDSTORE");
    const auto with = [](Script script, const Script &next) { return script.then(next); };
    const QByteArray changes = "QRESYNC (77 850)";
    const QByteArray since = "(FLAGS UID) (CHANGEDSINCE 850)";
    const QByteArray every = "(FLAGS UID)";

    QTest::newRow("nothing has changed: nothing is asked")
        << usual << with(counts, selects("CONDSTORE", opened(3, "HIGHESTMODSEQ 850"))) << all << false << usual;
    QTest::newRow("only what has changed is read")
        << usual
        << with(counts, selects("CONDSTORE", opened(3, "HIGHESTMODSEQ 900")).then(fetches(since, secondIsSeen))) << all
        << true << quint64(900);
    QTest::newRow("numbers of 63 bits") << quint64(9223372036854775806u)
                                        << with(counts,
                                               selects("CONDSTORE", opened(3, "HIGHESTMODSEQ 9223372036854775807"))
                                                   .then(fetches(
                                                       "(FLAGS UID) (CHANGEDSINCE 9223372036854775806)", secondIsSeen)))
                                        << all << true << quint64(9223372036854775807u);
    QTest::newRow("the folder keeps no account (NOMODSEQ)")
        << usual << with(counts, selects("CONDSTORE", opened(3, "NOMODSEQ")).then(fetches(every, allFlags))) << all
        << true << quint64(0);
    QTest::newRow("the count went back")
        << usual << with(counts, selects("CONDSTORE", opened(3, "HIGHESTMODSEQ 800")).then(fetches(every, allFlags)))
        << all << true << quint64(800);
    QTest::newRow("none was known") << quint64(
        0) << with(withQresync(), selects("CONDSTORE", opened(3, "HIGHESTMODSEQ 900")).then(fetches(every, allFlags)))
                                    << all << true << quint64(900);
    QTest::newRow("ENABLE is refused")
        << usual
        << with(loggedIn(plainCapabilities + " CONDSTORE ENABLE QRESYNC")
                    .expect("{tag} ENABLE QRESYNC")
                    .send("{tag} NO no\r\n"),
               selects("CONDSTORE", opened(3, "HIGHESTMODSEQ 900")).then(fetches(since, secondIsSeen)))
        << all << true << quint64(900);

    QTest::newRow("QRESYNC: nothing has changed")
        << usual << with(withQresync(), selects(changes, opened(3, "HIGHESTMODSEQ 850"))) << all << false << usual;
    QTest::newRow("QRESYNC: one has vanished")
        << usual << with(withQresync(), selects(changes, opened(2, "HIGHESTMODSEQ 900") + "* VANISHED (EARLIER) 2\r\n"))
        << withoutSecond << false << quint64(900);
    QTest::newRow("QRESYNC: many have vanished that were never here")
        << usual
        << with(withQresync(),
               selects(changes, opened(2, "HIGHESTMODSEQ 900") + "* VANISHED (EARLIER) 2,40:4294967295\r\n"))
        << withoutSecond << false << quint64(900);
    QTest::newRow("QRESYNC: flags, told twice")
        << usual
        << with(withQresync(),
               selects(changes,
                   opened(3, "HIGHESTMODSEQ 900") + "* 2 FETCH (UID 2 FLAGS (\\Flagged) MODSEQ (899))\r\n"
                       + secondIsSeen))
        << all << true << quint64(900);
    QTest::newRow("QRESYNC: what came before CLOSED is of another folder")
        << usual
        << with(withQresync(),
               selects(changes,
                   opened(
                       3, "HIGHESTMODSEQ 850", "* VANISHED (EARLIER) 1:3\r\n" + secondIsSeen + "* OK [CLOSED] .\r\n")))
        << all << false << usual;
    QTest::newRow("QRESYNC: it does not add up: nothing goes before the lists agree")
        << usual
        << with(withQresync(),
               selects(changes, opened(3, "HIGHESTMODSEQ 900") + "* VANISHED (EARLIER) 2\r\n")
                   .then(lists("1:3"))
                   .then(fetches(since, secondIsSeen)))
        << all << true << quint64(900);
    QTest::newRow("QRESYNC: VANISHED that cannot be read")
        << usual
        << with(withQresync(),
               selects(changes, opened(2, "HIGHESTMODSEQ 900") + "* VANISHED (EARLIER) 2:many\r\n")
                   .then(lists("1,3"))
                   .then(selects("CONDSTORE", opened(2, "HIGHESTMODSEQ 900")))
                   .then(lists("1,3"))
                   .then(fetches(since, {})))
        << withoutSecond << false << quint64(900);
    QTest::newRow("QRESYNC: the count went back, and VANISHED says nothing")
        << usual
        << with(withQresync(),
               selects(changes, opened(3, "HIGHESTMODSEQ 800") + "* VANISHED (EARLIER) 1:3\r\n")
                   .then(fetches(every, allFlags)))
        << all << true << quint64(800);
    QTest::newRow("QRESYNC: NOMODSEQ, and VANISHED says nothing")
        << usual
        << with(withQresync(),
               selects(changes, opened(3, "NOMODSEQ") + "* VANISHED (EARLIER) 1:3\r\n").then(fetches(every, allFlags)))
        << all << true << quint64(0);
}

void TestCondstore::changesAreTakenAsFarAsTheyMakeSense()
{
    QFETCH(const quint64, known);
    QFETCH(const Script, conversation);
    QFETCH(const QList<quint32>, left);
    QFETCH(const bool, secondSeen);
    QFETCH(const quint64, knownAfter);
    ScriptedServer server({conversation});
    EngineFixture profile(testTlsPolicy(), false);
    QVERIFY(profile.start());
    const Account account{.identity = {.address = u"ayse@example.test"_s},
        .incoming = {.protocol = Protocol::Imap, .host = u"localhost"_s, .port = server.port(), .userName = u"ayse"_s},
        .outgoing = {.protocol = Protocol::Smtp,
            .host = u"localhost"_s,
            .port = ScriptedServer::closedPort(),
            .userName = u"ayse"_s}};
    const auto added = profile.add(account, u"gizli"_s);
    QVERIFY(added);
    const Result<FolderId> inbox
        = await(profile.store().write([account = *added, known](Tables &tables) -> Result<FolderId> {
              const FolderId id = tables.folders.insert(
                  {.account = account, .path = u"INBOX"_s, .separator = u'/', .role = FolderRole::Inbox});
              tables.folders.setSyncState(
                  id, {.uidValidity = 77, .uidNext = 4, .highestModSeq = known, .headersComplete = true});
              QList<MessageHeader> headers;
              for (quint32 uid = 1; uid <= 3; ++uid) {
                  MessageHeader header;
                  header.uid = uid;
                  headers.append(header);
              }
              tables.messages.upsert(id, headers);
              return id;
          }));
    QVERIFY(inbox);

    const Result<void> synced = await(profile.engine().synchronizeFolder(*inbox));
    QVERIFY2(synced, describe(synced) + ' ' + server.failure());
    QVERIFY2(server.finished(), server.failure());
    QCOMPARE(profile.read([id = *inbox](const Tables &tables) { return tables.messages.uids(id); }), left);
    const auto flags = profile.read([id = *inbox](const Tables &tables) { return tables.messages.flagsOf(id, 2); });
    QCOMPARE(flags.has_value(), left.contains(2u));
    if (flags)
        QCOMPARE(*flags, secondSeen ? Flags(Flag::Seen) : Flags());
    const FolderSyncState state
        = profile.read([id = *inbox](const Tables &tables) { return tables.folders.syncState(id); });
    QCOMPARE(state.highestModSeq, knownAfter);
}

QTEST_GUILESS_MAIN(TestCondstore)
#include "test_condstore.moc"
