// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/linechannel.h"
#include "tests/support/await.h"
#include "tests/support/scriptedserver.h"

#include <QCryptographicHash>
#include <QElapsedTimer>
#include <QTest>
#include <QTimer>

using namespace postaci;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

ServerSettings at(const ScriptedServer &server, Encryption encryption = Encryption::None)
{
    return {.protocol = Protocol::Smtp, .host = server.host(), .port = server.port(), .encryption = encryption};
}

} // namespace

class TestLineChannel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesEndInCrLfOrLf_data();
    void linesEndInCrLfOrLf();
    void tooLongALineIsAProtocolError();
    void whatFollowsALineIsKept();
    void halfALineIsNoLine_data();
    void halfALineIsNoLine();
    void whatCameBeforeTheEndIsRead();
    void aLargeStreamArrivesWhole_data();
    void aLargeStreamArrivesWhole();
    void theServerWaitsForASlowReader();
    void bytesAreCounted();

    void startTlsEncrypts();
    void leftoversBeforeTlsCloseTheConnection_data();
    void leftoversBeforeTlsCloseTheConnection();
    void badCertificatesAreTyped_data();
    void badCertificatesAreTyped();
    void anExceptionAdmitsExactlyItsCertificate();
    void aServerWithoutTlsIsAHandshakeError_data();
    void aServerWithoutTlsIsAHandshakeError();
    void tls11IsRefused();

    void clearTextLeavesOnlyToLoopback_data();
    void clearTextLeavesOnlyToLoopback();
    void impossibleHostsAreInvalid_data();
    void impossibleHostsAreInvalid();
    void unknownHostIsTyped();
    void refusedConnectionIsTyped();

    void silenceIsATimeout_data();
    void silenceIsATimeout();
    void slowBytesAreNoSilence();
    void closeEndsEveryWait_data();
    void closeEndsEveryWait();
    void closeBeforeOpenIsKept();
    void nothingIsWrittenAfterClose();
};

void TestLineChannel::linesEndInCrLfOrLf_data()
{
    QTest::addColumn<int>("segment");
    QTest::newRow("whole") << 0;
    QTest::newRow("bytewise") << 1; // M15, K10: CR and LF apart
    QTest::newRow("threes") << 3;
}

