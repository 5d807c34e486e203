// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/ui/bothlanguages.h"
#include "tests/ui/uitest.h"
#include "ui/common/language.h"
#include "ui/folders/folderpane.h"
#include "ui/folders/foldertext.h"
#include "ui/folders/newfolderdialog.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/noticebar.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

struct MenuFixture : UiFixture {
    MenuFixture()
        : language(settings)
    {
        settings.setValue(Setting::Language, u"en"_s);
    }

    void open()
    {
        window = std::make_unique<MainWindow>(store, engine, settings);
        window->show();
        if (!QTest::qWaitForWindowActive(window.get()))
            qFatal("the window does not become active");
        pane = window->findChild<FolderPane *>();
        QTRY_VERIFY(pane->currentPlace().folder == inbox);
    }

    const FolderModel &model() const { return *static_cast<FolderModel *>(pane->model()); }

    QModelIndex index(const QString &path) const
    {
        for (const AccountId owner : {account, model().computer()}) {
            for (const Folder &folder : model().folders(owner)) {
                if (folder.path == path)
                    return model().indexOf({.kind = Place::Kind::Folder, .account = owner, .folder = folder.id});
            }
        }
        return {};
    }

    bool choose(const QString &path)
    {
        if (!QTest::qWaitFor([&] { return index(path).isValid(); }))
            return false;
        pane->setCurrentIndex(index(path));
        return true;
    }

    QAction *action(const QString &text) const
    {
        for (auto *found : pane->actions()) {
            if (found->text().remove(u'&') == text)
                return found;
        }
        return nullptr;
    }

    /// Makes a folder in the place that is offered first, or in another one.
    bool make(const QString &offered, const QString &text, const QString &other = {})
    {
        action(u"New folder…"_s)->trigger();
        auto *dialog = window->findChild<NewFolderDialog *>();
        auto *place = dialog ? dialog->findChild<QComboBox *>() : nullptr;
        if (!place || place->currentText() != offered || buttonCalled(*dialog, u"Create"_s)->isEnabled())
            return false;
        if (!other.isEmpty())
            place->setCurrentText(other);
        const bool typed = typeInto(*dialog, u"Name"_s, text) && (other.isEmpty() || place->currentText() == other);
        QTest::keyClick(dialog, Qt::Key_Return);
        return typed && QTest::qWaitFor([this] { return !window->findChild<NewFolderDialog *>(); });
    }

    /// Types a name into the dialogue that a command opens, whose label is `question`.
    bool name(const QString &command, const QString &question, const QString &text)
    {
        action(command)->trigger();
        auto *dialog = window->findChild<QInputDialog *>();
        if (!dialog || dialog->labelText() != question)
            return false;
        const bool typed = typeInto(*dialog, u"Name"_s, text);
        dialog->accept();
        return typed && QTest::qWaitFor([this] { return !window->findChild<QInputDialog *>(); });
    }

    QStringList paths(AccountId owner)
    {
        return fromStore(store, [owner](const Tables &tables) {
            QStringList list;
            for (const Folder &folder : tables.folders.all(owner))
                list.append(folder.path);
            return list;
        });
    }

    QList<PendingOp::Kind> told()
    {
        return fromStore(store, [this](const Tables &tables) {
            QList<PendingOp::Kind> kinds;
            for (const PendingOp &op : tables.pendingOps.all(account))
                kinds.append(op.kind);
            return kinds;
        });
    }

    Language language;
    std::unique_ptr<MainWindow> window;
    FolderPane *pane = nullptr;
};

QByteArray mail(int number)
{
    return "From: a@example.com\r\nSubject: " + QByteArray::number(number) + "\r\n\r\nx\r\n";
}

} // namespace

/// What can be done with folders in the pane: by context menu, by keys and by dragging.
class TestFolderMenu : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void foldersOfThisComputer();
    void foldersOfAServer();
    void deletingOnTheServerIsAskedAbout();
    void deletedOnTheServerItGoesToTrash();
    void placeOfANewFolderIsChosen();
    void specialFoldersCannotBeChanged();
    void nameThatCannotBeIsSaid();
    void contextMenuIsForTheFolderUnderIt();
    void foldersAreDragged();
    void recoveredMailHasANameInBothLanguages();
};

