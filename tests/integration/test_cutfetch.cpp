// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/enginefixture.h"
#include "tests/support/cuttingproxy.h"
#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"

#include <QRandomGenerator>
#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// The connection to the real Dovecot ends at any byte while mail is fetched: what is stored is whole, and the rest
/// comes later. The whole engine, with only a proxy between.
class TestCutFetch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup() { m_profile.reset(); }

    void nothingIsStoredInPartAndTheRestComesLater_data();
    void nothingIsStoredInPartAndTheRestComesLater();
    void theEngineComesBackByItself();

private:
    static constexpr int mailCount = 5;

    void startThrough(const CuttingProxy &proxy, Encryption encryption, bool keepConnected);
    /// Brings the inbox up to date, then fetches each mail. The first failure ends it.
    Result<void> fetchAll();
    /// As if none of it had ever been fetched.
    void forgetInbox();
    /// Whole mails here, after making sure that there is nothing else.
    int wholeMails();
    FolderId inbox() { return m_profile->folderId(m_account, FolderRole::Inbox); }
    void addMail(const QByteArray &name);

    MailServer m_server;
    std::unique_ptr<EngineFixture> m_profile;
    AccountId m_account;
    QHash<QByteArray, QByteArray> m_mails; ///< By Message-ID, as the server has them.
    QRandomGenerator m_random;
};

void TestCutFetch::initTestCase()
{
    const quint32 seed = qEnvironmentVariableIsSet("POSTACI_SEED") ? qEnvironmentVariableIntValue("POSTACI_SEED")
                                                                   : QRandomGenerator::global()->generate();
    qInfo("POSTACI_SEED=%u repeats this run", seed);
    m_random.seed(seed);
    QVERIFY2(m_server.start(), m_server.failure());
    for (int i = 0; i < mailCount; ++i)
        addMail("kesik" + QByteArray::number(i));
}

/// A mail whose text would do harm if the rest of it were taken for responses.
void TestCutFetch::addMail(const QByteArray &name)
{
    const QByteArray id = name + "@example.net";
    const QByteArray attack = "* VANISHED (EARLIER) 1:100\r\nA000007 OK done\r\n)\r\n* 1 EXPUNGE\r\n";
    const QByteArray mail = sampleMail("mektup " + name, id, attack.repeated(1 + int(m_mails.size()) % 5 * 3));
    m_mails.insert(id, mail);
    OtherClient phone(m_server);
    phone.append("INBOX", mail);
}

void TestCutFetch::startThrough(const CuttingProxy &proxy, Encryption encryption, bool keepConnected)
{
    m_profile = std::make_unique<EngineFixture>(m_server.tlsPolicy(), keepConnected);
    m_profile->options().times.connectsInWindow = 1'000; // Every cut is a new connection.
    QVERIFY(m_profile->start());
    Account account = m_server.account();
    account.incoming = m_server.imap(encryption);
    account.incoming.port = proxy.port();
    const Result<AccountId> added = m_profile->add(account, m_server.password());
    QVERIFY2(added, describe(added));
    m_account = *added;
    const Result<void> synced = await(m_profile->engine().synchronize(m_account));
    QVERIFY2(synced, describe(synced));
}

Result<void> TestCutFetch::fetchAll()
{
    if (const auto synced = await(m_profile->engine().synchronizeFolder(inbox())); !synced)
        return synced;
    const QList<EngineFixture::Row> rows = m_profile->rows(inbox());
    for (const EngineFixture::Row &row : rows) {
        if (const auto raw = await(m_profile->engine().message(row.header.id)); !raw)
            return failure(raw.error());
    }
    return {};
}

void TestCutFetch::forgetInbox()
{
    const auto forgotten = await(m_profile->store().write([folder = inbox()](Tables &tables) -> Result<void> {
        tables.messages.removeSome(folder, 1000);
        tables.folders.setSyncState(folder, {});
        return {};
    }));
    QVERIFY2(forgotten, describe(forgotten));
}

