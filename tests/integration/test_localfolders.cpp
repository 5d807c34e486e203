// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/enginefixture.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"

#include <QTest>

#include <algorithm>

using namespace postaci;
using namespace Qt::StringLiterals;

/// Folders on this computer, and mail that goes from account to account, against the real Dovecot: whatever happens
/// there is always a whole copy somewhere.
class TestLocalFolders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void fromServerToThisComputer();
    void fromThisComputerToServer();
    void fromOneServerToAnother();
    void fromMaildropToServer();
    void copiesLeaveTheOriginal();
    void offlineTheOriginalWaits();
    void refusedByTheServerNothingIsLost();
    void aMoveIsTakenBack();
    void aMoveThatHasNotReachedTheServerIsTakenBack();
    void whatAFailedMoveDidIsTakenBack();

private:
    AccountId add(const Account &account, int user)
    {
        const Result<AccountId> added = m_profile->add(account, m_server->password(user));
        if (!added || !await(m_profile->engine().synchronize(*added)))
            qFatal("no account");
        return *added;
    }
    FolderId makeFolder(const QString &name)
    {
        const auto made = await(m_profile->engine().createFolder({}, {}, name));
        return made ? *made : FolderId();
    }
    QList<MessageId> ids(FolderId folder)
    {
        QList<MessageId> list;
        for (const EngineFixture::Row &row : m_profile->rows(folder))
            list.append(row.header.id);
        return list;
    }
    QByteArrayList contents(FolderId folder)
    {
        QByteArrayList list;
        for (const EngineFixture::Row &row : m_profile->rows(folder))
            list.append(row.raw);
        std::sort(list.begin(), list.end());
        return list;
    }
    static QByteArrayList contents(OtherClient &client, const QByteArray &folder)
    {
        QByteArrayList list;
        for (const OtherClient::Message &message : client.messages(folder))
            list.append(message.raw);
        std::sort(list.begin(), list.end());
        return list;
    }
    /// What the server is told now.
    [[nodiscard]] bool settle(AccountId account)
    {
        return await(m_profile->engine().synchronize(account)).has_value() && m_profile->pendingCount(account) == 0;
    }
    QByteArrayList fill(OtherClient &client, int count)
    {
        for (int i = 0; i < count; ++i) {
            const QByteArray number = QByteArray::number(i);
            client.append("INBOX", sampleMail("mektup " + number, "tasinan" + number + "@example.net"),
                i == 0 ? "\\Seen \\Flagged" : "");
        }
        return contents(client, "INBOX");
    }

    std::unique_ptr<MailServer> m_server;
    std::unique_ptr<EngineFixture> m_profile;
};

void TestLocalFolders::init()
{
    m_server = std::make_unique<MailServer>();
    QVERIFY2(m_server->start(), m_server->failure());
    m_profile = std::make_unique<EngineFixture>(m_server->tlsPolicy(), false);
    QVERIFY(m_profile->start());
}

void TestLocalFolders::cleanup()
{
    m_profile.reset();
    m_server.reset();
}

void TestLocalFolders::fromServerToThisComputer()
{
    OtherClient phone(*m_server);
    const QByteArrayList mails = fill(phone, 5);
    const AccountId account = add(m_server->account(), MailServer::ayse);
    const FolderId inbox = m_profile->folderId(account, FolderRole::Inbox);
    const FolderId kept = makeFolder(u"Saklanan"_s);
    QVERIFY(kept);

    const auto moved = await(m_profile->engine().moveMessages(ids(inbox), kept));
    QVERIFY2(moved, describe(moved));
    QCOMPARE(contents(kept), mails);
    QCOMPARE(m_profile->total(inbox), 0);
    QVERIFY(settle(account));
    QVERIFY(phone.messages("INBOX").isEmpty());
    const QList<EngineFixture::Row> rows = m_profile->rows(kept);
    QCOMPARE(std::count_if(rows.cbegin(), rows.cend(),
                 [](const auto &row) { return row.header.flags == (Flag::Seen | Flag::Flagged); }),
        1);

    // It is there at the next start, too, and found by a search.
    m_profile->stop();
    QVERIFY(m_profile->start());
    QCOMPARE(contents(kept), mails);
}

