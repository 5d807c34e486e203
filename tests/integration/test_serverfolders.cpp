// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/mailboxname.h"
#include "tests/integration/enginefixture.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"

#include <QTest>

#include <algorithm>

using namespace postaci;
using namespace Qt::StringLiterals;

/// A server's folders made, renamed, moved and deleted here, against the real Dovecot: seen at once, done there when
/// there is a connection, taken back where it says no.
class TestServerFolders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void madeHereAndThere();
    void renamedWithThoseBelow();
    void movedIntoAnother();
    void deletedWithItsMail();
    void offlineItWaitsThroughARestart();
    void mailGoesIntoAFolderThatIsNotThereYet();
    void mailLeavesAFolderThatIsDeleted();
    void takenNameIsTakenBack();

private:
    QStringList here()
    {
        return m_profile->read([account = m_account](const Tables &tables) {
            QStringList paths;
            for (const Folder &folder : tables.folders.all(account)) {
                if (folder.role == FolderRole::None)
                    paths.append(folder.path);
            }
            paths.sort();
            return paths;
        });
    }
    /// The same, as the other client sees it; `command` LIST or LSUB.
    QStringList there(const QByteArray &command = "LIST")
    {
        QStringList paths;
        OtherClient phone(*m_server);
        for (const QByteArray &line : phone.command(command + " \"\" *").split('\n')) {
            const qsizetype name = line.indexOf("\"/\" ");
            if (name < 0)
                continue;
            const QByteArray raw = line.sliced(name + 4).trimmed();
            const QString path
                = decodeMailboxName(raw.startsWith('"') ? raw.sliced(1, raw.size() - 2) : QByteArrayView(raw));
            if (!m_usual.contains(path))
                paths.append(path);
        }
        paths.sort();
        return paths;
    }
    FolderId id(const QString &path)
    {
        const auto folder = m_profile->folder(m_account, path);
        return folder ? folder->id : FolderId();
    }
    [[nodiscard]] bool settle()
    {
        return await(m_profile->engine().synchronize(m_account)).has_value() && m_profile->pendingCount(m_account) == 0;
    }
    void startAgain()
    {
        m_profile->stop();
        QVERIFY(m_profile->start());
        m_profile->setPassword(m_account, m_server->password(MailServer::ayse));
    }

    std::unique_ptr<MailServer> m_server;
    std::unique_ptr<EngineFixture> m_profile;
    AccountId m_account;
    QStringList m_usual; ///< What a mailbox has from the start.
};

void TestServerFolders::init()
{
    m_server = std::make_unique<MailServer>();
    QVERIFY2(m_server->start(), m_server->failure());
    m_usual.clear();
    m_usual = there();
    m_profile = std::make_unique<EngineFixture>(m_server->tlsPolicy(), false);
    QVERIFY(m_profile->start());
    const Result<AccountId> added = m_profile->add(m_server->account(), m_server->password(MailServer::ayse));
    QVERIFY2(added, describe(added));
    m_account = *added;
    QVERIFY(settle());
    QCOMPARE(here(), QStringList());
}

void TestServerFolders::cleanup()
{
    m_profile.reset();
    m_server.reset();
}

void TestServerFolders::madeHereAndThere()
{
    const auto made = await(m_profile->engine().createFolder(m_account, {}, u"İşler & güçler ığüşöç"_s));
    QVERIFY2(made, describe(made));
    QVERIFY(await(m_profile->engine().createFolder({}, *made, u"2024 & öncesi"_s)));
    const QStringList wanted{u"İşler & güçler ığüşöç"_s, u"İşler & güçler ığüşöç/2024 & öncesi"_s};
    QCOMPARE(here(), wanted);
    QVERIFY(settle());
    QCOMPARE(there(), wanted);
    QCOMPARE(there("LSUB"), wanted);
    QVERIFY(settle());
    QCOMPARE(here(), wanted);
    QCOMPARE(id(wanted.first()), *made);
    QVERIFY(m_profile->refusals().isEmpty());

    const auto refused = await(m_profile->engine().createFolder(m_account, {}, u"a/b"_s));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::InvalidInput);
    QCOMPARE(here(), wanted);
}

