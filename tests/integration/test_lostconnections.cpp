// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/imap/imapscripts.h"
#include "tests/integration/enginefixture.h"
#include "tests/smtp/smtpscripts.h"
#include "tests/support/scriptedserver.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// A connection that ends at the worst moment: nothing is sent or filed twice, and nothing is lost.
class TestLostConnections : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_profile.reset(); }

    void cutAfterTheAppendedMailFilesOneCopy_data();
    void cutAfterTheAppendedMailFilesOneCopy();
    void cutBeforeTheFinalDotSendsOnceLater_data();
    void cutBeforeTheFinalDotSendsOnceLater();
    void cutAfterTheFinalDotIsUnknownAndNotRepeated();
    void mailFoundInSentIsNotUnknown();
    void sendingFoundAtStartIsNotRepeated();
    void brokenOffMoveIsLookedAtFirst_data();
    void brokenOffMoveIsLookedAtFirst();
    void deletionLooksAtTheMessageItself();
    void strangeUidListDeletesNothing();

private:
    AccountId addAccount(quint16 imapPort, quint16 smtpPort);
    OutboxItem insertMail(AccountId account, OutboxState state);
    OutboxState stateOf(OutboxId id)
    {
        const QList<OutboxItem> items = m_profile->outbox();
        const auto item
            = std::find_if(items.cbegin(), items.cend(), [id](const OutboxItem &each) { return each.id == id; });
        return item == items.cend() ? OutboxState::Sent : item->state;
    }
    template <class F> auto write(F function)
    {
        using Value = std::invoke_result_t<F, Tables &>;
        const Result<Value> result
            = await(m_profile->store().write([function](Tables &tables) -> Result<Value> { return function(tables); }));
        if (!result)
            qFatal("store: %s", qPrintable(result.error().summary()));
        return *result;
    }

    std::unique_ptr<EngineFixture> m_profile;
    FolderId m_inbox;
    FolderId m_archive;
};

namespace {

const QByteArray messageId = "mektup@example.test";
const QByteArray wire
    = "Message-ID: <mektup@example.test>\r\nDate: Mon, 02 Mar 2026 09:30:00 +0000\r\nSubject: x\r\n\r\ntext\r\n";

/// SELECT of a folder that stays as it was.
Script selects(const QByteArray &folder, int exists = 0)
{
    return Script()
        .expect("{tag} SELECT \"" + folder + "\"{*}")
        .send("* " + QByteArray::number(exists)
            + " EXISTS\r\n* OK [UIDVALIDITY 77] .\r\n* OK [UIDNEXT 100] .\r\n{tag} OK [READ-WRITE] done\r\n");
}

Script findsMessageId(const QByteArray &id, const QByteArray &uids)
{
    return Script()
        .expect("{tag} UID SEARCH HEADER Message-ID \"<" + id + ">\"{*}")
        .send("* SEARCH" + uids + "\r\n{tag} OK done\r\n");
}

/// The server has better things to do than the rest of the round.
Script listsNothing()
{
    return Script().expect("{tag} LIST {*}").send("{tag} NO later\r\n");
}

} // namespace

void TestLostConnections::init()
{
    m_profile = std::make_unique<EngineFixture>(testTlsPolicy(), false);
    QVERIFY(m_profile->start());
}

