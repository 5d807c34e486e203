// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/backoff.h"
#include "core/sync/connectbudget.h"
#include "core/sync/folderturns.h"
#include "core/sync/wakewatch.h"
#include "tests/support/await.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <memory>

using namespace postaci;
using namespace std::chrono_literals;

/// When an account looks for news and when it tries again: the decisions, without a network.
class TestFreshness : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsOutOfReachIsTriedMoreOften();
    void tenConnectionsAMinute();
    void livelyFoldersComeFirstAndOftener();
    void everyFolderHasItsTurn();
    void sleepIsNoticed_data();
    void sleepIsNoticed();
};

// S15: back within half a minute, however long the server was away.
void TestFreshness::whatIsOutOfReachIsTriedMoreOften()
{
    Backoff backoff;
    std::chrono::milliseconds inAMinute{};
    int tries = 0;
    for (; inAMinute < 1min; ++tries)
        inAMinute += backoff.next(25s);
    QVERIFY2(tries <= 10, qPrintable(QString::number(tries)));
    for (int i = 0; i < 100; ++i) {
        const auto delay = backoff.next(25s);
        QVERIFY(delay <= 25s && delay >= 18s);
    }
    // It answers, but refuses: the wait grows from there, and not from where a hundred failures would have brought it.
    QVERIFY(backoff.next() <= 32s);
    QVERIFY(backoff.next() > 32s);
}

void TestFreshness::tenConnectionsAMinute()
{
    ConnectBudget budget(10, 200ms);
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(budget.untilFree(), 0ms);
        budget.take();
    }
    const auto wait = budget.untilFree();
    QVERIFY2(wait > 0ms && wait <= 200ms, qPrintable(QString::number(wait.count())));
    QVERIFY(waitUntil([&budget] { return budget.untilFree() == 0ms; }, 2s));
    budget.take();
}

void TestFreshness::livelyFoldersComeFirstAndOftener()
{
    const Folder inbox{.id = FolderId{1}, .role = FolderRole::Inbox};
    const Folder sent{.id = FolderId{2}, .role = FolderRole::Sent};
    const Folder list{.id = FolderId{3}};
    const Folder old{.id = FolderId{4}};
    FolderTurns turns(3);
    turns.begin();
    for (const Folder &folder : {inbox, sent, list, old})
        QVERIFY(turns.isDue(folder)); // the first look
    turns.noteChange(list.id);

    QList<bool> dues;
    for (int look = 1; look <= 5; ++look) {
        turns.begin();
        QVERIFY(turns.isDue(inbox) && turns.isDue(sent));
        QCOMPARE(turns.isDue(old), look == 3);
        dues.append(turns.isDue(list));
        if (look == 2) {
            QList<Folder> folders{old, list, sent, inbox};
            turns.sort(folders);
            QCOMPARE(folders, (QList<Folder>{inbox, list, old, sent}));
        }
    }
    QCOMPARE(dues, (QList<bool>{true, true, true, false, false})); // it has become quiet
}

void TestFreshness::everyFolderHasItsTurn()
{
    const Folder old{.id = FolderId{4}};
    FolderTurns turns(6);
    int looked = 0;
    for (int look = 0; look < 60; ++look) {
        turns.begin();
        looked += int(turns.isDue(old));
    }
    QCOMPARE(looked, 10);
}

void TestFreshness::sleepIsNoticed_data()
{
    QTest::addColumn<int>("seconds");
    QTest::addColumn<bool>("woke");
    QTest::newRow("eight hours") << 8 * 3600 << true;
    QTest::newRow("twenty seconds") << 20 << true;
    QTest::newRow("a second") << 1 << false; // the clock was put right
    QTest::newRow("the clock was put back") << -3600 << false;
}

// S16: suspend and resume.
void TestFreshness::sleepIsNoticed()
{
    QFETCH(const int, seconds);
    QFETCH(const bool, woke);
    const auto offset = std::make_shared<std::atomic_int>(0);
    const auto looks = std::make_shared<std::atomic_int>(0);
    WakeWatch watch(
        [offset, looks] {
            ++*looks;
            return systemTime().addSecs(*offset);
        },
        10ms, 15s, nullptr);
    QSignalSpy spy(&watch, &WakeWatch::woke);
    QVERIFY(waitUntil([&looks] { return *looks >= 3; }));
    QVERIFY(spy.isEmpty());
    *offset = seconds;
    const int before = *looks;
    QVERIFY(waitUntil([&looks, before] { return *looks >= before + 3; }));
    QCOMPARE(spy.size(), int(woke)); // once
}

QTEST_GUILESS_MAIN(TestFreshness)
#include "test_freshness.moc"
