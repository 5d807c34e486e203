// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/uidset.h"

#include <QTest>

namespace postaci {

class TestUidSet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void joinsNeighboursToRanges()
    {
        const QList<UidRange> ranges = rangesOf({9, 3, 1, 2, 2, 7, 0, 4294967295, 4294967294});
        QCOMPARE(ranges.size(), 4);
        QCOMPARE(ranges.at(0).first, 1u);
        QCOMPARE(ranges.at(0).last, 3u);
        QCOMPARE(ranges.at(1).first, 7u);
        QCOMPARE(ranges.at(2).first, 9u);
        QCOMPARE(ranges.at(3).first, 4294967294u);
        QCOMPARE(ranges.at(3).last, 4294967295u);
        QVERIFY(rangesOf({}).isEmpty());
    }

    void splitsWhatIsTooLongForACommand()
    {
        QList<quint32> odd;
        for (quint32 uid = 1; uid < 20'000; uid += 2)
            odd.append(uid);
        qsizetype count = 0;
        for (const QList<UidRange> &group : splitBySize(rangesOf(odd), 100)) {
            QByteArray text;
            for (const UidRange range : group)
                text += QByteArray::number(range.first) + ',';
            QVERIFY(text.size() <= 100);
            count += group.size();
        }
        QCOMPARE(count, odd.size());
        QCOMPARE(splitBySize({{1, 0}}, 100).size(), 1);
        QVERIFY(splitBySize({}, 100).isEmpty());
    }

    void knowsWhatIsInARange()
    {
        QVERIFY(contains({{5, 7}, {9, 0}}, 7));
        QVERIFY(contains({{5, 7}, {9, 0}}, 4294967295));
        QVERIFY(!contains({{5, 7}, {9, 0}}, 8));
    }

    void readsSets()
    {
        QCOMPARE(parseUidSet("7", 100), QList<quint32>({7}));
        QCOMPARE(parseUidSet("304,319:321,2", 100), QList<quint32>({304, 319, 320, 321, 2}));
        QCOMPARE(parseUidSet("10:8", 100), QList<quint32>({8, 9, 10}));
        QCOMPARE(parseUidSet("4294967294:4294967295", 100), QList<quint32>({4294967294, 4294967295}));
    }

    void readsRangesHoweverLarge()
    {
        const auto ranges = parseUidRanges("304,319:321,9:2,1:4294967295");
        QVERIFY(ranges);
        QCOMPARE(*ranges, (QList<UidRange>{{304, 304}, {319, 321}, {2, 9}, {1, 4294967295}}));
        QVERIFY(!parseUidRanges("1:*"));
        QVERIFY(!parseUidRanges(""));
    }

    // K16
    void refusesWhatIsNoSet()
    {
        for (const char *text :
            {"", "0", "-1", "1:*", "*", "1,,2", "1,", ",1", "1:2:3", "1:", ":1", "4294967296", "a", "1 2", "+1"})
            QVERIFY2(!parseUidSet(text, 100), text);
    }

    void refusesSetsThatAreTooLarge()
    {
        QVERIFY(parseUidSet("1:100", 100));
        QVERIFY(!parseUidSet("1:101", 100));
        QVERIFY(!parseUidSet("1:60,200:260", 100));
        QVERIFY(!parseUidSet("1:4294967295", 100'000));
    }
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::TestUidSet)
#include "test_uidset.moc"
