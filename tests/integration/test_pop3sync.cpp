// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pop3/pop3session.h"
#include "tests/integration/enginefixture.h"
#include "tests/support/mailserver.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// POP3 accounts against the real Dovecot: everything comes once, and the server loses only what it may.
class TestPop3Sync : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_server.start(300), m_server.failure()); }
    void init();
    void cleanup() { m_profile.reset(); }

    void wholeMaildropOnceThenOnlyWhatIsNew();
    void secondProfileFindsAllOfItAgain();
    void messagesAreOnTheServerUntilTheirTime_data();
    void messagesAreOnTheServerUntilTheirTime();
    void deletedThereWhenDeletedHere();
    void ofLargeOnesTheHeaderComesFirst();
    void actionsAreLocal();
    void sentCopyIsLocal();
    void wrongPasswordWaitsForTheUser();
    void protocolStaysTheSame();
    void sameMailboxByImapBesideIt();
    void serverThatIsAwayComesBack();

private:
    void startAs(int user, ServerCopies policy = {}, bool keepConnected = false);
    Account account(int user) const
    {
        Account account = m_server.account(user);
        account.incoming = m_server.pop3(Encryption::ImplicitTls, user);
        return account;
    }
    Result<void> synchronize() { return await(m_profile->engine().synchronize(m_account), std::chrono::minutes(1)); }
    FolderId inbox() { return m_profile->folderId(m_account, FolderRole::Inbox); }
    void deliver(const QByteArray &subject, int user)
    {
        QVERIFY2(m_server.deliver(sampleMail(subject, subject + "@example.net"), user), m_server.failure());
    }
    /// What is in the maildrop.
    qsizetype onServer(int user)
    {
        Pop3Session session(m_server.tlsPolicy());
        if (!await(session.open(m_server.pop3(Encryption::ImplicitTls, user), m_server.credentials(user))))
            return -1;
        const auto listed = await(session.list());
        (void)await(session.quit());
        return listed ? listed->size() : -1;
    }
    void emptyMaildrop(int user)
    {
        Pop3Session session(m_server.tlsPolicy());
        QVERIFY(await(session.open(m_server.pop3(Encryption::ImplicitTls, user), m_server.credentials(user))));
        const auto listed = await(session.list());
        QVERIFY(listed);
        QList<int> numbers;
        for (const Pop3Entry &entry : *listed)
            numbers.append(entry.number);
        QVERIFY(await(session.remove(numbers)));
        QVERIFY(await(session.quit()));
    }

    MailServer m_server;
    std::unique_ptr<EngineFixture> m_profile;
    AccountId m_account;
};

void TestPop3Sync::init()
{
    emptyMaildrop(MailServer::mehmet);
}

void TestPop3Sync::startAs(int user, ServerCopies policy, bool keepConnected)
{
    m_profile = std::make_unique<EngineFixture>(m_server.tlsPolicy(), keepConnected);
    QVERIFY(m_profile->start());
    Account settings = account(user);
    settings.serverCopies = policy;
    const Result<AccountId> added = m_profile->add(settings, m_server.password(user));
    QVERIFY2(added, describe(added));
    m_account = *added;
}