AccountId TestLostConnections::addAccount(quint16 imapPort, quint16 smtpPort)
{
    const Account account{.identity = {.address = u"user@example.test"_s},
        .incoming = {.protocol = Protocol::Imap, .host = u"localhost"_s, .port = imapPort, .userName = u"user"_s},
        .outgoing = {.protocol = Protocol::Smtp,
            .host = u"localhost"_s,
            .port = smtpPort,
            .encryption = Encryption::None,
            .userName = u"user"_s}};
    const Result<AccountId> added = m_profile->add(account, u"secret"_s);
    if (!added)
        qFatal("account: %s", qPrintable(added.error().summary()));
    const auto addFolder = [id = *added](Tables &tables, const QString &path, FolderRole role) {
        const FolderId folder = tables.folders.insert({.account = id, .path = path, .separator = u'/', .role = role});
        tables.folders.setSyncState(folder, {.uidValidity = 77, .uidNext = 100, .headersComplete = true});
        return folder;
    };
    m_inbox = write([&](Tables &tables) { return addFolder(tables, u"INBOX"_s, FolderRole::Inbox); });
    m_archive = write([&](Tables &tables) { return addFolder(tables, u"Archive"_s, FolderRole::Archive); });
    write([&](Tables &tables) { return addFolder(tables, u"Sent"_s, FolderRole::Sent); });
    return *added;
}

OutboxItem TestLostConnections::insertMail(AccountId account, OutboxState state)
{
    OutboxItem item{.account = account,
        .state = state,
        .sender = u"user@example.test"_s,
        .recipients = {{.address = u"b@example.test"_s}},
        .messageIdHeader = messageId};
    item.id = write([item](Tables &tables) { return tables.outbox.insert(item, wire, wire); });
    return item;
}

void TestLostConnections::cutAfterTheAppendedMailFilesOneCopy_data()
{
    QTest::addColumn<QByteArray>("found");
    QTest::addColumn<bool>("appendsAgain");
    QTest::newRow("the server has it") << " 5"_ba << false;
    QTest::newRow("the server lost it") << QByteArray() << true;
}

// S08
void TestLostConnections::cutAfterTheAppendedMailFilesOneCopy()
{
    QFETCH(QByteArray, found);
    QFETCH(bool, appendsAgain);
    const Script appends
        = Script().expect("{tag} APPEND \"Sent\" (\\Seen) \"{*}\" {{*}}").send("+ go\r\n").expectBytes(wire);
    const QByteArray capabilities = "IMAP4rev1 SASL-IR AUTH=PLAIN";
    Script second = loggedIn(capabilities).then(selects("Sent")).then(findsMessageId(messageId, found));
    if (appendsAgain)
        second.then(appends).expect("").send("{tag} OK done\r\n");
    second.then(listsNothing()).expect("{tag} SELECT \"Sent\"{*}").send("{tag} NO later\r\n");
    ScriptedServer imap(
        {loggedIn(capabilities).then(selects("Sent")).then(findsMessageId(messageId, {})).then(appends).cut(), second});
    const AccountId account = addAccount(imap.port(), ScriptedServer::closedPort());
    const OutboxItem item = insertMail(account, OutboxState::Sent);
    write([&](Tables &tables) {
        return tables.pendingOps.insert(
            {.account = account, .kind = PendingOp::Kind::Append, .outbox = item.id, .messageIdHeader = messageId});
    });

    QVERIFY(!await(m_profile->engine().synchronize(account)));
    QCOMPARE(m_profile->pendingCount(account), 1);
    QVERIFY(!await(m_profile->engine().synchronize(account)));

    QVERIFY2(imap.finished(), imap.failure());
    QCOMPARE(m_profile->pendingCount(account), 0);
    QVERIFY(m_profile->outbox().isEmpty());
    QCOMPARE(imap.receivedEncrypted().count(wire), appendsAgain ? 2 : 1);
}

void TestLostConnections::cutBeforeTheFinalDotSendsOnceLater_data()
{
    QTest::addColumn<Script>("first");
    QTest::addColumn<qsizetype>("size");
    const Script mail = Script().expect("MAIL FROM:<user@example.test>").send("250 ok\r\n");
    const Script recipient = Script().expect("RCPT TO:<b@example.test>").send("250 ok\r\n");
    QTest::newRow("at the greeting") << Script().send("220 mx").cut() << qsizetype(100);
    QTest::newRow("after the login") << smtpLogin({}).expect("MAIL {*}").cut() << qsizetype(100);
    QTest::newRow("after MAIL") << smtpLogin({}).then(mail).expect("RCPT {*}").cut() << qsizetype(100);
    QTest::newRow("after RCPT") << smtpLogin({}).then(mail).then(recipient).expect("DATA").cut() << qsizetype(100);
    QTest::newRow("in the text")
        << smtpLogin({}).then(mail).then(recipient).expect("DATA").send("354 go\r\n").expectBytes("Message-ID:").cut()
        << qsizetype(20'000'000);
}

