// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/imapsession.h"
#include "core/settings/secretstore.h"
#include "core/sync/folderreplay.h"
#include "core/sync/tokenkeeper.h"
#include "tests/imap/imapscripts.h"
#include "tests/support/await.h"
#include "tests/sync/synctest.h"

#include <QTest>
#include <QThreadPool>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

struct ReplayFixture : SyncFixture {
    ReplayFixture()
        : services{.store = store(),
              .secrets = secrets,
              .tokens = tokens,
              .pool = pool,
              .clock = systemTime,
              .tls = testTlsPolicy()}
        , replay(services, nullptr)
    {
    }

    PendingOp op(PendingOp::Kind kind, const QString &path, const QString &newPath = {}) const
    {
        PendingOp op;
        op.account = account;
        op.kind = kind;
        op.path = path;
        op.newPath = newPath;
        return op;
    }

    SecretStore secrets{SecretStore::Backing::MemoryOnly};
    TokenKeeper tokens{secrets, testTlsPolicy(), {}, nullptr};
    QThreadPool pool;
    Services services;
    FolderReplay replay;
};

/// The server's folders, as it answers when it is asked after a refusal.
Script lists(const QByteArrayList &folders)
{
    QByteArray answer;
    for (const QByteArray &folder : folders)
        answer += "* LIST (\\HasNoChildren) \"/\" \"" + folder + "\"\r\n";
    return Script().expect("{tag} LIST {*}").send(answer + "{tag} OK done\r\n");
}

} // namespace

/// What the server is told of folders, and when its no is none.
class TestFolderReplay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusalIsLookedInto_data();
    void refusalIsLookedInto();
    void openFolderIsLeftBeforeItGoes();
    void subscriptionsBelowFollow();
    void lostConnectionIsNoRefusal();
};

void TestFolderReplay::refusalIsLookedInto_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArrayList>("folders");
    QTest::addColumn<bool>("done");
    constexpr int create = int(PendingOp::Kind::CreateFolder);
    constexpr int rename = int(PendingOp::Kind::RenameFolder);
    constexpr int remove = int(PendingOp::Kind::DeleteFolder);
    QTest::newRow("made earlier") << create << "NO [ALREADYEXISTS] it is there"_ba << QByteArrayList{"INBOX", "A"}
                                  << true;
    QTest::newRow("made earlier, no code") << create << "NO what"_ba << QByteArrayList{"INBOX", "A"} << true;
    QTest::newRow("cannot be made") << create << "NO [CANNOT] no"_ba << QByteArrayList{"INBOX"} << false;
    QTest::newRow("renamed earlier") << rename << "NO [NONEXISTENT] gone"_ba << QByteArrayList{"INBOX", "B"} << true;
    QTest::newRow("name is taken") << rename << "NO there is one"_ba << QByteArrayList{"INBOX", "A", "B"} << false;
    QTest::newRow("gone") << rename << "NO gone"_ba << QByteArrayList{"INBOX"} << false;
    QTest::newRow("deleted earlier") << remove << "NO [NONEXISTENT] gone"_ba << QByteArrayList{"INBOX"} << true;
    QTest::newRow("cannot be deleted") << remove << "NO [NOPERM] no"_ba << QByteArrayList{"INBOX", "A"} << false;
}

void TestFolderReplay::refusalIsLookedInto()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, answer);
    QFETCH(const QByteArrayList, folders);
    QFETCH(const bool, done);
    ReplayFixture f;
    ScriptedServer server({loggedIn().expect("{tag} {*}").send("{tag} " + answer + "\r\n").then(lists(folders))});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    const auto replayed = await(f.replay.run(&session, f.op(PendingOp::Kind(kind), u"A"_s, u"B"_s)));
    QVERIFY2(replayed.has_value() == done, describe(replayed));
    QVERIFY(done || replayed.error().step == Step::ChangeFolders);
    QVERIFY2(server.finished(), server.failure());
}

void TestFolderReplay::openFolderIsLeftBeforeItGoes()
{
    ReplayFixture f;
    const Script selects
        = Script().send("* 0 EXISTS\r\n* OK [UIDVALIDITY 7] .\r\n* OK [UIDNEXT 1] .\r\n{tag} OK [READ-WRITE] done\r\n");
    ScriptedServer server({loggedIn()
            .expect("{tag} SELECT \"A\"{*}")
            .then(selects)
            .expect("{tag} SELECT \"INBOX\"{*}")
            .then(selects)
            .expect("{tag} DELETE \"A\"")
            .send("{tag} OK done\r\n")
            .expect("{tag} UNSUBSCRIBE \"A\"")
            .send("{tag} OK done\r\n")});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    QVERIFY(await(session.select(u"A"_s)));
    const auto replayed = await(f.replay.run(&session, f.op(PendingOp::Kind::DeleteFolder, u"A"_s)));
    QVERIFY2(replayed, describe(replayed));
    QVERIFY2(server.finished(), server.failure());
}

void TestFolderReplay::subscriptionsBelowFollow()
{
    ReplayFixture f;
    const FolderId a = f.addFolder(u"B"_s, FolderRole::None); // Renamed here.
    f.addFolder(u"B/çğ"_s, FolderRole::None);
    f.addFolder(u"Bb"_s, FolderRole::None);
    PendingOp op = f.op(PendingOp::Kind::RenameFolder, u"A"_s, u"B"_s);
    op.folder = a;
    inStore(f.store(), [&](Tables &tables) { tables.pendingOps.insert(op); });
    ScriptedServer server({loggedIn()
            .expect("{tag} RENAME \"A\" \"B\"")
            .send("{tag} OK done\r\n")
            .expect("{tag} UNSUBSCRIBE \"A\"")
            .send("{tag} OK done\r\n")
            .expect("{tag} SUBSCRIBE \"B\"")
            .send("{tag} NO never heard of it\r\n")
            .expect("{tag} UNSUBSCRIBE \"A/&AOcBHw-\"")
            .send("{tag} OK done\r\n")
            .expect("{tag} SUBSCRIBE \"B/&AOcBHw-\"")
            .send("{tag} OK done\r\n")});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    const auto replayed = await(f.replay.run(&session, op));
    QVERIFY2(replayed, describe(replayed));
    QVERIFY2(server.finished(), server.failure());
}

void TestFolderReplay::lostConnectionIsNoRefusal()
{
    ReplayFixture f;
    ScriptedServer server({loggedIn().expect("{tag} CREATE \"A\"").close()});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    const auto replayed = await(f.replay.run(&session, f.op(PendingOp::Kind::CreateFolder, u"A"_s)));
    QVERIFY(!replayed);
    QVERIFY(replayed.error().isConnectionFailure());
    QVERIFY2(server.finished(), server.failure());
}

QTEST_GUILESS_MAIN(TestFolderReplay)
#include "test_folderreplay.moc"
