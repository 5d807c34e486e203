// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/store/storetest.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr int messageCount = 400;
constexpr int popCount = 60;
constexpr int draftCount = 20;
constexpr int pageSize = 4096;

/// A word that stands nowhere else, all over a text of some size.
QByteArray marked(const QByteArray &kind, int number, qsizetype size)
{
    const QByteArray word = '<' + kind + QByteArray::number(number) + "> ";
    return word.repeated(size / word.size() + 1);
}

QByteArray markOf(const QByteArray &kind, int number)
{
    return '<' + kind + QByteArray::number(number) + '>';
}

/// A profile with mail of a server, of a maildrop and of this computer, and with what somebody wrote.
class Profile {
public:
    Profile()
    {
        inStore(temp.store, [this](Tables &tables) {
            imap = tables.accounts.insert(sampleAccount(u"ayse@example.org"_s));
            Account pop = sampleAccount(u"mehmet@example.org"_s);
            pop.incoming.protocol = Protocol::Pop3;
            pop.serverCopies = {.days = 30, .deletedWithOurs = false};
            drop = tables.accounts.insert(pop);
            inbox = addFolder(tables, imap, u"INBOX"_s, FolderRole::Inbox);
            tables.folders.setSyncState(
                inbox, {.uidValidity = 7, .uidNext = messageCount + 1, .headersComplete = true});
            dropInbox = addFolder(tables, drop, u"INBOX"_s, FolderRole::Inbox);
            for (int i = 1; i <= messageCount; ++i) {
                MessageHeader header = sampleHeader(quint32(i), i % 3 ? Flags(Flag::Seen) : Flags());
                header.envelope.subject = QString::fromLatin1(markOf("imap", i));
                const MessageId id = tables.messages.upsert(inbox, {header}).constFirst();
                if (i % 8 == 0)
                    tables.bodies.put(id, marked("imapbody", i, 2000));
            }
            for (int i = 1; i <= popCount; ++i) {
                MessageHeader header = sampleHeader(quint32(i));
                header.uid = 0;
                header.envelope.subject = QString::fromLatin1(markOf("pop", i));
                const MessageId id = tables.messages.upsert(dropInbox, {header}).constFirst();
                tables.bodies.put(id, marked("popbody", i, i % 5 == 0 ? 30'000 : 1500));
                tables.pop3.insert(drop,
                    {.uid = "u" + QByteArray::number(i),
                        .fingerprint = "f" + QByteArray::number(i),
                        .message = id,
                        .seenAt = header.received,
                        .deletedHere = false});
            }
            for (int i = 1; i <= draftCount; ++i) {
                Draft draft{.account = imap, .subject = u"s"_s};
                draft.text = QString::fromLatin1(marked("draft", i, i % 4 == 0 ? 9000 : 700));
                if (i % 5 == 0)
                    draft.attachments.append({.fileName = u"a"_s, .content = marked("file", i, 6000)});
                tables.drafts.save(draft, header0());
            }
            OutboxItem item{.account = imap, .sender = u"ayse@example.org"_s, .subject = u"out"_s};
            item.recipients = {{.address = u"ali@example.org"_s}};
            for (int i = 1; i <= 5; ++i)
                tables.outbox.insert(item, marked("wire", i, 3000), marked("copy", i, 3000));
            for (int i = 1; i <= 5; ++i) {
                PendingOp op;
                op.account = imap;
                op.kind = PendingOp::Kind::ChangeFlags;
                op.folder = inbox;
                op.uid = quint32(i);
                op.add = Flag::Flagged;
                op.createdAt = header0();
                tables.pendingOps.insert(op);
            }
        });
    }

    static QDateTime header0() { return sampleHeader(1).received; }
    static FolderId addFolder(Tables &tables, AccountId account, const QString &path, FolderRole role)
    {
        return tables.folders.insert({.account = account, .path = path, .separator = u'/', .role = role});
    }

    TempStore temp;
    AccountId imap;
    AccountId drop;
    FolderId inbox;
    FolderId dropInbox;
};

/// All that is in a store, by its marks.
struct Content {
    QSet<QByteArray> marks;
    QList<Account> accounts;
    QList<PendingOp> ops;
    bool deletesOnServer = false;
};

QSet<QByteArray> marksIn(const QByteArray &text)
{
    QSet<QByteArray> marks;
    for (qsizetype start = text.indexOf('<'); start >= 0; start = text.indexOf('<', start + 1)) {
        const qsizetype end = text.indexOf('>', start);
        if (end > start && end - start < 16)
            marks.insert(text.sliced(start, end + 1 - start));
    }
    return marks;
}

Content contentOf(Store &store)
{
    return fromStore(store, [](const Tables &tables) {
        Content content{.marks = {}, .accounts = tables.accounts.all(), .ops = {}};
        QList<Account> owners = content.accounts;
        if (const auto computer = tables.accounts.onThisComputer())
            owners.append(*computer);
        for (const Account &account : std::as_const(owners)) {
            for (const Folder &folder : tables.folders.all(account.id)) {
                const QList<MessageKey> keys = tables.messages.keys(folder.id, 100'000);
                if (keys.size() != folder.total)
                    qFatal("a counter is wrong");
                for (const MessageKey &key : keys) {
                    const auto header = tables.messages.header(MessageId{key.id});
                    content.marks += marksIn(header->envelope.subject.toLatin1());
                    if (const auto raw = tables.bodies.raw(header->id))
                        content.marks += marksIn(*raw);
                }
            }
            content.ops += tables.pendingOps.all(account.id);
            for (const Pop3Seen &seen : tables.pop3.byUid(account.id))
                content.deletesOnServer |= seen.deletedHere;
            content.deletesOnServer
                |= account.isLocal() && account.serverCopies.days >= 0 && account.serverCopies.days < 30;
            content.deletesOnServer |= account.serverCopies.deletedWithOurs;
        }
        for (const auto &draft : tables.drafts.all()) {
            const std::optional<Draft> whole = tables.drafts.find(draft.id);
            content.marks += marksIn(whole->text.toLatin1());
            for (const DraftAttachment &file : whole->attachments)
                content.marks += marksIn(file.content);
        }
        for (const OutboxItem &item : tables.outbox.all())
            content.marks += marksIn(tables.outbox.wireMessage(item.id)) + marksIn(tables.outbox.sentCopy(item.id));
        for (const PendingOp &op : std::as_const(content.ops))
            content.deletesOnServer |= op.kind == PendingOp::Kind::Delete || op.kind == PendingOp::Kind::Move;
        return content;
    });
}

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void copyDirectory(const QString &from, const QString &to)
{
    const QStringList names = QDir(from).entryList(QDir::Files);
    for (const QString &name : names)
        QVERIFY(QFile::copy(QDir(from).filePath(name), QDir(to).filePath(name)));
}

} // namespace

/// L04: a hundred kinds of damage. The program starts, what can be read is there, and no server is told to delete
/// anything.
class SalvageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Profile profile;
        m_whole = contentOf(profile.temp.store);
        QCOMPARE(
            m_whole.marks.size(), messageCount + messageCount / 8 + 2 * popCount + draftCount + draftCount / 5 + 10);
        QVERIFY(!m_whole.deletesOnServer);
        // As a kill leaves it, with what has not been written back yet.
        copyDirectory(profile.temp.dir.path(), m_killed.path());
        QVERIFY(QFile::exists(m_killed.filePath(u"mail.sqlite-wal"_s)));
        profile.temp.close();
        copyDirectory(profile.temp.dir.path(), m_closed.path());
        QVERIFY(!QFile::exists(m_closed.filePath(u"mail.sqlite-wal"_s)));
    }