// O01
void TestLostConnections::cutBeforeTheFinalDotSendsOnceLater()
{
    QFETCH(Script, first);
    QFETCH(qsizetype, size); // More than the network takes in one go, where it is cut in the text.
    const QByteArray message = wire + QByteArray("0123456789\r\n").repeated(size / 12);
    const Script second = smtpLogin({})
                              .expect("MAIL FROM:<user@example.test>")
                              .send("250 ok\r\n")
                              .expect("RCPT TO:<b@example.test>")
                              .send("250 ok\r\n")
                              .expect("DATA")
                              .send("354 go\r\n")
                              .receiveUntil("\r\n.\r\n", "mail")
                              .send("250 queued\r\n");
    ScriptedServer smtp({first, second});
    const AccountId account = addAccount(ScriptedServer::closedPort(), smtp.port());
    const Result<OutboxId> item
        = await(m_profile->engine().sendRaw(account, message, u"user@example.test"_s, {u"b@example.test"_s}));
    QVERIFY(item);

    QTRY_COMPARE_WITH_TIMEOUT(m_profile->told(*item).value_or(OutboxItem()).state, OutboxState::Sent, testPatience);
    QCOMPARE(m_profile->told(*item)->attempts, 2);
    QVERIFY(smtp.captured("mail", 1).contains(messageId));
    QTRY_COMPARE(m_profile->pendingCount(account), 1); // the copy for Sent
}

void TestLostConnections::cutAfterTheFinalDotIsUnknownAndNotRepeated()
{
    const Script whole = smtpLogin({})
                             .expect("MAIL {*}")
                             .send("250 ok\r\n")
                             .expect("RCPT {*}")
                             .send("250 ok\r\n")
                             .expect("DATA")
                             .send("354 go\r\n")
                             .receiveUntil("\r\n.\r\n", "mail");
    ScriptedServer smtp({Script(whole).cut(), Script(whole).send("250 queued\r\n")});
    ScriptedServer imap({loggedIn().then(selects("Sent")).then(findsMessageId(messageId, {})),
        loggedIn().then(listsNothing()).then(selects("Sent")).then(findsMessageId(messageId, {}))});
    const AccountId account = addAccount(imap.port(), smtp.port());
    const Result<OutboxId> item
        = await(m_profile->engine().sendRaw(account, wire, u"user@example.test"_s, {u"b@example.test"_s}));
    QVERIFY(item);
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*item), OutboxState::Unknown, testPatience);
    QTRY_VERIFY(imap.receivedEncrypted().contains(messageId)); // looked for in Sent

    // Another run of the program, and every reason to try.
    m_profile->stop();
    QVERIFY(m_profile->start());
    m_profile->setPassword(account, u"secret"_s);
    m_profile->engine().setOnline(false);
    m_profile->engine().setOnline(true);
    QVERIFY(!await(m_profile->engine().synchronize(account)));
    QVERIFY2(imap.finished(), imap.failure());
    QCOMPARE(stateOf(*item), OutboxState::Unknown);
    QCOMPARE(smtp.connectionCount(), 1);

    // The user's word.
    QVERIFY(await(m_profile->engine().retryOutbox(*item)));
    QTRY_COMPARE_WITH_TIMEOUT(stateOf(*item), OutboxState::Sent, testPatience);
    QVERIFY2(smtp.finished(), smtp.failure());
    QCOMPARE(smtp.captured("mail", 0), smtp.captured("mail", 1));
}

