// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/mboxwriter.h"
#include "core/store/store.h"
#include "tests/ui/screentest.h"
#include "ui/common/infobar.h"
#include "ui/common/language.h"
#include "ui/files/exportdialog.h"
#include "ui/files/filetasks.h"
#include "ui/files/importdialog.h"
#include "ui/folders/folderpane.h"
#include "ui/folders/newfolderdialog.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/noticebar.h"
#include "ui/messagelist/messagelistview.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QScopeGuard>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

QByteArray mail(int number)
{
    return "From: =?utf-8?q?Zeynep_=C5=9Eahin?= <zeynep@example.com>\r\nTo: ayse@example.org\r\nSubject: mektup "
        + QByteArray::number(number) + "\r\nMessage-ID: <s" + QByteArray::number(number)
        + "@example.com>\r\nDate: Mon, 5 May 2025 10:00:00 +0300\r\n\r\nmetin\r\n";
}

} // namespace

/// Pictures of what the main window opens around folders and files, with its strips.
class TestMailScreens : public ScreenTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(prepare()); }
    void everythingIsReadable_data();
    void everythingIsReadable();

private:
    void importDialog(const FolderModel &folders, const UiFixture &f);
    void exportDialog(const QString &directory);
    void fileStrip(MainWindow &window, Store &store, const QString &mbox, FolderId folder);
    void notices(MainWindow &window);
    void folderMenu(MainWindow &window, const FolderModel &folders, FolderId mine);
    void serverFolder(MainWindow &window, const FolderModel &folders, FolderId work);
    void menu(QMenu &menu, const QString &name);
};

void TestMailScreens::everythingIsReadable_data()
{
    QTest::addColumn<QString>("language");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("scale");
    for (const QString &language : {u"en"_s, u"tr"_s}) {
        for (const bool dark : {false, true}) {
            const QString tag = language + u", "_s + (dark ? u"dark"_s : u"light"_s);
            QTest::newRow(tag.toLatin1().constData()) << language << dark << 100;
        }
        QTest::newRow((language + u", light, 200"_s).toLatin1().constData()) << language << false << 200;
    }
}