    void startsAfterAnyDamage_data();
    void startsAfterAnyDamage();
    void damageFoundWhileRunningIsMendedAtTheNextStart();
    void aBrokenOffSalvageIsEnded();
    void pendingDeletionsAreForgotten();
    void bodiesAloneAreNotSilentlyForgotten();
    void savedTextsAreIndexedAgain();
    void lostBodiesAreWantedAgain();
    void aSoundStoreIsLeftAlone();

private:
    Content m_whole;
    QTemporaryDir m_closed;
    QTemporaryDir m_killed;
};

void SalvageTest::startsAfterAnyDamage_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("damage");
    QTest::addColumn<int>("number");
    for (const QString &file : {u"mail.sqlite"_s, u"bodies.sqlite"_s}) {
        const auto add = [&file](const QString &damage, int number = 0) {
            QTest::addRow("%s %s %d", qPrintable(file), qPrintable(damage), number) << file << damage << number;
        };
        for (int i = 0; i < 20; ++i)
            add(u"flipped byte"_s, i);
        for (int i = 0; i < 10; ++i)
            add(u"zeroed page"_s, i);
        for (int i = 0; i < 6; ++i)
            add(u"truncated"_s, i);
        for (int i = 0; i < 5; ++i)
            add(u"overwritten stretch"_s, i);
        for (const QString &damage : {u"wrong header"_s, u"zeroed first page"_s, u"noise"_s, u"empty"_s, u"missing"_s,
                 u"directory"_s, u"read-only"_s, u"one byte"_s, u"version lowered"_s, u"version raised"_s,
                 u"wrong owner"_s, u"text file"_s})
            add(damage);
    }
    for (const QString &damage : {u"log missing"_s, u"log of noise"_s, u"log cut"_s, u"shm of noise"_s})
        QTest::newRow(qPrintable(damage)) << u"mail.sqlite"_s << damage << 0;
}

