// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/folderroles.h"

#include <QTest>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

RemoteFolder remote(const QString &path, const QList<QByteArray> &attributes = {}, QChar separator = u'/')
{
    return {.path = path, .separator = separator, .attributes = attributes};
}

FolderRole roleOf(const QList<Folder> &folders, const QString &path)
{
    for (const Folder &folder : folders) {
        if (folder.path == path)
            return folder.role;
    }
    qFatal("no such folder");
}

} // namespace

class TestFolderRoles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void attributesGoBeforeNames();
    void namesInBothLanguages_data();
    void namesInBothLanguages();
    void eachRoleGoesToOneFolder();
    void namesCountOnlyNearTheTop();
    void foldersThatCannotBeSelectedHaveNoRole();
    void strangeLinesAreLeftOut();
    void newFoldersGoWhereTheServerKeepsThem();
};

void TestFolderRoles::attributesGoBeforeNames()
{
    const QList<Folder> folders
        = mapFolders({remote(u"INBOX"_s), remote(u"Sent"_s), remote(u"[Gmail]/Postalarım"_s, {"\\sent"}),
            remote(u"[Gmail]/Tüm"_s, {"\\all"}), remote(u"[Gmail]/Yıldızlı"_s, {"\\flagged"})});
    QCOMPARE(roleOf(folders, u"INBOX"_s), FolderRole::Inbox);
    QCOMPARE(roleOf(folders, u"Sent"_s), FolderRole::None);
    QCOMPARE(roleOf(folders, u"[Gmail]/Postalarım"_s), FolderRole::Sent);
    QCOMPARE(roleOf(folders, u"[Gmail]/Tüm"_s), FolderRole::All);
    QCOMPARE(roleOf(folders, u"[Gmail]/Yıldızlı"_s), FolderRole::Flagged);
}

void TestFolderRoles::namesInBothLanguages_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<FolderRole>("role");
    QTest::newRow("sent") << u"Sent"_s << FolderRole::Sent;
    QTest::newRow("sent items") << u"SENT ITEMS"_s << FolderRole::Sent;
    QTest::newRow("gönderilmiş öğeler") << u"Gönderilmiş Öğeler"_s << FolderRole::Sent;
    QTest::newRow("upper case of Turkey") << u"GÖNDERİLMİŞ ÖĞELER"_s << FolderRole::Sent;
    QTest::newRow("upper case of England") << u"GÖNDERILMIŞ ÖĞELER"_s << FolderRole::Sent;
    QTest::newRow("decomposed") << u"Gonderilenler"_s.replace(u"o"_s, u"o\u0308"_s) << FolderRole::Sent;
    QTest::newRow("inside INBOX") << u"INBOX/Gönderilenler"_s << FolderRole::Sent;
    QTest::newRow("trash") << u"Deleted Messages"_s << FolderRole::Trash;
    QTest::newRow("çöp") << u"çöp kutusu"_s << FolderRole::Trash;
    QTest::newRow("silinmiş") << u"Silinmiş Öğeler"_s << FolderRole::Trash;
    QTest::newRow("drafts") << u"drafts"_s << FolderRole::Drafts;
    QTest::newRow("taslaklar") << u"Taslaklar"_s << FolderRole::Drafts;
    QTest::newRow("spam") << u"Spam"_s << FolderRole::Junk;
    QTest::newRow("gereksiz") << u"Gereksiz"_s << FolderRole::Junk;
    QTest::newRow("istenmeyen") << u"ISTENMEYEN"_s << FolderRole::Junk;
    QTest::newRow("archive") << u"Archive"_s << FolderRole::Archive;
    QTest::newRow("arşiv") << u"Arşiv"_s << FolderRole::Archive;
    QTest::newRow("something else") << u"Sentences"_s << FolderRole::None;
}

void TestFolderRoles::namesInBothLanguages()
{
    QFETCH(QString, path);
    QFETCH(FolderRole, role);
    QCOMPARE(roleOf(mapFolders({remote(u"INBOX"_s), remote(path)}), path), role);
}

void TestFolderRoles::eachRoleGoesToOneFolder()
{
    const QList<Folder> folders = mapFolders({remote(u"Gönderilenler"_s), remote(u"Sent Items"_s), remote(u"Sent"_s),
        remote(u"A"_s, {"\\trash"}), remote(u"B"_s, {"\\trash"}), remote(u"Trash"_s)});
    QCOMPARE(roleOf(folders, u"Sent"_s), FolderRole::Sent);
    QCOMPARE(roleOf(folders, u"Sent Items"_s), FolderRole::None);
    QCOMPARE(roleOf(folders, u"Gönderilenler"_s), FolderRole::None);
    QCOMPARE(roleOf(folders, u"A"_s), FolderRole::Trash);
    QCOMPARE(roleOf(folders, u"B"_s), FolderRole::None);
    QCOMPARE(roleOf(folders, u"Trash"_s), FolderRole::None);
}

void TestFolderRoles::namesCountOnlyNearTheTop()
{
    const QList<Folder> folders = mapFolders(
        {remote(u"Projects/Sent"_s), remote(u"[Google Mail]/Drafts"_s), remote(u"INBOX.Trash"_s, {}, u'.')});
    QCOMPARE(roleOf(folders, u"Projects/Sent"_s), FolderRole::None);
    QCOMPARE(roleOf(folders, u"[Google Mail]/Drafts"_s), FolderRole::Drafts);
    QCOMPARE(roleOf(folders, u"INBOX.Trash"_s), FolderRole::Trash);
}

void TestFolderRoles::foldersThatCannotBeSelectedHaveNoRole()
{
    const QList<Folder> folders = mapFolders({remote(u"Sent"_s, {"\\noselect", "\\sent"}), remote(u"Sent Mail"_s)});
    QVERIFY(!folders.first().selectable);
    QCOMPARE(folders.first().role, FolderRole::None);
    QCOMPARE(roleOf(folders, u"Sent Mail"_s), FolderRole::Sent);
}

void TestFolderRoles::strangeLinesAreLeftOut()
{
    const QList<Folder> folders
        = mapFolders({remote(u"INBOX"_s), remote(u"INBOX"_s), remote(QString()), remote(u"Gone"_s, {"\\nonexistent"})});
    QCOMPARE(folders.size(), 1);
}

void TestFolderRoles::newFoldersGoWhereTheServerKeepsThem()
{
    const auto paths = [](const QList<RemoteFolder> &list) { return pathForNewFolder(mapFolders(list), u"Sent"_s); };
    QCOMPARE(paths({remote(u"INBOX"_s)}), u"Sent"_s);
    QCOMPARE(paths({remote(u"INBOX"_s), remote(u"Work"_s)}), u"Sent"_s);
    QCOMPARE(paths({remote(u"INBOX"_s, {}, u'.'), remote(u"INBOX.Work"_s, {}, u'.')}), u"INBOX.Sent"_s);
    QCOMPARE(paths({remote(u"INBOX"_s), remote(u"INBOX/Work"_s), remote(u"Other"_s)}), u"Sent"_s);
}

QTEST_GUILESS_MAIN(TestFolderRoles)
#include "test_folderroles.moc"
