// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/enginefixture.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// One account kept like its server, against the real Dovecot, with another mail program at work on the same mailbox.
class TestMailSync : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void firstSyncBringsAll();
    void newMailComesByIdle();
    void flagsGoBothWays();
    void movesGoBothWays();
    void deletionGoesToTrashAndThenForGood();
    void messageDeletedElsewhereDisappears();
    void foldersComeAndGo();
    void openedMessageIsFetchedAndSearchable();
    void recentBodiesComeByThemselves();
    void offlineActionsAreReplayed();
    void newNumberingLosesNothing();
    void refusedActionIsUndone();
    void killedFirstSyncGoesOnWhereItStopped();
    void stopIsQuickWhateverHappens();

private:
    void fillInbox(int messages);
    void startWith(int messages, bool keepConnected = true);
    FolderId id(FolderRole role) { return m_profile->folderId(m_account, role); }
    std::optional<MessageHeader> inInbox(const QString &subject)
    {
        return m_profile->find(id(FolderRole::Inbox), subject);
    }
    bool isSynced() { return await(m_profile->engine().synchronize(m_account)).has_value(); }

    std::unique_ptr<MailServer> m_server;
    std::unique_ptr<EngineFixture> m_profile;
    AccountId m_account;
};

void TestMailSync::init()
{
    m_server = std::make_unique<MailServer>();
}

void TestMailSync::cleanup()
{
    m_profile.reset();
    m_server.reset();
}

void TestMailSync::fillInbox(int messages)
{
    QList<OtherClient::New> mails;
    for (int i = 1; i <= messages; ++i) {
        const QByteArray number = QByteArray::number(i);
        mails.append({sampleMail("mektup " + number, "mektup" + number + "@example.net"), i % 3 ? "\\Seen" : ""});
    }
    OtherClient phone(*m_server);
    phone.appendAll("INBOX", mails);
}

void TestMailSync::startWith(int messages, bool keepConnected)
{
    QVERIFY2(m_server->start(), m_server->failure());
    fillInbox(messages);
    m_profile = std::make_unique<EngineFixture>(m_server->tlsPolicy(), keepConnected);
    QVERIFY(m_profile->start());
    const Result<AccountId> added = m_profile->add(m_server->account(), m_server->password());
    QVERIFY2(added, describe(added));
    m_account = *added;
    const Result<void> synced = await(m_profile->engine().synchronize(m_account));
    QVERIFY2(synced, describe(synced));
}

void TestMailSync::firstSyncBringsAll()
{
    startWith(500);
    OtherClient phone(*m_server);
    const QList<OtherClient::Message> there = phone.messages("INBOX");
    QCOMPARE(there.size(), 500);

    const QList<EngineFixture::Row> here = m_profile->rows(id(FolderRole::Inbox));
    QCOMPARE(here.size(), 500);
    QHash<quint32, MessageHeader> byUid;
    for (const EngineFixture::Row &row : here)
        byUid.insert(row.header.uid, row.header);
    QCOMPARE(byUid.size(), 500);
    for (const OtherClient::Message &message : there) {
        QVERIFY(byUid.contains(message.uid));
        const MessageHeader &header = byUid[message.uid];
        QCOMPARE(header.size, message.raw.size());
        QCOMPARE(header.flags.testFlag(Flag::Seen), message.flags.contains("\\Seen"));
        QVERIFY(message.raw.contains(header.envelope.messageIdHeader));
        QVERIFY(!header.envelope.from.isEmpty());
    }
    QVERIFY(id(FolderRole::Sent));
    QVERIFY(id(FolderRole::Trash));
    QCOMPARE(m_profile->newMailCount(), 0);
}

void TestMailSync::newMailComesByIdle()
{
    startWith(3);
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->state(m_account).activity, AccountState::Activity::Idle, testPatience);
    for (int i = 0; i < 3; ++i) {
        const QByteArray number = QByteArray::number(i);
        QVERIFY2(
            m_server->deliver(sampleMail("yeni " + number, "yeni" + number + "@example.net")), m_server->failure());
        QTRY_VERIFY_WITH_TIMEOUT(inInbox(u"yeni "_s + QString::number(i)), 10s);
    }
    QTRY_COMPARE(m_profile->newMailCount(), 3);
}