void SalvageTest::startsAfterAnyDamage()
{
    QFETCH(const QString, file);
    QFETCH(const QString, damage);
    QFETCH(const int, number);
    const bool aboutLog = damage.startsWith("log"_L1) || damage.startsWith("shm"_L1);
    const QTemporaryDir dir;
    copyDirectory((aboutLog ? m_killed : m_closed).path(), dir.path());
    const QString path = dir.filePath(file);
    QByteArray bytes = readAll(path);
    const QByteArray before = bytes;
    QRandomGenerator random(quint32(qHash(file) % 1000) + quint32(number) * 7919U + quint32(damage.size()));
    const int pages = int(bytes.size() / pageSize);
    qsizetype from = 0; // What is not what it was.
    qsizetype to = 0;
    const auto spoil = [&](qsizetype at, const QByteArray &with) {
        bytes.replace(at, with.size(), with);
        from = at;
        to = at + with.size();
    };
    if (damage == "flipped byte"_L1) {
        const qsizetype at = random.bounded(int(bytes.size()));
        spoil(at, QByteArray(1, char(uchar(bytes.at(at)) ^ uchar(1 << random.bounded(8)))));
    } else if (damage == "zeroed page"_L1) {
        spoil(qsizetype(random.bounded(1, pages)) * pageSize, QByteArray(pageSize, '\0'));
    } else if (damage == "overwritten stretch"_L1) {
        const QByteArray noise(2 * pageSize + 123, char(random.bounded(256)));
        spoil(random.bounded(pageSize, int(bytes.size() - noise.size())), noise);
    } else if (damage == "truncated"_L1) {
        from = random.bounded(pageSize, int(bytes.size()));
        to = bytes.size();
        bytes.truncate(from);
    } else if (damage == "wrong header"_L1) {
        spoil(3, "!");
    } else if (damage == "zeroed first page"_L1) {
        spoil(0, QByteArray(pageSize, '\0'));
    } else if (damage == "version lowered"_L1) {
        spoil(60, QByteArray(4, '\0'));
    } else if (damage == "version raised"_L1) {
        spoil(60, QByteArray("\0\0\1\0", 4));
    } else if (damage == "wrong owner"_L1) {
        spoil(68, "abcd");
    } else if (damage == "noise"_L1) {
        spoil(0, QByteArray(bytes.size(), 'x'));
    } else if (damage == "text file"_L1 || damage == "one byte"_L1 || damage == "empty"_L1) {
        from = 0;
        to = bytes.size();
        bytes = damage == "text file"_L1 ? "Dear database,\n" : damage == "one byte"_L1 ? "S" : "";
    }
    if (bytes != before) {
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    }
    if (damage == "missing"_L1 || damage == "directory"_L1) {
        QVERIFY(QFile::remove(path));
        to = before.size();
        if (damage == "directory"_L1)
            QVERIFY(QDir().mkpath(path + "/inside"_L1));
    } else if (damage == "read-only"_L1) {
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
    } else if (aboutLog) {
        QFile log(path + (damage.startsWith("shm"_L1) ? "-shm"_L1 : "-wal"_L1));
        if (damage == "log missing"_L1)
            QVERIFY(log.remove());
        else if (damage == "log cut"_L1)
            QVERIFY(log.resize(log.size() / 2 + 17));
        else
            QVERIFY(log.open(QIODevice::WriteOnly) && log.write(QByteArray(int(32768), 'z')) > 0);
    }

    bool seemsSound = false;
    if (damage == "flipped byte"_L1 || damage == "zeroed page"_L1 || damage == "overwritten stretch"_L1) {
        try {
            SQLite::Database database(path.toStdString(), SQLite::OPEN_READWRITE);
            seemsSound = database.execAndGet("PRAGMA quick_check(1)").getString() == "ok";
        } catch (const SQLite::Exception &) {
            seemsSound = false;
        }
    }

    std::optional<Recovery> recovery;
    {
        Store store(dir.path());
        const Result<void> opened = wait(store.open());
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().summary()));
        recovery = store.recovery();
        const Content content = contentOf(store);
        QVERIFY(!content.deletesOnServer);
        if (!aboutLog) {
            // Only what stood, at least in part, where the damage is may be missing.
            const qsizetype page = from / pageSize * pageSize;
            const QByteArray spoilt
                = before.sliced(page, qMin(before.size(), (to + pageSize - 1) / pageSize * pageSize) - page);
            QSet<QByteArray> lost = m_whole.marks;
            lost -= content.marks;
            lost.removeIf([](const QByteArray &mark) { return mark.startsWith("<imap"); }); // The server has those.
            for (const QByteArray &mark : std::as_const(lost)) {
                // Of a mail in the outbox both forms are one row.
                const QByteArray twin = mark.startsWith("<copy") ? QByteArray(mark).replace("copy", "wire")
                                                                 : QByteArray(mark).replace("wire", "copy");
                QVERIFY2(spoilt.contains(mark.chopped(1)) || spoilt.contains(twin.chopped(1)), mark.constData());
            }
            // Never silently empty.
            if (!lost.isEmpty() && !recovery)
                QVERIFY(seemsSound); // A value that is wrong, in a file that is right: nothing in it could tell.
        }
        inStore(store, [](Tables &tables) { return tables.accounts.insert(sampleAccount(u"yeni@example.org"_s)); });
    }
    if (recovery) {
        QVERIFY(!recovery->keptFiles.isEmpty() || damage == "missing"_L1);
        for (const QString &kept : std::as_const(recovery->keptFiles)) {
            QVERIFY(QFileInfo::exists(kept));
            if (QFileInfo(kept).isFile() && QFileInfo(kept).fileName().startsWith(file.section(u'.', 0, 0)))
                QCOMPARE(readAll(kept), damage == "missing"_L1 ? QByteArray() : bytes); // untouched
        }
        Store again(dir.path());
        QVERIFY(wait(again.open()));
        QVERIFY(!again.recovery());
    }
}

