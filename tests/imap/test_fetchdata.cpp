// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/fetchdata.h"
#include "core/imap/gate/responseframer.h"

#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

Result<FetchData> read(const QByteArray &items)
{
    ResponseFramer framer;
    framer.feed("* 5 FETCH " + items + "\r\n");
    auto response = framer.next();
    if (!response || !*response)
        return failure({.kind = ErrorKind::Storage}); // not the reader's verdict
    return FetchData::read(**response);
}

} // namespace

class TestFetchData : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAllItemsInAnyOrder()
    {
        const auto data
            = read("(FLAGS (\\seen $FORWARDED unknown) BODY[HEADER.FIELDS (DATE)] {4}\r\nD\r\n\n RFC822.SIZE 4286 "
                   "MODSEQ (624140003) INTERNALDATE \" 1-Jan-2024 23:30:00 -0130\" ENVELOPE (NIL (\"a\" NIL)) UID 7)");
        QVERIFY(data);
        QCOMPARE(data->uid, 7u);
        QCOMPARE(data->flags, Flag::Seen | Flag::Forwarded);
        QCOMPARE(data->size, 4286);
        QCOMPARE(data->internalDate, QDateTime(QDate(2024, 1, 2), QTime(1, 0), QTimeZone::UTC));
        QCOMPARE(data->header, "D\r\n\n");
        QVERIFY(!data->body);
    }

    void takesABodyAsLiteralQuotedOrNil()
    {
        QCOMPARE(read("(UID 1 BODY[] {3}\r\na\nb)")->body, "a\nb");
        QCOMPARE(read("(UID 1 body[]<0> \"a\\\"b\")")->body, "a\"b");
        QVERIFY(!read("(UID 1 BODY[] NIL)")->body);
        QCOMPARE(read("(UID 1 BODY[] {0}\r\n)")->body, "");
        QCOMPARE(read("(UID 1 BODY[HEADER.FIELDS (DATE)] NIL)")->header, "");
    }

    // M13
    void takesNilForNothing()
    {
        const auto data = read("(UID 1 FLAGS NIL INTERNALDATE NIL RFC822.SIZE NIL ENVELOPE NIL)");
        QVERIFY(data);
        QVERIFY(!data->flags);
        QCOMPARE(data->size, -1);
        QVERIFY(!data->internalDate.isValid());
    }

    // K8, M16
    void refusesTheMalformed_data()
    {
        QTest::addColumn<QByteArray>("items");
        for (const char *items : {"", "UID 1", "()(UID 1)", "(UID)", "(UID 1 FLAGS)", "(UID 1) (UID 2)", "((UID) 1)",
                 "(\"UID\" 1)", "(UID 0)", "(UID 4294967296)", "(UID -1)", "(UID +1)", "(UID \"1\")",
                 "(UID 1 RFC822.SIZE x)", "(UID 1 RFC822.SIZE 9223372036854775808)", "(UID 1 RFC822.SIZE -5)",
                 "(UID 1 BODY[] (x))", "(UID 1 BODY[]<100> \"part\")"})
            QTest::newRow(items) << QByteArray(items);
    }
    void refusesTheMalformed()
    {
        QFETCH(const QByteArray, items);
        const auto data = read(items);
        QVERIFY(!data);
        QCOMPARE(data.error().kind, ErrorKind::Protocol);
    }

    void readsDates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QDateTime>("date");
        const auto utc = [](int y, int m, int d, int h, int min, int s) {
            return QDateTime(QDate(y, m, d), QTime(h, min, s), QTimeZone::UTC);
        };
        QTest::newRow("RFC") << "17-Jul-1996 02:44:25 -0700"_ba << utc(1996, 7, 17, 9, 44, 25);
        QTest::newRow("one digit") << " 7-Dec-2024 12:00:00 +0300"_ba << utc(2024, 12, 7, 9, 0, 0);
        QTest::newRow("leap second") << "31-Dec-2016 23:59:60 +0000"_ba << utc(2016, 12, 31, 23, 59, 59);
        for (const char *wrong : {"", "17-Jul-1996", "17-XXX-1996 02:44:25 -0700", "32-Jul-1996 02:44:25 -0700",
                 "17-Jul-1996 25:44:25 -0700", "17-ulA-1996 02:44:25 -0700", "17-Jul-1996 02:44:25  0700",
                 "xx-Jul-1996 02:44:25 -0700"})
            QTest::newRow(wrong) << QByteArray(wrong) << QDateTime();
    }
    void readsDates()
    {
        QFETCH(const QByteArray, text);
        QTEST(parseInternalDate(text), "date");
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestFetchData)
#include "test_fetchdata.moc"