void TestFolderMenu::foldersOfThisComputer()
{
    MenuFixture f;
    f.open();
    f.pane->setCurrentPlace({.kind = Place::Kind::Outbox});
    QVERIFY(f.make(u"On this computer"_s, u"Eski"_s));
    QVERIFY(f.choose(u"Eski"_s));
    const AccountId computer = f.model().computer();
    QVERIFY(f.make(u"On this computer: Eski"_s, u"2024"_s));
    QTRY_COMPARE(f.paths(computer), (QStringList{u"Eski"_s, u"Eski/2024"_s, u"Trash"_s}));
    QVERIFY(f.name(u"Rename folder…"_s, u"New name of “Eski”:"_s, u"İşler"_s));
    QTRY_COMPARE(f.paths(computer), (QStringList{u"Trash"_s, u"İşler"_s, u"İşler/2024"_s}));
    QVERIFY(f.choose(u"İşler"_s));
    f.action(u"Delete folder"_s)->trigger(); // To Trash, from where it can be had back: nothing is asked.
    QTRY_COMPARE(f.paths(computer), (QStringList{u"Trash"_s, u"Trash/İşler"_s, u"Trash/İşler/2024"_s}));
    QVERIFY(f.choose(u"Trash/İşler"_s));
    addMessage(f, f.model().folder(f.pane->currentPlace().folder)->id, 0, mail(1));
    QTRY_COMPARE(f.model().folder(f.pane->currentPlace().folder)->total, 1);
    f.action(u"Delete folder"_s)->trigger();
    auto *question = f.window->findChild<QMessageBox *>();
    QVERIFY(question);
    QCOMPARE(question->text(),
        u"The folder “İşler” will be deleted for good, with all folders in it and 1 message. This cannot be undone."_s);
    QVERIFY(answer(*f.window, u"Delete for good"_s));
    QTRY_COMPARE(f.paths(computer), (QStringList{u"Trash"_s}));
    QVERIFY(f.told().isEmpty());
}

void TestFolderMenu::foldersOfAServer()
{
    MenuFixture f;
    f.open();
    QVERIFY(f.make(u"ayse@example.org"_s, u"İş"_s));
    QVERIFY(f.choose(u"İş"_s));
    QVERIFY(f.make(u"ayse@example.org: İş"_s, u"2024"_s));
    QVERIFY(f.name(u"Rename folder…"_s, u"New name of “İş”:"_s, u"Work"_s));
    QTRY_VERIFY(f.index(u"Work/2024"_s).isValid());
    QVERIFY(!f.index(u"İş"_s).isValid());
    using Kind = PendingOp::Kind;
    QCOMPARE(f.told(), (QList{Kind::CreateFolder, Kind::CreateFolder, Kind::RenameFolder}));
}

