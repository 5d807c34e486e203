// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/store/earlierprofile.h"
#include "tests/store/storetest.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void overwrite(const QString &path, qint64 offset, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(offset));
    QCOMPARE(file.write(bytes), bytes.size());
}

SQLite::Database direct(const QString &path)
{
    return SQLite::Database(path.toStdString(), SQLite::OPEN_READWRITE);
}

} // namespace

class TestSchema : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_mail = m_dir->filePath(u"mail.sqlite"_s);
        m_bodies = m_dir->filePath(u"bodies.sqlite"_s);
        Store store(m_dir->path());
        QVERIFY(wait(store.open()));
        m_id = inStore(store, [](Tables &tables) {
            const AccountId account = tables.accounts.insert(sampleAccount(u"ayse@example.org"_s));
            const FolderId inbox = tables.folders.insert({.account = account, .path = u"INBOX"_s});
            const MessageId id = tables.messages.upsert(inbox, {sampleHeader(1)}).first();
            tables.bodies.put(id, "raw");
            OutboxItem item;
            item.account = account;
            for (int i = 0; i < 50; ++i)
                item.recipients.append({.address = u"alici%1@example.org"_s.arg(i)});
            tables.outbox.insert(item, QByteArray(20'000, 'w'), QByteArray(20'000, 's'));
            return id;
        });
    }

    void everyTableIsStrict()
    {
        SQLite::Database mail = direct(m_mail);
        SQLite::Statement tables(mail,
            "SELECT name, strict FROM pragma_table_list"
            " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'");
        int count = 0;
        while (tables.executeStep()) {
            QVERIFY2(tables.getColumn(1).getInt() == 1, tables.getColumn(0).getText());
            ++count;
        }
        QVERIFY(count >= 8);
        QCOMPARE(mail.execAndGet("PRAGMA journal_mode").getString(), "wal");
        QCOMPARE(mail.execAndGet("PRAGMA user_version").getInt(), newestMail);
    }

    /// L07
    void anEarlierDatabaseIsMigratedAndItsCopyKept()
    {
        const QTemporaryDir dir;
        makeEarlierProfile(dir.path(), 500);
        const QString copy = dir.filePath(u"mail-version-%1.sqlite"_s.arg(newestMail - 1));
        for (const QString &left : {copy + u".part"_s, dir.filePath(u"mail-version-2.sqlite"_s)}) {
            QFile file(left);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("broken off, or of long ago");
        }
        const auto count = [](Store &store) {
            return fromStore(store, [](const Tables &tables) {
                return tables.messages.keys(tables.folders.all(tables.accounts.all().first().id).first().id, 1000)
                    .size();
            });
        };
        for (int run = 0; run < 2; ++run) {
            Store store(dir.path());
            QVERIFY(wait(store.open()));
            QVERIFY(!store.recovery());
            QCOMPARE(count(store), 500);
        }
        QCOMPARE(direct(dir.filePath(u"mail.sqlite"_s)).execAndGet("PRAGMA user_version").getInt(), newestMail);
        QCOMPARE(direct(copy).execAndGet("PRAGMA user_version").getInt(), newestMail - 1);
        QCOMPARE(direct(copy).execAndGet("PRAGMA integrity_check").getString(), "ok");
        QCOMPARE(direct(copy).execAndGet("SELECT count(*) FROM messages").getInt(), 500);
        QCOMPARE(
            QFile::permissions(copy) & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
            QFile::Permissions());
        QCOMPARE(QDir(dir.path()).entryList({u"mail-version-*"_s}), QStringList{QFileInfo(copy).fileName()});

        {
            QFile file(copy); // It goes after a month.
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.setFileTime(QDateTime::currentDateTimeUtc().addDays(-31), QFile::FileModificationTime));
        }
        Store store(dir.path());
        QVERIFY(wait(store.open()));
        QVERIFY(!QFile::exists(copy));
        QCOMPARE(count(store), 500);
    }

    void withoutRoomForTheCopyNothingIsChanged()
    {
        const QTemporaryDir dir;
        makeEarlierProfile(dir.path(), 10);
        const QString inTheWay = dir.filePath(u"mail-version-%1.sqlite.part"_s.arg(newestMail - 1));
        QVERIFY(QDir().mkdir(inTheWay));
        {
            Store store(dir.path());
            const auto opened = wait(store.open());
            QVERIFY(!opened);
            QCOMPARE(opened.error().kind, ErrorKind::Storage);
        }
        QCOMPARE(direct(dir.filePath(u"mail.sqlite"_s)).execAndGet("PRAGMA user_version").getInt(), newestMail - 1);
        QVERIFY(QDir().rmdir(inTheWay));
        Store store(dir.path());
        QVERIFY(wait(store.open()));
        QVERIFY(!store.recovery());
    }

    void aNewerDatabaseIsRefusedAndLeftAlone_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("mail") << u"mail.sqlite"_s;
        QTest::newRow("bodies") << u"bodies.sqlite"_s;
    }
    void aNewerDatabaseIsRefusedAndLeftAlone()
    {
        QFETCH(QString, file);
        direct(m_dir->filePath(file)).exec("CREATE TABLE of_tomorrow (id INTEGER); PRAGMA user_version = 1000");
        refusedAndLeftAlone(ErrorKind::StorageNewer);
    }

    void aDatabaseOfAnotherProgramIsPutAside_data() { aNewerDatabaseIsRefusedAndLeftAlone_data(); }
    void aDatabaseOfAnotherProgramIsPutAside()
    {
        QFETCH(QString, file);
        direct(m_dir->filePath(file)).exec("PRAGMA application_id = 12345");
        putAside(file);
    }

    /// L04
    void aDamagedFileIsPutAside_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("damage");
        for (const QString &file : {u"mail.sqlite"_s, u"bodies.sqlite"_s}) {
            for (const QString &damage : {u"wrong header"_s, u"not a database"_s, u"zeroed first page"_s})
                QTest::addRow("%s %s", qPrintable(file), qPrintable(damage)) << file << damage;
        }
        QTest::newRow("mail.sqlite truncated") << u"mail.sqlite"_s << u"truncated"_s;
        QTest::newRow("outbox damaged") << u"mail.sqlite"_s << u"outbox"_s;
        QTest::newRow("accounts damaged") << u"mail.sqlite"_s << u"accounts"_s;
    }
    void aDamagedFileIsPutAside()
    {
        QFETCH(QString, file);
        QFETCH(QString, damage);
        const QString path = m_dir->filePath(file);
        if (damage == "wrong header"_L1) {
            overwrite(path, 3, "!");
        } else if (damage == "not a database"_L1) {
            overwrite(path, 0, QByteArray(4096, 'x'));
        } else if (damage == "zeroed first page"_L1) {
            overwrite(path, 0, QByteArray(4096, '\0'));
        } else if (damage == "truncated"_L1) {
            QVERIFY(QFile::resize(path, 5000));
        } else {
            SQLite::Database mail = direct(m_mail);
            SQLite::Statement root(mail, "SELECT rootpage FROM sqlite_schema WHERE name = ?");
            root.bind(1, damage.toStdString());
            QVERIFY(root.executeStep());
            overwrite(path, (root.getColumn(0).getInt64() - 1) * 4096, QByteArray(4096, '\xff'));
        }
        putAside(file);
    }

    void damageInABodyLeavesTheMessage()
    {
        overwrite(m_bodies, 4096, QByteArray(4096, '\xff'));
        Store store(m_dir->path());
        QVERIFY(wait(store.open()));
        QVERIFY(store.recovery());
        const auto header = fromStore(store, [this](const Tables &tables) { return tables.messages.header(m_id); });
        QVERIFY(header);
        QVERIFY(!header->hasBody); // It is fetched again.
    }

    /// What a power cut between the two files can leave; the number is given out again.
    void aBodyThatNoMessageTellsOfIsNotSeen()
    {
        const qint64 number = m_id.value + 1;
        direct(m_bodies).exec("INSERT INTO raw_messages VALUES (" + std::to_string(number) + ", x'6f6c64')");

        Store store(m_dir->path());
        QVERIFY(wait(store.open()));
        const MessageId id = inStore(store, [](Tables &tables) {
            const FolderId inbox = tables.folders.findByPath(tables.accounts.all().first().id, u"INBOX"_s)->id;
            return tables.messages.upsert(inbox, {sampleHeader(2)}).first();
        });
        QCOMPARE(id.value, number);
        const auto raw = [&] { return fromStore(store, [id](const Tables &tables) { return tables.bodies.raw(id); }); };
        QVERIFY(!raw());
        inStore(store, [id](Tables &tables) { tables.bodies.put(id, "new"); });
        QCOMPARE(raw(), std::optional<QByteArray>("new"));
    }

    void bodiesWithoutTheirIndexAreNotTakenForOthers()
    {
        QVERIFY(QFile::remove(m_mail));
        Store store(m_dir->path());
        QVERIFY(wait(store.open()));
        QVERIFY(store.recovery());
        QCOMPARE(store.recovery()->withoutHeader.size(), 1);
    }

    void aMissingBodiesFileIsMadeAgain()
    {
        QVERIFY(QFile::remove(m_bodies));
        Store store(m_dir->path());
        QVERIFY(wait(store.open()));
        QVERIFY(!fromStore(store, [this](const Tables &tables) { return tables.bodies.raw(m_id); }));
        inStore(store, [this](Tables &tables) { tables.bodies.put(m_id, "again"); });
        QCOMPARE(fromStore(store, [this](const Tables &tables) { return tables.bodies.raw(m_id).value(); }), "again");
    }

    /// L07: kill -9 in the first migration leaves files without a schema.
    void emptyFilesAreFilled()
    {
        for (const QString &file : {m_mail, m_bodies})
            QVERIFY(QFile::resize(file, 0));
        Store store(m_dir->path());
        QVERIFY(wait(store.open()));
        QVERIFY(fromStore(store, [](const Tables &tables) { return tables.accounts.all(); }).isEmpty());
    }

private:
    void putAside(const QString &file)
    {
        const QByteArray damaged = contents(m_dir->filePath(file));
        Store store(m_dir->path());
        QVERIFY(wait(store.open()));
        QVERIFY(store.recovery());
        QCOMPARE(store.recovery()->keptFiles.size(), 1);
        QVERIFY(store.recovery()->keptFiles.constFirst().contains(file.section(u'.', 0, 0) + u"-damaged-"_s));
        QCOMPARE(contents(store.recovery()->keptFiles.constFirst()), damaged);
    }

    void refusedAndLeftAlone(ErrorKind kind)
    {
        const QByteArray mail = contents(m_mail);
        const QByteArray bodies = contents(m_bodies);
        QVERIFY(!mail.isEmpty());
        {
            Store store(m_dir->path());
            const Result<void> opened = wait(store.open());
            QVERIFY(!opened);
            QCOMPARE(opened.error().kind, kind);
            QCOMPARE(opened.error().step, Step::OpenStore);
        }
        QVERIFY(contents(m_mail) == mail);
        QVERIFY(contents(m_bodies) == bodies);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    QString m_mail;
    QString m_bodies;
    MessageId m_id;
};

QTEST_GUILESS_MAIN(TestSchema)
#include "test_schema.moc"
