// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/mailserver.h"
#include "tests/support/otherclient.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpSocket>
#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

const QByteArray mail = "From: Disarida <disarida@example.net>\r\nTo: ayse@example.test\r\nSubject: merhaba\r\n\r\n"
                        ".bir\r\n..iki\r\n\xc3\xbc\xc3\xa7\r\n";

/// Connects in that encryption and reads the greeting, after STARTTLS when asked for.
QByteArray greeting(const ServerSettings &settings, const TlsPolicy &policy, const QByteArrayList &startTls)
{
    QSslSocket socket;
    QSslConfiguration configuration = socket.sslConfiguration();
    configuration.addCaCertificates(policy.extraRoots);
    socket.setSslConfiguration(configuration);
    const auto readLine = [&] {
        while (!socket.canReadLine() && socket.waitForReadyRead()) { }
        return socket.readLine();
    };
    if (settings.encryption == Encryption::ImplicitTls) {
        socket.connectToHostEncrypted(settings.host, settings.port);
        return socket.waitForEncrypted() ? readLine() : socket.errorString().toUtf8();
    }
    socket.connectToHost(settings.host, settings.port, QIODevice::ReadWrite, QAbstractSocket::IPv4Protocol);
    QByteArray answer = readLine();
    if (settings.encryption == Encryption::None)
        return answer;
    for (const QByteArray &command : startTls) {
        socket.write(command);
        do
            answer = readLine();
        while (answer.startsWith("250-"));
    }
    socket.startClientEncryption();
    return socket.waitForEncrypted() ? answer : socket.errorString().toUtf8();
}

bool isRunning(qint64 pid)
{
    QFile state(u"/proc/%1/stat"_s.arg(pid));
    return state.open(QIODevice::ReadOnly) && !state.readAll().contains(") Z ");
}

QList<qint64> pidsOf(const QString &directory)
{
    QFile description(directory + "/server.json"_L1);
    if (!description.open(QIODevice::ReadOnly))
        return {};
    QList<qint64> pids;
    for (const QJsonValue pid : QJsonDocument::fromJson(description.readAll())["pids"_L1].toArray())
        pids.append(pid.toInteger());
    return pids;
}

} // namespace

class TestMailServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_server.start(), m_server.failure()); }

    void imapAndPop3AnswerInEveryEncryption();
    void smtpAnswersInEveryEncryption();
    void deliveredMailArrivesByteForByte();
    void otherClientChangesAndSees();
    void fullMailboxTakesNothing();
    void everyoneCanLogIn();
    void madeMessagesAreThere();
    void comesBackOnTheSamePortsWithTheSameMail();
    void nothingSurvivesItsParent();
    void stopEndsWhatACrashLeftBehind();

private:
    MailServer m_server;
};

void TestMailServer::imapAndPop3AnswerInEveryEncryption()
{
    const TlsPolicy policy = m_server.tlsPolicy();
    QVERIFY(greeting(m_server.imap(), policy, {}).startsWith("* OK"));
    QVERIFY(greeting(m_server.imap(Encryption::StartTls), policy, {"a STARTTLS\r\n"}).startsWith("a OK"));
    QVERIFY(greeting(m_server.imap(Encryption::None), policy, {}).startsWith("* OK"));
    QVERIFY(greeting(m_server.pop3(), policy, {}).startsWith("+OK"));
    QVERIFY(greeting(m_server.pop3(Encryption::StartTls), policy, {"STLS\r\n"}).startsWith("+OK"));
    QVERIFY(greeting(m_server.pop3(Encryption::None), policy, {}).startsWith("+OK"));
}

void TestMailServer::smtpAnswersInEveryEncryption()
{
    REQUIRE_POSTFIX(m_server);
    const TlsPolicy policy = m_server.tlsPolicy();
    QVERIFY(greeting(m_server.smtp(), policy, {}).startsWith("220 mail.example.test"));
    QVERIFY(greeting(m_server.smtp(Encryption::StartTls), policy, {"EHLO me\r\n", "STARTTLS\r\n"}).startsWith("220 "));
    QVERIFY(greeting(m_server.smtp(Encryption::None), policy, {}).startsWith("220 mail.example.test"));
}

void TestMailServer::deliveredMailArrivesByteForByte()
{
    QVERIFY2(m_server.deliver(mail), m_server.failure());
    OtherClient client(m_server);
    QTRY_COMPARE(client.messages("INBOX").size(), 1);
    const OtherClient::Message message = client.messages("INBOX").constFirst();
    QVERIFY(message.flags.isEmpty());
    QVERIFY2(message.raw.endsWith(mail), message.raw); // after Return-Path, Delivered-To and Received
}

