// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/candidaterace.h"
#include "core/discovery/candidaterules.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;
using namespace std::chrono_literals;
using enum SettingsSource;

namespace {

ServerSettings imapAt(const QString &host)
{
    return {.protocol = Protocol::Imap, .host = host, .port = 993};
}

ServerSettings smtpAt(const QString &host)
{
    return {.protocol = Protocol::Smtp, .host = host, .port = 465};
}

SettingsCandidate from(SettingsSource source, const QString &host = {})
{
    const QString name = host.isEmpty() ? u"h%1.example"_s.arg(int(source)) : host;
    return candidateOf(source, {imapAt(name)}, {smtpAt(name)});
}

/// All that are asked at once in a search.
CandidateRace begun()
{
    CandidateRace race;
    for (const SettingsSource source : {TableByMx, Pacc, Autoconfig, WellKnown, Ispdb, Srv})
        race.started(source);
    return race;
}

} // namespace

class TestCandidateRace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBestIsShownAtOnce();
    void aLowerOneWaitsForTheBetter();
    void graceCountsFromTheFirst();
    void aBetterOneWithinGraceWins();
    void aLaterBetterOneIsOfferedOnce();
    void theSameServersAreNotOfferedAgain();
    void aLowerOneIsNeverOffered();
    void lateOnesAreNotWaitedForLong();
    void probingBegins();
    void halvesAreFilledByProbingOnly();
    void twoHalvesAreNotMixed();
    void nothingAtAllEnds();
    void rankedListsEachSetOnce();
};

void TestCandidateRace::theBestIsShownAtOnce()
{
    CandidateRace race = begun();
    race.add(from(TableByMx), 120ms);
    const auto shown = race.take(120ms);
    QVERIFY(shown);
    QCOMPARE(shown->source, TableByMx);
    QVERIFY(race.isOver(120ms));
}

void TestCandidateRace::aLowerOneWaitsForTheBetter()
{
    CandidateRace race = begun();
    race.add(from(Srv), 100ms);
    race.ended(Srv);
    QVERIFY(!race.take(100ms));
    QCOMPARE(race.nextLook(100ms), std::optional(900ms));
    QVERIFY(!race.take(899ms));
    QCOMPARE(race.take(900ms)->source, Srv);
    QVERIFY(!race.take(901ms));
    QVERIFY(!race.isOver(901ms));

    CandidateRace other = begun();
    other.add(from(Srv), 100ms);
    for (const SettingsSource source : {TableByMx, Pacc, Autoconfig, WellKnown, Ispdb})
        other.ended(source);
    QCOMPARE(other.take(101ms)->source, Srv);
    QVERIFY(other.isOver(101ms));
}

void TestCandidateRace::graceCountsFromTheFirst()
{
    CandidateRace race = begun();
    race.add(from(Srv), 100ms);
    race.add(from(Ispdb), 700ms);
    QVERIFY(!race.take(700ms));
    QCOMPARE(race.take(900ms)->source, Ispdb);
}

void TestCandidateRace::aBetterOneWithinGraceWins()
{
    CandidateRace race = begun();
    race.add(from(WellKnown), 300ms);
    race.ended(TableByMx);
    race.ended(Pacc);
    QVERIFY(!race.take(300ms));
    race.add(from(Autoconfig), 600ms);
    QCOMPARE(race.take(600ms)->source, Autoconfig);
}

void TestCandidateRace::aLaterBetterOneIsOfferedOnce()
{
    CandidateRace race = begun();
    race.add(from(Srv), 100ms);
    QCOMPARE(race.take(900ms)->source, Srv);
    race.add(from(Pacc), 1500ms);
    QCOMPARE(race.take(1500ms)->source, Pacc);
    QVERIFY(!race.take(1501ms));
    // What the user already looks at stays the one to use.
    QCOMPARE(race.ranked().first().source, Srv);
    QCOMPARE(race.ranked().at(1).source, Pacc);
}

void TestCandidateRace::theSameServersAreNotOfferedAgain()
{
    CandidateRace race = begun();
    race.add(from(Srv, u"mail.d.example"_s), 100ms);
    QVERIFY(race.take(900ms));
    race.add(from(Autoconfig, u"mail.d.example"_s), 1000ms);
    QVERIFY(!race.take(1000ms));
    QCOMPARE(race.ranked().size(), 1);
}