void TestMailSync::flagsGoBothWays()
{
    startWith(0);
    OtherClient phone(*m_server);
    const quint32 uid = phone.append("INBOX", sampleMail("bayrak", "bayrak@example.net"));
    QVERIFY(isSynced());
    const auto message = inInbox(u"bayrak"_s);
    QVERIFY(message);

    QVERIFY(await(m_profile->engine().changeFlags({message->id}, Flag::Seen | Flag::Flagged, {})));
    QCOMPARE(inInbox(u"bayrak"_s)->flags, Flag::Seen | Flag::Flagged);
    QTRY_COMPARE(phone.messages("INBOX").first().flags, (QByteArrayList{"\\Flagged", "\\Seen"}));

    phone.store("INBOX", QByteArray::number(uid), "FLAGS", "\\Answered $Forwarded");
    QTRY_COMPARE_WITH_TIMEOUT(inInbox(u"bayrak"_s)->flags, Flag::Answered | Flag::Forwarded, 10s);
    QCOMPARE(m_profile->pendingCount(m_account), 0);
}

void TestMailSync::movesGoBothWays()
{
    startWith(0);
    OtherClient phone(*m_server);
    phone.append("INBOX", sampleMail("giden", "giden@example.net"));
    const quint32 other = phone.append("INBOX", sampleMail("telefondan", "telefondan@example.net"));
    QVERIFY(isSynced());
    const auto message = inInbox(u"giden"_s);
    QVERIFY(message);

    QVERIFY(await(m_profile->engine().moveMessages({message->id}, id(FolderRole::Archive))));
    QVERIFY(!inInbox(u"giden"_s));
    QVERIFY(m_profile->find(id(FolderRole::Archive), u"giden"_s));
    QTRY_COMPARE(phone.messages("Archive").size(), 1);
    QTRY_COMPARE(m_profile->pendingCount(m_account), 0);
    const auto moved = m_profile->find(id(FolderRole::Archive), u"giden"_s);
    QCOMPARE(moved->id, message->id);
    QCOMPARE(moved->uid, phone.messages("Archive").first().uid);

    phone.move("INBOX", QByteArray::number(other), "Archive");
    QVERIFY(isSynced());
    QVERIFY(!inInbox(u"telefondan"_s));
    QCOMPARE(m_profile->total(id(FolderRole::Archive)), 2);
    QCOMPARE(m_profile->total(id(FolderRole::Inbox)), 0);
}

void TestMailSync::deletionGoesToTrashAndThenForGood()
{
    startWith(0);
    OtherClient phone(*m_server);
    phone.append("INBOX", sampleMail("eski", "eski@example.net"));
    phone.append("INBOX", sampleMail("kalan", "kalan@example.net"));
    QVERIFY(isSynced());
    const MessageId message = inInbox(u"eski"_s)->id;

    QVERIFY(await(m_profile->engine().deleteMessages({message})));
    QTRY_COMPARE(phone.messages("Trash").size(), 1);
    QCOMPARE(phone.messages("INBOX").size(), 1);

    QVERIFY(await(m_profile->engine().deleteMessages({message})));
    QTRY_COMPARE(phone.messages("Trash").size(), 0);
    QVERIFY(isSynced());
    QCOMPARE(m_profile->total(id(FolderRole::Trash)), 0);
    QCOMPARE(m_profile->total(id(FolderRole::Inbox)), 1);
    QVERIFY(inInbox(u"kalan"_s));
}

void TestMailSync::messageDeletedElsewhereDisappears()
{
    startWith(20);
    OtherClient phone(*m_server);
    const QList<OtherClient::Message> there = phone.messages("INBOX");
    phone.expunge("INBOX", QByteArray::number(there.at(3).uid) + ',' + QByteArray::number(there.at(11).uid));
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->total(id(FolderRole::Inbox)), 18, 10s);
    for (const EngineFixture::Row &row : m_profile->rows(id(FolderRole::Inbox)))
        QVERIFY(row.header.uid != there.at(3).uid && row.header.uid != there.at(11).uid);
}

void TestMailSync::foldersComeAndGo()
{
    startWith(0);
    OtherClient phone(*m_server);
    phone.command("CREATE \"Projeler/Bah&AOc-e\"");
    phone.append("Projeler/Bah&AOc-e", sampleMail("domates", "domates@example.net"));
    QVERIFY(isSynced());
    const auto garden = m_profile->folder(m_account, u"Projeler/Bahçe"_s);
    QVERIFY(garden);
    QVERIFY(m_profile->find(garden->id, u"domates"_s));

    phone.command("DELETE \"Projeler/Bah&AOc-e\"");
    QVERIFY(isSynced());
    QVERIFY(!m_profile->folder(m_account, u"Projeler/Bahçe"_s));
}

