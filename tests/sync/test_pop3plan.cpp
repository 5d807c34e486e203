// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/pop3plan.h"

#include "tests/sync/synctest.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

/// M19: what counts as new in a maildrop.
class TestPop3Plan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { f = std::make_unique<SyncFixture>(); }
    void cleanup() { f.reset(); }

    void fingerprintIsThatOfTheHeader();
    void onlyUnseenOnesAreFetchedNewestFirst();
    void sharedAndMissingIdsAreToBeIdentified();
    void policy_data();
    void policy();
    void onlyWholeOnesGetOld();
    void storedWholeAndSeen();
    void sameUnderAnotherIdComesOnce();
    void trueSecondCopyComesTwice();
    void withoutIdKnownByItsHeader();
    void deletedOneDoesNotComeBack();
    void placeInTheList();
    void seenGoesWithTheAccount();

private:
    static QByteArray mail(const QByteArray &subject)
    {
        return "Received: from a by b; Mon, 02 Mar 2026 09:30:00 +0300\r\nFrom: a@example.net\r\nSubject: " + subject
            + "\r\nDate: Sun, 01 Mar 2026 09:30:00 +0300\r\nMessage-ID: <" + subject + "@example.net>\r\n\r\nmetin\r\n";
    }
    pop3::Arrival arrival(const QByteArray &uid, const QByteArray &subject) const
    {
        const QByteArray raw = mail(subject);
        return {.uid = uid, .fingerprint = pop3::fingerprint(raw, raw.size()), .message = local::read(raw, {}, f->now)};
    }
    qsizetype keep(const QList<pop3::Arrival> &arrivals, const QSet<QByteArray> &listed)
    {
        return inStore(f->store(), [this, arrivals, listed](Tables &tables) {
            return pop3::keep(tables, f->account, arrivals, listed, f->now);
        });
    }
    QList<MessageHeader> inboxRows()
    {
        return fromStore(f->store(), [this](const Tables &tables) {
            QList<MessageId> ids;
            for (const MessageKey &key : tables.messages.keys(f->inbox, 100))
                ids.append(MessageId{key.id});
            return tables.messages.headers(ids);
        });
    }
    QHash<QByteArray, Pop3Seen> seen()
    {
        return fromStore(f->store(), [this](const Tables &tables) { return tables.pop3.byUid(f->account); });
    }

    std::unique_ptr<SyncFixture> f;
};

void TestPop3Plan::fingerprintIsThatOfTheHeader()
{
    const QByteArray header = "From: a@example.net\r\nSubject: bir\r\n\tiki\r\n";
    const QByteArray whole = pop3::fingerprint(header + "\r\nmetin\r\n", 100);
    QCOMPARE(pop3::fingerprint(header + "\r\n", 100), whole); // as TOP gives it
    QCOMPARE(pop3::fingerprint("Status: RO\r\n" + header + "X-UIDL: 123\r\n\r\n", 100), whole);
    QVERIFY(pop3::fingerprint(header + "\r\n", 101) != whole);
    QVERIFY(pop3::fingerprint("To: b@example.net\r\n" + header + "\r\n", 100) != whole);
    QVERIFY(pop3::fingerprint("From: a\r\nX: b\r\n\r\n", 1) != pop3::fingerprint("From: a\r\nX: bc\r\n\r\n", 1));
    QCOMPARE(pop3::fingerprint({}, 0), pop3::fingerprint("\r\nmetin", 0));
}

void TestPop3Plan::onlyUnseenOnesAreFetchedNewestFirst()
{
    const pop3::Plan plan
        = pop3::plan({{1, 10, "a"}, {2, 20, "b"}, {3, 30, "c"}, {4, 40, "d"}}, {{"b", Pop3Seen{}}, {"z", Pop3Seen{}}});
    QCOMPARE(plan.fetch, (QList<Pop3Entry>{{4, 40, "d"}, {3, 30, "c"}, {1, 10, "a"}}));
    QVERIFY(plan.identify.isEmpty());
}

void TestPop3Plan::sharedAndMissingIdsAreToBeIdentified()
{
    const pop3::Plan plan = pop3::plan({{1, 10, "a"}, {2, 20, ""}, {3, 30, "a"}, {4, 40, "d"}}, {{"a", Pop3Seen{}}});
    QCOMPARE(plan.fetch, (QList<Pop3Entry>{{4, 40, "d"}}));
    QCOMPARE(plan.identify, (QList<Pop3Entry>{{3, 30, ""}, {2, 20, ""}, {1, 10, ""}}));
}

void TestPop3Plan::policy_data()
{
    QTest::addColumn<int>("days");
    QTest::addColumn<bool>("withOurs");
    QTest::addColumn<bool>("deletedHere");
    QTest::addColumn<int>("age");
    QTest::addColumn<bool>("due");
    QTest::newRow("kept, as it stands") << -1 << false << true << 10'000 << false;
    QTest::newRow("at once") << 0 << false << false << 0 << true;
    QTest::newRow("six days of seven") << 7 << false << false << 6 << false;
    QTest::newRow("seven of seven") << 7 << false << false << 7 << true;
    QTest::newRow("with ours") << -1 << true << true << 0 << true;
    QTest::newRow("ours is there") << -1 << true << false << 10'000 << false;
    QTest::newRow("deleted, and not yet old enough") << 7 << false << true << 1 << false;
}