void TestFolderMenu::deletingOnTheServerIsAskedAbout()
{
    MenuFixture f;
    const FolderId work = f.addFolder(u"Work"_s);
    const FolderId below = f.addFolder(u"Work/2024"_s);
    f.addFolder(u"Working"_s);
    for (quint32 uid = 1; uid <= 2; ++uid)
        addMessage(f, work, uid, mail(int(uid)));
    addMessage(f, below, 1, mail(3));
    f.open();
    QVERIFY(f.choose(u"Work"_s));
    f.action(u"Delete folder"_s)->trigger();
    auto *question = f.window->findChild<QMessageBox *>();
    QVERIFY(question);
    QCOMPARE(question->text(),
        u"The folder “Work” will be deleted on the server, with all folders in it and 3 messages. This cannot be undone."_s);
    QVERIFY(answer(*f.window, u"Keep"_s));
    QTRY_VERIFY(!f.window->findChild<QMessageBox *>());
    QVERIFY(f.told().isEmpty());
    QVERIFY(f.index(u"Work"_s).isValid());
    f.action(u"Delete folder"_s)->trigger();
    QVERIFY(answer(*f.window, u"Delete for good"_s));
    QTRY_VERIFY(!f.index(u"Work"_s).isValid());
    QVERIFY(!f.index(u"Work/2024"_s).isValid());
    QVERIFY(f.index(u"Working"_s).isValid());
    using Kind = PendingOp::Kind;
    QCOMPARE(f.told(), (QList{Kind::DeleteFolder, Kind::DeleteFolder}));

    QVERIFY(f.choose(u"Working"_s)); // With nothing in it.
    f.action(u"Delete folder"_s)->trigger();
    QTRY_VERIFY(f.window->findChild<QMessageBox *>());
    QCOMPARE(f.window->findChild<QMessageBox *>()->text(),
        u"The folder “Working” will be deleted on the server, with 0 messages. This cannot be undone."_s);
    QVERIFY(answer(*f.window, u"Keep"_s));
}

/// Where the server has a Trash, it has a way back.
void TestFolderMenu::deletedOnTheServerItGoesToTrash()
{
    MenuFixture f;
    f.addFolder(u"Trash"_s, FolderRole::Trash);
    f.addFolder(u"Work"_s);
    f.addFolder(u"Work/2024"_s);
    f.open();
    QVERIFY(f.choose(u"Work"_s));
    f.action(u"Delete folder"_s)->trigger();
    QTRY_VERIFY(f.index(u"Trash/Work/2024"_s).isValid());
    QVERIFY(!f.window->findChild<QMessageBox *>());
    QCOMPARE(f.told(), (QList{PendingOp::Kind::RenameFolder}));
    QVERIFY(f.choose(u"Trash/Work"_s));
    f.action(u"Delete folder"_s)->trigger(); // From there for good.
    QTRY_VERIFY(f.window->findChild<QMessageBox *>());
    QVERIFY(answer(*f.window, u"Keep"_s));
    QTRY_VERIFY(!f.window->findChild<QMessageBox *>());

    // And for good at once, with the question.
    QVERIFY(f.choose(u"Trash/Work/2024"_s));
    f.action(u"Delete folder for good…"_s)->trigger();
    QVERIFY(answer(*f.window, u"Delete for good"_s));
    QTRY_VERIFY(!f.index(u"Trash/Work/2024"_s).isValid());
    QCOMPARE(f.told(), (QList{PendingOp::Kind::RenameFolder, PendingOp::Kind::DeleteFolder}));
}

void TestFolderMenu::placeOfANewFolderIsChosen()
{
    MenuFixture f;
    f.addFolder(u"Work"_s);
    f.open();
    QVERIFY(f.make(u"ayse@example.org"_s, u"2024"_s, u"ayse@example.org: Work"_s));
    QTRY_VERIFY(f.index(u"Work/2024"_s).isValid());
    QVERIFY(f.make(u"ayse@example.org"_s, u"Eski"_s, u"On this computer"_s));
    QTRY_VERIFY(f.index(u"Eski"_s).isValid());
    QCOMPARE(f.told(), (QList{PendingOp::Kind::CreateFolder}));
}

void TestFolderMenu::specialFoldersCannotBeChanged()
{
    MenuFixture f;
    f.addFolder(u"Work"_s);
    f.open();
    for (const auto *command : {u"Rename folder…", u"Delete folder", u"Delete folder for good…"})
        QVERIFY(!f.action(QString(command))->isEnabled());
    QVERIFY(f.action(u"New folder…"_s)->isEnabled());
    QVERIFY(f.choose(u"Work"_s));
    for (const auto *command : {u"Rename folder…", u"Delete folder", u"Delete folder for good…"})
        QVERIFY(f.action(QString(command))->isEnabled());
    f.pane->setCurrentPlace({.kind = Place::Kind::Outbox});
    for (const auto *command : {u"Rename folder…", u"Delete folder", u"Delete folder for good…"})
        QVERIFY(!f.action(QString(command))->isEnabled());
}

