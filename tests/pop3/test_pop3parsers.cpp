// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pop3/pop3block.h"
#include "core/pop3/pop3capabilities.h"
#include "core/pop3/pop3listing.h"
#include "core/pop3/pop3reply.h"

#include <QTest>

using namespace postaci;

class TestPop3Parsers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void statusLines_data();
    void statusLines();
    void notStatusLines_data();
    void notStatusLines();
    void errorsAreTyped_data();
    void errorsAreTyped();

    void blocks_data();
    void blocks();
    void blockStopsAtItsEnd();

    void capabilities();
    void listings_data();
    void listings();
    void hundredThousandEntries();
};

void TestPop3Parsers::statusLines_data()
{
    using Status = Pop3Reply::Status;
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Pop3Reply>("reply");
    const auto row = [](const QByteArray &line, Status status, const QByteArray &code, const QByteArray &text) {
        QTest::addRow("%s", line.constData())
            << line << Pop3Reply{.status = status, .responseCode = code, .text = text};
    };
    row("+OK", Status::Ok, "", "");
    row("+ok ready", Status::Ok, "", "ready");
    row("+OK <1896.697170952@dbc.mtview.ca.us>", Status::Ok, "", "<1896.697170952@dbc.mtview.ca.us>");
    row("-ERR", Status::Error, "", "");
    row("-ERR [in-use] Do you have another POP session running?", Status::Error, "IN-USE",
        "Do you have another POP session running?");
    row("-ERR [SYS/TEMP]", Status::Error, "SYS/TEMP", "");
    row("-ERR [not a code] x", Status::Error, "", "[not a code] x");
    row("-ERR [open", Status::Error, "", "[open");
    row("+ ", Status::Challenge, "", "");
    row("+", Status::Challenge, "", "");
    row("+ W0FVVEhd", Status::Challenge, "", "W0FVVEhd");
}

void TestPop3Parsers::statusLines()
{
    QFETCH(QByteArray, line);
    QFETCH(Pop3Reply, reply);
    const auto parsed = Pop3Reply::parse(line);
    QVERIFY(parsed);
    QCOMPARE(*parsed, reply);
}

void TestPop3Parsers::notStatusLines_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const QByteArray line : {"", " +OK", "OK", "+OKAY", "-ERROR", "* OK IMAP4rev1", "220 mx ESMTP", "<html>"})
        QTest::addRow("'%s'", line.constData()) << line;
    QTest::newRow("endless") << "+OK " + QByteArray(Pop3Reply::lineLimit, 'x');
}

void TestPop3Parsers::notStatusLines()
{
    QFETCH(QByteArray, line);
    const auto parsed = Pop3Reply::parse(line);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().kind, ErrorKind::Protocol);
}

void TestPop3Parsers::errorsAreTyped_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<Step>("step");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("password") << QByteArray("-ERR no") << Step::Login << ErrorKind::AuthenticationFailed;
    QTest::newRow("password, by code") << QByteArray("-ERR [AUTH] no") << Step::Login
                                       << ErrorKind::AuthenticationFailed;
    QTest::newRow("locked") << QByteArray("-ERR [IN-USE] locked") << Step::Login << ErrorKind::TryLater;
    QTest::newRow("too soon") << QByteArray("-ERR [LOGIN-DELAY] x") << Step::Login << ErrorKind::TryLater;
    QTest::newRow("passing") << QByteArray("-ERR [SYS/TEMP] x") << Step::Login << ErrorKind::TryLater;
    QTest::newRow("lasting") << QByteArray("-ERR [SYS/PERM] x") << Step::Login << ErrorKind::Refused;
    QTest::newRow("no such message") << QByteArray("-ERR") << Step::FetchBody << ErrorKind::NotFound;
    QTest::newRow("no STLS") << QByteArray("-ERR") << Step::StartTls << ErrorKind::EncryptionMissing;
    QTest::newRow("an OK that is none") << QByteArray("+OK") << Step::Login << ErrorKind::Protocol;
    QTest::newRow("a challenge that is none") << QByteArray("+ ") << Step::FetchBody << ErrorKind::Protocol;
}

void TestPop3Parsers::errorsAreTyped()
{
    QFETCH(QByteArray, line);
    QFETCH(Step, step);
    QFETCH(ErrorKind, kind);
    const MailError error = Pop3Reply::parse(line)->error(step);
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.step, step);
}

void TestPop3Parsers::blocks_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char *name, const QByteArray &wire, const QByteArray &content) {
        QTest::newRow(name) << wire << content;
    };
    row("nothing", ".\r\n", "");
    row("one line", "a\r\n.\r\n", "a\r\n");
    row("stuffed", "..\r\n...a\r\n.\r\n", ".\r\n..a\r\n");
    row("a dot that nobody stuffed", ".a\r\n.\r\n", "a\r\n");
    row("empty lines", "\r\n\r\n.\r\n", "\r\n\r\n");
    row("bare LF is content", "a\n.\nb\r\n.\r\n", "a\n.\nb\r\n");
    row("bare CR is content", "a\r.\rb\r\n.\r\n", "a\r.\rb\r\n");
    row("dot CR without LF", ".\rx\r\n.\r\n", "\rx\r\n");
    row("two CR before LF", "a\r\r\n.\r\n", "a\r\r\n");
    row("LF dot CR LF", "a\n.\r\n.\r\n", "a\n.\r\n");
    row("NUL and eight bit", QByteArray("\0\xff\r\n.\r\n", 7), QByteArray("\0\xff\r\n", 4));
}

