// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/enginefixture.h"
#include "tests/support/cuttingproxy.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"

#include <QTest>

#include <algorithm>

using namespace postaci;
using namespace Qt::StringLiterals;

/// The connection to the real Dovecot ends while it is told of a move or a deletion, at every step: the mail is in one
/// place in the end, and never in none.
class TestCutActions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mailIsInOnePlaceAfterAnyCut_data();
    void mailIsInOnePlaceAfterAnyCut();

private:
    /// Message-IDs of what another program shows: not marked as deleted.
    QByteArrayList there(const QByteArray &folder);
    [[nodiscard]] bool settle();
    /// Of what is not marked as deleted.
    QList<MessageId> ids(FolderId folder);

    std::unique_ptr<MailServer> m_server;
    std::unique_ptr<EngineFixture> m_profile;
    AccountId m_account;
};

QByteArrayList TestCutActions::there(const QByteArray &folder)
{
    QByteArrayList ids;
    for (const OtherClient::Message &message : OtherClient(*m_server).messageIds(folder)) {
        if (!message.flags.contains("\\Deleted"))
            ids.append(message.raw.trimmed());
    }
    std::ranges::sort(ids);
    return ids;
}

bool TestCutActions::settle()
{
    return await(m_profile->engine().synchronize(m_account)).has_value() && m_profile->pendingCount(m_account) == 0;
}

QList<MessageId> TestCutActions::ids(FolderId folder)
{
    QList<MessageId> ids;
    for (const EngineFixture::Row &row : m_profile->rows(folder)) {
        if (!row.header.flags.testFlag(Flag::Deleted)) // Without UIDPLUS a mark is all that can be made.
            ids.append(row.header.id);
    }
    return ids;
}

void TestCutActions::mailIsInOnePlaceAfterAnyCut_data()
{
    QTest::addColumn<QStringList>("missing");
    QTest::newRow("MOVE") << QStringList();
    QTest::newRow("COPY and UID EXPUNGE") << QStringList{u"MOVE"_s};
    QTest::newRow("COPY and a mark") << QStringList{u"MOVE"_s, u"UIDPLUS"_s};
}

// S09
void TestCutActions::mailIsInOnePlaceAfterAnyCut()
{
    QFETCH(const QStringList, missing);
    m_server = std::make_unique<MailServer>();
    QVERIFY2(m_server->startWithout(missing), m_server->failure());
    OtherClient phone(*m_server);
    QByteArrayList all;
    for (int i = 0; i < 4; ++i) {
        const QByteArray id = "kesik" + QByteArray::number(i) + "@example.net";
        phone.append("INBOX", sampleMail("mektup", id));
        all.append("Message-ID: <" + id + '>');
    }
    CuttingProxy proxy(m_server->port("imap"));
    m_profile = std::make_unique<EngineFixture>(m_server->tlsPolicy(), false);
    QVERIFY(m_profile->start());
    Account account = m_server->account();
    account.incoming = m_server->imap(Encryption::None);
    account.incoming.port = proxy.port();
    const Result<AccountId> added = m_profile->add(account, m_server->password());
    QVERIFY2(added, describe(added));
    m_account = *added;
    QVERIFY(settle());
    const FolderId inbox = m_profile->folderId(m_account, FolderRole::Inbox);
    const FolderId archive = m_profile->folderId(m_account, FolderRole::Archive);

    // What a move costs when nobody disturbs it, and from where on it may be cut.
    FolderId from = inbox;
    FolderId to = archive;
    QVERIFY(await(m_profile->engine().moveMessages(ids(from), to)));
    const qint64 before = proxy.bytesToClients();
    QVERIFY(settle());
    const qint64 whole = proxy.bytesToClients() - before;
    QVERIFY(whole > 500);
    std::swap(from, to);

    int cuts = 0;
    for (qint64 at = 1; at < whole; at += whole / 40) {
        m_profile->stop(); // Without it a later connection would be used again.
        QVERIFY(m_profile->start());
        m_profile->setPassword(m_account, m_server->password());
        QVERIFY(await(m_profile->engine().moveMessages(ids(from), to)));
        const int cutBefore = proxy.cuts();
        proxy.cutAfter(at, at % 2 ? CuttingProxy::End::Reset : CuttingProxy::End::Finished);
        (void)await(m_profile->engine().synchronize(m_account));
        proxy.passAll();
        cuts += proxy.cuts() - cutBefore;
        QTRY_VERIFY_WITH_TIMEOUT(settle(), testPatience);
        QVERIFY(settle()); // Repaired by now.
        QByteArrayList left = there(from == inbox ? "INBOX" : "Archive");
        QByteArrayList arrived = there(to == inbox ? "INBOX" : "Archive");
        QVERIFY2(left.isEmpty(), qPrintable(u"cut at %1 of %2"_s.arg(at).arg(whole)));
        std::ranges::sort(all);
        QCOMPARE(arrived, all);
        QCOMPARE(ids(to).size(), 4);
        QCOMPARE(ids(from).size(), 0);
        std::swap(from, to);
    }
    QVERIFY(cuts >= 30);
}

QTEST_GUILESS_MAIN(TestCutActions)
#include "test_cutactions.moc"
