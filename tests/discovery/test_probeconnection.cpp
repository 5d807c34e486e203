// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/probeconnection.h"
#include "tests/support/await.h"
#include "tests/support/scriptedserver.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace postaci;

namespace {

ServerSettings at(const ScriptedServer &server, Protocol protocol, Encryption encryption)
{
    return {.protocol = protocol, .host = server.host(), .port = server.port(), .encryption = encryption};
}

} // namespace

class TestProbeConnection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsServers_data();
    void findsServers();
    void badCertificatesAreNoServers_data();
    void badCertificatesAreNoServers();
    void nothingGoesOnWithoutEncryption();
    void silenceEndsInTime_data();
    void silenceEndsInTime();
    void cancelEndsIt();
};

void TestProbeConnection::findsServers_data()
{
    QTest::addColumn<Protocol>("protocol");
    QTest::addColumn<Encryption>("encryption");
    QTest::addColumn<QList<Script>>("scripts");
    QTest::newRow("IMAP") << Protocol::Imap << Encryption::ImplicitTls
                          << QList{Script()
                                     .startTls()
                                     .send("* OK ready\r\n")
                                     .expect("a CAPABILITY")
                                     .send("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na OK done\r\n")
                                     .expect("c LOGOUT")
                                     .expectClose()};
    QTest::newRow("SMTP, STARTTLS") << Protocol::Smtp << Encryption::StartTls
                                    << QList{Script()
                                               .send("220 mail.example.test ESMTP\r\n")
                                               .expect("EHLO [127.0.0.1]")
                                               .send("250-mail.example.test\r\n250 STARTTLS\r\n")
                                               .expect("STARTTLS")
                                               .send("220 go\r\n")
                                               .startTls()
                                               .expect("EHLO [127.0.0.1]")
                                               .send("250-mail.example.test\r\n250 AUTH PLAIN\r\n")
                                               .expect("QUIT")
                                               .expectClose()};
    QTest::newRow("POP3") << Protocol::Pop3 << Encryption::ImplicitTls
                          << QList{Script()
                                     .startTls()
                                     .send("+OK ready\r\n")
                                     .expect("CAPA")
                                     .send("+OK\r\nUSER\r\n.\r\n")
                                     .expect("QUIT")
                                     .expectClose()};
}

void TestProbeConnection::findsServers()
{
    QFETCH(Protocol, protocol);
    QFETCH(Encryption, encryption);
    QFETCH(QList<Script>, scripts);
    ScriptedServer server(scripts);
    ProbeConnection connection(testTlsPolicy());
    const auto result = await(connection.run(at(server, protocol, encryption), 5s));
    QVERIFY2(result, describe(result));
    QVERIFY2(server.finished(), server.failure());
}

void TestProbeConnection::badCertificatesAreNoServers_data()
{
    QTest::addColumn<TestCertificate>("certificate");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("another name") << TestCertificate::WrongName << ErrorKind::CertificateName;
    QTest::newRow("expired") << TestCertificate::Expired << ErrorKind::CertificateExpired;
    QTest::newRow("self-signed") << TestCertificate::SelfSigned << ErrorKind::CertificateUntrusted;
}

void TestProbeConnection::badCertificatesAreNoServers()
{
    QFETCH(TestCertificate, certificate);
    ScriptedServer server({Script().expectTlsRefusal(certificate)});
    ProbeConnection connection(testTlsPolicy());
    const auto result = await(connection.run(at(server, Protocol::Imap, Encryption::ImplicitTls), 5s));
    QVERIFY(!result);
    QTEST(result.error().kind, "kind");
    QVERIFY(!result.error().certificate.isEmpty());
    QVERIFY2(server.finished(), server.failure());
}

void TestProbeConnection::nothingGoesOnWithoutEncryption()
{
    ScriptedServer server({Script()
            .send("* OK ready\r\n")
            .expect("a CAPABILITY")
            .send("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na OK done\r\n")
            .expectClose()});
    ProbeConnection connection(testTlsPolicy());
    const auto result = await(connection.run(at(server, Protocol::Imap, Encryption::StartTls), 5s));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::EncryptionMissing);
    QCOMPARE(result.error().endpoint, u"localhost:%1"_s.arg(server.port()));
    QVERIFY2(server.finished(), server.failure());
}

void TestProbeConnection::silenceEndsInTime_data()
{
    QTest::addColumn<QList<Script>>("scripts");
    QTest::newRow("no handshake") << QList{Script().stall()};
    QTest::newRow("no greeting") << QList{Script().startTls().stall()};
    // Each line alone is in time.
    Script drip = Script().startTls();
    for (int i = 0; i < 20; ++i)
        drip.send("* OK a little more\r\n").pause(QByteArray::number(i));
    QTest::newRow("endless greetings") << QList{drip};
}

void TestProbeConnection::silenceEndsInTime()
{
    QFETCH(QList<Script>, scripts);
    ScriptedServer server(scripts);
    ProbeConnection connection(testTlsPolicy());
    QElapsedTimer time;
    time.start();
    const auto result = await(connection.run(at(server, Protocol::Imap, Encryption::ImplicitTls), 400ms));
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Timeout);
    QVERIFY2(time.elapsed() < 2000, qPrintable(QString::number(time.elapsed())));
    for (int i = 0; i < 20; ++i)
        server.resume(QByteArray::number(i));
    (void)server.finished(); // What the server had left to say was never wanted.
}

void TestProbeConnection::cancelEndsIt()
{
    ScriptedServer server({Script().startTls().stall()});
    ProbeConnection connection(testTlsPolicy());
    std::optional<Result<void>> result;
    connection.run(at(server, Protocol::Imap, Encryption::ImplicitTls), 60s).then([&result](Result<void> end) {
        result = end;
    });
    QTRY_COMPARE(server.connectionCount(), 1);
    connection.cancel();
    QTRY_VERIFY(result);
    QCOMPARE(result->error().kind, ErrorKind::Cancelled);
    QVERIFY2(server.finished(), server.failure());
}

QTEST_GUILESS_MAIN(TestProbeConnection)
#include "test_probeconnection.moc"
