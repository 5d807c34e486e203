// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/imapsession.h"
#include "core/settings/secretstore.h"
#include "core/sync/imapfoldersync.h"
#include "core/sync/tokenkeeper.h"
#include "tests/imap/imapscripts.h"
#include "tests/support/await.h"
#include "tests/sync/synctest.h"

#include <QLocale>
#include <QTest>
#include <QThreadPool>

using namespace postaci;
using namespace Qt::StringLiterals;

/// What a folder's messages become when the server says strange things about them: mail goes only when the server has
/// said so twice, or told exactly which, and a new numbering finds the same messages again.
class TestImapFolderSync : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneStrangeAnswerRemovesNothing_data();
    void oneStrangeAnswerRemovesNothing();
    void twoAgreeingListsRemove();
    void vanishedThatDoesNotAddUpRemovesNothing_data();
    void vanishedThatDoesNotAddUpRemovesNothing();
    void modSeqsThatWentBackMakeItLookAtEverything();
    void numberingThatChangesKeepsMessages_data();
    void numberingThatChangesKeepsMessages();
    void numberingThatChangesInBetween();
    void messagesWithoutIdComeAnew();
};

namespace {

constexpr int count = 5; // messages that are here at first

struct FolderSyncFixture : SyncFixture {
    FolderSyncFixture()
        : services{.store = store(),
              .secrets = secrets,
              .tokens = tokens,
              .pool = pool,
              .clock = [this] { return now; },
              .tls = testTlsPolicy()}
        , sync(services, [this] { return between(); }, nullptr)
    {
    }

    /// `count` of them, with their texts.
    void fill()
    {
        for (quint32 uid = 1; uid <= count; ++uid) {
            ids.append(addMessage(inbox, uid));
            inStore(store(), [&](Tables &tables) { tables.bodies.put(ids.last(), "text " + QByteArray::number(uid)); });
        }
    }

    void setHighestModSeq(quint64 modSeq)
    {
        inStore(store(), [&](Tables &tables) {
            FolderSyncState state = tables.folders.syncState(inbox);
            state.highestModSeq = modSeq;
            tables.folders.setSyncState(inbox, state);
        });
    }