void TestMailSync::openedMessageIsFetchedAndSearchable()
{
    startWith(0, false);
    OtherClient phone(*m_server);
    const QByteArray raw
        = sampleMail("kitap", "kitap@example.net", "Bir çift \xc4\xb1\xc5\x9f\xc4\xb1ldak\r\n\r\n.nokta\r\n");
    phone.append("INBOX", raw);
    QVERIFY(isSynced());
    const MessageId message = inInbox(u"kitap"_s)->id;
    QVERIFY(!inInbox(u"kitap"_s)->hasBody);

    const Result<QByteArray> fetched = await(m_profile->engine().message(message));
    QVERIFY2(fetched, describe(fetched));
    QCOMPARE(*fetched, raw);
    QVERIFY(inInbox(u"kitap"_s)->hasBody);
    QTRY_COMPARE(m_profile->read([&](const Tables &t) { return t.search.find(u"isildak"_s, m_account, {}, 10); }),
        QList{message});

    m_server->stop();
    QCOMPARE(*await(m_profile->engine().message(message)), raw);
}

void TestMailSync::recentBodiesComeByThemselves()
{
    startWith(30);
    QTRY_VERIFY_WITH_TIMEOUT(m_profile->read([this](const Tables &t) {
        return t.messages.withoutBody(t.folders.findByRole(m_account, FolderRole::Inbox)->id, 0, 1'000'000, 1)
            .isEmpty();
    }),
        testPatience);
    OtherClient phone(*m_server);
    QHash<quint32, QByteArray> there;
    for (const OtherClient::Message &message : phone.messages("INBOX"))
        there.insert(message.uid, message.raw);
    for (const EngineFixture::Row &row : m_profile->rows(id(FolderRole::Inbox)))
        QCOMPARE(row.raw, there.value(row.header.uid));
}

void TestMailSync::offlineActionsAreReplayed()
{
    startWith(0);
    {
        OtherClient phone(*m_server);
        for (const char *name : {"bir", "iki", "uc"})
            phone.append("INBOX", sampleMail(name, QByteArray(name) + "@example.net"));
    }
    QVERIFY(isSynced());
    const MessageId one = inInbox(u"bir"_s)->id;
    const MessageId two = inInbox(u"iki"_s)->id;
    const MessageId three = inInbox(u"uc"_s)->id;
    m_server->stop();

    MailEngine &engine = m_profile->engine();
    QVERIFY(await(engine.changeFlags({one, two}, Flag::Seen, {})));
    QVERIFY(await(engine.moveMessages({two}, id(FolderRole::Archive))));
    QVERIFY(await(engine.changeFlags({two}, Flag::Flagged, {})));
    QVERIFY(await(engine.deleteMessages({three})));
    QVERIFY(await(engine.deleteMessages({three})));
    QTRY_VERIFY(m_profile->state(m_account).error);
    QVERIFY(m_profile->pendingCount(m_account) >= 5);

    QVERIFY2(m_server->start(), m_server->failure());
    QTRY_COMPARE_WITH_TIMEOUT(m_profile->pendingCount(m_account), 0, 30s);

    OtherClient phone(*m_server);
    QCOMPARE(phone.messages("INBOX").size(), 1);
    QCOMPARE(phone.messages("INBOX").first().flags, QByteArrayList{"\\Seen"});
    QCOMPARE(phone.messages("Archive").size(), 1);
    QCOMPARE(phone.messages("Archive").first().flags, (QByteArrayList{"\\Flagged", "\\Seen"}));
    QCOMPARE(phone.messages("Trash").size(), 0);
    QVERIFY(m_profile->refusals().isEmpty());
}

