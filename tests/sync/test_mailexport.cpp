// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/mboxreader.h"
#include "core/settings/secretstore.h"
#include "core/sync/mailexport.h"
#include "core/sync/mailimport.h"
#include "core/sync/tokenkeeper.h"
#include "tests/support/await.h"
#include "tests/sync/synctest.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThreadPool>

#include <algorithm>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

struct ExportFixture : SyncFixture {
    ExportFixture()
        : services{.store = store(),
              .secrets = secrets,
              .tokens = tokens,
              .pool = pool,
              .clock = [this] { return headerOf(10).received; },
              .tls = {}}
        , exports(services, [this](MessageId id) { return fetch(id); }, nullptr)
    {
    }

    /// As the engine gets it, with a word for what has no body here.
    QCoro::Task<Result<QByteArray>> fetch(MessageId id)
    {
        if (beforeFetch)
            beforeFetch(id);
        const auto raw = fromStore(store(), [id](const Tables &tables) { return tables.bodies.raw(id); });
        if (!raw)
            co_return failure({.kind = ErrorKind::Offline, .step = Step::FetchBody});
        co_return *raw;
    }

    MessageId add(quint32 uid, const QByteArray &raw, const QString &subject, Flags flags = {})
    {
        return inStore(store(), [=, this](Tables &tables) {
            MessageHeader header = headerOf(uid, flags);
            header.envelope.subject = subject;
            const MessageId id = tables.messages.upsert(inbox, {header}).first();
            if (!raw.isEmpty())
                tables.bodies.put(id, raw);
            return id;
        });
    }

    QString path(const QString &name) const { return dir.filePath(name); }

    QTemporaryDir dir;
    SecretStore secrets{SecretStore::Backing::MemoryOnly};
    TokenKeeper tokens{secrets, {}, {}, nullptr};
    QThreadPool pool;
    Services services;
    std::function<void(MessageId)> beforeFetch;
    MailExport exports;
};

QByteArray mail(int number)
{
    return "Subject: " + QByteArray::number(number) + "\r\n\r\nFrom here: " + QByteArray::number(number)
        + "\r\n>From there\r\n\r\n";
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

QFileDevice::Permissions othersMay(const QString &path)
{
    return QFile::permissions(path)
        & (QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther);
}

} // namespace

class TestMailExport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mboxHasAllOldestFirst();
    void whatWasExportedComesBack();
    void emlFilesHaveNamesOfTheirOwn();
    void oneMessageIntoItsFile();
    void failureLeavesTheOldFile();
    void cancelledLeavesTheOldFile();
    void whatCannotBeWritten();
};

