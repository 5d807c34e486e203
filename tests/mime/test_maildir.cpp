// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/maildir.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace postaci {

class MaildirTest : public QObject {
    Q_OBJECT

    static void makeMaildir(const QString &path)
    {
        for (const auto *part : {"/cur", "/new", "/tmp"})
            QVERIFY(QDir().mkpath(path + QLatin1StringView(part)));
    }
    static void makeFile(const QString &path)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("S: a\n\n");
    }

private Q_SLOTS:
    void flagsFromNames()
    {
        QCOMPARE(maildir::flags(u"1.M2.host:2,FRS"_s), Flag::Flagged | Flag::Answered | Flag::Seen);
        QCOMPARE(maildir::flags(u"1.M2.host,S=12:2,DPT"_s), Flag::Draft | Flag::Forwarded | Flag::Deleted);
        QCOMPARE(maildir::flags(u"1.M2.host;2,S"_s), Flags(Flag::Seen));
        QCOMPARE(maildir::flags(u"1.M2.host!2,S"_s), Flags(Flag::Seen));
        QCOMPARE(maildir::flags(u"1.M2.host:2,Sab"_s), Flags(Flag::Seen)); // keywords of Dovecot
        for (const QString &name : {u"1.M2.host"_s, u"1.M2.host:2,"_s, u"1.M2.host:1,S"_s, u""_s, u"FRS"_s})
            QCOMPARE(maildir::flags(name), Flags());
    }

    void messagesOfOneFolder()
    {
        const QTemporaryDir root;
        makeMaildir(root.path());
        makeFile(root.filePath(u"cur/2.b.host:2,S"_s));
        makeFile(root.filePath(u"cur/1.a.host:2,"_s));
        makeFile(root.filePath(u"new/3.c.host"_s));
        makeFile(root.filePath(u"tmp/4.d.host"_s));
        makeFile(root.filePath(u"cur/.hidden"_s));
        QVERIFY(QDir().mkpath(root.filePath(u"cur/directory"_s)));
        QStringList names;
        QList<Flags> flags;
        for (const maildir::Message &message : maildir::messages(root.path())) {
            names.append(QDir(root.path()).relativeFilePath(message.path));
            flags.append(message.flags);
        }
        QCOMPARE(names, (QStringList{u"cur/1.a.host:2,"_s, u"cur/2.b.host:2,S"_s, u"new/3.c.host"_s}));
        QCOMPARE(flags, (QList<Flags>{{}, Flag::Seen, {}}));
    }

    void nestedFolders()
    {
        const QTemporaryDir root;
        makeMaildir(root.path());
        makeMaildir(root.filePath(u".Work"_s));
        makeMaildir(root.filePath(u".Work.2024"_s));
        makeMaildir(root.filePath(u"fs/below"_s));
        makeMaildir(root.filePath(u".KMail.directory/inner"_s));
        QVERIFY(QDir().mkpath(root.filePath(u"nothing/here"_s)));
        QVERIFY(QFile::link(root.path(), root.filePath(u"loop"_s)));
        QList<QStringList> names;
        for (const maildir::Folder &folder : maildir::folders(root.path())) {
            QVERIFY(maildir::isMaildir(folder.directory));
            names.append(folder.names);
        }
        QCOMPARE(names,
            (QList<QStringList>{
                {}, {u"KMail"_s, u"inner"_s}, {u"Work"_s}, {u"Work"_s, u"2024"_s}, {u"fs"_s, u"below"_s}}));
    }

    void whatIsNoMaildir()
    {
        const QTemporaryDir root;
        QVERIFY(!maildir::isMaildir(root.path()));
        QVERIFY(maildir::folders(root.path()).isEmpty());
        QVERIFY(maildir::folders(root.filePath(u"missing"_s)).isEmpty());
        QVERIFY(maildir::messages(root.path()).isEmpty());
    }
};

} // namespace postaci

QTEST_APPLESS_MAIN(postaci::MaildirTest)
#include "test_maildir.moc"