void TestLocalFolders::fromThisComputerToServer()
{
    OtherClient phone(*m_server);
    const QByteArrayList mails = fill(phone, 4);
    const AccountId account = add(m_server->account(), MailServer::ayse);
    const FolderId inbox = m_profile->folderId(account, FolderRole::Inbox);
    const FolderId kept = makeFolder(u"Saklanan"_s);
    QVERIFY(await(m_profile->engine().moveMessages(ids(inbox), kept)));
    QVERIFY(settle(account));
    QVERIFY(phone.messages("INBOX").isEmpty());

    QVERIFY(await(m_profile->engine().moveMessages(ids(kept), inbox)));
    QVERIFY(settle(account));
    QCOMPARE(contents(phone, "INBOX"), mails);
    QCOMPARE(contents(kept), QByteArrayList());
    QCOMPARE(contents(inbox), mails);
    const QList<OtherClient::Message> there = phone.messages("INBOX");
    QCOMPARE(std::count_if(there.cbegin(), there.cend(),
                 [](const auto &m) { return m.flags == (QByteArrayList{"\\Flagged", "\\Seen"}); }),
        1);
    // Each row knows its number: the next synchronisation brings nothing twice.
    QVERIFY(settle(account));
    QCOMPARE(m_profile->total(inbox), 4);
    for (const EngineFixture::Row &row : m_profile->rows(inbox))
        QVERIFY(row.header.uid != 0);
}

void TestLocalFolders::fromOneServerToAnother()
{
    OtherClient phone(*m_server);
    OtherClient other(*m_server, MailServer::mehmet);
    const QByteArrayList mails = fill(phone, 3);
    const qsizetype before = other.messages("INBOX").size();
    const AccountId ayse = add(m_server->account(), MailServer::ayse);
    const AccountId mehmet = add(m_server->account(MailServer::mehmet), MailServer::mehmet);
    const FolderId target = m_profile->folderId(mehmet, FolderRole::Inbox);

    QVERIFY(await(m_profile->engine().moveMessages(ids(m_profile->folderId(ayse, FolderRole::Inbox)), target)));
    QVERIFY(settle(mehmet));
    QCOMPARE(other.messages("INBOX").size(), before + 3);
    for (const QByteArray &mail : contents(other, "INBOX"))
        QVERIFY(before > 0 || mails.contains(mail));
    QVERIFY(settle(ayse));
    QVERIFY(phone.messages("INBOX").isEmpty());
    QCOMPARE(m_profile->total(m_profile->folderId(ayse, FolderRole::Inbox)), 0);
}

void TestLocalFolders::fromMaildropToServer()
{
    QVERIFY2(
        m_server->deliver(sampleMail("posta kutusu", "kutu@example.net"), MailServer::mehmet), m_server->failure());
    Account pop = m_server->account(MailServer::mehmet);
    pop.incoming = m_server->pop3(Encryption::ImplicitTls, MailServer::mehmet);
    pop.serverCopies.deletedWithOurs = true;
    const AccountId drop = add(pop, MailServer::mehmet);
    const AccountId account = add(m_server->account(), MailServer::ayse);
    const FolderId from = m_profile->folderId(drop, FolderRole::Inbox);
    const QByteArrayList mails = contents(from);
    QVERIFY(!mails.isEmpty());

    QVERIFY(await(m_profile->engine().moveMessages(ids(from), m_profile->folderId(account, FolderRole::Inbox))));
    QVERIFY(settle(account));
    OtherClient phone(*m_server);
    QCOMPARE(contents(phone, "INBOX"), mails);
    QCOMPARE(m_profile->total(from), 0);
    // Moving is no deletion: the maildrop keeps it, and it does not come again.
    QVERIFY(settle(drop));
    QCOMPARE(m_profile->total(from), 0);
    OtherClient there(*m_server, MailServer::mehmet);
    QCOMPARE(there.messages("INBOX").size(), mails.size());
}

