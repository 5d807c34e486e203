// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/imapsession.h"
#include "core/settings/secretstore.h"
#include "core/sync/bodyfetcher.h"
#include "core/sync/tokenkeeper.h"
#include "tests/imap/imapscripts.h"
#include "tests/support/await.h"
#include "tests/sync/synctest.h"

#include <QTest>
#include <QThreadPool>

using namespace postaci;
using namespace Qt::StringLiterals;

/// Which bodies are asked for, and which are not asked for again.
class TestBodyFetcher : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tooLargeIsNotAskedFor();
    void whatEndsTheSessionIsNotAskedForAgain_data();
    void whatEndsTheSessionIsNotAskedForAgain();
    void whatTheNetworkEndedIsAskedForAgain();
};

namespace {

struct FetcherFixture : SyncFixture {
    FetcherFixture()
        : services{.store = store(),
              .secrets = secrets,
              .tokens = tokens,
              .pool = pool,
              .clock = [this] { return headerOf(10).received; },
              .tls = testTlsPolicy()}
        , fetcher(services, account, nullptr)
    {
    }

    bool hasBody(MessageId id) { return header(id).hasBody; }

    SecretStore secrets{SecretStore::Backing::MemoryOnly};
    TokenKeeper tokens{secrets, testTlsPolicy(), {}, nullptr};
    QThreadPool pool;
    Services services;
    BodyFetcher fetcher;
};

Script selectsInbox()
{
    return loggedIn()
        .expect("{tag} SELECT \"INBOX\"{*}")
        .send("* 2 EXISTS\r\n* OK [UIDVALIDITY 77] .\r\n{tag} OK [READ-WRITE] done\r\n");
}

Script gives(const QByteArray &uid)
{
    return Script()
        .expect("{tag} UID FETCH " + uid + " {*}")
        .send("* 1 FETCH (UID " + uid + " BODY[] {11}\r\nA: b\r\n\r\nhi\n)\r\n{tag} OK done\r\n");
}

} // namespace

void TestBodyFetcher::tooLargeIsNotAskedFor()
{
    FetcherFixture f;
    const MessageId huge = inStore(f.store(), [&f](Tables &tables) {
        MessageHeader header = SyncFixture::headerOf(5);
        header.size = ImapSession::largestMessage + 1;
        return tables.messages.upsert(f.inbox, {header}).first();
    });
    ScriptedServer server({loggedIn()});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    for (int i = 0; i < 2; ++i) {
        const auto fetched = await(f.fetcher.fetch(&session, huge));
        QVERIFY(!fetched);
        QCOMPARE(fetched.error().kind, ErrorKind::MessageTooLarge);
        QCOMPARE(fetched.error().step, Step::FetchBody);
        QVERIFY(session.isOpen());
    }
    QVERIFY2(server.finished(), server.failure());
    QVERIFY(!server.receivedEncrypted().contains("FETCH"));
    QVERIFY(!f.hasBody(huge));
}

void TestBodyFetcher::whatEndsTheSessionIsNotAskedForAgain_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("larger than was told") << "* 2 FETCH (UID 8 BODY[] {300000000}\r\n"_ba << ErrorKind::MessageTooLarge;
    QTest::newRow("nonsense") << "* 2 FETCH (UID 8 BODY[] {-6}\r\n"_ba << ErrorKind::Protocol;
}

void TestBodyFetcher::whatEndsTheSessionIsNotAskedForAgain()
{
    QFETCH(QByteArray, answer);
    FetcherFixture f;
    const MessageId good = f.addMessage(f.inbox, 7);
    const MessageId bad = f.addMessage(f.inbox, 8);
    ScriptedServer server(
        {selectsInbox().expect("{tag} UID FETCH 8 {*}").send(answer).stall(), selectsInbox().then(gives("7"))});
    ImapSession first(testTlsPolicy());
    QVERIFY(await(first.open(settingsFor(server), credentials)));
    const auto ended = await(f.fetcher.fetchNext(&first)); // the newest first
    QVERIFY(!ended);
    QTEST(ended.error().kind, "kind");
    QVERIFY(!first.isOpen());

    f.fetcher.lookAgain();
    ImapSession second(testTlsPolicy());
    QVERIFY(await(second.open(settingsFor(server), credentials)));
    QCOMPARE(await(f.fetcher.fetchNext(&second)), true);
    f.fetcher.lookAgain();
    QCOMPARE(await(f.fetcher.fetchNext(&second)), false);
    QVERIFY2(server.finished(), server.failure());
    QVERIFY(f.hasBody(good));
    QVERIFY(!f.hasBody(bad));
}

void TestBodyFetcher::whatTheNetworkEndedIsAskedForAgain()
{
    FetcherFixture f;
    const MessageId message = f.addMessage(f.inbox, 8);
    ScriptedServer server(
        {selectsInbox().expect("{tag} UID FETCH 8 {*}").send("* 1 FETCH (UID 8 BODY[] {11}\r\nA: b").cut(),
            selectsInbox().then(gives("8"))});
    ImapSession first(testTlsPolicy());
    QVERIFY(await(first.open(settingsFor(server), credentials)));
    const auto ended = await(f.fetcher.fetchNext(&first));
    QVERIFY(!ended);
    QCOMPARE(ended.error().kind, ErrorKind::ConnectionLost);
    QVERIFY(!f.hasBody(message));

    f.fetcher.lookAgain();
    ImapSession second(testTlsPolicy());
    QVERIFY(await(second.open(settingsFor(server), credentials)));
    QCOMPARE(await(f.fetcher.fetchNext(&second)), true);
    QVERIFY2(server.finished(), server.failure());
    QVERIFY(f.hasBody(message));
}

QTEST_GUILESS_MAIN(TestBodyFetcher)
#include "test_bodyfetcher.moc"
