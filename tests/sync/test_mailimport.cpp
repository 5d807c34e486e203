// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/mboxwriter.h"
#include "core/sync/folderactions.h"
#include "core/sync/mailimport.h"
#include "tests/sync/synctest.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, QTimeZone::UTC);

QByteArray mail(int number, const QByteArray &text = "metin")
{
    return "From: Ali <ali@example.org>\r\nSubject: " + QByteArray::number(number)
        + "\r\nDate: Mon, 5 May 2025 10:00:00 +0300\r\nMessage-ID: <i" + QByteArray::number(number)
        + "@example.org>\r\n\r\nFrom here: " + text + "\r\n\r\n";
}

} // namespace

class MailImportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_f = std::make_unique<SyncFixture>();
        m_folder = inStore(
            m_f->store(), [](Tables &tables) { return *actions::createFolder(tables, {}, {}, u"Eski"_s, now); });
        m_stop = false;
    }

    void mboxTwiceBringsNothingTwice()
    {
        QByteArray file;
        QByteArrayList mails;
        for (int i = 0; i < 250; ++i) {
            mails.append(mail(i));
            file += mboxEntry(mails.last(), i % 2 ? Flag::Seen : Flag::Flagged, {}, now);
        }
        mails.append("Subject: no id\r\n\r\nx\r\n");
        file += mboxEntry(mails.last(), {}, {}, now);
        const QString path = write(u"posta"_s, file);
        QCOMPARE(import({path}), (ImportOutcome{.imported = 251}));
        QCOMPARE(contents(m_folder), sorted(mails));
        QCOMPARE(import({path}), (ImportOutcome{.known = 251}));
        QCOMPARE(contents(m_folder), sorted(mails));
        QCOMPARE(m_told.done, file.size());
        QCOMPARE(m_told.total, file.size());
        // Only the exact same mail is known: one with its Message-ID is another.
        QCOMPARE(import({write(u"andere"_s, mboxEntry(mail(3, "else"), {}, {}, now))}), (ImportOutcome{.imported = 1}));
        QCOMPARE(flagsOf(u"0"_s), Flags(Flag::Flagged));
        QCOMPARE(flagsOf(u"1"_s), Flags(Flag::Seen));
    }

    void cancelledLeavesWholeMessages()
    {
        QByteArray file;
        for (int i = 0; i < 500; ++i)
            file += mboxEntry(mail(i), {}, {}, now);
        const QString path = write(u"posta"_s, file);
        m_stopAt = file.size() / 2;
        const ImportOutcome outcome = import({path});
        QVERIFY(outcome.cancelled);
        QVERIFY(outcome.imported > 0 && outcome.imported < 500);
        QCOMPARE(contents(m_folder).size(), outcome.imported);
        for (const QByteArray &raw : contents(m_folder))
            QVERIFY(raw.endsWith("From here: metin\r\n\r\n"));
        // The next one brings the rest.
        m_stopAt = -1;
        m_stop = false;
        QCOMPARE(import({path}), (ImportOutcome{.imported = 500 - outcome.imported, .known = outcome.imported}));
    }

    void maildirWithFoldersBelow()
    {
        for (const auto *folder : {"", ".&ATA-leri", ".&ATA-leri.2019"}) {
            for (const auto *part : {"/cur", "/new", "/tmp"})
                QVERIFY(QDir().mkpath(m_dir->filePath(u"M/"_s) + QLatin1StringView(folder) + QLatin1StringView(part)));
        }
        write(u"M/cur/1.a:2,S"_s, mail(1).replace("\r\n", "\n"));
        write(u"M/new/2.b"_s, mail(2));
        write(u"M/cur/3.c:2,T"_s, mail(3));
        write(u"M/.&ATA-leri/cur/4.d:2,RF"_s, mail(4));
        write(u"M/.&ATA-leri.2019/cur/5.e:2,"_s, mail(5));
        QCOMPARE(import({m_dir->filePath(u"M"_s)}), (ImportOutcome{.imported = 4, .leftOut = 1}));
        QCOMPARE(contents(m_folder), sorted({mail(1), mail(2)}));
        const auto below = [this](const QString &path) {
            return fromStore(m_f->store(), [path](const Tables &tables) {
                const auto folder = tables.folders.findByPath(tables.accounts.onThisComputer()->id, path);
                return folder ? folder->id : FolderId();
            });
        };
        QVERIFY(below(u"Eski/İleri"_s));
        QCOMPARE(contents(below(u"Eski/İleri"_s)), QByteArrayList{mail(4)});
        QCOMPARE(contents(below(u"Eski/İleri/2019"_s)), QByteArrayList{mail(5)});
        QCOMPARE(flagsOf(u"4"_s), Flag::Answered | Flag::Flagged);
        QCOMPARE(import({m_dir->filePath(u"M"_s)}), (ImportOutcome{.known = 4, .leftOut = 1}));
    }

    void emlFiles()
    {
        QVERIFY(QDir().mkpath(m_dir->filePath(u"E"_s)));
        write(u"E/a.eml"_s, mail(1));
        write(u"E/b.EML"_s, mail(2).replace("\r\n", "\n"));
        write(u"E/c.txt"_s, "Subject: no mail\n\n");
        QCOMPARE(import({m_dir->filePath(u"E"_s)}).imported, 2);
        QCOMPARE(contents(m_folder), sorted({mail(1), mail(2)}));
        QCOMPARE(import({m_dir->filePath(u"E/a.eml"_s)}), (ImportOutcome{.known = 1}));
    }

    /// Into a folder of a server: each is to be put there, and is here meanwhile.
    void intoAFolderOfAServer()
    {
        const QString path = write(u"posta"_s, mboxEntry(mail(1), {}, {}, now) + mboxEntry(mail(2), {}, {}, now));
        QSet<AccountId> touched;
        QCOMPARE(import({path}, m_f->inbox, &touched), (ImportOutcome{.imported = 2}));
        QCOMPARE(touched, QSet<AccountId>{m_f->account});
        const QList<PendingOp> ops = m_f->ops();
        QCOMPARE(ops.size(), 2);
        for (const PendingOp &op : ops) {
            QCOMPARE(op.kind, PendingOp::Kind::Put);
            QVERIFY(!op.source);
        }
        QCOMPARE(import({path}, m_f->inbox), (ImportOutcome{.known = 2}));
    }

    void whatCannotBeRead()
    {
        MailImport missing(m_f->store(), now, m_stop, [](FileProgress) { });
        const auto outcome = missing.run({m_dir->filePath(u"missing"_s)}, m_folder);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, ErrorKind::FileUnreadable);
        MailImport nowhere(m_f->store(), now, m_stop, [](FileProgress) { });
        const auto other = nowhere.run({write(u"a.eml"_s, mail(1))}, FolderId{4711});
        QVERIFY(!other);
        QCOMPARE(other.error().kind, ErrorKind::NotFound);
        QCOMPARE(import({write(u"leer"_s, {})}), ImportOutcome());
    }

    /// One among several does not end it; the only one does.
    void whatIsNoMailIsPassedOver()
    {
        QVERIFY(QDir().mkpath(m_dir->filePath(u"E"_s)));
        const QString good = write(u"E/a.eml"_s, mail(1));
        const QString picture = write(u"E/b.eml"_s, QByteArray("\x89PNG\r\n\x1a\n", 8) + QByteArray(500, '\0') + ":");
        const ImportOutcome expected{.imported = 1, .unreadable = 1, .unreadableFile = u"b.eml"_s};
        QCOMPARE(import({m_dir->filePath(u"E"_s)}), expected);
        const QString box = write(u"posta"_s, mboxEntry(mail(2), {}, {}, now) + mboxEntry(mail(1), {}, {}, now));
        QCOMPARE(import({picture, m_dir->filePath(u"missing"_s), good, box}),
            (ImportOutcome{.imported = 1, .known = 2, .unreadable = 2, .unreadableFile = u"b.eml"_s}));
        QCOMPARE(contents(m_folder), sorted({mail(1), mail(2)}));
        QCOMPARE(m_told.messages, 5);
        MailImport alone(m_f->store(), now, m_stop, [](FileProgress) { });
        const auto outcome = alone.run({picture}, m_folder);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, ErrorKind::FileUnreadable);
        QCOMPARE(outcome.error().subject, u"b.eml"_s);
    }