void TestLocalFolders::copiesLeaveTheOriginal()
{
    OtherClient phone(*m_server);
    const QByteArrayList mails = fill(phone, 3);
    const AccountId account = add(m_server->account(), MailServer::ayse);
    const FolderId inbox = m_profile->folderId(account, FolderRole::Inbox);
    const FolderId kept = makeFolder(u"Kopyalar"_s);
    QVERIFY(await(m_profile->engine().copyMessages(ids(inbox), kept)));
    QCOMPARE(contents(kept), mails);
    QVERIFY(await(m_profile->engine().copyMessages(ids(kept), m_profile->folderId(account, FolderRole::Trash))));
    QVERIFY(settle(account));
    QCOMPARE(contents(phone, "INBOX"), mails);
    QCOMPARE(contents(phone, "Trash"), mails);
    QCOMPARE(contents(kept), mails);
    QCOMPARE(contents(inbox), mails);
}

void TestLocalFolders::offlineTheOriginalWaits()
{
    OtherClient phone(*m_server);
    const QByteArrayList mails = fill(phone, 2);
    const AccountId account = add(m_server->account(), MailServer::ayse);
    const FolderId inbox = m_profile->folderId(account, FolderRole::Inbox);
    const FolderId kept = makeFolder(u"Saklanan"_s);
    QVERIFY(await(m_profile->engine().moveMessages(ids(inbox), kept)));
    QVERIFY(settle(account));

    m_profile->engine().setOnline(false);
    QVERIFY(await(m_profile->engine().moveMessages(ids(kept), inbox)));
    QCOMPARE(contents(kept), mails);
    QCOMPARE(m_profile->total(inbox), 2);
    // Once more changes nothing: they are on their way.
    QVERIFY(await(m_profile->engine().moveMessages(ids(kept), inbox)));
    QCOMPARE(m_profile->total(inbox), 2);
    m_profile->engine().setOnline(true);
    QTRY_VERIFY_WITH_TIMEOUT(settle(account), testPatience);
    QCOMPARE(contents(phone, "INBOX"), mails);
    QCOMPARE(m_profile->total(kept), 0);
    QVERIFY(settle(account));
    QCOMPARE(m_profile->total(inbox), 2);
}

void TestLocalFolders::refusedByTheServerNothingIsLost()
{
    OtherClient phone(*m_server);
    const QByteArrayList mails = fill(phone, 2);
    const AccountId account = add(m_server->account(), MailServer::ayse);
    const FolderId kept = makeFolder(u"Saklanan"_s);
    phone.command("CREATE Giden");
    QVERIFY(settle(account));
    const auto target = m_profile->folder(account, u"Giden"_s);
    QVERIFY(target);
    QVERIFY(await(m_profile->engine().moveMessages(ids(m_profile->folderId(account, FolderRole::Inbox)), kept)));
    QVERIFY(settle(account));
    phone.command("DELETE Giden");
    QVERIFY(await(m_profile->engine().moveMessages(ids(kept), target->id)));
    QTRY_VERIFY_WITH_TIMEOUT(settle(account), testPatience);
    QCOMPARE(contents(kept), mails);
}

