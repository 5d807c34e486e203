// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What needs no network. The rest is tested in a network of our own: tests/setup.

#include "core/discovery/discovery.h"
#include "tests/support/await.h"
#include "tests/support/fakeclock.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

using Obstacle = DiscoveryResult::Obstacle;

QCoro::Task<Result<DiscoveryResult>> asResult(QCoro::Task<DiscoveryResult> task)
{
    co_return co_await task;
}

} // namespace

class TestDiscovery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aKnownProviderNeedsNoQuestion_data();
    void aKnownProviderNeedsNoQuestion();
    void aClosedProviderIsAnObstacle();
    void whatIsNoDomainIsNotSearchedFor_data();
    void whatIsNoDomainIsNotSearchedFor();
    void cancelledSearchesEndAtOnce_data();
    void cancelledSearchesEndAtOnce();
    void nothingIsRememberedOfACancelledSearch();
    void answersHoldForADay();

private:
    ProviderDirectory m_directory = ProviderDirectory::bundled();

    Discovery::Options options() const { return {.tls = {}, .directory = &m_directory}; }
};

void TestDiscovery::aKnownProviderNeedsNoQuestion_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("incoming");
    QTest::addColumn<QString>("incomingUser");
    QTest::addColumn<QString>("outgoingUser");
    QTest::newRow("address as user name")
        << u"ali@gmail.com"_s << u"imap.gmail.com:993"_s << u"ali@gmail.com"_s << u"ali@gmail.com"_s;
    QTest::newRow("two forms") << u"veli@icloud.com"_s << u"imap.mail.me.com:993"_s << u"veli"_s
                               << u"veli@icloud.com"_s;
    QTest::newRow("a tag, and letters of no alphabet of ours")
        << u"Ünal+liste@yandex.com.tr"_s << u"imap.yandex.com:993"_s << u"Ünal+liste@yandex.com.tr"_s
        << u"Ünal+liste@yandex.com.tr"_s;
}

void TestDiscovery::aKnownProviderNeedsNoQuestion()
{
    QFETCH(QString, address);
    Discovery discovery;
    QList<SettingsCandidate> shown;
    connect(&discovery, &Discovery::candidateFound, this,
        [&shown](const SettingsCandidate &candidate) { shown.append(candidate); });
    QElapsedTimer time;
    time.start();
    const auto result = await(asResult(discovery.run(address, options())));
    QVERIFY2(time.elapsed() < 50, qPrintable(QString::number(time.elapsed())));
    QVERIFY(result);
    QCOMPARE(result->obstacle, Obstacle::None);
    QCOMPARE(shown.size(), 1);
    QCOMPARE(result->candidates.first(), shown.first());
    QCOMPARE(shown.first().source, SettingsSource::Table);
    QVERIFY(!shown.first().needsApproval());
    QTEST(shown.first().incoming.first().endpoint(), "incoming");
    QTEST(shown.first().incoming.first().userName, "incomingUser");
    QTEST(shown.first().outgoing.userName, "outgoingUser");
    QCOMPARE(result->candidates.last().source, SettingsSource::Guess);
    // The table was looked at, and nobody was asked.
    QCOMPARE(result->steps.size(), 1);
    QCOMPARE(result->steps.first().source, SettingsSource::Table);
}

void TestDiscovery::aClosedProviderIsAnObstacle()
{
    Discovery discovery;
    int shown = 0;
    connect(&discovery, &Discovery::candidateFound, this, [&shown] { ++shown; });
    const auto result = await(asResult(discovery.run(u"k@tuta.com"_s, options())));
    QVERIFY(result);
    QCOMPARE(result->obstacle, Obstacle::NoImap);
    QVERIFY(!result->candidates.first().providerId.isEmpty());
    QVERIFY(result->candidates.first().incoming.isEmpty());
    QCOMPARE(shown, 0);
}

