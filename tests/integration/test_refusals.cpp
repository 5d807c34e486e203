// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/enginefixture.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"

#include <QTest>

#include <algorithm>

using namespace postaci;
using namespace Qt::StringLiterals;

/// The real Dovecot says no: no room (S13), no right (S14), two messages that look the same (S19). What was shown as
/// done is undone where it can be seen, nothing is lost, and nothing is tried for ever.
class TestRefusals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup();

    void withoutRoomItStaysHereAndGoesLater();
    void withoutRoomAMoveIsUndone();
    void readOnlyFolderIsKnownAndLeftAlone();
    void readOnlyFolderRefusesOnce();
    void withoutTheRightToDeleteAMoveIsUndone();
    void withoutTheRightToInsertAMoveIsUndone();
    void flagsThatAreNotKeptAreTakenBack();
    void oneOfTwoWithTheSameIdGoes_data();
    void oneOfTwoWithTheSameIdGoes();

private:
    void begin(int user, const Account &account);
    void rights(const QString &mailbox, const QStringList &rights);
    FolderId folder(const QString &path)
    {
        const auto found = m_profile->folder(m_account, path);
        return found ? found->id : FolderId();
    }
    MessageId message(const QString &subject, FolderId in)
    {
        const auto found = m_profile->find(in, subject);
        return found ? found->id : MessageId();
    }
    QList<QueuedAction> queue()
    {
        return m_profile->read([](const Tables &tables) { return workqueue::list(tables, 1'000); });
    }
    [[nodiscard]] bool settle()
    {
        return await(m_profile->engine().synchronize(m_account)).has_value() && m_profile->pendingCount(m_account) == 0;
    }

    std::unique_ptr<MailServer> m_server;
    std::unique_ptr<EngineFixture> m_profile;
    AccountId m_account;
};

void TestRefusals::cleanup()
{
    m_profile.reset();
    m_server.reset();
}

void TestRefusals::begin(int user, const Account &account)
{
    m_profile = std::make_unique<EngineFixture>(m_server->tlsPolicy(), false);
    QVERIFY(m_profile->start());
    const Result<AccountId> added = m_profile->add(account, m_server->password(user));
    QVERIFY2(added, describe(added));
    m_account = *added;
    QVERIFY(settle());
}

void TestRefusals::rights(const QString &mailbox, const QStringList &rights)
{
    QVERIFY2(
        m_server->doveadm(QStringList{u"acl"_s, u"set"_s, u"-u"_s, m_server->address(), mailbox, u"owner"_s} + rights),
        m_server->failure());
}

// S13
void TestRefusals::withoutRoomItStaysHereAndGoesLater()
{
    m_server = std::make_unique<MailServer>();
    QVERIFY2(m_server->start(), m_server->failure());
    begin(MailServer::full, m_server->account(MailServer::full));
    const FolderId inbox = m_profile->folderId(m_account, FolderRole::Inbox);
    const auto kept = await(m_profile->engine().createFolder({}, {}, u"Saklanan"_s));
    QVERIFY2(kept, describe(kept));
    const QByteArray raw = sampleMail("mektup", "mektup@example.net");
    const Result<MessageId> made
        = await(m_profile->store().write([folder = *kept, raw](Tables &tables) -> Result<MessageId> {
              MessageHeader header;
              header.envelope.subject = u"mektup"_s;
              header.envelope.messageIdHeader = "mektup@example.net";
              header.received = QDateTime::currentDateTimeUtc();
              header.size = raw.size();
              return tables.messages.insertWhole(folder, header, raw);
          }));
    QVERIFY2(made, describe(made));
    QVERIFY(await(m_profile->engine().moveMessages({*made}, inbox)));
    QVERIFY(settle());
    QVERIFY(settle());
    QCOMPARE(m_profile->refusals().size(), 1);
    QCOMPARE(m_profile->refusals().first().kind, ErrorKind::MailboxFull);
    QCOMPARE(m_profile->total(*kept), 1);
    QVERIFY(!message(u"mektup"_s, inbox));
    QList<QueuedAction> left = queue();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.first().op.lastError.kind, ErrorKind::MailboxFull);
    QCOMPARE(left.first().subject, u"mektup"_s);

    // With room it works, and once only.
    OtherClient phone(*m_server, MailServer::full);
    phone.expunge("INBOX", "1:*");
    QVERIFY(await(m_profile->engine().retryActions({left.first().id})));
    QVERIFY(settle());
    QVERIFY(queue().isEmpty());
    QCOMPARE(phone.messages("INBOX").size(), 1);
    QCOMPARE(phone.messages("INBOX").first().raw, raw);
    QCOMPARE(m_profile->total(*kept), 0);
}

// S13
void TestRefusals::withoutRoomAMoveIsUndone()
{
    m_server = std::make_unique<MailServer>();
    QVERIFY2(m_server->startWithout({u"MOVE"_s}), m_server->failure()); // COPY needs room
    begin(MailServer::full, m_server->account(MailServer::full));
    const FolderId inbox = m_profile->folderId(m_account, FolderRole::Inbox);
    const QList<EngineFixture::Row> rows = m_profile->rows(inbox);
    QCOMPARE(rows.size(), 1);
    QVERIFY(await(m_profile->engine().moveMessages(
        {rows.first().header.id}, m_profile->folderId(m_account, FolderRole::Archive))));
    QCOMPARE(m_profile->total(inbox), 0);
    QVERIFY(settle());
    QCOMPARE(m_profile->refusals().size(), 1);
    QCOMPARE(m_profile->refusals().first().kind, ErrorKind::MailboxFull);
    QCOMPARE(m_profile->total(inbox), 1);
    QVERIFY(settle());
    QCOMPARE(m_profile->total(inbox), 1);
    QCOMPARE(queue().size(), 1);
    OtherClient phone(*m_server, MailServer::full);
    QCOMPARE(phone.messages("INBOX").size(), 1);
    QCOMPARE(phone.messages("INBOX").first().flags.contains("\\Deleted"), false);
    QVERIFY(phone.messages("Archive").isEmpty());
}

// S14
void TestRefusals::readOnlyFolderIsKnownAndLeftAlone()
{
    m_server = std::make_unique<MailServer>();
    QVERIFY2(m_server->startWithRights(), m_server->failure());
    OtherClient phone(*m_server);
    phone.command("CREATE Pano");
    phone.append("Pano", sampleMail("duyuru", "duyuru@example.net"));
    rights(u"Pano"_s, {u"lookup"_s, u"read"_s});
    begin(MailServer::ayse, m_server->account());
    const FolderId board = folder(u"Pano"_s);
    QVERIFY(m_profile->folder(m_account, u"Pano"_s)->readOnly);
    const MessageId id = message(u"duyuru"_s, board);
    QVERIFY(id);

    const auto isRefused
        = [](const Result<void> &result) { return !result && result.error().kind == ErrorKind::ReadOnly; };
    QVERIFY(isRefused(await(m_profile->engine().changeFlags({id}, Flag::Flagged, {}))));
    QVERIFY(isRefused(await(m_profile->engine().deleteMessages({id}))));
    QVERIFY(
        isRefused(await(m_profile->engine().moveMessages({id}, m_profile->folderId(m_account, FolderRole::Inbox)))));
    QVERIFY(await(m_profile->engine().markRead(id))); // Looking at it is no mistake.
    QCOMPARE(m_profile->pendingCount(m_account), 0);
    QCOMPARE(m_profile->find(board, u"duyuru"_s)->flags, Flags());
    const auto undone = await(m_profile->engine().undo());
    QVERIFY2(undone, describe(undone));
    QVERIFY(!*undone);
    QVERIFY(await(m_profile->engine().copyMessages({id}, m_profile->folderId(m_account, FolderRole::Inbox))));
    QVERIFY(settle());
    QCOMPARE(phone.messages("INBOX").size(), 1);
    QVERIFY(queue().isEmpty());
}

/// Not known before: it was opened for the first time when the action was replayed.
// S14
void TestRefusals::readOnlyFolderRefusesOnce()
{
    m_server = std::make_unique<MailServer>();
    QVERIFY2(m_server->startWithRights(), m_server->failure());
    OtherClient phone(*m_server);
    phone.command("CREATE Pano");
    phone.append("Pano", sampleMail("duyuru", "duyuru@example.net"));
    begin(MailServer::ayse, m_server->account());
    const FolderId board = folder(u"Pano"_s);
    const FolderId inbox = m_profile->folderId(m_account, FolderRole::Inbox);
    const MessageId id = message(u"duyuru"_s, board);
    m_profile->engine().setOnline(false);
    QVERIFY(await(m_profile->engine().changeFlags({id}, Flag::Flagged, {})));
    QVERIFY(await(m_profile->engine().moveMessages({id}, inbox)));
    rights(u"Pano"_s, {u"lookup"_s, u"read"_s});
    m_profile->engine().setOnline(true);
    QTRY_VERIFY_WITH_TIMEOUT(settle(), testPatience);
    for (int i = 0; i < 3; ++i)
        QVERIFY(settle());
    QVERIFY(m_profile->refusals().size() >= 1 && m_profile->refusals().size() <= 2);
    QCOMPARE(m_profile->refusals().first().kind, ErrorKind::ReadOnly);
    QCOMPARE(m_profile->total(board), 1);
    QCOMPARE(m_profile->total(inbox), 0);
    QCOMPARE(m_profile->find(board, u"duyuru"_s)->flags, Flags());
    const QList<QueuedAction> left = queue();
    QCOMPARE(left.size(), 2);
    for (const QueuedAction &action : left) {
        QVERIFY(action.isRefused());
        QVERIFY(action.op.attempts <= 3);
        const auto retried = await(m_profile->engine().retryActions({action.id}));
        QVERIFY(!retried);
        QCOMPARE(retried.error().kind, ErrorKind::ReadOnly);
    }
    QCOMPARE(queue().size(), 2);
}

// S14
void TestRefusals::withoutTheRightToDeleteAMoveIsUndone()
{
    m_server = std::make_unique<MailServer>();
    QVERIFY2(m_server->startWithRights(), m_server->failure());
    OtherClient phone(*m_server);
    phone.command("CREATE Pano");
    phone.append("Pano", sampleMail("duyuru", "duyuru@example.net"));
    rights(u"Pano"_s, {u"lookup"_s, u"read"_s, u"write"_s, u"write-seen"_s, u"insert"_s});
    begin(MailServer::ayse, m_server->account());
    const FolderId board = folder(u"Pano"_s);
    const FolderId inbox = m_profile->folderId(m_account, FolderRole::Inbox);
    const MessageId id = message(u"duyuru"_s, board);
    QVERIFY(await(m_profile->engine().changeFlags({id}, Flag::Flagged, {}))); // That much is allowed.
    QVERIFY(await(m_profile->engine().moveMessages({id}, inbox)));
    QVERIFY(settle());
    QVERIFY(settle());
    QCOMPARE(m_profile->total(board), 1);
    QCOMPARE(m_profile->total(inbox), 0);
    QCOMPARE(phone.messages("Pano").size(), 1);
    QCOMPARE(phone.messages("Pano").first().flags, QByteArrayList{"\\Flagged"});
    QVERIFY(phone.messages("INBOX").isEmpty());
    QCOMPARE(m_profile->refusals().size(), 1);
    QCOMPARE(queue().size(), 1);
}

// S14
void TestRefusals::withoutTheRightToInsertAMoveIsUndone()
{
    m_server = std::make_unique<MailServer>();
    QVERIFY2(m_server->startWithRights(), m_server->failure());
    OtherClient phone(*m_server);
    phone.command("CREATE Kutu");
    phone.append("INBOX", sampleMail("mektup", "mektup@example.net"));
    rights(u"Kutu"_s, {u"lookup"_s, u"read"_s, u"write"_s, u"write-seen"_s});
    begin(MailServer::ayse, m_server->account());
    const FolderId box = folder(u"Kutu"_s);
    const FolderId inbox = m_profile->folderId(m_account, FolderRole::Inbox);
    QVERIFY(await(m_profile->engine().moveMessages({message(u"mektup"_s, inbox)}, box)));
    QVERIFY(settle());
    QVERIFY(settle());
    QCOMPARE(m_profile->total(inbox), 1);
    QCOMPARE(m_profile->total(box), 0);
    QCOMPARE(phone.messages("INBOX").size(), 1);
    QCOMPARE(m_profile->refusals().size(), 1);
    QCOMPARE(queue().size(), 1);
}

// S14
void TestRefusals::flagsThatAreNotKeptAreTakenBack()
{
    m_server = std::make_unique<MailServer>();
    QVERIFY2(m_server->startWithRights(), m_server->failure());
    OtherClient phone(*m_server);
    phone.command("CREATE Pano");
    phone.append("Pano", sampleMail("duyuru", "duyuru@example.net"));
    begin(MailServer::ayse, m_server->account());
    const FolderId board = folder(u"Pano"_s);
    const MessageId id = message(u"duyuru"_s, board);
    m_profile->engine().setOnline(false);
    QVERIFY(await(m_profile->engine().changeFlags({id}, Flag::Seen | Flag::Flagged, {})));
    // \Seen may be changed from now on, and nothing else.
    rights(u"Pano"_s, {u"lookup"_s, u"read"_s, u"write-seen"_s});
    m_profile->engine().setOnline(true);
    QTRY_VERIFY_WITH_TIMEOUT(settle(), testPatience);
    QVERIFY(settle());
    QCOMPARE(phone.messages("Pano").first().flags, QByteArrayList{"\\Seen"});
    QCOMPARE(m_profile->find(board, u"duyuru"_s)->flags, Flags(Flag::Seen));
    QCOMPARE(m_profile->refusals().size(), 1);
    const QList<QueuedAction> left = queue();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.first().op.add, Flags(Flag::Flagged));
    QCOMPARE(left.first().op.lastError.kind, ErrorKind::ReadOnly);

    // From now on it is known.
    const auto flagged = await(m_profile->engine().changeFlags({id}, Flag::Flagged, {}));
    QVERIFY(!flagged);
    QCOMPARE(flagged.error().kind, ErrorKind::ReadOnly);
    QVERIFY(await(m_profile->engine().changeFlags({id}, {}, Flag::Seen)));
    QVERIFY(settle());
    QCOMPARE(phone.messages("Pano").first().flags, QByteArrayList());
}

