// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/probeconversation.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

using Kind = ProbeConversation::Move::Kind;

class TestProbeConversation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void talks_data();
    void talks();
    void nothingFollowsTheEnd();
    void endlessTalkEnds();
};

namespace {

struct Outcome {
    ProbeConversation::Move last;
    QByteArray said; ///< "<TLS>" where encryption began.
};

/// "<TLS>" among the server's lines is where we must want encryption.
Outcome talk(Protocol protocol, Encryption encryption, const QByteArray &script)
{
    ProbeConversation conversation(protocol, encryption, "[192.0.2.7]");
    Outcome outcome;
    for (const QByteArray &line : script.split('\n')) {
        outcome.last = line == "<TLS>" ? conversation.encrypted() : conversation.addLine(line);
        outcome.said += outcome.last.bytes;
        if (outcome.last.kind == Kind::StartTls)
            outcome.said += "<TLS>";
        if (outcome.last.kind == Kind::Failed || outcome.last.kind == Kind::Done)
            break;
    }
    return outcome;
}

} // namespace

void TestProbeConversation::talks_data()
{
    QTest::addColumn<Protocol>("protocol");
    QTest::addColumn<Encryption>("encryption");
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<ErrorKind>("error");
    QTest::addColumn<QByteArray>("said");
    const auto tls = Encryption::ImplicitTls;
    const auto startTls = Encryption::StartTls;
    const auto none = ErrorKind::Protocol;
    const QByteArray ehlo = "EHLO [192.0.2.7]\r\n";

    QTest::newRow("IMAP") << Protocol::Imap << tls
                          << QByteArray("* OK Dovecot ready\n* CAPABILITY IMAP4rev1 IDLE\na OK done") << Kind::Done
                          << none << QByteArray("a CAPABILITY\r\nc LOGOUT\r\n");
    QTest::newRow("IMAP, STARTTLS") << Protocol::Imap << startTls
                                    << QByteArray("* OK hi\n* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\na OK\nb OK "
                                                  "go\n<TLS>\n* CAPABILITY IMAP4rev1\na OK")
                                    << Kind::Done << none
                                    << QByteArray("a CAPABILITY\r\nb STARTTLS\r\n<TLS>a CAPABILITY\r\nc LOGOUT\r\n");
    QTest::newRow("IMAP, STARTTLS not offered")
        << Protocol::Imap << startTls << QByteArray("* OK hi\n* CAPABILITY IMAP4rev1\na OK") << Kind::Failed
        << ErrorKind::EncryptionMissing << QByteArray("a CAPABILITY\r\n");
    QTest::newRow("IMAP, STARTTLS refused")
        << Protocol::Imap << startTls << QByteArray("* OK hi\n* CAPABILITY IMAP4rev1 STARTTLS\na OK\nb NO")
        << Kind::Failed << ErrorKind::EncryptionMissing << QByteArray("a CAPABILITY\r\nb STARTTLS\r\n");
    QTest::newRow("IMAP, logged in before TLS is no reason to skip it")
        << Protocol::Imap << startTls << QByteArray("* PREAUTH hi\n* CAPABILITY IMAP4rev1\na OK") << Kind::Failed
        << ErrorKind::EncryptionMissing << QByteArray("a CAPABILITY\r\n");
    QTest::newRow("IMAP, too busy") << Protocol::Imap << tls << QByteArray("* BYE later") << Kind::Failed
                                    << ErrorKind::TryLater << QByteArray();
    QTest::newRow("IMAP, no capabilities")
        << Protocol::Imap << tls << QByteArray("* OK\na OK") << Kind::Failed << none << QByteArray("a CAPABILITY\r\n");
    QTest::newRow("IMAP of old") << Protocol::Imap << tls << QByteArray("* OK\n* CAPABILITY IMAP2\na OK")
                                 << Kind::Failed << none << QByteArray("a CAPABILITY\r\n");
    QTest::newRow("SMTP on IMAP's port") << Protocol::Imap << tls << QByteArray("220 mail ESMTP") << Kind::Failed
                                         << none << QByteArray();
    QTest::newRow("HTTP on IMAP's port") << Protocol::Imap << tls << QByteArray("HTTP/1.1 400 Bad Request")
                                         << Kind::Failed << none << QByteArray();
    QTest::newRow("SSH") << Protocol::Smtp << tls << QByteArray("SSH-2.0-OpenSSH_9.2") << Kind::Failed << none
                         << QByteArray();

    QTest::newRow("SMTP") << Protocol::Smtp << tls
                          << QByteArray("220-mail\n220 ready\n250-mail\n250-SIZE 5\n250 AUTH PLAIN") << Kind::Done
                          << none << ehlo + "QUIT\r\n";
    QTest::newRow("SMTP, AUTH with an equals sign")
        << Protocol::Smtp << tls << QByteArray("220 ready\n250-mail\n250 AUTH=LOGIN") << Kind::Done << none
        << ehlo + "QUIT\r\n";
    QTest::newRow("SMTP between servers")
        << Protocol::Smtp << tls << QByteArray("220 ready\n250-mail\n250 SIZE") << Kind::Failed << none << ehlo;
    QTest::newRow("SMTP, STARTTLS") << Protocol::Smtp << startTls
                                    << QByteArray("220 hi\n250-mail\n250 STARTTLS\n220 go\n<TLS>\n250-mail\n250 AUTH "
                                                  "PLAIN")
                                    << Kind::Done << none << ehlo + "STARTTLS\r\n<TLS>" + ehlo + "QUIT\r\n";
    QTest::newRow("SMTP, STARTTLS taken out")
        << Protocol::Smtp << startTls << QByteArray("220 hi\n250-mail\n250 AUTH PLAIN") << Kind::Failed
        << ErrorKind::EncryptionMissing << ehlo;
    QTest::newRow("SMTP, AUTH only before TLS")
        << Protocol::Smtp << startTls
        << QByteArray("220 hi\n250-mail\n250-AUTH PLAIN\n250 STARTTLS\n220 go\n<TLS>\n250 mail") << Kind::Failed << none
        << ehlo + "STARTTLS\r\n<TLS>" + ehlo;
    QTest::newRow("SMTP, not now") << Protocol::Smtp << tls << QByteArray("421 busy") << Kind::Failed
                                   << ErrorKind::TryLater << QByteArray();
    QTest::newRow("SMTP, not you") << Protocol::Smtp << tls << QByteArray("554 no") << Kind::Failed
                                   << ErrorKind::Refused << QByteArray();

    QTest::newRow("POP3") << Protocol::Pop3 << tls << QByteArray("+OK hi\n+OK\nUSER\nUIDL\n.") << Kind::Done << none
                          << QByteArray("CAPA\r\nQUIT\r\n");
    QTest::newRow("POP3 without CAPA") << Protocol::Pop3 << tls << QByteArray("+OK hi\n-ERR what") << Kind::Done << none
                                       << QByteArray("CAPA\r\nQUIT\r\n");
    QTest::newRow("POP3, STLS") << Protocol::Pop3 << startTls
                                << QByteArray("+OK hi\n+OK\nSTLS\n.\n+OK go\n<TLS>\n+OK\nUSER\n.") << Kind::Done << none
                                << QByteArray("CAPA\r\nSTLS\r\n<TLS>CAPA\r\nQUIT\r\n");
    QTest::newRow("POP3 without STLS") << Protocol::Pop3 << startTls << QByteArray("+OK hi\n-ERR") << Kind::Failed
                                       << ErrorKind::EncryptionMissing << QByteArray("CAPA\r\n");
}