int TestCutFetch::wholeMails()
{
    int whole = 0;
    QSet<QByteArray> seen;
    const QList<EngineFixture::Row> rows = m_profile->rows(inbox());
    for (const EngineFixture::Row &row : rows) {
        const QByteArray id = row.header.envelope.messageIdHeader;
        const QByteArray mail = m_mails.value(id);
        if (mail.isEmpty() || seen.contains(id) || row.header.size != mail.size()
            || !mail.contains("Subject: " + row.header.envelope.subject.toUtf8() + "\r\n"))
            qFatal("a row that is no mail of ours, or one twice, or half of one: %s", id.constData());
        if (row.header.hasBody != !row.raw.isEmpty() || (row.header.hasBody && row.raw != mail))
            qFatal("a part of a mail is taken for the whole: %lld of %lld bytes of %s", qint64(row.raw.size()),
                qint64(mail.size()), id.constData());
        seen.insert(id);
        whole += row.header.hasBody;
    }
    return whole;
}

void TestCutFetch::nothingIsStoredInPartAndTheRestComesLater_data()
{
    QTest::addColumn<Encryption>("encryption");
    QTest::newRow("in clear: any byte of the protocol") << Encryption::None;
    QTest::newRow("TLS: any byte of a record") << Encryption::ImplicitTls;
}

// S06
void TestCutFetch::nothingIsStoredInPartAndTheRestComesLater()
{
    QFETCH(Encryption, encryption);
    constexpr int cuts = 200;
    CuttingProxy proxy(m_server.port(encryption == Encryption::None ? "imap" : "imaps"));
    startThrough(proxy, encryption, false);
    forgetInbox();
    const qint64 before = proxy.bytesToClients();
    const Result<void> undisturbed = fetchAll();
    QVERIFY2(undisturbed, describe(undisturbed));
    const qint64 bytes = proxy.bytesToClients() - before;
    QCOMPARE(wholeMails(), m_mails.size());
    QVERIFY2(bytes > 2000, QByteArray::number(bytes));

    int late = 0; // Dovecot tells in its answers how long it took: a run may be some bytes shorter.
    int survived = 0;
    for (int i = 0; i < cuts; ++i) {
        forgetInbox();
        const int cutsBefore = proxy.cuts();
        const qint64 at = m_random.bounded(bytes);
        proxy.cutAfter(at, m_random.bounded(2) ? CuttingProxy::End::Finished : CuttingProxy::End::Reset);
        const Result<void> cut = fetchAll();
        proxy.passAll();
        if (cut) { // there was none, or it came between two commands: a new connection has taken over
            late += int(proxy.cuts() == cutsBefore);
            QCOMPARE(wholeMails(), m_mails.size());
            continue;
        }
        QVERIFY2(cut.error().isConnectionFailure(), describe(cut));
        survived += wholeMails();

        const Result<void> completed = fetchAll();
        QVERIFY2(completed, "cut after " + QByteArray::number(at) + " bytes: " + describe(completed));
        QCOMPARE(wholeMails(), m_mails.size());
    }
    QCOMPARE(proxy.cuts(), cuts - late);
    QVERIFY2(late < cuts / 10, QByteArray::number(late));
    QVERIFY2(survived > cuts / 2 && survived < cuts * (mailCount - 1), QByteArray::number(survived));
    QCOMPARE(m_profile->refusals().size(), 0);

    OtherClient phone(m_server);
    QCOMPARE(phone.messages("INBOX").size(), m_mails.size());
}

/// With IDLE and background work, and nobody who asks for anything: both of an account's connections may be hit.
void TestCutFetch::theEngineComesBackByItself()
{
    CuttingProxy proxy(m_server.port("imaps"));
    startThrough(proxy, Encryption::ImplicitTls, true);
    const auto hasAll = [this] { return wholeMails() == m_mails.size(); };
    QVERIFY(waitUntil(hasAll));

    for (int i = 0; i < 4; ++i) {
        const int cuts = proxy.cuts();
        proxy.cutAfter(100 + m_random.bounded(900), CuttingProxy::End::Reset);
        addMail("gelen" + QByteArray::number(i));
        addMail("giden" + QByteArray::number(i));
        QVERIFY(waitUntil([&] { return proxy.cuts() > cuts; }));
        QVERIFY(waitUntil(hasAll));
    }
    OtherClient phone(m_server);
    QCOMPARE(phone.messages("INBOX").size(), m_mails.size());
}

QTEST_GUILESS_MAIN(TestCutFetch)
#include "test_cutfetch.moc"