void SalvageTest::damageFoundWhileRunningIsMendedAtTheNextStart()
{
    const QTemporaryDir dir;
    copyDirectory(m_closed.path(), dir.path());
    {
        Store store(dir.path());
        QVERIFY(wait(store.open()));
        QVERIFY(!store.recovery());
        QFile file(dir.filePath(u"bodies.sqlite"_s));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(pageSize));
        QCOMPARE(file.write(QByteArray(int(file.size()) - pageSize, '\xff')), file.size() - pageSize);
        file.close();
        const auto read = wait(store.read([](const Tables &tables) -> Result<int> {
            int count = 0;
            for (qint64 id = 1; id < 1000; ++id)
                count += tables.bodies.raw(MessageId{id}) ? 1 : 0;
            return count;
        }));
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Storage);
    }
    Store store(dir.path());
    QVERIFY(wait(store.open()));
    QVERIFY(store.recovery());
}

void SalvageTest::aBrokenOffSalvageIsEnded()
{
    // Before everything was saved: as if it had never begun.
    const QTemporaryDir dir;
    copyDirectory(m_closed.path(), dir.path());
    QVERIFY(QDir(dir.path()).mkdir(u"recovering"_s));
    QVERIFY(QFile::copy(dir.filePath(u"bodies.sqlite"_s), dir.filePath(u"recovering/mail.sqlite"_s)));
    {
        Store store(dir.path());
        QVERIFY(wait(store.open()));
        QCOMPARE(contentOf(store).marks, m_whole.marks);
    }
    QVERIFY(!QFile::exists(dir.filePath(u"recovering"_s)));

    // After that, at each of its steps: it goes on.
    for (int step = 0; step < 3; ++step) {
        const QTemporaryDir other;
        copyDirectory(m_closed.path(), other.path());
        QVERIFY(QDir(other.path()).mkdir(u"recovering"_s));
        QVERIFY(QFile::copy(other.filePath(u"mail.sqlite"_s), other.filePath(u"recovering/mail.sqlite"_s)));
        QFile plan(other.filePath(u"recovering/plan"_s));
        QVERIFY(plan.open(QIODevice::WriteOnly));
        plan.write("mail.sqlite\tmail-damaged-x.sqlite\n");
        plan.close();
        QFile damaged(other.filePath(u"mail.sqlite"_s));
        QVERIFY(damaged.open(QIODevice::ReadWrite));
        damaged.write("no database");
        damaged.close();
        if (step >= 1)
            QVERIFY(QFile::rename(other.filePath(u"mail.sqlite"_s), other.filePath(u"mail-damaged-x.sqlite"_s)));
        if (step >= 2)
            QVERIFY(QFile::rename(other.filePath(u"recovering/mail.sqlite"_s), other.filePath(u"mail.sqlite"_s)));
        Store store(other.path());
        QVERIFY(wait(store.open()));
        QCOMPARE(contentOf(store).marks, m_whole.marks);
        QVERIFY(readAll(other.filePath(u"mail-damaged-x.sqlite"_s)).startsWith("no database"));
        QVERIFY(!QFile::exists(other.filePath(u"recovering"_s)));
    }
}