    QList<MessageHeader> rows()
    {
        return fromStore(store(), [this](const Tables &tables) {
            QList<MessageId> all;
            for (const MessageKey &key : tables.messages.keys(inbox, 10'000))
                all.prepend(MessageId{key.id});
            return tables.messages.headers(all);
        });
    }

    QCoro::Task<Result<bool>> between()
    {
        if (!busyWith || !session)
            co_return false;
        const auto selected = co_await session->select(std::exchange(busyWith, std::nullopt).value());
        if (!selected)
            co_return failure(selected.error());
        co_return false;
    }

    QList<MessageId> ids;
    SecretStore secrets{SecretStore::Backing::MemoryOnly};
    TokenKeeper tokens{secrets, testTlsPolicy(), {}, nullptr};
    QThreadPool pool;
    Services services;
    ImapFolderSync sync;
    ImapSession *session = nullptr;
    std::optional<QString> busyWith; ///< A folder to select when the synchronisation lets others have their turn, once.
};

QByteArray number(quint64 value)
{
    return QByteArray::number(value);
}

Script selects(int exists, const QByteArray &codes, const QByteArray &mailbox = "INBOX")
{
    return Script()
        .expect("{tag} SELECT \"" + mailbox + "\"{*}")
        .send("* " + number(quint64(exists)) + " EXISTS\r\n" + codes + "{tag} OK [READ-WRITE] done\r\n");
}

QByteArray numbering(quint32 uidValidity, quint32 uidNext = 101)
{
    return "* OK [UIDVALIDITY " + number(uidValidity) + "] .\r\n* OK [UIDNEXT " + number(uidNext) + "] .\r\n";
}

Script lists(const QByteArray &uids)
{
    return Script()
        .expect("{tag} UID SEARCH {*}")
        .send("* ESEARCH (TAG \"x\") UID" + (uids.isEmpty() ? QByteArray() : " ALL " + uids) + "\r\n{tag} OK done\r\n");
}

Script tellsFlags()
{
    QByteArray answers;
    for (quint64 uid = 1; uid <= count; ++uid)
        answers += "* " + number(uid) + " FETCH (UID " + number(uid) + " FLAGS ())\r\n";
    return Script().expect("{tag} UID FETCH 1:* ({*}").send(answers + "{tag} OK done\r\n");
}

/// The message that was once number `original`, under its number now.
QByteArray header(quint32 original, quint32 uid, bool hasId = true)
{
    const MessageHeader known = SyncFixture::headerOf(original);
    QByteArray fields = "Subject: " + known.envelope.subject.toUtf8() + "\r\n";
    if (hasId)
        fields += "Message-ID: <" + known.envelope.messageIdHeader + ">\r\n";
    fields += "\r\n";
    const QByteArray date = QLocale::c().toString(known.received, u"dd-MMM-yyyy hh:mm:ss"_s).toLatin1() + " +0000";
    return "* 1 FETCH (UID " + number(uid) + " FLAGS () INTERNALDATE \"" + date + "\" RFC822.SIZE "
        + number(quint64(known.size)) + " BODY[HEADER.FIELDS (SUBJECT)] {" + number(quint64(fields.size())) + "}\r\n"
        + fields + ")\r\n";
}

Script gives(const QByteArray &answers)
{
    return Script().expect("{tag} UID FETCH {*}").send(answers + "{tag} OK done\r\n");
}

} // namespace

void TestImapFolderSync::oneStrangeAnswerRemovesNothing_data()
{
    // The first look, and the second that is to confirm it.
    QTest::addColumn<int>("exists");
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<int>("existsAgain");
    QTest::addColumn<QByteArray>("listAgain");
    QTest::newRow("fewer messages for once") << 3 << "1:3"_ba << 5 << "1:5"_ba;
    QTest::newRow("an empty folder for once") << 0 << ""_ba << 5 << "1:5"_ba;
    QTest::newRow("a list shorter than the count") << 5 << "1:2"_ba << 5 << "1:2"_ba;
    QTest::newRow("an empty list") << 5 << ""_ba << 5 << ""_ba;
    QTest::newRow("lists of different messages") << 2 << "1:2"_ba << 3 << "3:5"_ba;
}

void TestImapFolderSync::oneStrangeAnswerRemovesNothing()
{
    QFETCH(int, exists);
    QFETCH(QByteArray, list);
    QFETCH(int, existsAgain);
    QFETCH(QByteArray, listAgain);
    FolderSyncFixture f;
    f.fill();
    ScriptedServer server({loggedIn()
            .then(selects(exists, numbering(77)))
            .then(lists(list))
            .then(selects(existsAgain, numbering(77)))
            .then(lists(listAgain))
            .then(tellsFlags())});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    QVERIFY(await(f.sync.run(&session, f.inbox)));
    QVERIFY2(server.finished(), server.failure());
    const QList<MessageHeader> rows = f.rows();
    if (qstrcmp(QTest::currentDataTag(), "lists of different messages") == 0)
        QCOMPARE_GE(rows.size(), 3); // Only what both say is gone goes.
    else
        QCOMPARE(rows.size(), count);
    for (const MessageHeader &row : rows)
        QVERIFY(row.hasBody);
}

void TestImapFolderSync::twoAgreeingListsRemove()
{
    FolderSyncFixture f;
    f.fill();
    ScriptedServer server({loggedIn()
            .then(selects(3, numbering(77)))
            .then(lists("1,3,5"))
            .then(selects(3, numbering(77)))
            .then(lists("1,3,5"))
            .then(tellsFlags())});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    QVERIFY(await(f.sync.run(&session, f.inbox)));
    QVERIFY2(server.finished(), server.failure());
    QList<quint32> left;
    for (const MessageHeader &row : f.rows())
        left.append(row.uid);
    QCOMPARE(left, (QList<quint32>{1, 3, 5}));
}

void TestImapFolderSync::vanishedThatDoesNotAddUpRemovesNothing_data()
{
    QTest::addColumn<QByteArray>("vanished");
    QTest::newRow("all") << "1:5"_ba;
    QTest::newRow("some") << "2,4"_ba;
    QTest::newRow("everything there could be") << "1:4294967295"_ba;
    QTest::newRow("backwards") << "5:1"_ba;
    QTest::newRow("unreadable") << "1:*"_ba;
}

void TestImapFolderSync::vanishedThatDoesNotAddUpRemovesNothing()
{
    QFETCH(QByteArray, vanished);
    FolderSyncFixture f;
    f.fill();
    f.setHighestModSeq(50);
    const QByteArray codes = numbering(77) + "* OK [HIGHESTMODSEQ 60] .\r\n* VANISHED (EARLIER) " + vanished + "\r\n";
    Script script = withQresync().then(selects(5, codes));
    // Of one that cannot be read nothing is left, and five there and five here agree.
    if (vanished != "1:*")
        script.then(lists("1:5")).then(tellsFlags());
    ScriptedServer server({script});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    QVERIFY(await(f.sync.run(&session, f.inbox)));
    QVERIFY2(server.finished(), server.failure());
    QCOMPARE(f.rows().size(), count);
}

void TestImapFolderSync::modSeqsThatWentBackMakeItLookAtEverything()
{
    FolderSyncFixture f;
    f.fill();
    f.setHighestModSeq(50);
    const QByteArray codes = numbering(77, 100) + "* OK [HIGHESTMODSEQ 40] .\r\n";
    ScriptedServer server({withQresync().then(selects(5, codes)).then(tellsFlags())});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    QVERIFY(await(f.sync.run(&session, f.inbox)));
    QVERIFY2(server.finished(), server.failure());
    QVERIFY(!server.receivedEncrypted().contains("CHANGEDSINCE"));
    QCOMPARE(f.rows().size(), count);
    QCOMPARE(
        fromStore(f.store(), [&f](const Tables &tables) { return tables.folders.syncState(f.inbox).highestModSeq; }),
        quint64(40));
}

void TestImapFolderSync::numberingThatChangesKeepsMessages_data()
{
    QTest::addColumn<QByteArrayList>("numberings"); // of one look after the other
    QTest::newRow("another") << QByteArrayList{numbering(78)};
    QTest::newRow("another, and back") << QByteArrayList{numbering(78), numbering(77)};
    QTest::newRow("0") << QByteArrayList{numbering(0), numbering(0)};
    QTest::newRow("missing") << QByteArrayList{"", ""};
    QTest::newRow("missing for once") << QByteArrayList{"", numbering(77)};
}

void TestImapFolderSync::numberingThatChangesKeepsMessages()
{
    QFETCH(QByteArrayList, numberings);
    FolderSyncFixture f;
    f.fill();
    QList<Script> scripts;
    for (qsizetype look = 0; look < numberings.size(); ++look) {
        // The other way round each time, so that a number that was believed would be another message's.
        QByteArray answers;
        for (quint32 uid = 1; uid <= count; ++uid)
            answers += header(look % 2 == 0 ? count + 1 - uid : uid, uid);
        scripts.append(loggedIn().then(selects(count, numberings.at(look))).then(lists("1:5")).then(gives(answers)));
    }
    ScriptedServer server(scripts);
    for (qsizetype look = 0; look < numberings.size(); ++look) {
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        QVERIFY(await(f.sync.run(&session, f.inbox)));
        const QList<MessageHeader> rows = f.rows();
        QCOMPARE(rows.size(), count);
        for (qsizetype i = 0; i < count; ++i) {
            QCOMPARE(rows.at(i).id, f.ids.at(i));
            QCOMPARE(rows.at(i).uid, quint32(look % 2 == 0 ? count - i : i + 1));
            QVERIFY(rows.at(i).hasBody);
        }
    }
    QVERIFY2(server.finished(), server.failure());
}

/// While a long first synchronisation lets something urgent have its turn in another folder.
void TestImapFolderSync::numberingThatChangesInBetween()
{
    constexpr quint32 many = 1500;
    FolderSyncFixture f;
    const auto newest = [](quint32 first, quint32 last) {
        QByteArray answers;
        for (quint32 uid = first; uid <= last; ++uid)
            answers += header(uid, uid);
        return gives(answers);
    };
    ScriptedServer server({loggedIn()
            .then(selects(many, numbering(77, many + 1)))
            .then(newest(many - 499, many))
            .then(lists("1:1500"))
            .then(newest(501, 1000))
            .then(selects(0, numbering(77), "Archive"))
            .then(selects(many, numbering(78, many + 1)))
            .then(selects(many, numbering(78, many + 1)))
            .then(newest(1001, 1500))
            .then(lists("1:1500"))
            .then(newest(501, 1000))
            .then(newest(1, 500))});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    f.session = &session;
    f.busyWith = u"Archive"_s;
    const auto interrupted = await(f.sync.run(&session, f.inbox));
    QVERIFY(!interrupted);
    QCOMPARE(interrupted.error().kind, ErrorKind::TryLater);
    const QList<MessageHeader> before = f.rows();
    QCOMPARE(before.size(), 1000);

    QVERIFY(await(f.sync.run(&session, f.inbox)));
    QVERIFY2(server.finished(), server.failure());
    const QList<MessageHeader> after = f.rows();
    QCOMPARE(after.size(), qsizetype(many));
    for (qsizetype i = 0; i < before.size(); ++i)
        QCOMPARE(after.at(qsizetype(many) - before.size() + i).id, before.at(i).id);
}

void TestImapFolderSync::messagesWithoutIdComeAnew()
{
    FolderSyncFixture f;
    inStore(f.store(), [&f](Tables &tables) {
        for (quint32 uid : {1u, 2u}) {
            MessageHeader row = SyncFixture::headerOf(uid);
            row.envelope.messageIdHeader.clear();
            f.ids += tables.messages.upsert(f.inbox, {row});
            tables.bodies.put(f.ids.last(), "text");
        }
    });
    ScriptedServer server({loggedIn()
            .then(selects(2, numbering(78)))
            .then(lists("1:2"))
            .then(gives(header(2, 1, false) + header(1, 2, false)))});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    QVERIFY(await(f.sync.run(&session, f.inbox)));
    QVERIFY2(server.finished(), server.failure());
    // Nothing tells for sure which is which; each is there once.
    const QList<MessageHeader> rows = f.rows();
    QCOMPARE(rows.size(), 2);
    for (const MessageHeader &row : rows)
        QVERIFY(!f.ids.contains(row.id) && !row.hasBody);
    QCOMPARE(rows.at(0).envelope.subject, u"Konu 1"_s);
    QCOMPARE(rows.at(1).envelope.subject, u"Konu 2"_s);
}

QTEST_GUILESS_MAIN(TestImapFolderSync)
#include "test_imapfoldersync.moc"
