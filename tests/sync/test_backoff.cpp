// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/backoff.h"

#include <QTest>

using namespace postaci;
using namespace std::chrono_literals;

class TestBackoff : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doublesToTheLimitWithJitter();
    void startsAnewAfterASuccess();
};

void TestBackoff::doublesToTheLimitWithJitter()
{
    Backoff backoff;
    std::chrono::milliseconds expected = 1s;
    for (int i = 0; i < 2000; ++i) {
        const auto delay = backoff.next();
        QVERIFY2(delay <= expected && delay >= expected * 3 / 4, qPrintable(QString::number(delay.count())));
        expected = std::min<std::chrono::milliseconds>(expected * 2, 5min);
    }
}

void TestBackoff::startsAnewAfterASuccess()
{
    Backoff backoff(100ms, 1s);
    for (int i = 0; i < 10; ++i)
        backoff.next();
    QVERIFY(backoff.next() >= 750ms);
    backoff.reset();
    QVERIFY(backoff.next() <= 100ms);
}

QTEST_GUILESS_MAIN(TestBackoff)
#include "test_backoff.moc"
