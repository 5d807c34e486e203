// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/store/earlierprofile.h"
#include "tests/store/storetest.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QDir>
#include <QElapsedTimer>
#include <QProcess>

#include <algorithm>
#include <memory>
#include <random>

using namespace postaci;
using namespace Qt::StringLiterals;

class TestStoreCrash : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// L01: kill -9 in the middle of writing, again and again on one profile.
    void nothingAcknowledgedIsLostByAKill()
    {
        constexpr int oneProfile = 50; // Larger ones take longer to look through than to kill.
        std::unique_ptr<QTemporaryDir> dir;
        std::mt19937 random(std::random_device{}());
        qint64 acknowledged = 0;
        for (int kill = 0; kill < kills(); ++kill) {
            if (kill % oneProfile == 0) {
                dir = std::make_unique<QTemporaryDir>();
                acknowledged = 0;
            }
            const int acknowledgements = 1 + int(random() % 25);
            QProcess writer;
            writer.start(QStringLiteral(POSTACI_CRASHWRITER), {dir->path()});
            for (int line = 0; line < acknowledgements; ++line) {
                while (!writer.canReadLine())
                    QVERIFY2(writer.waitForReadyRead(60'000), writer.readAllStandardError().constData());
                acknowledged = writer.readLine().trimmed().toLongLong();
                QVERIFY(acknowledged > 0);
            }
            writer.kill();
            QVERIFY(writer.waitForFinished(60'000));
            QCOMPARE(writer.exitStatus(), QProcess::CrashExit);
            while (writer.canReadLine())
                acknowledged = writer.readLine().trimmed().toLongLong();

            checkStore(dir->path(), acknowledged);
            if (QTest::currentTestFailed())
                return;
            checkFiles(*dir);
        }
        QVERIFY(acknowledged > (kills() - 1) % oneProfile);
    }

    /// L07: kill -9 while the database of an earlier version is migrated.
    void nothingIsLostByAKillWhileMigrating()
    {
        constexpr int messages = 20'000;
        QTemporaryDir earlier;
        makeEarlierProfile(earlier.path(), messages);
        std::mt19937 random(std::random_device{}());
        int duration = 0; // Of one that is left alone; then up to that the others are killed.
        for (int kill = 0; kill <= kills(); ++kill) {
            QTemporaryDir dir;
            for (const QString &name : QDir(earlier.path()).entryList(QDir::Files))
                QVERIFY(QFile::copy(earlier.filePath(name), dir.filePath(name)));
            QProcess writer;
            QElapsedTimer timer;
            timer.start();
            writer.start(QStringLiteral(POSTACI_CRASHWRITER), {dir.path()});
            const int limit = kill == 0 ? 60'000 : int(random() % unsigned(duration));
            const bool isOpen = writer.waitForReadyRead(limit);
            if (kill == 0) {
                QVERIFY(isOpen);
                duration = qMax(2, int(timer.elapsed()));
            }
            writer.kill();
            QVERIFY(writer.waitForFinished(60'000));

            {
                Store store(dir.path());
                QVERIFY(wait(store.open()));
                QVERIFY(!store.recovery());
                const qint64 found = fromStore(store, [](const Tables &tables) {
                    const FolderId inbox = tables.folders.findByPath(tables.accounts.all().first().id, u"INBOX"_s)->id;
                    const QList<MessageKey> keys = tables.messages.keys(inbox, 1'000'000);
                    return std::count_if(keys.cbegin(), keys.cend(),
                        [](const MessageKey &key) { return key.received <= messages * qint64(60'000); });
                });
                QCOMPARE(found, messages);
            }
            checkFiles(dir);
            SQLite::Database copy(dir.filePath(u"mail-version-%1.sqlite"_s.arg(newestMail - 1)).toStdString());
            QCOMPARE(copy.execAndGet("PRAGMA integrity_check").getString(), "ok");
            QCOMPARE(copy.execAndGet("SELECT count(*) FROM messages").getInt(), messages);
        }
    }

private:
    static int kills()
    {
        return qEnvironmentVariableIsSet("POSTACI_KILLS") ? qEnvironmentVariableIntValue("POSTACI_KILLS") : 20;
    }

    void checkStore(const QString &directory, qint64 acknowledged)
    {
        Store store(directory);
        QVERIFY(wait(store.open())); // The lock of the killed one does not stand in the way.
        const auto items = fromStore(store, [](const Tables &tables) { return tables.outbox.all(); });
        // One more may have been committed and not told any more.
        QVERIFY(items.size() == acknowledged || items.size() == acknowledged + 1);
        for (qsizetype i = 0; i < items.size(); ++i)
            QCOMPARE(items.at(i).subject.toLongLong(), i + 1);
        const auto lastCopy = fromStore(
            store, [&](const Tables &tables) { return tables.outbox.sentCopy(items.at(acknowledged - 1).id); });
        QCOMPARE(lastCopy, QByteArray::number(acknowledged));

        const auto counters = fromStore(store, [](const Tables &tables) {
            QList<std::pair<qint64, qint64>> numbers;
            for (const Folder &folder : tables.folders.all(tables.accounts.all().first().id)) {
                qint64 unread = 0;
                const QList<MessageKey> keys = tables.messages.keys(folder.id, 1'000'000);
                for (const MessageKey &key : keys) {
                    const MessageHeader header = tables.messages.header(MessageId{key.id}).value();
                    unread += header.flags.testFlag(Flag::Seen) ? 0 : 1;
                    numbers.append({header.hasBody, tables.bodies.raw(header.id).has_value()});
                }
                numbers.append({folder.total, keys.size()});
                numbers.append({folder.unread, unread});
            }
            return numbers;
        });
        for (const auto &[counter, counted] : counters)
            QCOMPARE(counter, counted);
    }

    void checkFiles(const QTemporaryDir &dir)
    {
        for (const QString &name : {u"mail.sqlite"_s, u"bodies.sqlite"_s}) {
            SQLite::Database database(dir.filePath(name).toStdString(), SQLite::OPEN_READWRITE);
            QCOMPARE(database.execAndGet("PRAGMA integrity_check").getString(), "ok");
        }
    }
};

QTEST_GUILESS_MAIN(TestStoreCrash)
#include "test_storecrash.moc"