void TestLostConnections::mailFoundInSentIsNotUnknown()
{
    ScriptedServer imap({loggedIn().then(listsNothing()).then(selects("Sent")).then(findsMessageId(messageId, " 12"))});
    const AccountId account = addAccount(imap.port(), ScriptedServer::closedPort());
    insertMail(account, OutboxState::Unknown);
    QVERIFY(!await(m_profile->engine().synchronize(account)));
    QVERIFY2(imap.finished(), imap.failure());
    QVERIFY(m_profile->outbox().isEmpty());
    QCOMPARE(m_profile->pendingCount(account), 0);
}

void TestLostConnections::sendingFoundAtStartIsNotRepeated()
{
    ScriptedServer imap({loggedIn().then(selects("Sent")).then(findsMessageId(messageId, {}))});
    const AccountId account = addAccount(imap.port(), ScriptedServer::closedPort());
    const OutboxItem item = insertMail(account, OutboxState::Sending);
    m_profile->stop();
    QVERIFY(m_profile->start());
    m_profile->setPassword(account, u"secret"_s);
    QTRY_COMPARE(stateOf(item.id), OutboxState::Unknown);
    QTRY_VERIFY_WITH_TIMEOUT(imap.receivedEncrypted().contains(messageId), testPatience);
    QCOMPARE(stateOf(item.id), OutboxState::Unknown);
    QCOMPARE(m_profile->outbox().first().attempts, item.attempts);
}

void TestLostConnections::brokenOffMoveIsLookedAtFirst_data()
{
    QTest::addColumn<bool>("stillThere");
    QTest::newRow("it did not happen") << true;
    QTest::newRow("it happened") << false;
}

// S09
void TestLostConnections::brokenOffMoveIsLookedAtFirst()
{
    QFETCH(bool, stillThere);
    const QByteArray header = "Message-ID: <mektup@example.test>\r\n\r\n";
    Script second = loggedIn().then(selects("INBOX", 1)).expect("{tag} UID FETCH 5 {*}");
    if (stillThere) {
        second.send("* 1 FETCH (UID 5 FLAGS () RFC822.SIZE 100 BODY[HEADER.FIELDS (MESSAGE-ID)] {"
            + QByteArray::number(header.size()) + "}\r\n" + header + ")\r\n{tag} OK done\r\n");
        second.expect("{tag} UID MOVE 5 \"Archive\"")
            .send("* OK [COPYUID 77 5 61] .\r\n* 1 EXPUNGE\r\n{tag} OK done\r\n");
        second.then(listsNothing());
    } else {
        second.send("{tag} OK done\r\n").then(listsNothing());
        second.expect("{tag} SELECT {*}")
            .send("{tag} NO later\r\n")
            .expect("{tag} SELECT {*}")
            .send("{tag} NO later\r\n");
    }
    ScriptedServer imap({loggedIn()
                             .then(selects("INBOX", 1))
                             .expect("{tag} UID FETCH 5 {*}")
                             .send("* 1 FETCH (UID 5 FLAGS () RFC822.SIZE 100 BODY[HEADER.FIELDS (MESSAGE-ID)] {"
                                 + QByteArray::number(header.size()) + "}\r\n" + header + ")\r\n{tag} OK done\r\n")
                             .expect("{tag} UID MOVE 5 \"Archive\"")
                             .cut(),
        second});
    const AccountId account = addAccount(imap.port(), ScriptedServer::closedPort());
    MessageHeader message;
    message.uid = 5;
    message.size = 100;
    message.envelope.messageIdHeader = messageId;
    const MessageId id = write([&](Tables &tables) { return tables.messages.upsert(m_inbox, {message}).first(); });
    QVERIFY(await(m_profile->engine().moveMessages({id}, m_archive)));
    QTRY_VERIFY_WITH_TIMEOUT(m_profile->state(account).error, testPatience);
    QCOMPARE(m_profile->pendingCount(account), 1);

    (void)await(m_profile->engine().synchronize(account));

    QVERIFY2(imap.finished(), imap.failure());
    QTRY_COMPARE(m_profile->pendingCount(account), 0);
    const auto row = m_profile->read([id](const Tables &tables) { return tables.messages.header(id); });
    QVERIFY(row);
    QCOMPARE(row->folder, m_archive);
    QCOMPARE(row->uid, stillThere ? 61u : 0u);
    QVERIFY(m_profile->refusals().isEmpty());
}