void TestProbeConversation::talks()
{
    QFETCH(Protocol, protocol);
    QFETCH(Encryption, encryption);
    QFETCH(QByteArray, script);
    const Outcome outcome = talk(protocol, encryption, script);
    QTEST(outcome.last.kind, "kind");
    QTEST(outcome.said, "said");
    if (outcome.last.kind == Kind::Failed)
        QTEST(outcome.last.error, "error");
}

void TestProbeConversation::nothingFollowsTheEnd()
{
    ProbeConversation conversation(Protocol::Imap, Encryption::ImplicitTls, "x");
    QCOMPARE(conversation.addLine("nonsense").kind, Kind::Failed);
    QCOMPARE(conversation.addLine("* OK").kind, Kind::Failed);
    QCOMPARE(conversation.encrypted().kind, Kind::Failed);
}

void TestProbeConversation::endlessTalkEnds()
{
    ProbeConversation conversation(Protocol::Imap, Encryption::ImplicitTls, "x");
    QCOMPARE(conversation.addLine("* OK").kind, Kind::Read);
    int lines = 0;
    while (conversation.addLine("* OK still here").kind == Kind::Read)
        ++lines;
    QVERIFY(lines < ProbeConversation::linesLimit);
}

QTEST_GUILESS_MAIN(TestProbeConversation)
#include "test_probeconversation.moc"