void TestLineChannel::linesEndInCrLfOrLf()
{
    QFETCH(int, segment);
    ScriptedServer server({Script().chunked(segment).send("one\r\n\r\ntwo\nthr\ree\r\n\r\r\n \r\n")});
    LineChannel channel(testTlsPolicy());
    const Result<void> opened = await(channel.open(at(server)));
    QVERIFY2(opened, describe(opened));
    QVERIFY(channel.isOpen());
    QVERIFY(!channel.isEncrypted());
    QVERIFY(channel.isSecure());
    for (const QByteArray &line : {"one"_ba, ""_ba, "two"_ba, "thr\ree"_ba, "\r"_ba, " "_ba})
        QCOMPARE(await(channel.readLine()), line);
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::tooLongALineIsAProtocolError()
{
    ScriptedServer server({Script().send(QByteArray(100, 'a') + "\r\n" + QByteArray(101, 'b') + "\r\n"),
        Script().send(QByteArray(5000, 'c')).expectClose()});
    for (const bool withEnd : {true, false}) {
        LineChannel channel(testTlsPolicy());
        QVERIFY(await(channel.open(at(server))));
        if (withEnd)
            QCOMPARE(await(channel.readLine(100)), QByteArray(100, 'a'));
        const Result<QByteArray> line = await(channel.readLine(100));
        QVERIFY(!line);
        QCOMPARE(line.error().kind, ErrorKind::Protocol);
        QCOMPARE(line.error().endpoint, at(server).endpoint());
        QVERIFY(!channel.isOpen());
    }
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::whatFollowsALineIsKept()
{
    ScriptedServer server({Script().send("line\r\nblock without an end")});
    LineChannel channel(testTlsPolicy());
    QVERIFY(await(channel.open(at(server))));
    QCOMPARE(await(channel.readLine()), "line");
    QByteArray rest;
    while (rest.size() < 20) {
        const Result<QByteArray> some = await(channel.readSome());
        QVERIFY2(some, describe(some));
        QVERIFY(!some->isEmpty());
        rest += *some;
    }
    QCOMPARE(rest, "block without an end");
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::halfALineIsNoLine_data()
{
    QTest::addColumn<bool>("encrypted");
    QTest::addColumn<QByteArray>("end");
    for (const bool encrypted : {false, true}) {
        for (const char *end : {"close", "cut", "reset"})
            QTest::addRow("%s, %s", encrypted ? "TLS" : "clear", end) << encrypted << QByteArray(end);
    }
}

// T17: over TLS, "cut" is the end without close_notify.
void TestLineChannel::halfALineIsNoLine()
{
    QFETCH(bool, encrypted);
    QFETCH(QByteArray, end);
    Script script;
    if (encrypted)
        script.startTls();
    script.send("250 half a li").expect("seen");
    if (end == "close")
        script.close();
    else if (end == "cut")
        script.cut();
    else
        script.reset();

    ScriptedServer server({script});
    LineChannel channel(testTlsPolicy());
    const Result<void> opened = await(channel.open(at(server, encrypted ? Encryption::ImplicitTls : Encryption::None)));
    QVERIFY2(opened, describe(opened));
    channel.write("seen\r\n");
    const Result<QByteArray> line = await(channel.readLine());
    QVERIFY(!line);
    QCOMPARE(line.error().kind, ErrorKind::ConnectionLost);
    QVERIFY(!channel.isOpen());
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::whatCameBeforeTheEndIsRead()
{
    const QByteArray line(300'000, 'x');
    ScriptedServer server({Script().startTls().send(line + "\r\n" + line + "\r\n").close()});
    LineChannel channel(testTlsPolicy());
    QVERIFY(await(channel.open(at(server, Encryption::ImplicitTls))));
    QCOMPARE(await(channel.readLine()), line);
    QTRY_VERIFY(!channel.isOpen());
    QCOMPARE(await(channel.readLine()), line);
    const Result<QByteArray> after = await(channel.readLine());
    QVERIFY(!after);
    QCOMPARE(after.error().kind, ErrorKind::ConnectionLost);
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::aLargeStreamArrivesWhole_data()
{
    QTest::addColumn<bool>("encrypted");
    QTest::newRow("clear") << false;
    QTest::newRow("TLS") << true;
}

void TestLineChannel::aLargeStreamArrivesWhole()
{
    QFETCH(bool, encrypted);
    constexpr qsizetype total = 64 * 1024 * 1024;
    QByteArray block(total, Qt::Uninitialized);
    quint32 state = 1;
    for (char &c : block) {
        state = state * 1664525 + 1013904223;
        c = char(state >> 24);
    }
    Script script;
    if (encrypted)
        script.startTls();
    ScriptedServer server({script.sendRaw(block)});
    LineChannel channel(testTlsPolicy());
    QVERIFY(await(channel.open(at(server, encrypted ? Encryption::ImplicitTls : Encryption::None))));

    QCryptographicHash hash(QCryptographicHash::Sha256);
    qsizetype received = 0;
    qsizetype blocks = 0;
    while (received < total) {
        const Result<QByteArray> some = await(channel.readSome());
        QVERIFY2(some, describe(some));
        hash.addData(*some);
        received += some->size();
        ++blocks;
    }
    QCOMPARE(received, total);
    QCOMPARE(hash.result(), QCryptographicHash::hash(block, QCryptographicHash::Sha256));
    QCOMPARE(channel.bytesReceived(), quint64(total));
    QVERIFY2(total / blocks >= 4096, "readSome() is to give large blocks");
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::theServerWaitsForASlowReader()
{
    // More than the sockets of both sides hold by themselves.
    const QByteArray block(48 * 1024 * 1024, 'x');
    ScriptedServer server({Script().startTls().send("ready\r\n").sendRaw(block).pause("all sent")});
    LineChannel channel(testTlsPolicy());
    QVERIFY(await(channel.open(at(server, Encryption::ImplicitTls))));
    QCOMPARE(await(channel.readLine()), "ready");
    QVERIFY2(!waitUntil([&] { return server.isPausedAt("all sent"); }, 1s), "read without being asked to");
    QVERIFY(channel.bytesReceived() < 4 * 1024 * 1024);
    while (channel.bytesReceived() < quint64(block.size()) + 7)
        QVERIFY(await(channel.readSome()));
    QVERIFY2(server.reaches("all sent"), server.failure());
    server.resume("all sent");
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::bytesAreCounted()
{
    ScriptedServer server({Script().startTls().expect("12345").send("1234567\r\n")});
    LineChannel channel(testTlsPolicy());
    QVERIFY(await(channel.open(at(server, Encryption::ImplicitTls))));
    QCOMPARE(channel.bytesReceived(), 0U);
    QCOMPARE(channel.bytesSent(), 0U);
    channel.write("12345\r\n");
    QVERIFY(await(channel.flush()));
    QCOMPARE(await(channel.readLine()), "1234567");
    QCOMPARE(channel.bytesSent(), 7U);
    QCOMPARE(channel.bytesReceived(), 9U);
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::startTlsEncrypts()
{
    ScriptedServer server({Script()
            .send("220 hello\r\n")
            .expect("STARTTLS")
            .send("220 go\r\n")
            .startTls()
            .expect("secret")
            .send("250 good\r\n")});
    LineChannel channel(testTlsPolicy());
    QVERIFY(await(channel.open(at(server, Encryption::StartTls))));
    QCOMPARE(await(channel.readLine()), "220 hello");
    channel.write("STARTTLS\r\n");
    QCOMPARE(await(channel.readLine()), "220 go");
    const Result<void> encrypted = await(channel.startTls());
    QVERIFY2(encrypted, describe(encrypted));
    QVERIFY(channel.isEncrypted());
    channel.write("secret\r\n");
    QCOMPARE(await(channel.readLine()), "250 good");
    QVERIFY2(server.finished(), server.failure());
    QCOMPARE(server.receivedInClear(), "STARTTLS\r\n");

    // A second time is a mistake of the caller.
    QVERIFY(!await(channel.startTls()));
}

void TestLineChannel::leftoversBeforeTlsCloseTheConnection_data()
{
    QTest::addColumn<QByteArray>("injected");
    QTest::newRow("a reply") << QByteArray("250 INJECTED\r\n");
    QTest::newRow("one byte") << QByteArray("2");
    QTest::newRow("one line end") << QByteArray("\n");
    QTest::newRow("a partial line") << QByteArray("250-INJEC");
    QTest::newRow("a whole session") << QByteArray(
        "250-mail\r\n250 AUTH PLAIN\r\n334 \r\n235 ok\r\n250 ok\r\n250 ok\r\n354 go\r\n250 ok\r\n");
    QTest::newRow("what looks like TLS") << QByteArray("\x16\x03\x03\x00\x02\x02\x28", 7);
}

// T05, Q1
void TestLineChannel::leftoversBeforeTlsCloseTheConnection()
{
    QFETCH(QByteArray, injected);
    ScriptedServer server({Script().expect("STARTTLS").sendRaw("220 go\r\n" + injected).expectClose()});
    LineChannel channel(testTlsPolicy());
    QVERIFY(await(channel.open(at(server, Encryption::StartTls))));
    channel.write("STARTTLS\r\n");
    QCOMPARE(await(channel.readLine()), "220 go");
    const Result<void> encrypted = await(channel.startTls());
    QVERIFY(!encrypted);
    QCOMPARE(encrypted.error().kind, ErrorKind::Protocol);
    QCOMPARE(encrypted.error().step, Step::StartTls);
    QVERIFY(!channel.isOpen());
    QVERIFY2(!await(channel.readLine()), "not one injected byte is read");
    QVERIFY2(!await(channel.readSome()), "not one injected byte is read");
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::badCertificatesAreTyped_data()
{
    QTest::addColumn<TestCertificate>("certificate");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("expired") << TestCertificate::Expired << ErrorKind::CertificateExpired;
    QTest::newRow("not yet valid") << TestCertificate::NotYetValid << ErrorKind::CertificateExpired;
    QTest::newRow("wrong name") << TestCertificate::WrongName << ErrorKind::CertificateName;
    QTest::newRow("right common name beside another name") << TestCertificate::CommonName << ErrorKind::CertificateName;
    QTest::newRow("self-signed") << TestCertificate::SelfSigned << ErrorKind::CertificateUntrusted;
    QTest::newRow("untrusted root") << TestCertificate::UntrustedRoot << ErrorKind::CertificateUntrusted;
}

// T12
void TestLineChannel::badCertificatesAreTyped()
{
    QFETCH(TestCertificate, certificate);
    QFETCH(ErrorKind, kind);
    ScriptedServer server(
        {Script().expectTlsRefusal(certificate), Script().send("220 go\r\n").expectTlsRefusal(certificate)});
    for (const Encryption encryption : {Encryption::ImplicitTls, Encryption::StartTls}) {
        LineChannel channel(testTlsPolicy());
        Result<void> encrypted = await(channel.open(at(server, encryption)));
        if (encryption == Encryption::StartTls) {
            QVERIFY2(encrypted, describe(encrypted));
            QCOMPARE(await(channel.readLine()), "220 go");
            encrypted = await(channel.startTls());
        }
        QVERIFY(!encrypted);
        QCOMPARE(encrypted.error().kind, kind);
        QCOMPARE(encrypted.error().step, Step::Tls);
        QCOMPARE(encrypted.error().endpoint, at(server).endpoint());
        QCOMPARE(encrypted.error().certificate, testCertificate(certificate).toDer());
        QVERIFY(!encrypted.error().subject.isEmpty());
        QVERIFY(!channel.isOpen());
        channel.write("AUTH PLAIN AGEAYg==\r\n");
    }
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::anExceptionAdmitsExactlyItsCertificate()
{
    const TestCertificate certificate = TestCertificate::SelfSigned;
    ScriptedServer server(
        {Script().startTls(certificate).expect("hello"), Script().expectTlsRefusal(TestCertificate::UntrustedRoot)});
    TlsPolicy policy = testTlsPolicy();
    policy.exceptions.append(
        {.host = server.host(), .port = server.port(), .certificate = testCertificate(certificate).toDer()});
    {
        LineChannel channel(policy);
        const Result<void> opened = await(channel.open(at(server, Encryption::ImplicitTls)));
        QVERIFY2(opened, describe(opened));
        channel.write("hello\r\n");
        QVERIFY(await(channel.flush()));
    }
    LineChannel channel(policy);
    const Result<void> opened = await(channel.open(at(server, Encryption::ImplicitTls)));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::CertificateUntrusted);
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::aServerWithoutTlsIsAHandshakeError_data()
{
    QTest::addColumn<Script>("script");
    QTest::newRow("greets") << Script().send("* OK plain text here\r\n").stall();
    QTest::newRow("answers in clear") << Script().receive(5, "hello").send("500 what?\r\n");
    QTest::newRow("sends an alert")
        << Script().receive(5, "hello").sendRaw(QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7)).cut();
}

void TestLineChannel::aServerWithoutTlsIsAHandshakeError()
{
    QFETCH(Script, script);
    ScriptedServer server({script});
    LineChannel channel(testTlsPolicy());
    const Result<void> opened = await(channel.open(at(server, Encryption::ImplicitTls)));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::TlsHandshake);
    QCOMPARE(opened.error().step, Step::Tls);
    QVERIFY(!channel.isOpen());
    QVERIFY2(server.finished(), server.failure());
}

// T17: a ServerHello that chooses TLS 1.1
void TestLineChannel::tls11IsRefused()
{
    const QByteArray hello = QByteArray("\x03\x02", 2) + QByteArray(32, 'r') + QByteArray("\x00\xc0\x13\x00", 4);
    const QByteArray handshake = QByteArray("\x02\x00\x00", 3) + char(hello.size()) + hello;
    const QByteArray record = QByteArray("\x16\x03\x02\x00", 4) + char(handshake.size()) + handshake;
    ScriptedServer server({Script().receive(5, "hello").sendRaw(record)});
    LineChannel channel(testTlsPolicy());
    const Result<void> opened = await(channel.open(at(server, Encryption::ImplicitTls)));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::TlsHandshake);
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::clearTextLeavesOnlyToLoopback_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("name") << u"mail.example.test"_s;
    QTest::newRow("address") << u"192.0.2.1"_s;
    QTest::newRow("private address") << u"10.0.0.1"_s;
    QTest::newRow("IPv6") << u"2001:db8::1"_s;
    QTest::newRow("begins like loopback") << u"localhost.example.test"_s;
    QTest::newRow("looks like loopback") << u"127.0.0.1.example.test"_s;
}

void TestLineChannel::clearTextLeavesOnlyToLoopback()
{
    QFETCH(QString, host);
    LineChannel channel(testTlsPolicy());
    const Result<void> opened = await(channel.open({.host = host, .port = 25, .encryption = Encryption::None}));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::EncryptionMissing);
    QCOMPARE(opened.error().step, Step::Connect);
}

void TestLineChannel::impossibleHostsAreInvalid_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("line break") << u"mail.example.test\r\nRSET"_s;
    QTest::newRow("space") << u"mail example.test"_s;
    QTest::newRow("empty label") << u"mail..test"_s;
    QTest::newRow("long label") << QString(64, u'a') + u".test"_s;
}

void TestLineChannel::impossibleHostsAreInvalid()
{
    QFETCH(QString, host);
    LineChannel channel(testTlsPolicy());
    const Result<void> opened = await(channel.open({.host = host, .port = 465}));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::InvalidInput);
}

void TestLineChannel::unknownHostIsTyped()
{
    for (const QString &host : {u"no-such-host.invalid"_s, u"posta.çağrı.invalid"_s}) { // C04: IDN
        LineChannel channel(testTlsPolicy());
        const Result<void> opened = await(channel.open({.host = host, .port = 465}));
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::HostNotFound);
        QCOMPARE(opened.error().step, Step::Resolve);
        QVERIFY(opened.error().endpoint.startsWith(host));
    }
}

void TestLineChannel::refusedConnectionIsTyped()
{
    LineChannel channel(testTlsPolicy());
    const Result<void> opened = await(channel.open({.host = u"127.0.0.1"_s, .port = ScriptedServer::closedPort()}));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::ConnectionRefused);
    QCOMPARE(opened.error().step, Step::Connect);
}

void TestLineChannel::silenceIsATimeout_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<Encryption>("encryption");
    QTest::newRow("handshake") << Script().receive(5, "hello").stall() << Encryption::ImplicitTls;
    QTest::newRow("line") << Script().stall() << Encryption::None;
    QTest::newRow("half a line") << Script().send("250 hal").stall() << Encryption::None;
    QTest::newRow("line over TLS") << Script().startTls().stall() << Encryption::ImplicitTls;
}

void TestLineChannel::silenceIsATimeout()
{
    QFETCH(Script, script);
    QFETCH(Encryption, encryption);
    ScriptedServer server({script});
    LineChannel channel(testTlsPolicy());
    channel.setReadTimeout(300ms);
    const Result<void> opened = await(channel.open(at(server, encryption)));
    QElapsedTimer timer;
    timer.start();
    if (!opened) {
        QCOMPARE(opened.error().kind, ErrorKind::Timeout);
        QCOMPARE(opened.error().step, Step::Tls);
    } else {
        const Result<QByteArray> line = await(channel.readLine());
        QVERIFY(!line);
        QCOMPARE(line.error().kind, ErrorKind::Timeout);
        QCOMPARE_GE(timer.elapsed(), 290);
    }
    QVERIFY(!channel.isOpen());
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::slowBytesAreNoSilence()
{
    Script script;
    for (int i = 0; i < 6; ++i)
        script.send("x").pause(QByteArray::number(i));
    ScriptedServer server({script.send("\r\n")});
    LineChannel channel(testTlsPolicy());
    channel.setReadTimeout(1000ms);
    QVERIFY(await(channel.open(at(server))));
    int next = 0;
    QTimer resume;
    connect(&resume, &QTimer::timeout, &channel, [&] { server.resume(QByteArray::number(next++)); });
    resume.start(300ms); // 1.8 s in all
    QCOMPARE(await(channel.readLine()), "xxxxxx");
    QVERIFY2(server.finished(), server.failure());
}

void TestLineChannel::closeEndsEveryWait_data()
{
    QTest::addColumn<QByteArray>("wait");
    for (const char *wait : {"connecting", "handshake", "reading", "flushing"})
        QTest::newRow(wait) << QByteArray(wait);
}

void TestLineChannel::closeEndsEveryWait()
{
    QFETCH(QByteArray, wait);
    ScriptedServer server({wait == "handshake" ? Script().stall() : Script().pause("forever")}, 30s);
    LineChannel channel(testTlsPolicy());
    const Encryption encryption = wait == "handshake" ? Encryption::ImplicitTls : Encryption::None;

    Result<void> result;
    if (wait == "connecting") {
        auto opening = channel.open(at(server, encryption));
        channel.close();
        result = await(std::move(opening));
    } else if (wait == "handshake") {
        QTimer::singleShot(200ms, &channel, &LineChannel::close);
        result = await(channel.open(at(server, encryption)));
    } else {
        QVERIFY(await(channel.open(at(server, encryption))));
        QTimer::singleShot(200ms, &channel, &LineChannel::close);
        if (wait == "reading") {
            result = await(channel.readLine()).map([](const QByteArray &) { });
        } else {
            channel.write(QByteArray(64 * 1024 * 1024, 'x'));
            result = await(channel.flush());
        }
    }
    QVERIFY(!result);
    QCOMPARE(result.error().kind, ErrorKind::Cancelled);
    QVERIFY(!channel.isOpen());
    const Result<QByteArray> later = await(channel.readLine());
    QVERIFY(!later);
    QCOMPARE(later.error().kind, ErrorKind::Cancelled);
    server.resume("forever");
    if (wait != "connecting")
        QVERIFY2(server.finished(), server.failure());
    else
        (void)server.finished(); // the connection may have come about or not
}

void TestLineChannel::closeBeforeOpenIsKept()
{
    ScriptedServer server({});
    LineChannel channel(testTlsPolicy());
    channel.close();
    const Result<void> opened = await(channel.open(at(server)));
    QVERIFY(!opened);
    QCOMPARE(opened.error().kind, ErrorKind::Cancelled);
    QCOMPARE(server.connectionCount(), 0);
}

void TestLineChannel::nothingIsWrittenAfterClose()
{
    ScriptedServer server({Script().expect("first").expectClose()});
    LineChannel channel(testTlsPolicy());
    QVERIFY(await(channel.open(at(server))));
    channel.write("first\r\n");
    QVERIFY(await(channel.flush()));
    channel.close();
    channel.write("second\r\n");
    const Result<void> flushed = await(channel.flush());
    QVERIFY(!flushed);
    QCOMPARE(flushed.error().kind, ErrorKind::Cancelled);
    QCOMPARE(channel.bytesSent(), 7U);
    QVERIFY2(server.finished(), server.failure());
    QCOMPARE(server.receivedInClear(), "first\r\n");
}

QTEST_GUILESS_MAIN(TestLineChannel)
#include "test_linechannel.moc"