void TestRefusals::oneOfTwoWithTheSameIdGoes_data()
{
    QTest::addColumn<QByteArray>("messageId");
    QTest::addColumn<bool>("move");
    for (const bool move : {false, true}) {
        const QByteArray what = move ? "moved" : "deleted";
        QTest::newRow("the same Message-ID, " + what) << "ikiz@example.net"_ba << move;
        QTest::newRow("no Message-ID, " + what) << QByteArray() << move;
    }
}

/// Copies in several folders, and twice in one: each is a message of its own.
// S19
void TestRefusals::oneOfTwoWithTheSameIdGoes()
{
    QFETCH(const QByteArray, messageId);
    QFETCH(const bool, move);
    m_server = std::make_unique<MailServer>();
    QVERIFY2(m_server->start(), m_server->failure());
    OtherClient phone(*m_server);
    QByteArray raw = sampleMail("ikiz", "ikiz@example.net");
    if (messageId.isEmpty()) {
        const qsizetype at = raw.indexOf("Message-ID:");
        QVERIFY(at >= 0);
        raw.remove(at, raw.indexOf("\r\n", at) + 2 - at);
    }
    for (const auto *path : {"INBOX", "INBOX", "Sent", "Archive"})
        phone.append(path, raw);
    begin(MailServer::ayse, m_server->account());
    const FolderId inbox = m_profile->folderId(m_account, FolderRole::Inbox);
    const FolderId archive = m_profile->folderId(m_account, FolderRole::Archive);
    QList<EngineFixture::Row> rows = m_profile->rows(inbox);
    QCOMPARE(rows.size(), 2);
    QCOMPARE(m_profile->total(archive), 1);
    std::ranges::sort(rows, {}, [](const EngineFixture::Row &row) { return row.header.uid; });
    const MessageId second = rows.last().header.id;
    if (move)
        QVERIFY(await(m_profile->engine().moveMessages({second}, archive)));
    else
        QVERIFY(await(m_profile->engine().deleteMessages({second})));
    QVERIFY(settle());
    QVERIFY(settle());
    const auto left = phone.messages("INBOX");
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.first().uid, 1u); // The other one.
    QCOMPARE(phone.messages("Sent").size(), 1);
    QCOMPARE(phone.messages("Archive").size(), move ? 2 : 1);
    QCOMPARE(phone.messages("Trash").size(), move ? 0 : 1);
    QCOMPARE(m_profile->total(inbox), 1);
    QCOMPARE(m_profile->total(archive), move ? 2 : 1);
    QVERIFY(queue().isEmpty());
}

QTEST_GUILESS_MAIN(TestRefusals)
#include "test_refusals.moc"