void TestPop3Plan::onlyWholeOnesGetOld()
{
    for (const auto rest : {Pop3Seen::Rest::OnServer, Pop3Seen::Rest::Wanted}) {
        Pop3Seen seen{.seenAt = f->now.addDays(-100), .rest = rest};
        QVERIFY(!pop3::isDue(seen, {.days = 0, .deletedWithOurs = true}, f->now));
        seen.deletedHere = true;
        QVERIFY(!pop3::isDue(seen, {.days = 0}, f->now));
        QVERIFY(pop3::isDue(seen, {.deletedWithOurs = true}, f->now)); // as the user says
    }
}

void TestPop3Plan::policy()
{
    QFETCH(int, days);
    QFETCH(bool, withOurs);
    QFETCH(bool, deletedHere);
    QFETCH(int, age);
    QFETCH(bool, due);
    const Pop3Seen seen{.seenAt = f->now.addDays(-age), .deletedHere = deletedHere};
    QCOMPARE(pop3::isDue(seen, {.days = days, .deletedWithOurs = withOurs}, f->now), due);
}

void TestPop3Plan::storedWholeAndSeen()
{
    QCOMPARE(keep({arrival("u1", "bir"), arrival("u2", "iki")}, {"u1", "u2"}), 2);
    const QList<MessageHeader> rows = inboxRows();
    QCOMPARE(rows.size(), 2);
    for (const MessageHeader &row : rows) {
        QVERIFY(row.hasBody);
        QCOMPARE(row.flags, Flags());
        const auto raw = fromStore(f->store(), [id = row.id](const Tables &tables) { return tables.bodies.raw(id); });
        QVERIFY(raw);
        QCOMPARE(*raw, mail(row.envelope.subject.toUtf8()));
    }
    QCOMPARE(seen().size(), 2);
    QCOMPARE(seen().value("u2").seenAt, f->now);
    QVERIFY(seen().value("u2").message);
    QCOMPARE(keep({arrival("u1", "bir")}, {"u1", "u2"}), 0); // broken off and asked for again
    QCOMPARE(inboxRows().size(), 2);
}

void TestPop3Plan::sameUnderAnotherIdComesOnce()
{
    QCOMPARE(keep({arrival("u1", "bir")}, {"u1"}), 1);
    QCOMPARE(keep({arrival("v1", "bir")}, {"v1"}), 0);
    QCOMPARE(inboxRows().size(), 1);
    QCOMPARE(seen().keys(), QList<QByteArray>{"v1"});
}

void TestPop3Plan::trueSecondCopyComesTwice()
{
    QCOMPARE(keep({arrival("u1", "bir")}, {"u1"}), 1);
    QCOMPARE(keep({arrival("u2", "bir")}, {"u1", "u2"}), 1);
    QCOMPARE(inboxRows().size(), 2);
    QCOMPARE(seen().size(), 2);
}

void TestPop3Plan::withoutIdKnownByItsHeader()
{
    QCOMPARE(keep({arrival("", "bir")}, {""}), 1);
    QCOMPARE(keep({arrival("", "bir"), arrival("", "iki")}, {""}), 1);
    QCOMPARE(keep({arrival("u1", "bir")}, {"u1"}), 0); // the server has learnt UIDL
    QCOMPARE(seen().keys(), QList<QByteArray>{"u1"});
    QCOMPARE(inboxRows().size(), 2);
}

void TestPop3Plan::deletedOneDoesNotComeBack()
{
    QCOMPARE(keep({arrival("u1", "bir")}, {"u1"}), 1);
    const MessageId message = inboxRows().constFirst().id;
    inStore(f->store(), [message](Tables &tables) {
        tables.messages.remove({message});
        tables.pop3.markDeleted({message});
    });
    QVERIFY(seen().value("u1").deletedHere);
    QVERIFY(pop3::plan({{1, 10, "u1"}}, seen()).fetch.isEmpty());
    QCOMPARE(keep({arrival("v1", "bir")}, {"v1"}), 0);
    QVERIFY(inboxRows().isEmpty());
}

void TestPop3Plan::placeInTheList()
{
    const auto placed = [this](const QByteArray &raw) { return local::read(raw, {}, f->now).header.received; };
    QCOMPARE(placed(mail("bir")), QDateTime(QDate(2026, 3, 2), QTime(6, 30), QTimeZone::UTC));
    QCOMPARE(placed("Date: Sun, 01 Mar 2026 09:30:00 +0300\r\n\r\n"),
        QDateTime(QDate(2026, 3, 1), QTime(6, 30), QTimeZone::UTC));
    QCOMPARE(placed("Date: Sun, 01 Mar 2099 09:30:00 +0300\r\n\r\n"), f->now);
    QCOMPARE(placed("Received: nonsense\r\nSubject: x\r\n\r\n"), f->now);
    QCOMPARE(placed({}), f->now);
}

void TestPop3Plan::seenGoesWithTheAccount()
{
    QCOMPARE(keep({arrival("u1", "bir")}, {"u1"}), 1);
    inStore(f->store(), [this](Tables &tables) { tables.accounts.remove(f->account); });
    QVERIFY(seen().isEmpty());
}

QTEST_GUILESS_MAIN(TestPop3Plan)
#include "test_pop3plan.moc"