void TestServerFolders::renamedWithThoseBelow()
{
    OtherClient phone(*m_server);
    for (const auto *folder : {"Work", "Work/2023", "Work/2023/Ocak"}) {
        phone.command(QByteArray("CREATE ") + folder);
        phone.command(QByteArray("SUBSCRIBE ") + folder);
    }
    phone.append("Work/2023", sampleMail("mektup", "tasinan@example.net"));
    QVERIFY(settle());
    const FolderId below = id(u"Work/2023"_s);
    const auto mail = m_profile->find(below, u"mektup"_s);
    QVERIFY(mail);

    QVERIFY(await(m_profile->engine().renameFolder(id(u"Work"_s), u"İş"_s)));
    // Read and marked under the new name, which the server has not heard of.
    QVERIFY(await(m_profile->engine().changeFlags({mail->id}, Flag::Flagged, {})));
    const QStringList wanted{u"İş"_s, u"İş/2023"_s, u"İş/2023/Ocak"_s};
    QCOMPARE(here(), wanted);
    QVERIFY(settle());
    QCOMPARE(there(), wanted);
    QCOMPARE(there("LSUB"), wanted);
    QCOMPARE(id(u"İş/2023"_s), below);
    QCOMPARE(m_profile->find(below, u"mektup"_s)->id, mail->id);
    const auto messages = OtherClient(*m_server).messages(encodeMailboxName(u"İş/2023"));
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages.first().flags, QByteArrayList{"\\Flagged"});
    QVERIFY(m_profile->refusals().isEmpty());
}

void TestServerFolders::movedIntoAnother()
{
    OtherClient phone(*m_server);
    for (const auto *folder : {"Work", "Work/2023", "Old"})
        phone.command(QByteArray("CREATE ") + folder);
    QVERIFY(settle());
    QVERIFY(await(m_profile->engine().moveFolder(id(u"Work"_s), m_account, id(u"Old"_s))));
    QVERIFY(await(m_profile->engine().moveFolder(id(u"Old/Work/2023"_s), m_account, {})));
    const QStringList wanted{u"2023"_s, u"Old"_s, u"Old/Work"_s};
    QCOMPARE(here(), wanted);
    QVERIFY(settle());
    QCOMPARE(there(), wanted);
    QVERIFY(m_profile->refusals().isEmpty());
}

void TestServerFolders::deletedWithItsMail()
{
    OtherClient phone(*m_server);
    for (const auto *folder : {"Work", "Work/2023", "Working"}) {
        phone.command(QByteArray("CREATE ") + folder);
        phone.command(QByteArray("SUBSCRIBE ") + folder);
    }
    phone.append("Work", sampleMail("bir", "bir@example.net"));
    phone.append("Work/2023", sampleMail("iki", "iki@example.net"));
    QVERIFY(settle());
    const FolderId work = id(u"Work"_s);
    QCOMPARE(m_profile->total(work), 1);
    QVERIFY(await(m_profile->engine().deleteFolder(work, true)));
    QCOMPARE(here(), QStringList{u"Working"_s});
    QVERIFY(settle());
    QCOMPARE(there(), QStringList{u"Working"_s});
    QCOMPARE(there("LSUB"), QStringList{u"Working"_s});
    QVERIFY(settle());
    QCOMPARE(here(), QStringList{u"Working"_s});
    QVERIFY(m_profile->refusals().isEmpty());
}

void TestServerFolders::offlineItWaitsThroughARestart()
{
    OtherClient phone(*m_server);
    for (const auto *folder : {"Work", "Work/2023", "Old"})
        phone.command(QByteArray("CREATE ") + folder);
    phone.append("Work/2023", sampleMail("mektup", "tasinan@example.net"));
    QVERIFY(settle());
    m_profile->engine().setOnline(false);
    QVERIFY(await(m_profile->engine().renameFolder(id(u"Work"_s), u"İş"_s)));
    QVERIFY(await(m_profile->engine().createFolder({}, id(u"İş"_s), u"2025"_s)));
    QVERIFY(await(m_profile->engine().renameFolder(id(u"İş/2023"_s), u"2022"_s)));
    QVERIFY(await(m_profile->engine().deleteFolder(id(u"Old"_s), true)));
    const QStringList wanted{u"İş"_s, u"İş/2022"_s, u"İş/2025"_s};
    QCOMPARE(here(), wanted);
    startAgain();
    QCOMPARE(here(), wanted);
    QVERIFY(settle());
    QCOMPARE(there(), wanted);
    QCOMPARE(here(), wanted);
    QVERIFY(m_profile->find(id(u"İş/2022"_s), u"mektup"_s));
    QVERIFY(m_profile->refusals().isEmpty());
}