void TestCandidateRace::aLowerOneIsNeverOffered()
{
    CandidateRace race = begun();
    race.add(from(Autoconfig), 100ms);
    QCOMPARE(race.take(900ms)->source, Autoconfig);
    race.add(from(Srv), 950ms);
    QVERIFY(!race.take(950ms));
}

// Case 22: a web server that never answers holds nothing up.
void TestCandidateRace::lateOnesAreNotWaitedForLong()
{
    CandidateRace race;
    race.started(Autoconfig);
    QVERIFY(race.wantsProbe(1000ms));
    race.started(Probe);
    race.add(from(Probe), 1300ms);
    race.ended(Probe);
    QVERIFY(!race.take(1300ms));
    QVERIFY(race.take(2100ms));
    QVERIFY(!race.isOver(2100ms));
    QCOMPARE(race.nextLook(2100ms), std::optional(3600ms));
    QVERIFY(race.isOver(3600ms));
}

void TestCandidateRace::probingBegins()
{
    CandidateRace race = begun();
    QVERIFY(!race.wantsProbe(999ms));
    QCOMPARE(race.nextLook(0ms), std::optional(1000ms));
    QVERIFY(race.wantsProbe(1000ms));
    race.started(Probe);
    QVERIFY(!race.wantsProbe(2000ms));

    CandidateRace early = begun();
    for (const SettingsSource source : {TableByMx, Pacc, Autoconfig, WellKnown, Ispdb, Srv})
        early.ended(source);
    QVERIFY(early.wantsProbe(200ms));
    QVERIFY(!early.isOver(200ms));

    CandidateRace found = begun();
    found.add(from(Srv), 500ms);
    QVERIFY(!found.wantsProbe(1000ms));
}

void TestCandidateRace::halvesAreFilledByProbingOnly()
{
    CandidateRace race;
    race.started(Srv);
    race.add(candidateOf(Srv, {imapAt(u"imap.d.example"_s)}, {}), 50ms);
    race.ended(Srv);
    QVERIFY(!race.take(50ms));
    QVERIFY(race.wantsProbe(50ms));
    race.started(Probe);
    SettingsCandidate probed = candidateOf(Probe, {}, {smtpAt(u"smtp.other.example"_s)});
    probed.hostsToApprove = {u"smtp.other.example"_s};
    race.add(probed, 400ms);
    race.ended(Probe);
    const auto shown = race.take(400ms);
    QVERIFY(shown);
    QCOMPARE(shown->source, Srv);
    QCOMPARE(shown->incoming.first().host, u"imap.d.example"_s);
    QCOMPARE(shown->outgoing.host, u"smtp.other.example"_s);
    QCOMPARE(shown->hostsToApprove, QStringList{u"smtp.other.example"_s});
}

void TestCandidateRace::twoHalvesAreNotMixed()
{
    CandidateRace race;
    race.started(Autoconfig);
    race.started(Srv);
    race.add(candidateOf(Srv, {}, {smtpAt(u"smtp.b.example"_s)}), 50ms);
    race.add(candidateOf(Autoconfig, {imapAt(u"imap.a.example"_s)}, {}), 60ms);
    race.ended(Srv);
    race.ended(Autoconfig);
    QVERIFY(!race.take(60ms));
    QVERIFY(race.ranked().isEmpty());
    QCOMPARE(race.half()->source, Autoconfig);
    race.started(Probe);
    race.ended(Probe);
    QVERIFY(race.isOver(100ms));
    QVERIFY(!race.take(100ms));
}

void TestCandidateRace::nothingAtAllEnds()
{
    CandidateRace race = begun();
    for (const SettingsSource source : {TableByMx, Pacc, Autoconfig, WellKnown, Ispdb, Srv})
        race.ended(source);
    race.started(Probe);
    QVERIFY(!race.isOver(200ms));
    race.ended(Probe);
    QVERIFY(race.isOver(200ms));
    QVERIFY(!race.take(200ms));
    QVERIFY(!race.nextLook(200ms));
}

void TestCandidateRace::rankedListsEachSetOnce()
{
    CandidateRace race = begun();
    race.add(from(Srv, u"a.example"_s), 1ms);
    race.add(from(Ispdb, u"b.example"_s), 2ms);
    race.add(from(Autoconfig, u"A.example"_s), 3ms);
    QList<SettingsSource> sources;
    for (const SettingsCandidate &candidate : race.ranked())
        sources.append(candidate.source);
    QCOMPARE(sources, (QList<SettingsSource>{Autoconfig, Ispdb}));
}

QTEST_GUILESS_MAIN(TestCandidateRace)
#include "test_candidaterace.moc"