void TestPop3Parsers::blocks()
{
    QFETCH(QByteArray, wire);
    QFETCH(QByteArray, content);
    for (qsizetype segment = 1; segment <= wire.size(); ++segment) { // M15
        Pop3Block block;
        bool complete = false;
        for (qsizetype at = 0; at < wire.size(); at += segment) {
            QVERIFY(!complete);
            QByteArrayView bytes = QByteArrayView(wire).sliced(at, qMin(segment, wire.size() - at));
            complete = block.take(bytes);
            QVERIFY(bytes.isEmpty());
        }
        QVERIFY(complete);
        QCOMPARE(block.content(), content);
    }
}

void TestPop3Parsers::blockStopsAtItsEnd()
{
    const QByteArray wire = "a\r\n.\r\n+OK\r\n.\r\n";
    QByteArrayView bytes = wire;
    Pop3Block block;
    QVERIFY(block.take(bytes));
    QCOMPARE(block.content(), "a\r\n");
    QCOMPARE(bytes, QByteArrayView("+OK\r\n.\r\n"));
    bytes = bytes.sliced(5);
    QVERIFY(block.take(bytes)); // as new
    QCOMPARE(block.content(), "");
}

void TestPop3Parsers::capabilities()
{
    QCOMPARE(Pop3Capabilities::parse("TOP\r\nUIDL\r\nRESP-CODES\r\nPIPELINING\r\nstls\r\nUSER\r\nSASL plain LOGIN "
                                     "OAUTHBEARER\r\nIMPLEMENTATION x\r\nUTF8 USER\r\n"),
        (Pop3Capabilities{.mechanisms = {"PLAIN", "LOGIN", "OAUTHBEARER"},
            .startTls = true,
            .user = true,
            .top = true,
            .uidl = true,
            .pipelining = true,
            .utf8 = true}));
    QCOMPARE(Pop3Capabilities::parse("SASL\r\nSTLSX\r\n\r\n"), Pop3Capabilities());
}

void TestPop3Parsers::listings_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArray>("uidl");
    QTest::addColumn<bool>("valid");
    QTest::addColumn<QList<Pop3Entry>>("entries");
    const auto row
        = [](const char *name, const QByteArray &list, const QByteArray &uidl, bool valid,
              const QList<Pop3Entry> &entries = {}) { QTest::newRow(name) << list << uidl << valid << entries; };
    row("empty", "", "", true);
    row("two", "1 120\r\n2 200\r\n", "1 abc\r\n2 !~\r\n", true, {{1, 120, "abc"}, {2, 200, "!~"}});
    row("no unique ids", "1 120\r\n", "", true, {{1, 120, ""}});
    row("one of them has none", "1 120\r\n2 200\r\n", "1 abc\r\n2\r\n", true, {{1, 120, "abc"}, {2, 200, ""}});
    row("holes and disorder", "7 1\r\n3 2\r\n", "3 c\r\n7 g\r\n", true, {{3, 2, "c"}, {7, 1, "g"}});
    row("only UIDL knows it", "1 120\r\n", "1 a\r\n2 b\r\n", true, {{1, 120, "a"}, {2, 0, "b"}});
    row("more in a line", "1 120 octets\r\n", "1 a b\r\n", true, {{1, 120, "a"}});
    row("same id twice: not this function's to judge", "1 1\r\n2 1\r\n", "1 a\r\n2 a\r\n", true,
        {{1, 1, "a"}, {2, 1, "a"}});
    row("a size that lies", "1 -5\r\n2 99999999999999999999\r\n", "", true, {{1, 0, ""}, {2, 0, ""}});
    row("number twice", "1 1\r\n1 2\r\n", "", false);
    row("unique id twice for a number", "1 1\r\n", "1 a\r\n1 b\r\n", false);
    row("no number", "x 1\r\n", "", false);
    row("nought", "0 1\r\n", "", false);
    row("number overflows", "4294967297 1\r\n", "", false);
    row("empty line", "1 1\r\n\r\n", "", false);
    row("endless id", "1 1\r\n", "1 " + QByteArray(1001, 'u') + "\r\n", true, {{1, 1, ""}});
}

void TestPop3Parsers::listings()
{
    QFETCH(QByteArray, list);
    QFETCH(QByteArray, uidl);
    QFETCH(bool, valid);
    QFETCH(QList<Pop3Entry>, entries);
    const auto parsed = parsePop3Listing(list, uidl);
    QCOMPARE(parsed.has_value(), valid);
    if (valid)
        QCOMPARE(*parsed, entries);
    else
        QCOMPARE(parsed.error().kind, ErrorKind::Protocol);
}

void TestPop3Parsers::hundredThousandEntries()
{
    QByteArray list;
    QByteArray uidl;
    for (int i = 1; i <= 100'000; ++i) {
        list += QByteArray::number(i) + " 5000\r\n";
        uidl += QByteArray::number(i) + " 0000" + QByteArray::number(i) + "-unique\r\n";
    }
    const auto parsed = parsePop3Listing(list, uidl);
    QVERIFY(parsed);
    QCOMPARE(parsed->size(), 100'000);
    QCOMPARE(parsed->last(), (Pop3Entry{100'000, 5000, "0000100000-unique"}));
}

QTEST_GUILESS_MAIN(TestPop3Parsers)
#include "test_pop3parsers.moc"
