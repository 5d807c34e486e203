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
    void theReasonIsFoundAmongMany();
    void whatTheNetworkEndedIsAskedForAgain();
    void manyComeWithOneCommand();
    void whatIsGoneOrShortIsAskedForAlone();
    void accountsSayWhatComesByItself_data();
    void accountsSayWhatComesByItself();
    void allComeHoweverMany();
    void otherNumbersAreLeftAlone();
};

namespace {

struct FetcherFixture : SyncFixture {
    explicit FetcherFixture(WholeMessages whole = WholeMessages::Recent)
        : settings{.id = account, .wholeMessages = whole, .wholeMessagesDays = 1}
        , services{.store = store(),
              .secrets = secrets,
              .tokens = tokens,
              .pool = pool,
              .clock = [this] { return headerOf(10).received; },
              .tls = testTlsPolicy()}
        , fetcher(services, settings, nullptr)
    {
    }

    bool hasBody(MessageId id) { return header(id).hasBody; }

    Account settings;
    SecretStore secrets{SecretStore::Backing::MemoryOnly};
    TokenKeeper tokens{secrets, testTlsPolicy(), {}, nullptr};
    QThreadPool pool;
    Services services;
    BodyFetcher fetcher;
};

Script selects(const QByteArray &mailbox)
{
    return Script()
        .expect("{tag} SELECT \"" + mailbox + "\"{*}")
        .send("* 2 EXISTS\r\n* OK [UIDVALIDITY 77] .\r\n{tag} OK [READ-WRITE] done\r\n");
}

Script selectsInbox()
{
    return loggedIn().then(selects("INBOX"));
}

QByteArray bodyOf(int uid)
{
    return "* 1 FETCH (UID " + QByteArray::number(uid) + " BODY[] {11}\r\nA: b\r\n\r\nhi\n)\r\n";
}

Script gives(int uid)
{
    return Script()
        .expect("{tag} UID FETCH " + QByteArray::number(uid) + " {*}")
        .send(bodyOf(uid) + "{tag} OK done\r\n");
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
    ScriptedServer server({selectsInbox().expect("{tag} UID FETCH 7:8 {*}").send(bodyOf(7) + answer).stall()});
    ImapSession first(testTlsPolicy());
    QVERIFY(await(first.open(settingsFor(server), credentials)));
    const auto ended = await(f.fetcher.fetchNext(&first));
    QVERIFY(!ended);
    QTEST(ended.error().kind, "kind");
    QVERIFY(!first.isOpen());
    QVERIFY(f.hasBody(good));

    f.fetcher.lookAgain();
    QCOMPARE(await(f.fetcher.fetchNext(nullptr)), false);
    QVERIFY2(server.finished(), server.failure());
    QVERIFY(!f.hasBody(bad));
}

void TestBodyFetcher::theReasonIsFoundAmongMany()
{
    FetcherFixture f;
    const QList<MessageId> messages{f.addMessage(f.inbox, 6), f.addMessage(f.inbox, 7), f.addMessage(f.inbox, 8)};
    const QByteArray nonsense = "* 2 FETCH (UID 7 BODY[] {-6}\r\n";
    ScriptedServer server({selectsInbox().expect("{tag} UID FETCH 6:8 {*}").send(bodyOf(6) + nonsense).stall(),
        selectsInbox().then(gives(8)).expect("{tag} UID FETCH 7 {*}").send(nonsense).stall(), selectsInbox()});
    int sessions = 0;
    for (bool more = true; more; ++sessions) {
        ImapSession session(testTlsPolicy());
        QVERIFY(await(session.open(settingsFor(server), credentials)));
        Result<bool> fetched = true;
        while (fetched && *fetched)
            fetched = await(f.fetcher.fetchNext(&session));
        more = !fetched;
        if (!more)
            QVERIFY(await(session.select(u"INBOX"_s)));
    }
    QCOMPARE(sessions, 3);
    QVERIFY2(server.finished(), server.failure());
    QVERIFY(f.hasBody(messages[0]));
    QVERIFY(!f.hasBody(messages[1]));
    QVERIFY(f.hasBody(messages[2]));
}

void TestBodyFetcher::whatTheNetworkEndedIsAskedForAgain()
{
    FetcherFixture f;
    const MessageId message = f.addMessage(f.inbox, 8);
    ScriptedServer server(
        {selectsInbox().expect("{tag} UID FETCH 8 {*}").send("* 1 FETCH (UID 8 BODY[] {11}\r\nA: b").cut(),
            selectsInbox().then(gives(8))});
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
    QCOMPARE(await(f.fetcher.fetchNext(&second)), false); // Which waits until it is in the store.
    QVERIFY(f.hasBody(message));
}

void TestBodyFetcher::manyComeWithOneCommand()
{
    FetcherFixture f;
    QList<MessageId> messages;
    QByteArray answers;
    for (int uid = 1; uid <= 9; ++uid) {
        messages.append(f.addMessage(f.inbox, quint32(uid)));
        answers += bodyOf(uid);
    }
    ScriptedServer server({selectsInbox().expect("{tag} UID FETCH 1:9 {*}").send(answers + "{tag} OK done\r\n")});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    QCOMPARE(await(f.fetcher.fetchNext(&session)), true);
    QCOMPARE(await(f.fetcher.fetchNext(&session)), false);
    QVERIFY2(server.finished(), server.failure());
    for (const MessageId message : std::as_const(messages)) {
        QCOMPARE(fromStore(f.store(), [message](const Tables &tables) { return tables.bodies.raw(message); }),
            std::optional("A: b\r\n\r\nhi\n"_ba));
    }
}

void TestBodyFetcher::whatIsGoneOrShortIsAskedForAlone()
{
    FetcherFixture f;
    const MessageId gone = f.addMessage(f.inbox, 7);
    const MessageId whole = f.addMessage(f.inbox, 8);
    const MessageId cutOff = f.addMessage(f.inbox, 9);
    const auto sized = [](const QByteArray &body) {
        return "* 3 FETCH (UID 9 RFC822.SIZE 11 BODY[] {" + QByteArray::number(body.size()) + "}\r\n" + body + ")\r\n";
    };
    ScriptedServer server({selectsInbox()
            .expect("{tag} UID FETCH 7:9 {*}")
            .send(bodyOf(8) + sized("A: b\r\n") + "{tag} OK done\r\n")
            .expect("{tag} UID FETCH 9 {*}")
            .send(sized("A: b\r\n\r\nhi\n") + "{tag} OK done\r\n")
            .expect("{tag} UID FETCH 7 {*}")
            .send("{tag} OK done\r\n")});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    QCOMPARE(await(f.fetcher.fetchNext(&session)), true);
    QCOMPARE(await(f.fetcher.fetchNext(&session)), true);
    QCOMPARE(await(f.fetcher.fetchNext(&session)), true);
    f.fetcher.lookAgain();
    QCOMPARE(await(f.fetcher.fetchNext(&session)), false);
    QVERIFY2(server.finished(), server.failure());
    QVERIFY(f.hasBody(whole));
    QVERIFY(f.hasBody(cutOff));
    QVERIFY(!f.hasBody(gone));
}

void TestBodyFetcher::accountsSayWhatComesByItself_data()
{
    // In INBOX: 1 is twenty days old, 8 is large. Trash has 9, and a folder of all mail has copies.
    using Asked = QList<std::pair<QByteArray, QList<int>>>;
    QTest::addColumn<WholeMessages>("whole");
    QTest::addColumn<Asked>("asked");
    QTest::newRow("recent") << WholeMessages::Recent << Asked{{"INBOX", {1, 7}}};
    QTest::newRow("last days") << WholeMessages::LastDays << Asked{{"Trash", {9}}, {"INBOX", {8}}, {"INBOX", {7}}};
    QTest::newRow("all") << WholeMessages::All << Asked{{"Trash", {9}}, {"INBOX", {8}}, {"INBOX", {1, 7}}};
    QTest::newRow("when opened") << WholeMessages::WhenOpened << Asked{};
}

void TestBodyFetcher::accountsSayWhatComesByItself()
{
    using Asked = QList<std::pair<QByteArray, QList<int>>>;
    QFETCH(WholeMessages, whole);
    QFETCH(Asked, asked);
    FetcherFixture f(whole);
    inStore(f.store(), [&f](Tables &tables) {
        MessageHeader old = SyncFixture::headerOf(1);
        old.received = f.services.clock().addDays(-20);
        MessageHeader large = SyncFixture::headerOf(8);
        large.size = 2 * BodyFetcher::recentSizeLimit;
        tables.messages.upsert(f.inbox, {old, SyncFixture::headerOf(7), large});
        tables.messages.upsert(f.trash, {SyncFixture::headerOf(9)});
        const FolderId all = tables.folders.insert({.account = f.account, .path = u"All"_s, .role = FolderRole::All});
        tables.messages.upsert(all, {SyncFixture::headerOf(6)});
    });
    Script script = loggedIn();
    QByteArray selected;
    for (const auto &[mailbox, uids] : std::as_const(asked)) {
        if (std::exchange(selected, mailbox) != mailbox)
            script.then(selects(mailbox));
        QByteArrayList set;
        QByteArray answers;
        for (const int uid : uids) {
            set.append(QByteArray::number(uid));
            answers += bodyOf(uid);
        }
        script.expect("{tag} UID FETCH " + set.join(',') + " {*}").send(answers + "{tag} OK done\r\n");
    }
    ScriptedServer server({script});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    for (qsizetype i = 0; i < asked.size(); ++i)
        QCOMPARE(await(f.fetcher.fetchNext(&session)), true);
    QCOMPARE(await(f.fetcher.fetchNext(&session)), false);
    QVERIFY2(server.finished(), server.failure());
}

/// More than are looked for at a time.
void TestBodyFetcher::allComeHoweverMany()
{
    constexpr int count = 10'200;
    FetcherFixture f(WholeMessages::All);
    inStore(f.store(), [&f](Tables &tables) {
        QList<MessageHeader> headers;
        for (int uid = 1; uid <= count; ++uid) {
            headers.append(SyncFixture::headerOf(quint32(uid)));
            headers.last().size = 100;
        }
        tables.messages.upsert(f.inbox, headers);
    });
    Script script = selectsInbox();
    int batches = 0;
    for (int last = count; last > 0; ++batches) {
        // Of the last 10,000 first.
        const int first = qMax(last > count - 10'000 ? count - 10'000 : 0, last - 500) + 1;
        QByteArray answers;
        for (int uid = first; uid <= last; ++uid)
            answers += bodyOf(uid);
        script.expect("{tag} UID FETCH " + QByteArray::number(first) + ':' + QByteArray::number(last) + " {*}")
            .send(answers + "{tag} OK done\r\n");
        last = first - 1;
    }
    ScriptedServer server({script});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    while (batches-- > 0)
        QCOMPARE(await(f.fetcher.fetchNext(&session)), true);
    QCOMPARE(await(f.fetcher.fetchNext(&session)), false);
    QVERIFY2(server.finished(), server.failure());
    QVERIFY(fromStore(f.store(), [&f](const Tables &tables) {
        return tables.messages.withoutBody(f.inbox, 0, ImapSession::largestMessage, 1);
    }).isEmpty());
}

/// Under a new UIDVALIDITY the numbers are those of other messages.
void TestBodyFetcher::otherNumbersAreLeftAlone()
{
    FetcherFixture f(WholeMessages::All);
    inStore(f.store(), [&f](Tables &tables) {
        QList<MessageHeader> headers;
        for (quint32 uid = 1; uid <= 1000; ++uid) {
            headers.append(SyncFixture::headerOf(uid));
            headers.last().size = 100;
        }
        tables.messages.upsert(f.inbox, headers);
    });
    const Script renumbered = Script()
                                  .expect("{tag} SELECT \"INBOX\"{*}")
                                  .send("* 2 EXISTS\r\n* OK [UIDVALIDITY 78] .\r\n{tag} OK [READ-WRITE] done\r\n");
    ScriptedServer server({loggedIn().then(renumbered).then(renumbered).then(renumbered)});
    ImapSession session(testTlsPolicy());
    QVERIFY(await(session.open(settingsFor(server), credentials)));
    for (int batches = 0; batches < 2; ++batches)
        QCOMPARE(await(f.fetcher.fetchNext(&session)), true);
    QCOMPARE(await(f.fetcher.fetchNext(&session)), false); // Not the same ones over and over again.
    const MessageId first
        = fromStore(f.store(), [&f](const Tables &tables) { return *tables.messages.findByUid(f.inbox, 1); });
    const auto opened = await(f.fetcher.fetch(&session, first));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::NotFound);
    QVERIFY2(server.finished(), server.failure());
    QVERIFY(!server.receivedEncrypted().contains("FETCH"));
}

QTEST_GUILESS_MAIN(TestBodyFetcher)
#include "test_bodyfetcher.moc"