void TestMailExport::mboxHasAllOldestFirst()
{
    ExportFixture f;
    for (int i = 1; i <= 3; ++i)
        f.add(quint32(i), mail(i), u"konu"_s, i == 2 ? Flags(Flag::Seen | Flag::Flagged) : Flags());
    QSignalSpy progress(&f.exports, &MailExport::progress);
    const auto written = await(f.exports.runFolder(f.inbox, f.path(u"a.mbox"_s), MailFormat::Mbox));
    QVERIFY2(written, describe(written));
    QCOMPARE(*written, 3);
    QCOMPARE(progress.size(), 3);
    QCOMPARE(progress.last().first().value<FileProgress>(), (FileProgress{.messages = 3, .done = 3, .total = 3}));

    QFile file(f.path(u"a.mbox"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    MboxReader reader(file);
    for (int i = 1; i <= 3; ++i) {
        const auto message = reader.next();
        QVERIFY(message);
        QCOMPARE(message->raw, mail(i));
        QCOMPARE(message->flags, i == 2 ? Flags(Flag::Seen | Flag::Flagged) : Flags());
        QCOMPARE(message->received.toSecsSinceEpoch(), SyncFixture::headerOf(quint32(i)).received.toSecsSinceEpoch());
    }
    QVERIFY(!reader.next());
    QVERIFY(!othersMay(file.fileName()));
}

/// L16, through both ends of this program.
void TestMailExport::whatWasExportedComesBack()
{
    ExportFixture f;
    QByteArrayList raws;
    for (int i = 1; i <= 40; ++i) {
        raws.append(mail(i));
        f.add(quint32(i), mail(i), u"konu"_s);
    }
    std::sort(raws.begin(), raws.end());
    for (const auto &[name, format] : {std::pair(u"a.mbox"_s, MailFormat::Mbox), std::pair(u"a"_s, MailFormat::Eml)}) {
        QVERIFY(await(f.exports.runFolder(f.inbox, f.path(name), format)));
        const FolderId target = f.addFolder(u"Geri "_s + name, FolderRole::None);
        const std::atomic_bool stop = false;
        MailImport import(f.store(), f.now, stop, [](FileProgress) { });
        const auto outcome = import.run({f.path(name)}, target);
        QVERIFY(outcome);
        QCOMPARE(outcome->imported, 40);
        QByteArrayList back = fromStore(f.store(), [target](const Tables &tables) {
            QByteArrayList list;
            for (const MessageKey &key : tables.messages.keys(target, 100))
                list.append(tables.bodies.raw(MessageId{key.id}).value_or(QByteArray()));
            return list;
        });
        std::sort(back.begin(), back.end());
        QCOMPARE(back, raws);
    }
}

void TestMailExport::emlFilesHaveNamesOfTheirOwn()
{
    ExportFixture f;
    const QList<MessageId> ids{f.add(1, mail(1), u"Re: a/b\\c: \"ığüşöç\"?"_s), f.add(2, mail(2), u"aynı"_s),
        f.add(3, mail(3), u"aynı"_s), f.add(4, mail(4), u"../../etc"_s), f.add(5, mail(5), {})};
    const QString target = f.path(u"klasör/iç"_s);
    const auto written = await(f.exports.run(ids, target, MailFormat::Eml));
    QVERIFY2(written, describe(written));
    QCOMPARE(*written, 5);
    const QFileInfoList files = QDir(target).entryInfoList(QDir::Files | QDir::Hidden);
    QCOMPARE(files.size(), 5);
    QByteArrayList raws;
    for (const QFileInfo &info : files) {
        QVERIFY2(info.fileName().startsWith(u"2023-11-14"_s) && info.suffix() == "eml"_L1, qPrintable(info.fileName()));
        QVERIFY(!othersMay(info.filePath()));
        raws.append(contentOf(info.filePath()));
    }
    std::sort(raws.begin(), raws.end());
    QCOMPARE(raws, (QByteArrayList{mail(1), mail(2), mail(3), mail(4), mail(5)}));
    QVERIFY(QFile::exists(target + u"/2023-11-14 aynı (2).eml"_s));
    QCOMPARE(QDir(f.dir.path()).entryList(QDir::Files).size(), 0);
    // A second time nothing is written over.
    QVERIFY(await(f.exports.run(ids, target, MailFormat::Eml)));
    QCOMPARE(QDir(target).entryList(QDir::Files).size(), 10);
}

void TestMailExport::oneMessageIntoItsFile()
{
    ExportFixture f;
    const MessageId id = f.add(1, mail(1), u"konu"_s);
    const QString path = f.path(u"ileti.eml"_s);
    for (int i = 0; i < 2; ++i) { // The user was asked about the file that is there.
        const auto written = await(f.exports.run({id}, path, MailFormat::OneEml));
        QVERIFY2(written, describe(written));
        QCOMPARE(contentOf(path), mail(1));
    }
    QCOMPARE(QDir(f.dir.path()).entryList(QDir::Files).size(), 1);
    QVERIFY(!othersMay(path));
}

void TestMailExport::failureLeavesTheOldFile()
{
    ExportFixture f;
    f.add(1, {}, u"gövdesiz"_s); // The oldest, reached last; it cannot be fetched.
    for (int i = 2; i <= 4; ++i)
        f.add(quint32(i), mail(i), u"konu"_s);
    QFile old(f.path(u"a.mbox"_s));
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    const auto written = await(f.exports.runFolder(f.inbox, old.fileName(), MailFormat::Mbox));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Offline);
    QCOMPARE(contentOf(old.fileName()), "old"_ba);
    QCOMPARE(QDir(f.dir.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"a.mbox"_s});
}

void TestMailExport::cancelledLeavesTheOldFile()
{
    ExportFixture f;
    QList<MessageId> ids;
    for (int i = 1; i <= 4; ++i)
        ids.append(f.add(quint32(i), mail(i), u"konu"_s));
    f.beforeFetch = [&](MessageId id) {
        if (id == ids.at(1))
            f.exports.cancel();
    };
    const auto written = await(f.exports.runFolder(f.inbox, f.path(u"a.mbox"_s), MailFormat::Mbox));
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Cancelled);
    QVERIFY(QDir(f.dir.path()).entryList(QDir::Files | QDir::Hidden).isEmpty());
    // The next one is not.
    f.beforeFetch = {};
    QVERIFY(await(f.exports.runFolder(f.inbox, f.path(u"a.mbox"_s), MailFormat::Mbox)));
}

void TestMailExport::whatCannotBeWritten()
{
    ExportFixture f;
    const MessageId id = f.add(1, mail(1), u"konu"_s);
    QFile file(f.path(u"dosya"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    for (const auto &[path, format] :
        {std::pair(f.path(u"yok/a.mbox"_s), MailFormat::Mbox), std::pair(file.fileName() + u"/a"_s, MailFormat::Eml),
            std::pair(f.path(u"yok/a"_s), MailFormat::OneEml)}) {
        const auto written = await(f.exports.run({id}, path, format));
        QVERIFY(!written);
        QCOMPARE(written.error().kind, ErrorKind::Storage);
        QCOMPARE(written.error().subject, QFileInfo(path).fileName());
    }
    const auto nowhere = await(f.exports.runFolder(FolderId{4711}, f.path(u"b"_s), MailFormat::Mbox));
    QVERIFY(!nowhere);
    QCOMPARE(nowhere.error().kind, ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(TestMailExport)
#include "test_mailexport.moc"