// S01
void TestMailSync::newNumberingLosesNothing()
{
    startWith(40);
    QTRY_VERIFY(inInbox(m_profile->rows(id(FolderRole::Inbox)).first().header.envelope.subject));
    const QList<EngineFixture::Row> before = m_profile->rows(id(FolderRole::Inbox));
    QVERIFY(await(m_profile->engine().message(before.first().header.id)));
    QSet<MessageId> ids;
    for (const EngineFixture::Row &row : before)
        ids.insert(row.header.id);

    QVERIFY2(m_server->doveadm(
                 {u"mailbox"_s, u"update"_s, u"-u"_s, m_server->address(), u"--uid-validity"_s, u"4711"_s, u"INBOX"_s}),
        m_server->failure());
    m_profile->engine().setOnline(false);
    QVERIFY(await(m_profile->engine().changeFlags({before.at(5).header.id}, Flag::Flagged, {})));
    m_profile->engine().setOnline(true);
    QVERIFY(isSynced());

    const quint32 numbering = m_profile->read([this](const Tables &t) {
        return t.folders.syncState(t.folders.findByRole(m_account, FolderRole::Inbox)->id).uidValidity;
    });
    QCOMPARE(numbering, 4711u);
    const QList<EngineFixture::Row> after = m_profile->rows(id(FolderRole::Inbox));
    QCOMPARE(after.size(), 40);
    for (const EngineFixture::Row &row : after) {
        QVERIFY(ids.contains(row.header.id));
        QVERIFY(row.header.uid != 0);
    }
    QVERIFY(!after.first().raw.isEmpty());
    QTRY_COMPARE(m_profile->pendingCount(m_account), 0);
    OtherClient phone(*m_server);
    int flagged = 0;
    for (const OtherClient::Message &message : phone.messages("INBOX"))
        flagged += message.flags.contains("\\Flagged")
            && message.raw.contains(before.at(5).header.envelope.messageIdHeader);
    QCOMPARE(flagged, 1);
}

void TestMailSync::refusedActionIsUndone()
{
    startWith(0);
    OtherClient phone(*m_server);
    phone.command("CREATE Gecici");
    phone.append("INBOX", sampleMail("inatci", "inatci@example.net"));
    QVERIFY(isSynced());
    const MessageHeader message = *inInbox(u"inatci"_s);
    const FolderId target = m_profile->folder(m_account, u"Gecici"_s)->id;
    phone.command("DELETE Gecici");

    QVERIFY(await(m_profile->engine().moveMessages({message.id}, target)));

    QTRY_COMPARE(m_profile->refusals().size(), 1);
    QCOMPARE(m_profile->refusals().first().step, Step::MoveMessages);
    QTRY_COMPARE(m_profile->pendingCount(m_account), 0);
    const auto back = inInbox(u"inatci"_s);
    QVERIFY(back);
    QCOMPARE(back->id, message.id);
    QCOMPARE(back->uid, message.uid);
    QCOMPARE(phone.messages("INBOX").size(), 1);
}

// S23, in small: what has come is not asked for again.
void TestMailSync::killedFirstSyncGoesOnWhereItStopped()
{
    QVERIFY2(m_server->start(), m_server->failure());
    fillInbox(3000);
    m_profile = std::make_unique<EngineFixture>(m_server->tlsPolicy());
    QVERIFY(m_profile->start());
    const Result<AccountId> added = m_profile->add(m_server->account(), m_server->password());
    QVERIFY(added);
    m_account = *added;
    QTRY_VERIFY_WITH_TIMEOUT(id(FolderRole::Inbox) && m_profile->total(id(FolderRole::Inbox)) > 0, testPatience);
    m_profile->stop();
    QVERIFY(m_profile->start());
    const qint64 early = m_profile->total(id(FolderRole::Inbox));
    const auto complete = [this] {
        return m_profile->read([this](const Tables &t) {
            return t.folders.syncState(t.folders.findByRole(m_account, FolderRole::Inbox)->id).headersComplete;
        });
    };
    if (early < 3000)
        QVERIFY(!complete());
    const QList<EngineFixture::Row> first = m_profile->rows(id(FolderRole::Inbox));
    m_profile->setPassword(m_account, m_server->password());
    QVERIFY(isSynced());
    QVERIFY(complete());
    QCOMPARE(m_profile->total(id(FolderRole::Inbox)), 3000);
    QSet<MessageId> ids;
    for (const EngineFixture::Row &row : m_profile->rows(id(FolderRole::Inbox)))
        ids.insert(row.header.id);
    for (const EngineFixture::Row &row : first)
        QVERIFY(ids.contains(row.header.id));
}

// L13
void TestMailSync::stopIsQuickWhateverHappens()
{
    startWith(2000);
    for (int i = 0; i < 3; ++i) {
        QElapsedTimer timer;
        timer.start();
        m_profile->stop();
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(m_profile->start());
        m_profile->setPassword(m_account, m_server->password());
        QTRY_VERIFY(m_profile->state(m_account).activity != AccountState::Activity::Offline || i > 0);
    }
}

QTEST_GUILESS_MAIN(TestMailSync)
#include "test_mailsync.moc"