void TestMailServer::otherClientChangesAndSees()
{
    OtherClient client(m_server, MailServer::mehmet);
    QCOMPARE(client.folders(), (QByteArrayList{"Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash"}));
    const quint32 first = client.append("INBOX", mail, "\\Seen \\Flagged");
    const quint32 second = client.append("INBOX", "Subject: two\r\n\r\n");
    QVERIFY(first > 0 && second > first);

    QList<OtherClient::Message> messages = client.messages("INBOX");
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[0].uid, first);
    QCOMPARE(messages[0].raw, mail);
    QCOMPARE(messages[0].sha256(), QCryptographicHash::hash(mail, QCryptographicHash::Sha256).toHex());
    QCOMPARE(messages[0].flags, (QByteArrayList{"\\Flagged", "\\Seen"}));

    client.store("INBOX", QByteArray::number(second), "+FLAGS", "\\Answered");
    QCOMPARE(client.messages("INBOX")[1].flags, (QByteArrayList{"\\Answered"}));
    client.move("INBOX", QByteArray::number(first), "Archive");
    client.expunge("INBOX", QByteArray::number(second));
    QCOMPARE(client.messages("INBOX").size(), 0);
    QCOMPARE(client.messages("Archive").size(), 1);
}

void TestMailServer::fullMailboxTakesNothing()
{
    QVERIFY(!m_server.deliver(mail, MailServer::full));
    QVERIFY2(m_server.failure().startsWith("LMTP: 552 5.2.2"), m_server.failure());
    OtherClient client(m_server, MailServer::full);
    QEXPECT_FAIL("", "the mailbox is full", Continue);
    client.append("INBOX", mail);
    QCOMPARE(OtherClient(m_server, MailServer::full).messages("INBOX").size(), 1);
}

void TestMailServer::everyoneCanLogIn()
{
    for (int user : {MailServer::ayse, MailServer::mehmet, MailServer::deniz, MailServer::full})
        OtherClient(m_server, user).command("NOOP");
    QByteArray output;
    QVERIFY2(m_server.doveadm({u"mailbox"_s, u"list"_s, u"-u"_s, m_server.address()}, &output), m_server.failure());
    QVERIFY(output.contains("INBOX"));
}

void TestMailServer::madeMessagesAreThere()
{
    MailServer server;
    QVERIFY2(server.start(300), server.failure());
    const QList<OtherClient::Message> messages = OtherClient(server).messages("INBOX");
    QCOMPARE(messages.size(), 300);
    for (qsizetype i = 0; i < messages.size(); ++i) {
        QCOMPARE(messages[i].uid, quint32(i + 1));
        QVERIFY(messages[i].raw.contains("\r\nMessage-ID: <"));
    }
    QVERIFY(OtherClient(server, MailServer::mehmet).messages("INBOX").isEmpty());
}

void TestMailServer::comesBackOnTheSamePortsWithTheSameMail()
{
    MailServer server;
    QVERIFY2(server.start(), server.failure());
    const quint16 port = server.port("imaps");
    OtherClient(server).append("INBOX", mail);
    server.stop();
    QTcpSocket probe;
    probe.connectToHost(server.host(), port, QIODevice::ReadWrite, QAbstractSocket::IPv4Protocol);
    QVERIFY(!probe.waitForConnected());

    QElapsedTimer timer;
    timer.start();
    QVERIFY2(server.start(), server.failure());
    qInfo("started in %lld ms", timer.elapsed());
    QCOMPARE(server.port("imaps"), port);
    QCOMPARE(OtherClient(server).messages("INBOX").size(), 1);
}

void TestMailServer::nothingSurvivesItsParent()
{
    const QTemporaryDir directory;
    QProcess parent;
    parent.start(u"sleep"_s, {u"600"_s});
    QVERIFY(parent.waitForStarted());
    QCOMPARE(QProcess::execute(QStringLiteral(POSTACI_SCRIPTS "/mailserver"),
                 {u"start"_s, directory.path(), u"--parent"_s, QString::number(parent.processId())}),
        0);
    const QList<qint64> pids = pidsOf(directory.path());
    QVERIFY(pids.size() > 5);
    for (const qint64 pid : pids)
        QVERIFY(isRunning(pid));
    parent.kill();
    QVERIFY(parent.waitForFinished());
    for (const qint64 pid : pids)
        QTRY_VERIFY_WITH_TIMEOUT(!isRunning(pid), 15'000);
}

void TestMailServer::stopEndsWhatACrashLeftBehind()
{
    const QTemporaryDir directory;
    const QString script = QStringLiteral(POSTACI_SCRIPTS "/mailserver");
    QCOMPARE(QProcess::execute(script, {u"start"_s, directory.path()}), 0);
    const QList<qint64> pids = pidsOf(directory.path());
    QVERIFY(pids.size() > 5);
    // With the script's own two processes killed, nobody but stop can end the servers.
    int killed = 0;
    for (const qint64 pid : pids) {
        QFile commandLine(u"/proc/%1/cmdline"_s.arg(pid));
        QVERIFY(commandLine.open(QIODevice::ReadOnly));
        if (!commandLine.readAll().contains("tests/support/mailserver"))
            continue;
        QCOMPARE(QProcess::execute(u"kill"_s, {u"-KILL"_s, QString::number(pid)}), 0);
        QTRY_VERIFY(!isRunning(pid));
        ++killed;
    }
    QCOMPARE(killed, 2);
    QVERIFY(std::any_of(pids.begin(), pids.end(), isRunning));
    QCOMPARE(QProcess::execute(script, {u"stop"_s, directory.path()}), 0);
    for (const qint64 pid : pids)
        QVERIFY(!isRunning(pid));
    QCOMPARE(QProcess::execute(script, {u"stop"_s, directory.path()}), 0);
}

QTEST_GUILESS_MAIN(TestMailServer)
#include "test_mailserver.moc"