void TestServerFolders::mailGoesIntoAFolderThatIsNotThereYet()
{
    OtherClient phone(*m_server);
    phone.append("INBOX", sampleMail("mektup", "tasinan@example.net"));
    QVERIFY(settle());
    const auto mail = m_profile->find(m_profile->folderId(m_account, FolderRole::Inbox), u"mektup"_s);
    QVERIFY(mail);
    m_profile->engine().setOnline(false);
    const auto made = await(m_profile->engine().createFolder(m_account, {}, u"Yeni"_s));
    QVERIFY2(made, describe(made));
    QVERIFY(await(m_profile->engine().moveMessages({mail->id}, *made)));
    QVERIFY(await(m_profile->engine().renameFolder(*made, u"Daha yeni"_s)));
    m_profile->engine().setOnline(true);
    QTRY_VERIFY_WITH_TIMEOUT(settle(), testPatience);
    QCOMPARE(there(), QStringList{u"Daha yeni"_s});
    QCOMPARE(phone.messages("Daha yeni").size(), 1);
    QVERIFY(phone.messages("INBOX").isEmpty());
    QVERIFY(m_profile->find(*made, u"mektup"_s));
}

void TestServerFolders::mailLeavesAFolderThatIsDeleted()
{
    OtherClient phone(*m_server);
    phone.command("CREATE Work");
    phone.append("Work", sampleMail("kalan", "kalan@example.net"));
    phone.append("Work", sampleMail("giden", "giden@example.net"));
    QVERIFY(settle());
    const FolderId work = id(u"Work"_s);
    const auto kept = m_profile->find(work, u"kalan"_s);
    QVERIFY(kept);
    m_profile->engine().setOnline(false);
    QVERIFY(await(m_profile->engine().moveMessages({kept->id}, m_profile->folderId(m_account, FolderRole::Inbox))));
    QVERIFY(await(m_profile->engine().deleteFolder(work, true)));
    m_profile->engine().setOnline(true);
    QTRY_VERIFY_WITH_TIMEOUT(settle(), testPatience);
    QCOMPARE(there(), QStringList());
    const auto left = OtherClient(*m_server).messages("INBOX");
    QCOMPARE(left.size(), 1);
    QVERIFY(left.first().raw.contains("kalan"));
    QVERIFY(m_profile->refusals().isEmpty());
}

/// Somebody else was quicker.
void TestServerFolders::takenNameIsTakenBack()
{
    OtherClient phone(*m_server);
    phone.command("CREATE Work");
    phone.append("Work", sampleMail("mektup", "tasinan@example.net"));
    QVERIFY(settle());
    const FolderId work = id(u"Work"_s);
    m_profile->engine().setOnline(false);
    QVERIFY(await(m_profile->engine().renameFolder(work, u"Yeni"_s)));
    phone.command("CREATE Yeni");
    m_profile->engine().setOnline(true);
    QTRY_VERIFY_WITH_TIMEOUT(settle(), testPatience);
    QCOMPARE(m_profile->refusals().size(), 1);
    QCOMPARE(m_profile->refusals().first().step, Step::ChangeFolders);
    QVERIFY(settle());
    QCOMPARE(here(), (QStringList{u"Work"_s, u"Yeni"_s}));
    QCOMPARE(there(), (QStringList{u"Work"_s, u"Yeni"_s}));
    QCOMPARE(id(u"Work"_s), work);
    QVERIFY(m_profile->find(work, u"mektup"_s));
}

QTEST_GUILESS_MAIN(TestServerFolders)
#include "test_serverfolders.moc"