private:
    QString write(const QString &name, const QByteArray &content)
    {
        QFile file(m_dir->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
        return file.fileName();
    }

    ImportOutcome import(const QStringList &paths, FolderId folder = {}, QSet<AccountId> *touched = nullptr)
    {
        MailImport job(m_f->store(), now, m_stop, [this](FileProgress progress) {
            m_told = progress;
            if (m_stopAt >= 0 && progress.done >= m_stopAt)
                m_stop = true;
        });
        const auto outcome = job.run(paths, folder ? folder : m_folder);
        if (!outcome)
            qFatal("import: %s", qPrintable(outcome.error().summary()));
        if (touched)
            *touched = job.touched();
        return *outcome;
    }

    QByteArrayList contents(FolderId folder)
    {
        return fromStore(m_f->store(), [folder](const Tables &tables) {
            QByteArrayList list;
            for (const MessageKey &key : tables.messages.keys(folder, 10'000))
                list.append(tables.bodies.raw(MessageId{key.id}).value_or(QByteArray()));
            std::sort(list.begin(), list.end());
            return list;
        });
    }
    static QByteArrayList sorted(QByteArrayList list)
    {
        std::sort(list.begin(), list.end());
        return list;
    }
    Flags flagsOf(const QString &subject)
    {
        return fromStore(m_f->store(), [subject](const Tables &tables) {
            for (const MessageId id : tables.search.find(subject, {}, {}, 10'000)) {
                const auto header = tables.messages.header(id);
                if (header && header->envelope.subject == subject)
                    return header->flags;
            }
            return Flags(Flag::Junk);
        });
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<SyncFixture> m_f;
    FolderId m_folder;
    std::atomic_bool m_stop = false;
    qint64 m_stopAt = -1;
    FileProgress m_told;
};

} // namespace postaci

QTEST_GUILESS_MAIN(postaci::MailImportTest)
#include "test_mailimport.moc"