void TestPop3Sync::wholeMaildropOnceThenOnlyWhatIsNew()
{
    startAs(MailServer::ayse, {}, true);
    for (const FolderRole role :
        {FolderRole::Inbox, FolderRole::Drafts, FolderRole::Sent, FolderRole::Junk, FolderRole::Trash})
        QVERIFY(m_profile->folderId(m_account, role));
    QVERIFY(waitUntil([&] { return m_profile->total(inbox()) == 300; })); // it looks by itself
    QVERIFY2(synchronize(), "second look");
    QCOMPARE(m_profile->total(inbox()), 300);
    QCOMPARE(m_profile->newMailCount(), 0); // what was there is no news
    QCOMPARE(m_profile->folder(m_account, FolderRole::Inbox)->unread, 300);
    QVERIFY(waitUntil([&] { return m_profile->state(m_account).activity == AccountState::Activity::Idle; }));

    const QList<EngineFixture::Row> rows = m_profile->rows(inbox());
    for (const EngineFixture::Row &row : rows) {
        QVERIFY(row.header.hasBody);
        QCOMPARE(row.raw.size(), row.header.size);
        QVERIFY(!row.header.envelope.from.isEmpty());
        QVERIFY(row.header.received <= QDateTime::currentDateTimeUtc());
    }

    for (int i = 0; i < 5; ++i)
        deliver("yeni" + QByteArray::number(i), MailServer::ayse);
    const auto third = synchronize();
    QVERIFY2(third, describe(third));
    QCOMPARE(m_profile->total(inbox()), 305);
    QCOMPARE(m_profile->newMailCount(), 5);
    const auto newest = m_profile->find(inbox(), u"yeni3"_s);
    QVERIFY(newest);
    const auto raw = await(m_profile->engine().message(newest->id));
    QVERIFY(raw && raw->contains("Message-ID: <yeni3@example.net>"));
    QCOMPARE(onServer(MailServer::ayse), 305);

    // The next run of the program knows them, too.
    m_profile->stop();
    QVERIFY(m_profile->start());
    m_profile->setPassword(m_account, m_server.password(MailServer::ayse));
    const auto fourth = synchronize();
    QVERIFY2(fourth, describe(fourth));
    QCOMPARE(m_profile->total(inbox()), 305);
    QCOMPARE(m_profile->newMailCount(), 5);
}

void TestPop3Sync::secondProfileFindsAllOfItAgain()
{
    for (const char *subject : {"bir", "iki"})
        deliver(subject, MailServer::mehmet);
    for (int profile = 0; profile < 2; ++profile) {
        startAs(MailServer::mehmet);
        QVERIFY(synchronize());
        QCOMPARE(m_profile->total(inbox()), 2);
    }
    // An account that is removed and added again begins anew.
    QVERIFY(await(m_profile->engine().removeAccount(m_account)));
    const auto again = m_profile->add(account(MailServer::mehmet), m_server.password(MailServer::mehmet));
    QVERIFY2(again, describe(again));
    m_account = *again;
    QVERIFY(synchronize());
    QCOMPARE(m_profile->total(inbox()), 2);
}

void TestPop3Sync::messagesAreOnTheServerUntilTheirTime_data()
{
    QTest::addColumn<int>("days");
    QTest::addColumn<int>("left");
    QTest::newRow("kept") << -1 << 3;
    QTest::newRow("deleted at once") << 0 << 0;
    QTest::newRow("deleted after a week") << 7 << 3;
}

void TestPop3Sync::messagesAreOnTheServerUntilTheirTime()
{
    QFETCH(int, days);
    QFETCH(int, left);
    for (const char *subject : {"bir", "iki", "uc"})
        deliver(subject, MailServer::mehmet);
    startAs(MailServer::mehmet, {.days = days});
    for (int look = 0; look < 2; ++look) {
        const auto looked = synchronize();
        QVERIFY2(looked, describe(looked));
        QCOMPARE(m_profile->total(inbox()), 3);
        QCOMPARE(onServer(MailServer::mehmet), left);
    }
}

void TestPop3Sync::deletedThereWhenDeletedHere()
{
    for (const char *subject : {"bir", "iki"})
        deliver(subject, MailServer::mehmet);
    startAs(MailServer::mehmet, {.deletedWithOurs = true});
    QVERIFY(synchronize());
    const MessageId message = m_profile->find(inbox(), u"iki"_s)->id;

    QVERIFY(await(m_profile->engine().deleteMessages({message})));
    QVERIFY(synchronize());
    QCOMPARE(onServer(MailServer::mehmet), 2); // in Trash it can still be had back
    QCOMPARE(m_profile->total(m_profile->folderId(m_account, FolderRole::Trash)), 1);

    QVERIFY(await(m_profile->engine().deleteMessages({message})));
    QCOMPARE(m_profile->total(m_profile->folderId(m_account, FolderRole::Trash)), 0);
    QVERIFY(synchronize());
    QCOMPARE(onServer(MailServer::mehmet), 1);
    QVERIFY(synchronize());
    QCOMPARE(m_profile->total(inbox()), 1);
}