void SalvageTest::pendingDeletionsAreForgotten()
{
    const QTemporaryDir dir;
    copyDirectory(m_closed.path(), dir.path());
    {
        Store store(dir.path());
        QVERIFY(wait(store.open()));
        inStore(store, [](Tables &tables) {
            const AccountId imap = tables.accounts.all().constFirst().id;
            const AccountId drop = tables.accounts.all().constLast().id;
            for (const auto kind : {PendingOp::Kind::Delete, PendingOp::Kind::Move}) {
                PendingOp op;
                op.account = imap;
                op.kind = kind;
                op.createdAt = Profile::header0();
                tables.pendingOps.insert(op);
            }
            QList<MessageId> all;
            for (const Pop3Seen &seen : tables.pop3.byUid(drop))
                all.append(seen.message);
            tables.pop3.markDeleted(all);
            Account account = *tables.accounts.find(drop);
            account.serverCopies = {.days = 0, .deletedWithOurs = true};
            tables.accounts.update(account);
        });
        QVERIFY(contentOf(store).deletesOnServer);
    }
    QFile file(dir.filePath(u"mail.sqlite"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write("no database");
    file.close();
    Store store(dir.path());
    QVERIFY(wait(store.open()));
    const Content content = contentOf(store);
    QCOMPARE(content.marks, m_whole.marks);
    QVERIFY(!content.deletesOnServer);
    QList<quint32> uids;
    for (const PendingOp &op : content.ops)
        uids.append(op.uid);
    QCOMPARE(uids, (QList<quint32>{1, 2, 3, 4, 5}));
    QCOMPARE(content.accounts.constLast().serverCopies, ServerCopies());
    // What had come from the maildrop is known: nothing comes twice.
    QCOMPARE(fromStore(store,
                 [&](const Tables &tables) { return tables.pop3.byUid(content.accounts.constLast().id).size(); }),
        popCount);
}

void SalvageTest::bodiesAloneAreNotSilentlyForgotten()
{
    const QTemporaryDir dir;
    copyDirectory(m_closed.path(), dir.path());
    QVERIFY(QFile::remove(dir.filePath(u"mail.sqlite"_s)));
    Store store(dir.path());
    QVERIFY(wait(store.open()));
    QVERIFY(store.recovery());
    QCOMPARE(store.recovery()->withoutHeader.size(), popCount + messageCount / 8);
    const Content content = contentOf(store);
    for (int i = 1; i <= popCount; ++i)
        QVERIFY(content.marks.contains(markOf("popbody", i)));
}

void SalvageTest::savedTextsAreIndexedAgain()
{
    const QTemporaryDir dir;
    copyDirectory(m_closed.path(), dir.path());
    {
        Store store(dir.path());
        QVERIFY(wait(store.open()));
        inStore(store, [](Tables &tables) {
            const QList<MessageId> all = tables.search.textsWaiting(10'000);
            for (const MessageId id : all)
                tables.search.setText(id, u"kelime"_s);
        });
    }
    QFile file(dir.filePath(u"mail.sqlite"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write("no database");
    file.close();
    Store store(dir.path());
    QVERIFY(wait(store.open()));
    QVERIFY(
        fromStore(store, [](const Tables &tables) { return tables.search.find(u"kelime"_s, {}, {}, 10).isEmpty(); }));
    const auto withBody = fromStore(store, [](const Tables &tables) {
        QList<MessageId> waiting = tables.search.textsWaiting(10'000);
        waiting.removeIf([&](MessageId id) { return !tables.bodies.raw(id); });
        return waiting.size();
    });
    QCOMPARE(withBody, popCount + messageCount / 8);
}

/// A maildrop may still have them: they come into the rows that are there.
void SalvageTest::lostBodiesAreWantedAgain()
{
    const QTemporaryDir dir;
    copyDirectory(m_closed.path(), dir.path());
    QVERIFY(QFile::remove(dir.filePath(u"bodies.sqlite"_s)));
    Store store(dir.path());
    QVERIFY(wait(store.open()));
    const auto drop = fromStore(store, [](const Tables &tables) { return tables.accounts.all().constLast().id; });
    QVERIFY(fromStore(store, [](const Tables &tables) { return tables.search.textsWaiting(10).isEmpty(); }));
    const auto wanted = fromStore(store, [drop](const Tables &tables) { return tables.pop3.wanted(drop); });
    QCOMPARE(wanted.size(), popCount);
    QCOMPARE(fromStore(store, [drop](const Tables &tables) { return tables.pop3.byUid(drop).size(); }), popCount);
    for (const Pop3Seen &seen : wanted)
        QCOMPARE(fromStore(store, [&](const Tables &tables) { return tables.pop3.restOf(seen.message); }), drop);
}

void SalvageTest::aSoundStoreIsLeftAlone()
{
    const QTemporaryDir dir;
    copyDirectory(m_killed.path(), dir.path());
    Store store(dir.path());
    QVERIFY(wait(store.open()));
    QVERIFY(!store.recovery());
    const Content content = contentOf(store);
    QCOMPARE(content.marks, m_whole.marks);
    QCOMPARE(content.ops, m_whole.ops);
    QCOMPARE(content.accounts, m_whole.accounts);
}

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::SalvageTest)
#include "test_salvage.moc"
