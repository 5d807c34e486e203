// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/store/storetest.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QSignalSpy>

#include <mutex>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/resource.h>
#endif

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

/// A write that keeps the writer busy until release(), so that what comes after it waits together.
class Gate {
public:
    explicit Gate(Store &store)
        : m_passed(store.write([this](Tables &) -> Result<void> {
            m_entered.release();
            m_open.acquire();
            return {};
        }))
    {
        m_entered.acquire();
    }

    void release()
    {
        m_open.release();
        QVERIFY(wait(m_passed));
    }

private:
    QSemaphore m_entered;
    QSemaphore m_open;
    QFuture<Result<void>> m_passed;
};

Result<FolderId> insertFolder(Tables &tables, AccountId account, const QString &path)
{
    return tables.folders.insert({.account = account, .path = path});
}

} // namespace

class TestStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasWrittenSurvivesAReopen()
    {
        QTemporaryDir dir;
        Account account = sampleAccount(u"ayse@example.org"_s);
        {
            Store store(dir.path());
            QVERIFY(wait(store.open()));
            account.id = inStore(store, [&](Tables &tables) { return tables.accounts.insert(account); });
        }
        Store store(dir.path());
        QVERIFY(wait(store.open()));
        QCOMPARE(fromStore(store, [](const Tables &tables) { return tables.accounts.all(); }), QList<Account>{account});
    }

    void makesTheDirectory()
    {
        QTemporaryDir dir;
        Store store(dir.filePath(u"profil/ğüş"_s));
        QVERIFY(wait(store.open()));
        QVERIFY(QFile::exists(dir.filePath(u"profil/ğüş/mail.sqlite"_s)));
    }

    /// L11
    void othersCannotReadTheFiles()
    {
#ifdef Q_OS_UNIX
        QTemporaryDir dir;
        const QString profile = dir.filePath(u"profil"_s);
        Store store(profile);
        QVERIFY(wait(store.open()));
        inStore(store, [](Tables &tables) { return tables.accounts.insert(sampleAccount(u"ayse@example.org"_s)); });

        const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
            | QFile::WriteOther | QFile::ExeOther;
        QVERIFY(!(QFile::permissions(profile) & others));
        const QStringList files = QDir(profile).entryList(QDir::Files);
        QVERIFY(files.contains(u"mail.sqlite-wal"_s) && files.contains(u"bodies.sqlite"_s));
        for (const QString &file : files)
            QVERIFY2(!(QFile::permissions(profile + u'/' + file) & others), qPrintable(file));
#else
        QSKIP("permissions of Unix");
#endif
    }

    /// L06
    void aSecondStoreOnTheSameDirectoryIsRefused()
    {
        QTemporaryDir dir;
        auto first = std::make_unique<Store>(dir.path());
        QVERIFY(wait(first->open()));
        {
            Store second(dir.path());
            const Result<void> opened = wait(second.open());
            QVERIFY(!opened);
            QCOMPARE(opened.error().kind, ErrorKind::InUse);
            QCOMPARE(opened.error().step, Step::OpenStore);
        }
        inStore(*first, [](Tables &tables) { return tables.accounts.insert(sampleAccount(u"ayse@example.org"_s)); });
        first.reset();
        Store third(dir.path());
        QVERIFY(wait(third.open()));
    }

    void everythingAfterAFailedOpenFailsLikewise()
    {
        QTemporaryDir dir;
        Store first(dir.path());
        QVERIFY(wait(first.open()));

        Store second(dir.path());
        auto early = second.write([](Tables &) -> Result<int> { return 1; });
        QVERIFY(!wait(second.open()));
        QCOMPARE(wait(early).error().kind, ErrorKind::InUse);
        QCOMPARE(wait(second.read([](const Tables &) -> Result<int> { return 1; })).error().kind, ErrorKind::InUse);
        QCOMPARE(wait(second.write([](Tables &) -> Result<int> { return 1; })).error().kind, ErrorKind::InUse);
    }

    void aStoreThatIsNeverOpenedCancels()
    {
        QTemporaryDir dir;
        auto store = std::make_unique<Store>(dir.path());
        const auto read = store->read([](const Tables &) -> Result<int> { return 1; });
        const auto write = store->write([](Tables &) -> Result<int> { return 1; });
        store.reset();
        QCOMPARE(wait(read).error().kind, ErrorKind::Cancelled);
        QCOMPARE(wait(write).error().kind, ErrorKind::Cancelled);
    }

    void theEndWaitsForWhatWasHandedIn()
    {
        QTemporaryDir dir;
        QList<QFuture<Result<AccountId>>> writes;
        {
            Store store(dir.path());
            store.open();
            for (int i = 0; i < 300; ++i)
                writes.append(
                    store.write([](Tables &tables) -> Result<AccountId> { return tables.accounts.insert({}); }));
        }
        for (const auto &write : std::as_const(writes)) {
            QVERIFY(write.isFinished());
            QVERIFY(write.result());
        }
        Store store(dir.path());
        QVERIFY(wait(store.open()));
        QCOMPARE(fromStore(store, [](const Tables &tables) { return tables.accounts.all(); }).size(), 300);
    }

    void aFailingFunctionUndoesOnlyItself()
    {
        StoreFixture f;
        Gate gate(f.store);
        auto first = f.store.write([&](Tables &tables) { return insertFolder(tables, f.account, u"bir"_s); });
        auto second = f.store.write([&](Tables &tables) -> Result<FolderId> {
            if (!insertFolder(tables, f.account, u"iki"_s))
                return failure({.kind = ErrorKind::Storage});
            return failure({.kind = ErrorKind::NotFound, .step = Step::SelectFolder});
        });
        auto third = f.store.write([&](Tables &tables) { return insertFolder(tables, f.account, u"üç"_s); });
        gate.release();

        QVERIFY(wait(first));
        QCOMPARE(wait(second).error(), (MailError{.kind = ErrorKind::NotFound, .step = Step::SelectFolder}));
        QVERIFY(wait(third));
        QStringList paths;
        for (const Folder &folder :
            fromStore(f.store, [&](const Tables &tables) { return tables.folders.all(f.account); }))
            paths.append(folder.path);
        QCOMPARE(paths, (QStringList{u"Arşiv"_s, u"INBOX"_s, u"bir"_s, u"üç"_s}));
    }

    void aDatabaseErrorUndoesOnlyItself()
    {
        StoreFixture f;
        Gate gate(f.store);
        auto first = f.store.write([&](Tables &tables) { return insertFolder(tables, f.account, u"bir"_s); });
        auto second = f.store.write([&](Tables &tables) -> Result<FolderId> {
            if (const auto folder = insertFolder(tables, f.account, u"iki"_s); !folder)
                return folder;
            return insertFolder(tables, AccountId{4711}, u"yok"_s); // There is no such account.
        });
        auto third = f.store.write([&](Tables &tables) { return insertFolder(tables, f.account, u"üç"_s); });
        gate.release();

        QVERIFY(wait(first));
        QCOMPARE(wait(second).error().kind, ErrorKind::Storage);
        QCOMPARE(wait(second).error().step, Step::WriteStore);
        QVERIFY(wait(third));
        const auto find = [&](const QString &path) {
            return fromStore(
                f.store, [&](const Tables &tables) { return tables.folders.findByPath(f.account, path).has_value(); });
        };
        QVERIFY(find(u"bir"_s));
        QVERIFY(!find(u"iki"_s));
        QVERIFY(find(u"üç"_s));
    }

    void aReadCannotWrite()
    {
        StoreFixture f;
        const auto result = wait(f.store.read([&](const Tables &tables) -> Result<void> {
            const_cast<Tables &>(tables).folders.remove(f.inbox);
            return {};
        }));
        QCOMPARE(result.error().kind, ErrorKind::Storage);
        QCOMPARE(result.error().step, Step::ReadStore);
        QVERIFY(fromStore(f.store, [&](const Tables &tables) { return tables.folders.find(f.inbox).has_value(); }));
    }

    void aReadSeesEveryFinishedWrite()
    {
        StoreFixture f;
        for (quint32 uid = 1; uid <= 200; ++uid) {
            const auto durability = uid % 10 ? Store::Durability::Rebuildable : Store::Durability::Durable;
            const auto id = inStore(
                f.store, [&](Tables &tables) { return tables.messages.upsert(f.inbox, {sampleHeader(uid)}).first(); },
                durability);
            QVERIFY(fromStore(f.store, [&](const Tables &tables) { return tables.messages.header(id).has_value(); }));
        }
    }

    void aReadSeesOneStateOfTheDatabase()
    {
        StoreFixture f;
        f.add(f.inbox, {sampleHeader(1)});
        QSemaphore entered;
        QSemaphore written;
        auto read = f.store.read([&](const Tables &tables) -> Result<bool> {
            const qint64 before = tables.folders.find(f.inbox)->total;
            entered.release();
            written.acquire();
            return tables.folders.find(f.inbox)->total == before;
        });
        entered.acquire();
        f.add(f.inbox, {sampleHeader(2)});
        written.release();
        QVERIFY(wait(read).value());
        QCOMPARE(f.folder(f.inbox).total, 2);
    }

    void writesKeepTheirOrder()
    {
        StoreFixture f;
        std::mutex mutex;
        QList<int> order;
        QList<QFuture<Result<void>>> writes;
        for (int i = 0; i < 200; ++i) {
            const auto note = [i, &mutex, &order](Tables &) -> Result<void> {
                const std::lock_guard lock(mutex);
                order.append(i);
                return {};
            };
            writes.append(f.store.write(note, i % 7 ? Store::Durability::Rebuildable : Store::Durability::Durable));
        }
        for (const auto &write : std::as_const(writes))
            QVERIFY(wait(write));
        QCOMPARE(order.size(), 200);
        QVERIFY(std::is_sorted(order.begin(), order.end()));
    }

    /// L03, by a limit on the size of files instead of a small disk.
    void aFullDiskFailsTheWriteAndNothingElse()
    {
#ifdef Q_OS_UNIX
        StoreFixture f;
        const MessageId first = f.add(f.inbox, {sampleHeader(1)}).first();
        inStore(f.store, [&](Tables &tables) { tables.bodies.put(first, "ilk"); });

        const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit unlimited{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &unlimited), 0);
        rlimit small = unlimited;
        small.rlim_cur = 2'000'000;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto addBody = [&](quint32 uid) {
            return wait(f.store.write(
                [&f, uid](Tables &tables) -> Result<MessageId> {
                    const MessageId id = tables.messages.upsert(f.inbox, {sampleHeader(uid)}).first();
                    tables.bodies.put(id, QByteArray(100'000, char(uid)));
                    return id;
                },
                Store::Durability::Durable));
        };
        QHash<MessageId, quint32> acknowledged;
        quint32 uid = 1;
        Result<MessageId> last = addBody(++uid);
        for (; last && uid < 100; last = addBody(++uid))
            acknowledged.insert(*last, uid);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &unlimited), 0);
        std::signal(SIGXFSZ, oldHandler);

        QVERIFY(!last);
        QCOMPARE(last.error().kind, ErrorKind::Storage);
        QVERIFY(!acknowledged.isEmpty());
        QCOMPARE(f.folder(f.inbox).total, acknowledged.size() + 1);
        // Space is back: it goes on by itself.
        last = addBody(uid);
        QVERIFY(last);
        acknowledged.insert(*last, uid);
        for (const auto &[id, number] : acknowledged.asKeyValueRange()) {
            const auto raw = fromStore(f.store, [id = id](const Tables &tables) { return tables.bodies.raw(id); });
            QCOMPARE(raw, std::optional(QByteArray(100'000, char(number))));
        }
        QCOMPARE(fromStore(f.store, [&](const Tables &tables) { return tables.bodies.raw(first).value(); }), "ilk");
#else
        QSKIP("limits of Unix");
#endif
    }

    void changesAreMergedAndNoneIsLost()
    {
        StoreFixture f;
        std::mutex mutex;
        QElapsedTimer timer;
        timer.start();
        QList<qint64> times;
        StoreChange seen;
        connect(
            &f.store, &Store::changed, this,
            [&](const StoreChange &change) {
                const std::lock_guard lock(mutex);
                times.append(timer.elapsed());
                seen.merge(change);
            },
            Qt::DirectConnection);

        QSet<MessageId> expected;
        quint32 uid = 0;
        while (timer.elapsed() < 450) {
            const MessageId id = f.add(f.inbox, {sampleHeader(++uid)}).first();
            if (expected.size() < 300) {
                inStore(f.store, [&](Tables &tables) { tables.messages.setFlags({id}, Flag::Flagged, {}); });
                expected.insert(id);
            }
        }
        const FolderId late = f.addFolder(u"sonuncu"_s);
        f.add(late, {sampleHeader(1)});

        QTRY_VERIFY([&] {
            const std::lock_guard lock(mutex);
            return seen.counters.contains(late) && seen.arrivals.contains(late);
        }());
        const std::lock_guard lock(mutex);
        QVERIFY(seen.counters.contains(f.inbox));
        QVERIFY(seen.arrivals.contains(f.inbox));
        QVERIFY(seen.folderLists.contains(f.account));
        QVERIFY(seen.messages.contains(expected));
        QVERIFY2(uid > 50, "too slow to show anything");
        QVERIFY(times.size() >= 2);
        for (qsizetype i = 1; i < times.size(); ++i)
            QVERIFY2(times.at(i) - times.at(i - 1) >= 98, qPrintable(QString::number(times.at(i) - times.at(i - 1))));
    }

    void anUndoneWriteIsNoChange()
    {
        StoreFixture f;
        QTRY_VERIFY(wait(f.store.read([](const Tables &) -> Result<bool> { return true; })));
        QSignalSpy spy(&f.store, &Store::changed);
        const auto result = wait(f.store.write([&](Tables &tables) -> Result<void> {
            tables.messages.upsert(f.archive, {sampleHeader(1)});
            return failure({.kind = ErrorKind::Cancelled});
        }));
        QVERIFY(!result);
        const FolderId last = f.addFolder(u"sonuncu"_s);
        f.add(last, {sampleHeader(1)});
        StoreChange seen;
        QTRY_VERIFY([&] {
            for (const QList<QVariant> &arguments : std::as_const(spy))
                seen.merge(arguments.first().value<StoreChange>());
            return seen.arrivals.contains(last);
        }());
        QVERIFY(!seen.arrivals.contains(f.archive));
    }
};

QTEST_GUILESS_MAIN(TestStore)
#include "test_store.moc"