void TestDiscovery::whatIsNoDomainIsNotSearchedFor_data()
{
    QTest::addColumn<QString>("address");
    QTest::newRow("one label") << u"ali@localhost"_s;
    QTest::newRow("digits") << u"ali@192.168.1.1"_s;
    QTest::newRow("nothing") << u"ali@"_s;
    QTest::newRow("no address") << u"ali"_s;
}

void TestDiscovery::whatIsNoDomainIsNotSearchedFor()
{
    QFETCH(QString, address);
    Discovery discovery;
    QSignalSpy asked(&discovery, &Discovery::progress);
    const auto result = await(asResult(discovery.run(address, options())));
    QVERIFY(result);
    QVERIFY(asked.isEmpty());
    QCOMPARE(result->candidates.size(), 1);
    QCOMPARE(result->candidates.first().source, SettingsSource::Guess);
}

void TestDiscovery::cancelledSearchesEndAtOnce_data()
{
    QTest::addColumn<bool>("afterATurn");
    QTest::newRow("right away") << false;
    QTest::newRow("while questions are open") << true;
}

/// The name can have no server (RFC 6761), and whatever this machine's network does, the search ends with the cancel.
void TestDiscovery::cancelledSearchesEndAtOnce()
{
    QFETCH(bool, afterATurn);
    Discovery discovery;
    std::optional<DiscoveryResult> result;
    int signalsAfter = 0;
    discovery.run(u"a@postaci.invalid"_s, options()).then([&result](DiscoveryResult found) { result = found; });
    if (afterATurn && !result)
        QCoreApplication::processEvents();
    connect(&discovery, &Discovery::progress, this, [&signalsAfter] { ++signalsAfter; });
    connect(&discovery, &Discovery::candidateFound, this, [&signalsAfter] { ++signalsAfter; });
    if (result) // An answer that quick is no case for this test.
        QSKIP("the network said no at once");
    QElapsedTimer time;
    time.start();
    discovery.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(result, 2000);
    QVERIFY2(time.elapsed() < 500, qPrintable(QString::number(time.elapsed())));
    QCOMPARE(result->obstacle, Obstacle::Cancelled);
    QCOMPARE(result->candidates.last().source, SettingsSource::Guess);
    QCOMPARE(result->candidates.last().incoming.first().userName, u"a@postaci.invalid"_s);
    QCOMPARE(signalsAfter, 0);
}

void TestDiscovery::nothingIsRememberedOfACancelledSearch()
{
    Discovery discovery;
    for (int i = 0; i < 2; ++i) {
        std::optional<DiscoveryResult> result;
        QSignalSpy asked(&discovery, &Discovery::progress);
        discovery.run(u"a@postaci.invalid"_s, options()).then([&result](DiscoveryResult found) { result = found; });
        QVERIFY(!asked.isEmpty());
        discovery.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(result, 2000);
    }
}

/// With an empty table the domain would have to be asked for: as long as nobody is, the answer is the remembered one.
void TestDiscovery::answersHoldForADay()
{
    FakeClock clock;
    Discovery discovery(clock.function());
    const auto first = await(asResult(discovery.run(u"ali@gmail.com"_s, options())));
    QVERIFY(first);

    const ProviderDirectory empty;
    Discovery::Options other = options();
    other.directory = &empty;
    QSignalSpy asked(&discovery, &Discovery::progress);
    clock.advance(std::chrono::hours(23));
    const auto second = await(asResult(discovery.run(u"veli@gmail.com"_s, other)));
    QVERIFY(second);
    QVERIFY(asked.isEmpty());
    // Remembered is the domain's answer, not the person who asked.
    QCOMPARE(second->candidates.first().incoming.first().userName, u"veli@gmail.com"_s);
    QCOMPARE(second->candidates.first().incoming.first().host, first->candidates.first().incoming.first().host);

    clock.advance(std::chrono::hours(2));
    std::optional<DiscoveryResult> third;
    discovery.run(u"veli@gmail.com"_s, other).then([&third](DiscoveryResult found) { third = found; });
    QVERIFY(!asked.isEmpty());
    discovery.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(third, 2000);
}

QTEST_GUILESS_MAIN(TestDiscovery)
#include "test_discovery.moc"
