// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/textindexer.h"

#include "core/settings/secretstore.h"
#include "core/sync/localmail.h"
#include "core/sync/tokenkeeper.h"
#include "tests/support/await.h"
#include "tests/sync/synctest.h"

#include <QTest>
#include <QThreadPool>

using namespace postaci;
using namespace Qt::StringLiterals;

/// What comes is found by its text a little later, whatever happens meanwhile.
class TestTextIndexer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textsAndAttachmentsOfEverySource();
    void onlyTheStoreKnowsWhatWaits();
    void stoppedInTheMiddle();
    void newestFirstAndOthersBetween();
    void comesToItsTurnWhileMailKeepsComing();
    void deletedMeanwhile();
};

namespace {

QByteArray mail(const QByteArray &subject, const QByteArray &text)
{
    return "From: a@example.net\r\nSubject: " + subject + "\r\nDate: Sun, 01 Mar 2026 09:30:00 +0300\r\n\r\n" + text
        + "\r\n";
}

const QByteArray withFile
    = "From: a@example.net\r\nSubject: dosya\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
      "--x\r\n\r\nzarf\r\n--x\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF\r\n--x--\r\n";

/// A run of the program: its indexer ends with it.
struct Run {
    explicit Run(SyncFixture &fixture)
        : f(fixture)
        , services{.store = f.store(),
              .secrets = secrets,
              .tokens = tokens,
              .pool = pool,
              .clock = [this] { return f.now; },
              .tls = {}}
        , indexer(services, nullptr)
    {
    }
    ~Run() { await(indexer.stop()); }

    SyncFixture &f;
    SecretStore secrets{SecretStore::Backing::MemoryOnly};
    TokenKeeper tokens{secrets, {}, {}, nullptr};
    QThreadPool pool;
    Services services;
    TextIndexer indexer;
};

MessageId add(SyncFixture &f, const QByteArray &raw)
{
    const local::Message message = local::read(raw, {}, f.now);
    return inStore(f.store(), [&](Tables &tables) { return local::insert(tables, f.inbox, message); });
}

/// So many, each a minute older than the one before; one word in all of them.
void addMany(SyncFixture &f, int count)
{
    QList<local::Message> messages;
    for (int i = 0; i < count; ++i) {
        messages.append(local::read(mail(QByteArray::number(i), "ortak"), {}, f.now));
        messages.last().header.received = f.now.addSecs(-60 * i);
    }
    inStore(f.store(), [&](Tables &tables) {
        for (const local::Message &message : std::as_const(messages))
            local::insert(tables, f.inbox, message);
    });
}

QList<MessageId> found(SyncFixture &f, const QString &words)
{
    return fromStore(f.store(), [words](const Tables &tables) { return tables.search.find(words, {}, {}, 10'000); });
}

qsizetype waiting(SyncFixture &f)
{
    return fromStore(f.store(), [](const Tables &tables) { return tables.search.textsWaiting(100'000).size(); });
}

} // namespace

void TestTextIndexer::textsAndAttachmentsOfEverySource()
{
    SyncFixture f;
    Run run(f);
    StoreChange changed;
    QObject::connect(
        &f.store(), &Store::changed, &run.indexer, [&](const StoreChange &change) { changed.merge(change); });
    run.indexer.start();
    const MessageId own = add(f, mail("yerel", "kalem"));
    const MessageId file = add(f, withFile);
    const MessageId server = f.addMessage(f.inbox, 7);
    QVERIFY(found(f, u"kalem"_s).isEmpty());
    QCOMPARE(found(f, u"yerel"_s), QList{own}); // the header at once
    inStore(f.store(), [&](Tables &tables) { tables.bodies.put(server, mail("uzak", "defter")); });

    QVERIFY(waitUntil([&] { return waiting(f) == 0; })); // by itself
    QCOMPARE(found(f, u"kalem"_s), QList{own});
    QCOMPARE(found(f, u"zarf"_s), QList{file});
    QCOMPARE(found(f, u"defter"_s), QList{server});
    QVERIFY(f.header(file).envelope.hasAttachments);
    QVERIFY(!f.header(own).envelope.hasAttachments);
    QVERIFY(waitUntil([&] { return changed.texts; }));
    QVERIFY(await(run.indexer.finish())); // nothing is left
}

void TestTextIndexer::onlyTheStoreKnowsWhatWaits()
{
    SyncFixture f;
    const MessageId message = add(f, mail("bir", "kalem"));
    QCOMPARE(waiting(f), 1);
    for (int runs = 0; runs < 2; ++runs) {
        Run run(f);
        QVERIFY(await(run.indexer.finish()));
        QCOMPARE(found(f, u"kalem"_s), QList{message});
        QCOMPARE(waiting(f), 0);
    }
}

void TestTextIndexer::stoppedInTheMiddle()
{
    SyncFixture f;
    addMany(f, 2000);
    {
        Run run(f);
        const QFuture<Result<void>> finished = run.indexer.finish();
        QVERIFY(waitUntil([&] { return waiting(f) < 2000; }));
        await(run.indexer.stop());
        const auto outcome = await(finished);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, ErrorKind::Cancelled);
        QVERIFY(waiting(f) > 0);
        QVERIFY(!await(run.indexer.finish()));
    }
    Run next(f);
    QVERIFY(await(next.indexer.finish()));
    QCOMPARE(found(f, u"ortak"_s).size(), 2000);
}

/// A user who does something waits for a batch at most, and what is new can be searched first.
void TestTextIndexer::newestFirstAndOthersBetween()
{
    SyncFixture f;
    addMany(f, 2000);
    Run run(f);
    const QFuture<Result<void>> finished = run.indexer.finish();
    QVERIFY(waitUntil([&] { return waiting(f) < 2000; }));
    inStore(f.store(), [&](Tables &tables) { tables.folders.setSyncState(f.trash, {.uidNext = 5}); });
    QVERIFY(waiting(f) > 0); // it did not wait for all of them
    const QList<MessageId> early = found(f, u"ortak"_s);
    QVERIFY(!early.isEmpty() && early.size() < 2000);
    const QList<MessageKey> keys
        = fromStore(f.store(), [&](const Tables &tables) { return tables.messages.keys(f.inbox, early.size()); });
    for (qsizetype i = 0; i < early.size(); ++i)
        QCOMPARE(early.at(i).value, keys.at(i).id);
    QVERIFY(await(finished));
    QCOMPARE(found(f, u"ortak"_s).size(), 2000);
}

void TestTextIndexer::comesToItsTurnWhileMailKeepsComing()
{
    SyncFixture f;
    Run run(f);
    run.indexer.start();
    QVERIFY(waitUntil([&] {
        add(f, mail("bir", "kalem")); // it never gets quiet
        return !found(f, u"kalem"_s).isEmpty();
    }));
}

void TestTextIndexer::deletedMeanwhile()
{
    SyncFixture f;
    addMany(f, 500);
    Run run(f);
    const QFuture<Result<void>> finished = run.indexer.finish();
    inStore(f.store(), [&](Tables &tables) {
        QList<MessageId> ids;
        for (const MessageKey &key : tables.messages.keys(f.inbox, 250))
            ids.append(MessageId{key.id});
        tables.messages.remove(ids);
    });
    QVERIFY(await(finished));
    QCOMPARE(found(f, u"ortak"_s).size(), 250);
    QCOMPARE(waiting(f), 0);
}

QTEST_GUILESS_MAIN(TestTextIndexer)
#include "test_textindexer.moc"
