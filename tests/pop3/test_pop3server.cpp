// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pop3/pop3session.h"
#include "tests/support/await.h"
#include "tests/support/mailserver.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// Against a real Dovecot.
class TestPop3Server : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_server.start(300), m_server.failure()); }

    void logsIn_data();
    void logsIn();
    void wrongPassword();
    void wholeMaildrop();
    void deletedAfterQuitOnly();

private:
    MailServer m_server;
};

void TestPop3Server::logsIn_data()
{
    QTest::addColumn<Encryption>("encryption");
    QTest::addColumn<int>("user");
    QTest::newRow("TLS") << Encryption::ImplicitTls << MailServer::ayse;
    QTest::newRow("STLS") << Encryption::StartTls << MailServer::ayse;
    QTest::newRow("loopback") << Encryption::None << MailServer::ayse;
    QTest::newRow("odd password") << Encryption::ImplicitTls << MailServer::deniz;
}

void TestPop3Server::logsIn()
{
    QFETCH(Encryption, encryption);
    QFETCH(int, user);
    Pop3Session session(m_server.tlsPolicy());
    const auto opened = await(session.open(m_server.pop3(encryption, user), m_server.credentials(user)));
    QVERIFY2(opened, describe(opened));
    QVERIFY(opened->uidl);
    QVERIFY(opened->pipelining);
    QVERIFY(await(session.list()));
    QVERIFY(await(session.quit()));
}

void TestPop3Server::wrongPassword()
{
    Credentials wrong = m_server.credentials();
    wrong.secret = u"yanlis"_s;
    Pop3Session session(m_server.tlsPolicy());
    const auto opened = await(session.open(m_server.pop3(), wrong));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::AuthenticationFailed);
    QCOMPARE(opened.error().step, Step::Login);
}

void TestPop3Server::wholeMaildrop()
{
    Pop3Session session(m_server.tlsPolicy());
    QVERIFY(await(session.open(m_server.pop3(), m_server.credentials())));
    const auto listed = await(session.list());
    QVERIFY2(listed, describe(listed));
    QCOMPARE(listed->size(), 300);
    QList<int> numbers;
    QSet<QByteArray> uids;
    for (const Pop3Entry &entry : *listed) {
        numbers.append(entry.number);
        uids.insert(entry.uid);
    }
    QCOMPARE(uids.size(), 300);
    QVERIFY(!uids.contains(QByteArray()));

    qsizetype place = 0;
    const auto retrieved
        = await(session.retrieve(numbers, [&listed, &place](int number, const Result<QByteArray> &message) {
              QVERIFY(message);
              QCOMPARE(number, listed->at(place).number);
              QCOMPARE(message->size(), listed->at(place).size); // Dovecot counts what it sends
              ++place;
          }));
    QVERIFY2(retrieved, describe(retrieved));
    QCOMPARE(place, 300);
    QVERIFY(await(session.quit()));
}

void TestPop3Server::deletedAfterQuitOnly()
{
    const QByteArray message = "From: a@example.test\r\nSubject: sil\r\n\r\n.nokta\r\n..iki\r\n.\r\nson\r\n";
    QVERIFY2(m_server.deliver(message, MailServer::mehmet), m_server.failure());
    for (const bool quits : {false, true}) {
        Pop3Session session(m_server.tlsPolicy());
        QVERIFY(await(session.open(
            m_server.pop3(Encryption::StartTls, MailServer::mehmet), m_server.credentials(MailServer::mehmet))));
        const auto listed = await(session.list());
        QCOMPARE(listed->size(), 1);
        QByteArray received;
        QVERIFY(await(session.retrieve({1}, [&received](int, const Result<QByteArray> &whole) { received = *whole; })));
        QVERIFY2(received.endsWith(message.sliced(message.indexOf("Subject"))), received);
        QVERIFY(await(session.remove({1})));
        if (quits)
            QVERIFY(await(session.quit()));
        session.close();
    }
    Pop3Session session(m_server.tlsPolicy());
    QVERIFY(await(session.open(
        m_server.pop3(Encryption::ImplicitTls, MailServer::mehmet), m_server.credentials(MailServer::mehmet))));
    const auto listed = await(session.list());
    QCOMPARE(listed->size(), 0);
    QVERIFY(await(session.quit()));
}

QTEST_GUILESS_MAIN(TestPop3Server)
#include "test_pop3server.moc"