void TestMailScreens::everythingIsReadable()
{
    QFETCH(const QString, language);
    QFETCH(const bool, dark);
    QFETCH(const int, scale);
    const QFont font = QApplication::font();
    const auto restore = qScopeGuard([font] { QApplication::setFont(font); });
    QFont scaled = font;
    scaled.setPointSizeF(font.pointSizeF() * scale / 100);
    QApplication::setFont(scaled);
    setDark(dark);

    UiFixture f;
    f.settings.setValue(Setting::Language, language);
    const Language translations(f.settings);
    f.addFolder(u"Trash"_s, FolderRole::Trash);
    const FolderId work = f.addFolder(u"Sözleşmeler"_s);
    for (int i = 0; i < 4; ++i)
        addMessage(f, f.inbox, quint32(i + 1), mail(i));
    const FolderId mine = f.engine.createFolder({}, {}, u"Eski mektuplar"_s).result().value();
    QVERIFY(f.engine.createFolder({}, mine, u"2019 – Kadıköy"_s).result());
    const QTemporaryDir files;
    f.settings.setValue(Setting::MailFileDirectory, files.path());
    QByteArray many;
    for (int i = 0; i < 2'000; ++i)
        many += mboxEntry(mail(1'000 + i), {}, {}, QDateTime::currentDateTimeUtc());
    QFile mbox(files.filePath(u"Posta kutusu yedeği.mbox"_s));
    QVERIFY(mbox.open(QIODevice::WriteOnly) && mbox.write(many) == many.size());
    mbox.close();

    MainWindow window(f.store, f.engine, f.settings);
    window.resize(QSize(1000, 640) * scale / 100);
    window.show();
    QTRY_COMPARE(window.findChild<MessageListView *>()->model()->rowCount(), 4);
    const auto &folders = *static_cast<FolderModel *>(window.findChild<FolderPane *>()->model());
    QTRY_VERIFY(folders.folder(mine));
    importDialog(folders, f);
    exportDialog(files.path());
    notices(window);
    fileStrip(window, f.store, mbox.fileName(), mine);
    folderMenu(window, folders, mine);
    serverFolder(window, folders, work);
    menu(*window.menuBar()->actions().at(0)->menu(), u"menu-file"_s);
    menu(*window.menuBar()->actions().at(1)->menu(), u"menu-edit"_s);
    QVERIFY(m_pictures >= 14);
}

void TestMailScreens::importDialog(const FolderModel &folders, const UiFixture &f)
{
    ImportDialog dialog(folders, {}, f.dir.path());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    check(dialog, u"import"_s);
    auto *path = dialog.findChild<QLineEdit *>();
    path->setText(u"/yok/böyle/bir/dosya"_s);
    for (auto *edit : dialog.findChildren<QLineEdit *>()) {
        if (edit != path)
            edit->setText(u"eski mektuplar"_s);
    }
    for (auto *button : dialog.findChildren<QPushButton *>()) {
        if (button->isDefault())
            button->click();
    }
    QVERIFY(dialog.isVisible());
    check(dialog, u"import-problems"_s);
}

void TestMailScreens::exportDialog(const QString &directory)
{
    ExportDialog dialog(u"“Posta kutusu yedeği”"_s, directory + u"/Posta kutusu yedeği"_s);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    check(dialog, u"export-replaces"_s);
    dialog.findChildren<QRadioButton *>().last()->setChecked(true);
    check(dialog, u"export-eml"_s);
}

void TestMailScreens::notices(MainWindow &window)
{
    window.tellRecovery({.keptFiles = {u"/home/ayse/.local/share/postaci/mail.sqlite.damaged-2026-03-02"_s,
                             u"/home/ayse/.local/share/postaci/bodies.sqlite.damaged-2026-03-02"_s}});
    auto *notice = window.findChild<NoticeBar *>();
    QVERIFY(notice->isVisible());
    check(*notice, u"damaged"_s);
    QVERIFY(notice->accessibleName().contains(u"bodies.sqlite"_s));
    notice->showFailure({.kind = ErrorKind::AlreadyExists, .step = Step::ChangeFolders, .subject = u"Eski"_s});
    check(*notice, u"folder-taken"_s);
    notice->hide();
}

void TestMailScreens::fileStrip(MainWindow &window, Store &store, const QString &mbox, FolderId folder)
{
    HeldWrites held(store);
    auto *tasks = window.findChild<FileTasks *>();
    tasks->importFiles({mbox}, folder);
    check(*tasks->bar(), u"import-begins"_s);
    QTRY_VERIFY(tasks->bar()->findChild<QProgressBar *>()->value() > 0);
    check(*tasks->bar(), u"import-runs"_s);
    tasks->askToStop([] { });
    auto *question = window.findChild<QMessageBox *>();
    check(*question, u"stop-question"_s);
    question->close();
    held.letGo();
    QTRY_VERIFY_WITH_TIMEOUT(tasks->bar()->isVisible() && !tasks->isBusy(), 30'000);
    check(*tasks->bar(), u"import-done"_s);
    tasks->importFiles({mbox, u"/yok/bu.eml"_s}, folder);
    QTRY_VERIFY_WITH_TIMEOUT(tasks->bar()->isVisible() && !tasks->isBusy(), 30'000);
    check(*tasks->bar(), u"import-again"_s);
    tasks->importFiles({u"/yok/bu.eml"_s}, folder);
    QTRY_VERIFY_WITH_TIMEOUT(tasks->bar()->isVisible() && !tasks->isBusy(), 30'000);
    check(*tasks->bar(), u"import-failed"_s);
    tasks->bar()->hide();
}

void TestMailScreens::folderMenu(MainWindow &window, const FolderModel &folders, FolderId mine)
{
    auto *pane = window.findChild<FolderPane *>();
    const QModelIndex index
        = folders.indexOf({.kind = Place::Kind::Folder, .account = folders.computer(), .folder = mine});
    QVERIFY(index.isValid());
    Q_EMIT pane->customContextMenuRequested(pane->visualRect(index).center());
    QCOMPARE(pane->currentPlace().folder, mine);
    auto *popup = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(popup);
    menu(*popup, u"menu-folder"_s);
    popup->close();
    for (QAction *action : pane->actions()) {
        QVERIFY2(action->isEnabled(), qPrintable(action->text()));
        action->trigger();
        QDialog *input = window.findChild<QInputDialog *>();
        if (!input)
            input = window.findChild<NewFolderDialog *>();
        if (input && input->isVisible()) {
            check(*input, u"folder-name-%1"_s.arg(pane->actions().indexOf(action)));
            delete input;
        } else if (auto *box = window.findChild<QMessageBox *>(); box && box->isVisible()) {
            check(*box, u"folder-question"_s);
            delete box;
        }
    }
}

void TestMailScreens::serverFolder(MainWindow &window, const FolderModel &folders, FolderId work)
{
    auto *pane = window.findChild<FolderPane *>();
    pane->setCurrentIndex(
        folders.indexOf({.kind = Place::Kind::Folder, .account = folders.accounts().first().id, .folder = work}));
    pane->actions().last()->trigger(); // For good.
    auto *question = window.findChild<QMessageBox *>();
    QVERIFY(question && question->isVisible());
    check(*question, u"folder-server-question"_s);
    delete question;
    auto *notice = window.findChild<NoticeBar *>();
    notice->showFailure({.kind = ErrorKind::InvalidInput, .step = Step::ChangeFolders, .subject = u"a/b"_s});
    check(*notice, u"folder-name-refused"_s);
    notice->hide();
}

/// All its words can be seen.
void TestMailScreens::menu(QMenu &menu, const QString &name)
{
    if (!menu.isVisible())
        menu.popup(QPoint(0, 0));
    QVERIFY(QTest::qWaitForWindowExposed(&menu));
    QVERIFY(keepPicture(menu, name));
    for (const QAction *action : menu.actions()) {
        const int text = menu.fontMetrics().horizontalAdvance(action->text().remove(u'&'));
        QVERIFY2(action->isSeparator() || menu.actionGeometry(const_cast<QAction *>(action)).width() > text,
            qPrintable(name + u": cut: "_s + action->text()));
    }
    menu.close();
}

QTEST_MAIN(TestMailScreens)
#include "test_mailscreens.moc"
