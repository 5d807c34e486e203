// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/await.h"

#include <QCoro/QCoroTimer>

#include <QElapsedTimer>
#include <QPromise>
#include <QTest>
#include <QTimer>

#include <atomic>

using namespace postaci;
using namespace std::chrono_literals;

namespace {

int answersGiven = 0;

QCoro::Task<Result<int>> answerAfter(std::chrono::milliseconds delay, int answer)
{
    QTimer timer;
    timer.setSingleShot(true);
    timer.start(delay);
    co_await timer;
    ++answersGiven;
    if (answer < 0)
        co_return failure({.kind = ErrorKind::Refused, .serverText = QStringLiteral("no")});
    co_return answer;
}

} // namespace

class TestAwait : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void taskGivesItsValue() { QCOMPARE(await(answerAfter(5ms, 42)).value(), 42); }

    void taskGivesItsError()
    {
        const Result<int> result = await(answerAfter(5ms, -1));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Refused);
        QVERIFY2(describe(result).endsWith(": no"), describe(result));
    }

    void lateTaskFailsTheTest()
    {
        const int before = answersGiven;
        QEXPECT_FAIL("", "the task is late on purpose", Continue);
        const Result<int> late = await(answerAfter(200ms, 1), 10ms);
        QCOMPARE(late.error().kind, ErrorKind::Timeout);
        QTRY_COMPARE(answersGiven, before + 1); // it goes on, and harms nobody
    }

    /// A sleep of 10 ms after each round of events would make this two seconds.
    void manyShortWaitsTakeNoTime()
    {
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 200; ++i)
            QCOMPARE(await(answerAfter(0ms, i)).value(), i);
        QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
    }

    void whatAnotherThreadChangesIsNoticed()
    {
        std::atomic_bool changed = false;
        std::unique_ptr<QThread> thread(QThread::create([&] { changed = true; }));
        thread->start();
        QVERIFY(waitUntil([&] { return changed.load(); }));
        QVERIFY(thread->wait());
    }

    void whatNeverHappensEndsInTime()
    {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(!waitUntil([] { return false; }, 30ms));
        QVERIFY(timer.elapsed() >= 30);
        // A stream of events must not keep it from looking at the clock.
        QTimer busy;
        busy.start(0);
        QVERIFY(!waitUntil([] { return false; }, 30ms));
    }

    void futureOfAnotherThreadGivesItsValue()
    {
        QPromise<Result<int>> promise;
        promise.start();
        const QFuture<Result<int>> future = promise.future();
        std::unique_ptr<QThread> thread(QThread::create([&] {
            promise.addResult(7);
            promise.finish();
        }));
        thread->start();
        QCOMPARE(await(future).value(), 7);
        QVERIFY(thread->wait());
    }

    void droppedPromiseIsCancelled()
    {
        QFuture<Result<int>> future;
        {
            QPromise<Result<int>> promise;
            promise.start();
            future = promise.future();
        }
        QCOMPARE(await(future).error().kind, ErrorKind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestAwait)
#include "test_await.moc"
