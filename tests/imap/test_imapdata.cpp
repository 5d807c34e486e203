// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/responseframer.h"
#include "core/imap/imapdata.h"
#include "core/imap/imapstatus.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// STATUS, NAMESPACE and QUOTA as servers write them, and as they do not.
class TestImapData : public QObject {
    Q_OBJECT

private:
    static ImapResponse response(const QByteArray &line)
    {
        ResponseFramer framer;
        framer.feed(line + "\r\n");
        auto framed = framer.next();
        if (!framed || !*framed)
            qFatal("not a response: %s", line.constData());
        return **framed;
    }

private Q_SLOTS:
    void status();
    void statusThatMakesNoSense_data();
    void statusThatMakesNoSense();
    void namespaces();
    void namespacesThatMakeNoSense_data();
    void namespacesThatMakeNoSense();
    void quota();
    void quotaThatMakesNoSense_data();
    void quotaThatMakesNoSense();
    void tooManyConnections_data();
    void tooManyConnections();
};

void TestImapData::status()
{
    const auto read = readStatus(response("* STATUS \"G&APY-nderilmi&AV8-\" (MESSAGES 231 UNSEEN 7 UIDNEXT 44292 "
                                          "UIDVALIDITY 4294967295 HIGHESTMODSEQ 9223372036854775807 RECENT 3)"));
    QVERIFY(read);
    QCOMPARE(read->first, u"Gönderilmiş"_s);
    const FolderStatus expected{.messages = 231,
        .uidNext = 44292,
        .uidValidity = 4294967295,
        .unseen = 7,
        .highestModSeq = 9223372036854775807u}; // 63 bits, RFC 7162 7
    QCOMPARE(read->second, expected);

    const auto literal = readStatus(response("* status {5}\r\ninbox (messages 1)"));
    QVERIFY(literal);
    QCOMPARE(literal->first, u"INBOX"_s);
    QCOMPARE(literal->second.messages, 1u);
    QVERIFY(readStatus(response("* STATUS INBOX ()")));
}

void TestImapData::statusThatMakesNoSense_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line :
        {"* STATUS INBOX", "* STATUS (MESSAGES 1)", "* STATUS INBOX (MESSAGES)", "* STATUS INBOX (MESSAGES many)",
            "* STATUS INBOX (MESSAGES -1)", "* STATUS INBOX (MESSAGES 4294967296)", "* STATUS INBOX (MESSAGES (1))",
            "* STATUS INBOX (HIGHESTMODSEQ 99999999999999999999)", "* LIST () NIL INBOX"})
        QTest::newRow(line) << QByteArray(line);
}

void TestImapData::statusThatMakesNoSense()
{
    QFETCH(const QByteArray, line);
    QVERIFY(!readStatus(response(line)));
}

void TestImapData::namespaces()
{
    // RFC 2342 5, with an extension as in its last example.
    const auto read
        = readNamespaces(response("* NAMESPACE ((\"\" \"/\")(\"#mh/\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))) "
                                  "((\"Other Users/\" \"/\")) ((\"Payla&AV8BMQ-m.\" \".\")(\"flat\" NIL))"));
    QVERIFY(read);
    QCOMPARE(read->personal,
        (QList<Namespace>{{.prefix = u""_s, .separator = u'/'}, {.prefix = u"#mh/"_s, .separator = u'/'}}));
    QCOMPARE(read->others, (QList<Namespace>{{.prefix = u"Other Users/"_s, .separator = u'/'}}));
    QCOMPARE(read->shared,
        (QList<Namespace>{{.prefix = u"Paylaşım."_s, .separator = u'.'}, {.prefix = u"flat"_s, .separator = QChar()}}));

    const auto courier = readNamespaces(response("* NAMESPACE ((\"INBOX.\" \".\")) NIL NIL"));
    QVERIFY(courier);
    QCOMPARE(courier->personal, (QList<Namespace>{{.prefix = u"INBOX."_s, .separator = u'.'}}));
    QVERIFY(courier->others.isEmpty() && courier->shared.isEmpty());
}

void TestImapData::namespacesThatMakeNoSense_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line : {"* NAMESPACE", "* NAMESPACE NIL NIL", "* NAMESPACE ((\"a\")) NIL NIL",
             "* NAMESPACE ((\"a\" \"//\")) NIL NIL", "* NAMESPACE INBOX NIL NIL", "* NAMESPACE (\"a\" \"/\") NIL NIL"})
        QTest::newRow(line) << QByteArray(line);
}

void TestImapData::namespacesThatMakeNoSense()
{
    QFETCH(const QByteArray, line);
    QVERIFY(!readNamespaces(response(line)));
}

void TestImapData::quota()
{
    const QList<QuotaResource> both{
        {.name = "STORAGE", .used = 10, .limit = 512}, {.name = "MESSAGE", .used = 4, .limit = 1000}};
    QCOMPARE(readQuota(response("* QUOTA \"\" (STORAGE 10 512 message 4 1000)")), both);
    // More than 2^31 units of 1024 bytes.
    QCOMPARE(readQuota(response("* QUOTA \"User quota\" (STORAGE 5000000000 6000000000)")),
        (QList<QuotaResource>{{.name = "STORAGE", .used = 5'000'000'000, .limit = 6'000'000'000}}));
    QVERIFY(readQuota(response("* QUOTA \"\" ()")).isEmpty());
}

void TestImapData::quotaThatMakesNoSense_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line :
        {"* QUOTA", "* QUOTA root", "* QUOTA root (STORAGE)", "* QUOTA root (STORAGE 1)", "* QUOTA root (STORAGE -1 5)",
            "* QUOTA root (STORAGE full 5)", "* QUOTA (STORAGE 1 5)", "* QUOTAROOT INBOX root"})
        QTest::newRow(line) << QByteArray(line);
}

void TestImapData::quotaThatMakesNoSense()
{
    QFETCH(const QByteArray, line);
    QVERIFY(readQuota(response(line)).isEmpty());
}

void TestImapData::tooManyConnections_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("tooMany");
    QTest::newRow("Gmail") << "T1 NO [ALERT] Too many simultaneous connections. (Failure)"_ba << true;
    QTest::newRow("Dovecot")
        << "T1 NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)"_ba
        << true;
    QTest::newRow("a code") << "T1 NO [LIMIT] later"_ba << true;
    QTest::newRow("Courier") << "* BYE [ALERT] Maximum connection limit reached; too many connections from your IP"_ba
                             << true;
    QTest::newRow("a wrong password") << "T1 NO [AUTHENTICATIONFAILED] Invalid credentials"_ba << false;
    QTest::newRow("too many tries") << "T1 NO Too many login failures"_ba << false;
    QTest::newRow("down") << "T1 NO [UNAVAILABLE] Temporary authentication failure"_ba << false;
}

// S15: it is nothing that another password would help against.
void TestImapData::tooManyConnections()
{
    QFETCH(const QByteArray, line);
    QFETCH(const bool, tooMany);
    const MailError error = errorOf(response(line), Step::Login);
    QCOMPARE(meansTooManyConnections(error), tooMany);
    if (tooMany)
        QVERIFY(error.kind == ErrorKind::TryLater || error.kind == ErrorKind::ConnectionLost);
}

QTEST_APPLESS_MAIN(TestImapData)
#include "test_imapdata.moc"