// S19: another message under the same number is never removed.
void TestLostConnections::deletionLooksAtTheMessageItself()
{
    const QByteArray header = "Message-ID: <baska@example.test>\r\n\r\n";
    ScriptedServer imap({loggedIn()
            .then(selects("INBOX", 1))
            .expect("{tag} UID FETCH 5 {*}")
            .send("* 1 FETCH (UID 5 FLAGS () RFC822.SIZE 100 BODY[HEADER.FIELDS (MESSAGE-ID)] {"
                + QByteArray::number(header.size()) + "}\r\n" + header + ")\r\n{tag} OK done\r\n")
            .then(listsNothing())});
    const AccountId account = addAccount(imap.port(), ScriptedServer::closedPort());
    MessageHeader message;
    message.uid = 5;
    message.envelope.messageIdHeader = messageId;
    const MessageId id = write([&](Tables &tables) { return tables.messages.upsert(m_inbox, {message}).first(); });
    QVERIFY(await(m_profile->engine().deleteMessages({id}))); // There is no Trash: for good.
    (void)await(m_profile->engine().synchronize(account));
    QVERIFY2(imap.finished(), imap.failure());
    QVERIFY(!imap.receivedEncrypted().contains("STORE"));
    QVERIFY(!imap.receivedEncrypted().contains("EXPUNGE"));
    QCOMPARE(m_profile->pendingCount(account), 0);
}

void TestLostConnections::strangeUidListDeletesNothing()
{
    const auto lists = [](const QByteArray &all) {
        return Script()
            .expect("{tag} UID SEARCH RETURN (ALL) ALL")
            .send("* ESEARCH (TAG \"{tag}\") UID" + all + "\r\n{tag} OK done\r\n");
    };
    const Script flags = Script().expect("{tag} UID FETCH 1:* (FLAGS{*}").send("{tag} OK done\r\n");
    ScriptedServer imap({loggedIn()
            // Once the folder seems empty; then it says that it is not, and lists nothing all the same.
            .then(selects("INBOX", 0))
            .then(lists({}))
            .then(selects("INBOX", 3))
            .then(lists({}))
            .then(flags)
            // One is missing, then it is back.
            .then(selects("INBOX", 2))
            .then(lists(" ALL 1:2"))
            .then(selects("INBOX", 3))
            .then(lists(" ALL 1:3"))
            .then(flags)
            // One is gone, and stays so.
            .then(selects("INBOX", 2))
            .then(lists(" ALL 1,3"))
            .then(selects("INBOX", 2))
            .then(lists(" ALL 1,3"))
            .then(flags)});
    addAccount(imap.port(), ScriptedServer::closedPort());
    write([&](Tables &tables) {
        QList<MessageHeader> headers;
        for (quint32 uid = 1; uid <= 3; ++uid) {
            MessageHeader header;
            header.uid = uid;
            headers.append(header);
        }
        return tables.messages.upsert(m_inbox, headers).size();
    });
    for (const qint64 left : {3, 3, 2}) {
        const Result<void> synced = await(m_profile->engine().synchronizeFolder(m_inbox));
        QVERIFY2(synced, describe(synced) + ' ' + imap.failure());
        QCOMPARE(m_profile->total(m_inbox), left);
    }
    QVERIFY2(imap.finished(), imap.failure());
}

QTEST_GUILESS_MAIN(TestLostConnections)
#include "test_lostconnections.moc"
