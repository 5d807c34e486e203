// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/uidlists.h"

#include <QTest>

#include <algorithm>

using namespace postaci;

namespace {

QList<quint32> upTo(quint32 last)
{
    QList<quint32> list;
    for (quint32 uid = 1; uid <= last; ++uid)
        list.append(uid);
    return list;
}

QByteArray text(const QList<UidRange> &ranges)
{
    QByteArrayList parts;
    for (const UidRange &range : ranges)
        parts.append(QByteArray::number(range.first) + ':' + QByteArray::number(range.last));
    return parts.join(',');
}

} // namespace

class TestUidLists : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whateverAServerSaysBecomesAscending();
    void differences();
    void newestComeFirst();
    void sparseListsAreCutByRanges();
    void everyUidIsTakenOnce();
    void rangesHoldExactlyThese();
};

void TestUidLists::whateverAServerSaysBecomesAscending()
{
    QCOMPARE(uids::sorted({9, 0, 3, 3, 7}), (QList<quint32>{3, 7, 9}));
    QVERIFY(uids::sorted({0}).isEmpty());
    QVERIFY(uids::sorted({}).isEmpty());
}

void TestUidLists::differences()
{
    QCOMPARE(uids::without({1, 2, 5, 9}, {2, 9, 10}), (QList<quint32>{1, 5}));
    QCOMPARE(uids::without({}, {1}), QList<quint32>());
}

void TestUidLists::newestComeFirst()
{
    QList<quint32> list = upTo(1200);
    QCOMPARE(text(uids::takeNewest(list, 500)), "701:1200");
    QCOMPARE(text(uids::takeNewest(list, 500)), "201:700");
    QCOMPARE(text(uids::takeNewest(list, 500)), "1:200");
    QVERIFY(list.isEmpty());
    QVERIFY(uids::takeNewest(list, 500).isEmpty());
}

void TestUidLists::sparseListsAreCutByRanges()
{
    QList<quint32> list{1, 3, 5, 7, 8, 9};
    QCOMPARE(text(uids::takeNewest(list, 100, 2)), "5:5,7:9");
    QCOMPARE(list, (QList<quint32>{1, 3}));
}

void TestUidLists::everyUidIsTakenOnce()
{
    QList<quint32> list;
    for (quint32 uid = 1; uid < 5000; ++uid) {
        if (uid % 7 != 0 && uid % 11 != 3)
            list.append(uid);
    }
    const QList<quint32> all = list;
    QList<quint32> taken;
    while (!list.isEmpty()) {
        const qsizetype before = list.size();
        const QList<UidRange> ranges = uids::takeNewest(list, 400, 50);
        QVERIFY(ranges.size() <= 50);
        qsizetype count = 0;
        for (const UidRange &range : ranges) {
            for (quint32 uid = range.first; uid <= range.last; ++uid, ++count)
                taken.append(uid);
        }
        QVERIFY(count <= 400);
        QCOMPARE(before - list.size(), count);
    }
    QCOMPARE(taken.size(), all.size());
    QCOMPARE(uids::sorted(taken), all);
}

void TestUidLists::rangesHoldExactlyThese()
{
    QCOMPARE(text(uids::toRanges({1, 2, 3, 7, 9, 10})), "1:3,7:7,9:10");
    QVERIFY(uids::toRanges({}).isEmpty());
}

QTEST_GUILESS_MAIN(TestUidLists)
#include "test_uidlists.moc"