void TestPop3Sync::ofLargeOnesTheHeaderComesFirst()
{
    const QByteArray large = sampleMail("buyuk", "buyuk@example.net", QByteArray(".satır\r\n").repeated(300'000));
    QVERIFY2(m_server.deliver(large, MailServer::mehmet), m_server.failure());
    deliver("kucuk", MailServer::mehmet);
    m_profile = std::make_unique<EngineFixture>(m_server.tlsPolicy(), false);
    QVERIFY(m_profile->start());
    Account settings = account(MailServer::mehmet);
    settings.serverCopies = {.days = 0};
    settings.wholeUpTo = 1'000'000;
    const Result<AccountId> added = m_profile->add(settings, m_server.password(MailServer::mehmet));
    QVERIFY2(added, describe(added));
    m_account = *added;
    QVERIFY(synchronize());
    QCOMPARE(m_profile->total(inbox()), 2);
    QCOMPARE(onServer(MailServer::mehmet), 1); // the only whole one
    const MessageHeader header = *m_profile->find(inbox(), u"buyuk"_s);
    QVERIFY(!header.hasBody);
    QVERIFY(header.size >= large.size());

    const auto whole = await(m_profile->engine().wholeMessage(header.id));
    QVERIFY2(whole, describe(whole));
    QVERIFY(whole->endsWith(large.sliced(large.indexOf("\r\n\r\n"))));
    QVERIFY(m_profile->find(inbox(), u"buyuk"_s)->hasBody);
    QVERIFY(waitUntil([&] { return onServer(MailServer::mehmet) == 0; })); // it is old enough to go
    QVERIFY(synchronize());
    QCOMPARE(m_profile->total(inbox()), 2);
}

void TestPop3Sync::actionsAreLocal()
{
    for (const char *subject : {"bir", "iki", "uc"})
        deliver(subject, MailServer::mehmet);
    startAs(MailServer::mehmet);
    QVERIFY(synchronize());
    const MessageId bir = m_profile->find(inbox(), u"bir"_s)->id;
    const MessageId iki = m_profile->find(inbox(), u"iki"_s)->id;
    const FolderId junk = m_profile->folderId(m_account, FolderRole::Junk);
    const FolderId trash = m_profile->folderId(m_account, FolderRole::Trash);

    QVERIFY(await(m_profile->engine().changeFlags({bir}, Flag::Seen | Flag::Flagged, {})));
    QVERIFY(await(m_profile->engine().moveMessages({bir}, junk)));
    QVERIFY(await(m_profile->engine().deleteMessages({iki})));
    QVERIFY(await(m_profile->engine().deleteMessages({iki})));
    QCOMPARE(m_profile->pendingCount(m_account), 0);
    QVERIFY(synchronize());
    QCOMPARE(m_profile->total(inbox()), 1);
    QCOMPARE(m_profile->total(trash), 0);
    const auto moved = m_profile->find(junk, u"bir"_s);
    QVERIFY(moved);
    QCOMPARE(moved->flags, Flag::Seen | Flag::Flagged);
    QVERIFY(moved->hasBody);
    QCOMPARE(onServer(MailServer::mehmet), 3);
    QVERIFY(m_profile->refusals().isEmpty());
}

void TestPop3Sync::sentCopyIsLocal()
{
    REQUIRE_POSTFIX(m_server);
    startAs(MailServer::mehmet);
    const Account settings = account(MailServer::mehmet);
    const Draft draft{.account = m_account,
        .from = settings.identity,
        .to = {settings.identity},
        .bcc = {{.address = m_server.address(MailServer::deniz)}},
        .subject = u"Kendime"_s,
        .text = u"metin\n"_s};
    const Result<OutboxId> queued = await(m_profile->engine().send(draft));
    QVERIFY2(queued, describe(queued));
    QVERIFY(waitUntil([&] { return m_profile->outbox().size() == 0; }));
    const FolderId sent = m_profile->folderId(m_account, FolderRole::Sent);
    const auto copy = m_profile->find(sent, u"Kendime"_s);
    QVERIFY(copy);
    QCOMPARE(m_profile->total(sent), 1);
    QCOMPARE(copy->flags, Flags(Flag::Seen));
    QVERIFY(copy->hasBody);
    QCOMPARE(copy->envelope.bcc.size(), 1);
    QCOMPARE(m_profile->pendingCount(m_account), 0);

    QVERIFY(waitUntil([&] { return onServer(MailServer::mehmet) == 1; }));
    QVERIFY(synchronize());
    const auto received = m_profile->find(inbox(), u"Kendime"_s);
    QVERIFY(received);
    QCOMPARE(received->envelope.messageIdHeader, copy->envelope.messageIdHeader);
    QVERIFY(received->envelope.bcc.isEmpty());
}

void TestPop3Sync::wrongPasswordWaitsForTheUser()
{
    deliver("bir", MailServer::mehmet);
    startAs(MailServer::mehmet);
    m_profile->setPassword(m_account, u"yanlis"_s);
    const auto refused = synchronize();
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::AuthenticationFailed);
    QVERIFY(waitUntil([&] { return m_profile->state(m_account).passwordNeeded; }));
    m_profile->setPassword(m_account, m_server.password(MailServer::mehmet));
    const auto looked = synchronize();
    QVERIFY2(looked, describe(looked));
    QCOMPARE(m_profile->total(inbox()), 1);
    QVERIFY(!m_profile->state(m_account).passwordNeeded);
}

void TestPop3Sync::protocolStaysTheSame()
{
    startAs(MailServer::mehmet);
    Account other = m_server.account(MailServer::mehmet);
    other.id = m_account;
    const auto refused = await(m_profile->engine().updateAccount(other, {}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::InvalidInput);
    Account renamed = account(MailServer::mehmet);
    renamed.id = m_account;
    renamed.name = u"Yeni ad"_s;
    renamed.serverCopies = {.days = 30, .deletedWithOurs = true};
    QVERIFY(await(m_profile->engine().updateAccount(renamed, {})));
    QCOMPARE(m_profile->read([this](const Tables &tables) { return *tables.accounts.find(m_account); }).serverCopies,
        renamed.serverCopies);
    QVERIFY(synchronize());
}

/// The way from one protocol to the other (decision 6).
void TestPop3Sync::sameMailboxByImapBesideIt()
{
    deliver("bir", MailServer::mehmet);
    startAs(MailServer::mehmet, {.days = 0});
    QVERIFY(synchronize());
    deliver("iki", MailServer::mehmet); // "bir" is nowhere else by now.
    const auto added = m_profile->add(m_server.account(MailServer::mehmet), m_server.password(MailServer::mehmet));
    QVERIFY2(added, describe(added));
    QVERIFY(await(m_profile->engine().synchronize(*added)));
    QVERIFY(m_profile->find(m_profile->folderId(*added, FolderRole::Inbox), u"iki"_s));
    QVERIFY(m_profile->find(inbox(), u"bir"_s));
    QCOMPARE(m_profile->total(inbox()), 1);
}

void TestPop3Sync::serverThatIsAwayComesBack()
{
    deliver("bir", MailServer::mehmet);
    startAs(MailServer::mehmet);
    m_server.stop();
    const auto away = synchronize();
    QVERIFY(!away);
    QVERIFY(away.error().isConnectionFailure());
    QVERIFY(waitUntil([&] { return m_profile->state(m_account).activity == AccountState::Activity::Offline; }));
    QVERIFY2(m_server.start(), m_server.failure());
    const auto looked = synchronize();
    QVERIFY2(looked, describe(looked));
    QCOMPARE(m_profile->total(inbox()), 1);
}

QTEST_GUILESS_MAIN(TestPop3Sync)
#include "test_pop3sync.moc"
