// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/await.h"
#include "tests/support/fakeclock.h"
#include "tests/support/scriptedserver.h"

#include <QSignalSpy>
#include <QSslSocket>
#include <QTest>

using namespace postaci;
using namespace std::chrono_literals;

namespace {

/// A plain client. It may block, since the server has threads of its own.
class Client {
public:
    explicit Client(quint16 port)
    {
        m_socket.connectToHost(QStringLiteral("localhost"), port, QIODevice::ReadWrite, QAbstractSocket::IPv4Protocol);
        m_socket.waitForConnected();
    }

    void write(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        while (m_socket.bytesToWrite() > 0 && m_socket.waitForBytesWritten()) { }
    }
    /// Reads until that much has come or the server closes; counts the segments.
    QByteArray read(qsizetype size)
    {
        QByteArray all;
        while (all.size() < size && (m_socket.bytesAvailable() > 0 || m_socket.waitForReadyRead(10'000))) {
            ++segments;
            all += m_socket.read(size - all.size());
        }
        return all;
    }
    bool startTls()
    {
        QSslConfiguration configuration = m_socket.sslConfiguration();
        configuration.addCaCertificates(testTlsPolicy().extraRoots);
        m_socket.setSslConfiguration(configuration);
        m_socket.startClientEncryption();
        return m_socket.waitForEncrypted();
    }
    bool waitForClose()
    {
        return m_socket.state() == QAbstractSocket::UnconnectedState || m_socket.waitForDisconnected();
    }
    void close() { m_socket.abort(); }
    QSslSocket &socket() { return m_socket; }

    int segments = 0;

private:
    QSslSocket m_socket;
};

} // namespace

class TestScriptedServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void playsAConversationAndFillsInWhatItCaptured();
    void startTlsSeparatesClearFromEncrypted();
    void everyBadCertificateIsRefused_data();
    void everyBadCertificateIsRefused();
    void aRefusedCertificateIsAsExpected();
    void unexpectedLineFailsWithWhatCame();
    void unusedScriptFails();
    void bareLineFeedFails();
    void bytesBeforeTheHandshakeFail();
    void onePlaceTooManyFails();
    void byteWiseArrivesInManySegments();
    void cutAfterDeliversExactlyThatMuch();
    void resetIsSeenAsSuch();
    void pauseHoldsUntilResumed();
    void twoConnectionsPlayAtTheSameTime();
    void receiveUntilTakesAMail();
    void fakeClockMovesOnlyWhenTold();
};

void TestScriptedServer::playsAConversationAndFillsInWhatItCaptured()
{
    ScriptedServer server({Script()
            .send("* OK ready {310}\r\n")
            .expect("{tag} LOGIN \"{user}\" {*}")
            .send("{tag} OK hello {user}\r\n")
            .expectBytes("A2 LOGOUT\r\n")
            .close()});
    Client client(server.port());
    QCOMPARE(client.read(18), "* OK ready {310}\r\n");
    client.write("A1 LOGIN \"ayse\" \"a b c\"\r\n");
    QCOMPARE(client.read(18), "A1 OK hello ayse\r\n");
    client.write("A2 LOGOUT\r\n");
    QVERIFY(client.waitForClose());
    QVERIFY2(server.finished(), server.failure());
    QCOMPARE(server.captured("user"), "ayse");
    QCOMPARE(server.receivedInClear(), "A1 LOGIN \"ayse\" \"a b c\"\r\nA2 LOGOUT\r\n");
}

void TestScriptedServer::startTlsSeparatesClearFromEncrypted()
{
    ScriptedServer server(
        {Script().expect("STARTTLS").send("220 go\r\n").startTls().expect("AUTH").send("235 yes\r\n")});
    Client client(server.port());
    client.write("STARTTLS\r\n");
    QCOMPARE(client.read(8), "220 go\r\n");
    QVERIFY(client.startTls());
    client.write("AUTH\r\n");
    QCOMPARE(client.read(9), "235 yes\r\n");
    QVERIFY2(server.finished(), server.failure());
    QCOMPARE(server.receivedInClear(), "STARTTLS\r\n");
    QCOMPARE(server.receivedEncrypted(), "AUTH\r\n");
}

void TestScriptedServer::everyBadCertificateIsRefused_data()
{
    QTest::addColumn<TestCertificate>("certificate");
    QTest::addColumn<QSslError::SslError>("error");
    QTest::newRow("expired") << TestCertificate::Expired << QSslError::CertificateExpired;
    QTest::newRow("not yet valid") << TestCertificate::NotYetValid << QSslError::CertificateNotYetValid;
    QTest::newRow("wrong name") << TestCertificate::WrongName << QSslError::HostNameMismatch;
    QTest::newRow("self-signed") << TestCertificate::SelfSigned << QSslError::SelfSignedCertificate;
    QTest::newRow("untrusted root") << TestCertificate::UntrustedRoot << QSslError::UnableToGetLocalIssuerCertificate;
}

void TestScriptedServer::everyBadCertificateIsRefused()
{
    QFETCH(TestCertificate, certificate);
    QFETCH(QSslError::SslError, error);
    ScriptedServer server({Script().expectTlsRefusal(certificate)});
    Client client(server.port());
    QVERIFY(!client.startTls());
    QList<QSslError::SslError> found;
    for (const QSslError &e : client.socket().sslHandshakeErrors())
        found.append(e.error());
    QVERIFY2(found.contains(error), qPrintable(client.socket().errorString()));
    QVERIFY2(server.finished(), server.failure());
}

void TestScriptedServer::aRefusedCertificateIsAsExpected()
{
    // The other way round: a client that goes on over a certificate it should refuse is found out.
    ScriptedServer server({Script().expectTlsRefusal(TestCertificate::Good)});
    Client client(server.port());
    QVERIFY(client.startTls());
    client.write("AUTH PLAIN AGEAYg==\r\n");
    QVERIFY(!server.finished());
    QVERIFY(server.failure().contains("AUTH PLAIN"));
}

void TestScriptedServer::unexpectedLineFailsWithWhatCame()
{
    ScriptedServer server({Script().expect("EHLO {*}").send("250 ok\r\n")});
    Client client(server.port());
    client.write("HELO me\r\n");
    QVERIFY(!server.finished());
    QCOMPARE(server.failure(), "connection 1, step 1 (expect EHLO {*}): received HELO me");
}

void TestScriptedServer::unusedScriptFails()
{
    ScriptedServer server({Script().send("220 hello\r\n").expect("QUIT"), Script().stall()}, 200ms);
    Client client(server.port());
    QCOMPARE(client.read(11), "220 hello\r\n");
    QVERIFY(!server.finished());
    QVERIFY2(server.failure().contains("step 2"), server.failure());
}

void TestScriptedServer::bareLineFeedFails()
{
    ScriptedServer server({Script().expect("QUIT")});
    Client client(server.port());
    client.write("QUIT\n");
    QVERIFY(!server.finished());
    QVERIFY2(server.failure().contains("CR LF"), server.failure());
}

void TestScriptedServer::bytesBeforeTheHandshakeFail()
{
    ScriptedServer server({Script().expect("STARTTLS").send("220 go\r\n").startTls()});
    Client client(server.port());
    client.write("STARTTLS\r\nAUTH PLAIN AGEAYg==\r\n");
    QVERIFY(!server.finished());
    QVERIFY2(server.failure().contains("in clear"), server.failure());
}

void TestScriptedServer::onePlaceTooManyFails()
{
    ScriptedServer server({Script().send("220 hello\r\n")});
    Client first(server.port());
    QCOMPARE(first.read(11), "220 hello\r\n");
    QVERIFY2(server.finished(), server.failure());
    Client second(server.port());
    QVERIFY(second.waitForClose());
    QVERIFY(!server.finished());
    QVERIFY(server.failure().contains("only 1 scripts"));
}

void TestScriptedServer::byteWiseArrivesInManySegments()
{
    const QByteArray mail(400, 'x');
    ScriptedServer server({Script().byteWise().send(mail).chunked(0).sendRaw("{whole}")});
    Client client(server.port());
    QCOMPARE(client.read(400), mail);
    QVERIFY2(client.segments > 40, qPrintable(QString::number(client.segments)));
    QCOMPARE(client.read(7), "{whole}");
    QVERIFY2(server.finished(), server.failure());
}

void TestScriptedServer::cutAfterDeliversExactlyThatMuch()
{
    ScriptedServer server(
        {Script().send("220 hello\r\n").cutAfter(7).send("1234").byteWise().send("567890").expect("never")});
    Client client(server.port());
    client.write("nobody reads this\r\n");
    QCOMPARE(client.read(100), "220 hello\r\n1234567");
    QVERIFY(client.waitForClose());
    QVERIFY2(server.finished(), server.failure());
}

void TestScriptedServer::resetIsSeenAsSuch()
{
    ScriptedServer server({Script().expect("QUIT").reset()});
    Client client(server.port());
    QSignalSpy errors(&client.socket(), &QAbstractSocket::errorOccurred);
    client.write("QUIT\r\n");
    QVERIFY(client.waitForClose());
    QCOMPARE(errors.count(), 1);
    QCOMPARE(client.socket().errorString(), QStringLiteral("The remote host closed the connection"));
    QVERIFY2(server.finished(), server.failure());
}

void TestScriptedServer::pauseHoldsUntilResumed()
{
    ScriptedServer server(
        {Script().send("+ idling\r\n").pause("idle").send("* 2 EXISTS\r\n").expect("DONE").expectClose()});
    Client client(server.port());
    QCOMPARE(client.read(10), "+ idling\r\n");
    QVERIFY2(server.reaches("idle"), server.failure());
    server.resume("idle");
    QCOMPARE(client.read(12), "* 2 EXISTS\r\n");
    client.write("DONE\r\n");
    client.close();
    QVERIFY2(server.finished(), server.failure());
}

void TestScriptedServer::twoConnectionsPlayAtTheSameTime()
{
    ScriptedServer server(
        {Script().send("one\r\n").pause("both").send("1\r\n"), Script().send("two\r\n").pause("both").send("2\r\n")});
    Client first(server.port());
    QCOMPARE(first.read(5), "one\r\n");
    Client second(server.port());
    QCOMPARE(second.read(5), "two\r\n");
    server.resume("both");
    QCOMPARE(second.read(3), "2\r\n");
    QCOMPARE(first.read(3), "1\r\n");
    QVERIFY2(server.finished(), server.failure());
    QCOMPARE(server.connectionCount(), 2);
}

void TestScriptedServer::receiveUntilTakesAMail()
{
    ScriptedServer server(
        {Script().expect("DATA").send("354 go\r\n").receiveUntil("\r\n.\r\n", "mail").receive(4, "rest")});
    Client client(server.port());
    client.write("DATA\r\nSubject: {a}\r\n\r\n..\r\n.\r\nQUIT");
    QVERIFY2(server.finished(), server.failure());
    QCOMPARE(server.captured("mail"), "Subject: {a}\r\n\r\n..");
    QCOMPARE(server.captured("rest"), "QUIT");
}

void TestScriptedServer::fakeClockMovesOnlyWhenTold()
{
    FakeClock clock;
    const Clock now = clock.function();
    const QDateTime before = now();
    clock.advance(90s);
    QCOMPARE(before.secsTo(now()), 90);
    QCOMPARE(clock.now(), now());
}

QTEST_GUILESS_MAIN(TestScriptedServer)
#include "test_scriptedserver.moc"
