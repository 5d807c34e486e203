// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/basicscenario.h"
#include "tests/support/mailserver.h"

#include <QStandardPaths>
#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// Courier IMAP: a real server of another family. Folders are inside INBOX with a dot between, nothing says what they
/// are for, there is no MOVE, no CONDSTORE, no ESEARCH and no LITERAL+.
class TestCourier : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(u"couriertcpd"_s).isEmpty()) {
            if (qEnvironmentVariableIsSet("CI"))
                QFAIL("Courier is not here");
            QSKIP("needs Courier, which is unpacked into the private root (scripts/packages.txt)");
        }
        QVERIFY2(m_server.startWithCourier(), m_server.failure());
    }
    void basicScenario();
    void newMailIsPushed();
    void whatItCanDoIsKnown();

private:
    Account account(int user) const
    {
        Account account = m_server.account(user);
        account.incoming.port = m_server.port("courierimaps");
        return account;
    }

    MailServer m_server;
};

void TestCourier::basicScenario()
{
    OtherClient phone(m_server, MailServer::ayse, "courierimaps");
    phone.command("CREATE INBOX.Trash");
    EngineFixture profile(m_server.tlsPolicy());
    QVERIFY(profile.start());
    BasicScenario scenario(profile, phone);
    scenario.setPrefix(u"INBOX."_s, u'.');
    scenario.play(account(MailServer::ayse), m_server.password(MailServer::ayse));
}

void TestCourier::newMailIsPushed()
{
    OtherClient phone(m_server, MailServer::mehmet, "courierimaps");
    EngineFixture profile(m_server.tlsPolicy());
    QVERIFY(profile.start());
    const auto added = profile.add(account(MailServer::mehmet), m_server.password(MailServer::mehmet));
    QVERIFY2(added, describe(added));
    QVERIFY(waitUntil([&] {
        const auto report = await(profile.engine().connection(*added));
        return profile.state(*added).activity == AccountState::Activity::Idle && report && report->connections == 2;
    }));
    phone.append("INBOX", sampleMail("pushed", "pushed@example.net"));
    const FolderId inbox = profile.folderId(*added, FolderRole::Inbox);
    QVERIFY(waitUntil([&] { return profile.find(inbox, u"pushed"_s).has_value(); }, std::chrono::seconds(10)));
}

void TestCourier::whatItCanDoIsKnown()
{
    EngineFixture profile(m_server.tlsPolicy());
    QVERIFY(profile.start());
    const auto added = profile.add(account(MailServer::deniz), m_server.password(MailServer::deniz));
    QVERIFY2(added, describe(added));
    QVERIFY(await(profile.engine().synchronize(*added)));
    const auto report = await(profile.engine().connection(*added));
    QVERIFY(report);
    QVERIFY(report->namespaces);
    QCOMPARE(report->namespaces->personal, QStringList{u"INBOX."_s});
    QVERIFY(report->has(ServerAbility::Push) && report->has(ServerAbility::SafeDelete));
    QVERIFY(!report->has(ServerAbility::Move) && !report->has(ServerAbility::ChangeCounts));

    // There is nothing but an INBOX, and no folder may be beside it (RFC 2342).
    profile.engine().setOnline(false);
    const auto made = await(profile.engine().createFolder(*added, {}, u"Yeni"_s));
    QVERIFY(made);
    QVERIFY(await(profile.engine().renameFolder(*made, u"Yepyeni"_s)));
    QVERIFY(await(profile.engine().createFolder(*added, *made, u"Alt"_s)));
    profile.engine().setOnline(true);
    QVERIFY(await(profile.engine().synchronize(*added)));
    QCOMPARE(profile.pendingCount(*added), 0);
    QVERIFY(profile.refusals().isEmpty());
    QCOMPARE(profile.folder(*added, u"INBOX.Yepyeni"_s).value_or(Folder()).id, *made);
    OtherClient phone(m_server, MailServer::deniz, "courierimaps");
    const QByteArray list = phone.command("LIST \"\" *");
    QVERIFY2(list.contains("\"INBOX.Yepyeni\"") && list.contains("\"INBOX.Yepyeni.Alt\""), list);
}

QTEST_GUILESS_MAIN(TestCourier)
#include "test_courier.moc"