void TestFolderMenu::nameThatCannotBeIsSaid()
{
    MenuFixture f;
    f.open();
    QVERIFY(f.make(u"ayse@example.org"_s, u"a/b"_s));
    const auto *notice = f.window->findChild<NoticeBar *>();
    QTRY_COMPARE(notice->text(), u"A folder cannot be called “a/b”."_s);
    QVERIFY(f.make(u"ayse@example.org"_s, u"inbox"_s));
    QTRY_COMPARE(notice->text(), u"Something with this name is already there."_s);
    QVERIFY(f.told().isEmpty());
}

void TestFolderMenu::contextMenuIsForTheFolderUnderIt()
{
    MenuFixture f;
    f.addFolder(u"Work"_s);
    f.open();
    QTRY_VERIFY(f.index(u"Work"_s).isValid());
    const QPoint position = f.pane->visualRect(f.index(u"Work"_s)).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, position, f.pane->viewport()->mapToGlobal(position));
    QCoreApplication::sendEvent(f.pane->viewport(), &event);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QCOMPARE(menu->actions(),
        (QList{f.action(u"New folder…"_s), f.action(u"Rename folder…"_s), f.action(u"Delete folder"_s),
            f.action(u"Delete folder for good…"_s)}));
    QCOMPARE(f.model().folder(f.pane->currentPlace().folder)->path, u"Work"_s);
    menu->close();
    f.pane->setFocus();
    QTest::keyClick(f.pane, Qt::Key_F2);
    QTRY_VERIFY(f.window->findChild<QInputDialog *>());
    QCOMPARE(f.window->findChild<QInputDialog *>()->textValue(), u"Work"_s);
}

void TestFolderMenu::foldersAreDragged()
{
    MenuFixture f;
    const FolderId work = f.addFolder(u"Work"_s);
    f.addFolder(u"Work/2024"_s);
    f.addFolder(u"Old"_s);
    QVERIFY(f.engine.createFolder({}, {}, u"Mine"_s).result());
    f.open();
    QTRY_VERIFY(f.index(u"Mine"_s).isValid());
    QMimeData data;
    data.setData(u"application/x-postaci-folder"_s, QByteArray::number(work.value));
    const auto dropAt = [&](const QModelIndex &index) {
        dropOn(*f.pane->viewport(), f.pane->visualRect(index).center(), data, Qt::MoveAction);
    };
    dropAt(f.index(u"Work/2024"_s)); // Not into itself,
    dropAt(f.index(u"Mine"_s)); // nor from the server to this computer.
    dropAt(f.index(u"Old"_s));
    QTRY_VERIFY(f.index(u"Old/Work/2024"_s).isValid());
    QCOMPARE(f.told(), QList{PendingOp::Kind::RenameFolder});
    dropAt(f.model().indexOf({.kind = Place::Kind::Account, .account = f.account}));
    QTRY_VERIFY(f.index(u"Work/2024"_s).isValid());
}

void TestFolderMenu::recoveredMailHasANameInBothLanguages()
{
    Folder folder{.path = u"Recovered"_s, .separator = u'/', .isLocal = true};
    const auto [english, turkish] = inBothLanguages([&] { return folderTitle(folder) + fullFolderTitle(folder); });
    QCOMPARE(english, u"RecoveredRecovered"_s);
    QCOMPARE(turkish, u"KurtarılanlarKurtarılanlar"_s);
    folder.isLocal = false; // Somebody's own, on a server.
    QCOMPARE(inBothLanguages([&] { return folderTitle(folder); }).second, u"Recovered"_s);
    const Folder below{.path = u"Recovered/Eski"_s, .separator = u'/', .isLocal = true};
    QCOMPARE(inBothLanguages([&] { return folderTitle(below); }).second, u"Eski"_s);
}

QTEST_MAIN(TestFolderMenu)
#include "test_foldermenu.moc"