void TestLocalFolders::aMoveIsTakenBack()
{
    OtherClient phone(*m_server);
    const QByteArrayList mails = fill(phone, 3);
    const AccountId account = add(m_server->account(), MailServer::ayse);
    const FolderId inbox = m_profile->folderId(account, FolderRole::Inbox);
    const FolderId kept = makeFolder(u"Saklanan"_s);
    const auto away = await(m_profile->engine().moveMessages(ids(inbox), kept));
    QVERIFY2(away, describe(away));
    QVERIFY(settle(account));
    QVERIFY(phone.messages("INBOX").isEmpty());
    const auto back = await(m_profile->engine().undo());
    QVERIFY2(back, describe(back));
    QVERIFY(settle(account));
    QCOMPARE(contents(phone, "INBOX"), mails);
    QCOMPARE(contents(inbox), mails);
    QCOMPARE(contents(kept), QByteArrayList());

    // The other direction: what was put on the server goes from there again.
    QVERIFY(await(m_profile->engine().moveMessages(ids(inbox), kept)));
    QVERIFY(settle(account));
    const auto there = await(m_profile->engine().moveMessages(ids(kept), inbox));
    QVERIFY2(there, describe(there));
    QVERIFY(settle(account));
    QCOMPARE(contents(phone, "INBOX"), mails);
    QVERIFY(await(m_profile->engine().undo()));
    QVERIFY(settle(account));
    QCOMPARE(contents(kept), mails);
    QVERIFY(phone.messages("INBOX").isEmpty());

    // Within the account, and what is gone meanwhile.
    fill(phone, 1);
    QVERIFY(settle(account));
    const auto deleted = await(m_profile->engine().deleteMessages(ids(inbox)));
    QVERIFY2(deleted, describe(deleted));
    QVERIFY(settle(account));
    QCOMPARE(phone.messages("Trash").size(), 1);
    QVERIFY(await(m_profile->engine().undo()));
    QVERIFY(settle(account));
    QCOMPARE(phone.messages("INBOX").size(), 1);
    QVERIFY(phone.messages("Trash").isEmpty());
    const QList<MessageId> last = ids(inbox);
    QVERIFY(await(m_profile->engine().deleteMessages(last)));
    QVERIFY(await(m_profile->engine().deleteMessages(last))); // For good, which cannot be taken back,
    const auto forGood = await(m_profile->engine().undo());
    QVERIFY(forGood && *forGood);
    QCOMPARE((*forGood)->kind, UndoStep::Kind::DeleteForGood);
    const auto gone = await(m_profile->engine().undo()); // so that the first cannot either.
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, ErrorKind::NotFound);
}

/// One of three was deleted by the phone before it could be fetched.
void TestLocalFolders::whatAFailedMoveDidIsTakenBack()
{
    OtherClient phone(*m_server);
    QByteArrayList mails = fill(phone, 3);
    const AccountId account = add(m_server->account(), MailServer::ayse);
    const FolderId inbox = m_profile->folderId(account, FolderRole::Inbox);
    const FolderId kept = makeFolder(u"Saklanan"_s);
    phone.expunge("INBOX", "2");
    mails.removeAt(1);
    const auto moved = await(m_profile->engine().moveMessages(ids(inbox), kept));
    QVERIFY(!moved);
    QCOMPARE(moved.error().kind, ErrorKind::NotFound);
    QCOMPARE(m_profile->total(kept), 2);
    QVERIFY(settle(account));
    QVERIFY(phone.messages("INBOX").isEmpty());
    m_profile->stop();
    QVERIFY(m_profile->start());
    m_profile->setPassword(account, m_server->password(MailServer::ayse));
    const auto back = await(m_profile->engine().undo());
    QVERIFY2(back, describe(back));
    QVERIFY(*back);
    QCOMPARE((*back)->messages, 2);
    QVERIFY(settle(account));
    QCOMPARE(contents(phone, "INBOX"), mails);
    QCOMPARE(m_profile->total(kept), 0);
}

void TestLocalFolders::aMoveThatHasNotReachedTheServerIsTakenBack()
{
    OtherClient phone(*m_server);
    const QByteArrayList mails = fill(phone, 2);
    const AccountId account = add(m_server->account(), MailServer::ayse);
    const FolderId inbox = m_profile->folderId(account, FolderRole::Inbox);
    const FolderId kept = makeFolder(u"Saklanan"_s);
    QVERIFY(await(m_profile->engine().moveMessages(ids(inbox), kept)));
    QVERIFY(settle(account));

    m_profile->engine().setOnline(false);
    const auto moved = await(m_profile->engine().moveMessages(ids(kept), inbox));
    QVERIFY2(moved, describe(moved));
    QCOMPARE(m_profile->total(inbox), 2);
    QVERIFY(m_profile->pendingCount(account) > 0);
    QVERIFY(await(m_profile->engine().undo()));
    QCOMPARE(m_profile->total(inbox), 0);
    QCOMPARE(contents(kept), mails);
    QCOMPARE(m_profile->pendingCount(account), 0);
    m_profile->engine().setOnline(true);
    QTRY_VERIFY_WITH_TIMEOUT(settle(account), testPatience);
    QVERIFY(phone.messages("INBOX").isEmpty());
    QCOMPARE(contents(kept), mails);
}

QTEST_GUILESS_MAIN(TestLocalFolders)
#include "test_localfolders.moc"
