// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/mboxreader.h"
#include "core/mime/mboxwriter.h"
#include "tests/ui/uitest.h"
#include "ui/common/infobar.h"
#include "ui/common/language.h"
#include "ui/files/exportdialog.h"
#include "ui/files/filetasks.h"
#include "ui/files/importdialog.h"
#include "ui/folders/folderpane.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/messagelist/messagelistview.h"

#include <QAction>
#include <QCloseEvent>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

const QDateTime then = QDateTime::fromSecsSinceEpoch(1'700'000'000, QTimeZone::UTC);

QByteArray mail(int number)
{
    return "From: Zeynep <zeynep@example.com>\r\nSubject: mektup " + QByteArray::number(number) + "\r\nMessage-ID: <f"
        + QByteArray::number(number)
        + "@example.com>\r\nDate: Mon, 5 May 2025 10:00:00 +0300\r\n\r\nFrom here: metin\r\n";
}

struct FilesFixture : UiFixture {
    FilesFixture()
        : language(settings)
    {
        settings.setValue(Setting::Language, u"en"_s);
        settings.setValue(Setting::MailFileDirectory, files.path());
    }

    void open()
    {
        window = std::make_unique<MainWindow>(store, engine, settings);
        window->show();
        if (!QTest::qWaitForWindowActive(window.get()))
            qFatal("the window does not become active");
        tasks = window->findChild<FileTasks *>();
        pane = window->findChild<FolderPane *>();
        list = window->findChild<MessageListView *>();
        QTRY_VERIFY(pane->currentPlace().folder == inbox);
    }

    QString write(const QString &name, const QByteArray &content)
    {
        const QString path = files.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write %s", qPrintable(name));
        return path;
    }

    QString writeMbox(const QString &name, int count, int from = 0)
    {
        QByteArray content;
        for (int i = from; i < from + count; ++i)
            content += mboxEntry(mail(i), {}, {}, then);
        return write(name, content);
    }

    QAction *action(const QString &text) const
    {
        for (auto *found : window->findChildren<QAction *>()) {
            if (found->text().remove(u'&') == text)
                return found;
        }
        return nullptr;
    }

    template <class Dialog> Dialog *dialog(const QString &command)
    {
        action(command)->trigger();
        auto *found = window->findChild<Dialog *>();
        return found && found->isVisible() ? found : nullptr;
    }

    /// What the strip says, once it is over.
    QString outcome()
    {
        if (!QTest::qWaitFor([this] { return !tasks->isBusy() && tasks->bar()->isVisible(); }, 20'000))
            return u"nothing"_s;
        return tasks->bar()->text();
    }

    QByteArrayList contents(FolderId folder)
    {
        return fromStore(store, [folder](const Tables &tables) {
            QByteArrayList raws;
            for (const MessageKey &key : tables.messages.keys(folder, 10'000))
                raws.append(tables.bodies.raw(MessageId{key.id}).value_or(QByteArray()));
            std::sort(raws.begin(), raws.end());
            return raws;
        });
    }

    std::optional<Folder> here(const QString &path)
    {
        return fromStore(store, [path](const Tables &tables) {
            const auto computer = tables.accounts.onThisComputer();
            return computer ? tables.folders.findByPath(computer->id, path) : std::nullopt;
        });
    }

    static QByteArrayList mails(int count)
    {
        QByteArrayList raws;
        for (int i = 0; i < count; ++i)
            raws.append(mail(i));
        std::sort(raws.begin(), raws.end());
        return raws;
    }

    QTemporaryDir files;
    Language language;
    std::unique_ptr<MainWindow> window;
    FileTasks *tasks = nullptr;
    FolderPane *pane = nullptr;
    MessageListView *list = nullptr;
};

/// Messages of an mbox file.
QByteArrayList mboxContents(const QString &path)
{
    QFile file(path);
    QByteArrayList list;
    if (!file.open(QIODevice::ReadOnly))
        return list;
    MboxReader reader(file);
    while (const auto message = reader.next())
        list.append(message->raw);
    std::sort(list.begin(), list.end());
    return list;
}

bool says(const QWidget &window, const QString &text)
{
    const QList<QLabel *> labels = window.findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(),
        [&](const QLabel *label) { return label->isVisible() && label->text() == text; });
}

} // namespace

/// Import and export as a user does them, and what the window says of them.
class TestFileTasks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void importMakesAFolderCalledLikeTheFile();
    void importDialogSaysWhatIsWrong();
    void importTellsWhatCouldNotBeRead();
    void whatIsNoMailIsAnErrorInPlainWords();
    void windowIsUsableMeanwhileAndCanStopIt();
    void closingAsksWhileAnImportRuns();
    void droppedFilesComeIntoTheFolder();
    void folderIsExported_data();
    void folderIsExported();
    void exportDialogSaysWhatIsThereAlready();
    void exportThatCannotBeWritten();
    void oneMessageIsSavedAsAFile();
    void severalMessagesAreSaved();
    void outcomeSpeaksTheNewLanguage();
};

void TestFileTasks::importMakesAFolderCalledLikeTheFile()
{
    FilesFixture f;
    const QString path = f.writeMbox(u"Eski posta.mbox"_s, 12);
    f.open();
    auto *dialog = f.dialog<ImportDialog>(u"Import mail…"_s);
    QVERIFY(dialog);
    QVERIFY(typeInto(*dialog, u"Mail files"_s, path));
    buttonCalled(*dialog, u"Import"_s)->click();
    QCOMPARE(f.outcome(), u"12 messages imported."_s);
    const auto folder = f.here(u"Eski posta"_s);
    QVERIFY(folder);
    QCOMPARE(f.contents(folder->id), FilesFixture::mails(12));

    // The second time it goes where the first went, and nothing comes twice.
    f.writeMbox(u"Eski posta.mbox"_s, 15);
    const auto *model = static_cast<FolderModel *>(f.pane->model());
    QTRY_VERIFY(model->folder(folder->id));
    QTRY_VERIFY(!f.window->findChild<ImportDialog *>());
    dialog = f.dialog<ImportDialog>(u"Import mail…"_s);
    QVERIFY(dialog);
    QVERIFY(typeInto(*dialog, u"Mail files"_s, path));
    QVERIFY(dialog->findChild<QComboBox *>()->currentText().contains(u"Eski posta"_s));
    buttonCalled(*dialog, u"Import"_s)->click();
    QCOMPARE(f.outcome(), u"3 messages imported, 12 were already there."_s);
    QCOMPARE(f.contents(folder->id), FilesFixture::mails(15));
}

void TestFileTasks::importDialogSaysWhatIsWrong()
{
    FilesFixture f;
    const QString path = f.writeMbox(u"posta"_s, 1);
    f.open();
    QVERIFY(f.engine.createFolder({}, {}, u"Work"_s).result());
    const auto *model = static_cast<FolderModel *>(f.pane->model());
    QTRY_VERIFY(model->computer() && !model->folders(model->computer()).isEmpty());
    auto *dialog = f.dialog<ImportDialog>(u"Import mail…"_s);
    QVERIFY(dialog);
    QSignalSpy chosen(dialog, &ImportDialog::chosen);
    auto *fine = buttonCalled(*dialog, u"Import"_s);
    fine->click();
    QVERIFY(says(*dialog, u"Choose what is to be imported."_s));
    QVERIFY(typeInto(*dialog, u"Mail files"_s, u"/no/such/file"_s));
    fine->click();
    QVERIFY(says(*dialog, u"There is no such file or folder."_s));
    QVERIFY(typeInto(*dialog, u"Mail files"_s, path));
    QVERIFY(typeInto(*dialog, u"Name of the new folder"_s, u"work"_s));
    fine->click();
    QVERIFY(says(*dialog, u"There is a folder with this name already: choose it above."_s));
    QVERIFY(typeInto(*dialog, u"Name of the new folder"_s, u"a/b"_s));
    fine->click();
    QVERIFY(says(*dialog, u"A folder's name cannot have a “/” in it."_s));
    QCOMPARE(chosen.size(), 0);
    // Into a folder of the account, which needs no name.
    auto *target = dialog->findChild<QComboBox *>();
    target->setCurrentIndex(target->findData(f.archive.value));
    fine->click();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(f.outcome(), u"1 message imported."_s);
    QCOMPARE(f.contents(f.archive), FilesFixture::mails(1));
}

void TestFileTasks::importTellsWhatCouldNotBeRead()
{
    FilesFixture f;
    for (int i = 0; i < 3; ++i)
        f.write(u"E/%1.eml"_s.arg(i), mail(i));
    f.write(u"E/resim.eml"_s, "\x89PNG\r\n");
    f.open();
    auto *dialog = f.dialog<ImportDialog>(u"Import mail…"_s);
    QVERIFY(typeInto(*dialog, u"Mail files"_s, f.files.filePath(u"E"_s)));
    buttonCalled(*dialog, u"Import"_s)->click();
    QCOMPARE(f.outcome(), u"3 messages imported, 1 file could not be read."_s);
    QVERIFY(f.tasks->bar()->accessibleName().contains(u"resim.eml"_s));
    buttonCalled(*f.tasks->bar(), u"Close"_s)->click();
    QVERIFY(!f.tasks->bar()->isVisible());
}

void TestFileTasks::whatIsNoMailIsAnErrorInPlainWords()
{
    FilesFixture f;
    const QString path = f.write(u"resim.png"_s, "\x89PNG\r\n");
    f.open();
    auto *dialog = f.dialog<ImportDialog>(u"Import mail…"_s);
    QVERIFY(typeInto(*dialog, u"Mail files"_s, path));
    buttonCalled(*dialog, u"Import"_s)->click();
    QCOMPARE(f.outcome(), u"The file “resim.png” cannot be read."_s);
}

void TestFileTasks::windowIsUsableMeanwhileAndCanStopIt()
{
    FilesFixture f;
    addMessage(f, f.inbox, 1, mail(100'000));
    const QString path = f.writeMbox(u"çok.mbox"_s, 600);
    f.open();
    const FolderId folder = f.engine.createFolder({}, {}, u"çok"_s).result().value();
    HeldWrites held(f.store);
    f.tasks->importFiles({path}, folder);
    QVERIFY(f.tasks->isBusy());
    QCOMPARE(f.tasks->bar()->text(), u"Importing mail from “çok.mbox”…"_s);
    QVERIFY(!f.action(u"Import mail…"_s)->isEnabled());
    QVERIFY(!f.action(u"Export folder…"_s)->isEnabled());
    // A message is chosen and read.
    QTRY_COMPARE(f.list->model()->rowCount(), 1);
    f.list->setCurrentIndex(f.list->model()->index(0, 0));
    QTRY_VERIFY(f.action(u"Reply"_s)->isEnabled());
    const auto *progress = f.tasks->bar()->findChild<QProgressBar *>();
    QTRY_VERIFY(progress->value() > 0);
    QVERIFY(f.tasks->isBusy());
    QVERIFY(f.tasks->bar()->accessibleName().contains(u"so far"_s));
    buttonCalled(*f.tasks->bar(), u"Stop"_s)->click();
    QVERIFY(f.tasks->isBusy());
    held.letGo();
    const QString outcome = f.outcome();
    QVERIFY2(outcome.startsWith(u"The import was stopped."_s), qPrintable(outcome));
    const qsizetype came = f.contents(folder).size();
    QVERIFY(came < 600);
    QVERIFY(f.action(u"Import mail…"_s)->isEnabled());
    f.tasks->importFiles({path}, folder);
    QVERIFY(f.outcome().startsWith(u"%L1 message"_s.arg(600 - came)));
    QCOMPARE(f.contents(folder), FilesFixture::mails(600));
}

void TestFileTasks::closingAsksWhileAnImportRuns()
{
    FilesFixture f;
    const QString path = f.writeMbox(u"çok.mbox"_s, 600);
    f.open();
    HeldWrites held(f.store);
    f.tasks->importFiles({path}, f.archive);
    QVERIFY(f.tasks->isBusy());
    f.action(u"Quit"_s)->trigger();
    QVERIFY(f.window->isVisible());
    QVERIFY(answer(*f.window, u"Go on"_s));
    QTRY_VERIFY(!f.window->findChild<QMessageBox *>());
    QVERIFY(f.tasks->isBusy());
    f.action(u"Quit"_s)->trigger();
    QVERIFY(answer(*f.window, u"Stop and quit"_s));
    QTRY_VERIFY(!f.window->isVisible());
    held.letGo();
    QTRY_VERIFY_WITH_TIMEOUT(!f.tasks->isBusy(), 20'000);
    QVERIFY(f.contents(f.archive).size() < 600);
}

void TestFileTasks::droppedFilesComeIntoTheFolder()
{
    FilesFixture f;
    QMimeData two;
    two.setUrls({QUrl::fromLocalFile(f.write(u"a.eml"_s, mail(0))), QUrl::fromLocalFile(f.write(u"b.EML"_s, mail(1)))});
    QMimeData picture;
    picture.setUrls({two.urls().first(), QUrl::fromLocalFile(f.write(u"c.png"_s, mail(2)))});
    f.open();
    const auto *folders = static_cast<FolderModel *>(f.pane->model());
    const QPoint onArchive
        = f.pane->visualRect(folders->indexOf({.kind = Place::Kind::Folder, .account = f.account, .folder = f.archive}))
              .center();
    dropOn(*f.pane->viewport(), onArchive, picture, Qt::CopyAction);
    QVERIFY(!f.tasks->isBusy());
    dropOn(*f.pane->viewport(), onArchive, two, Qt::CopyAction);
    QCOMPARE(f.outcome(), u"2 messages imported."_s);
    QCOMPARE(f.contents(f.archive), FilesFixture::mails(2));

    addMessage(f, f.inbox, 1, mail(100'000));
    QTRY_COMPARE(f.list->model()->rowCount(), 1);
    QMimeData one;
    one.setUrls({two.urls().first()});
    dropOn(*f.list->viewport(), QPoint(5, 5), one, Qt::CopyAction);
    QCOMPARE(f.outcome(), u"1 message imported."_s);
    QVERIFY(f.contents(f.inbox).contains(mail(0)));
    QVERIFY(QFile::exists(f.files.filePath(u"a.eml"_s)));
}

void TestFileTasks::folderIsExported_data()
{
    QTest::addColumn<bool>("mbox");
    QTest::newRow("mbox") << true;
    QTest::newRow("eml") << false;
}

void TestFileTasks::folderIsExported()
{
    QFETCH(const bool, mbox);
    FilesFixture f;
    for (int i = 0; i < 5; ++i)
        addMessage(f, f.inbox, quint32(i + 1), mail(i));
    f.open();
    auto *dialog = f.dialog<ExportDialog>(u"Export folder…"_s);
    QVERIFY(dialog);
    QVERIFY(says(*dialog, u"The folder “Inbox”, 5 messages"_s));
    const QString base = f.files.filePath(u"Inbox"_s);
    auto *path = dialog->findChild<QLineEdit *>();
    QCOMPARE(path->text(), base + u".mbox"_s);
    for (auto *choice : dialog->findChildren<QRadioButton *>()) {
        if (choice->text().contains(u"mbox"_s) == mbox)
            choice->setChecked(true);
    }
    const QString target = mbox ? base + u".mbox"_s : base;
    QCOMPARE(path->text(), target);
    buttonCalled(*dialog, u"Export"_s)->click();
    QCOMPARE(f.outcome(), u"5 messages exported."_s);
    QVERIFY(f.tasks->bar()->accessibleName().contains(target));
    QByteArrayList written;
    if (mbox) {
        written = mboxContents(target);
    } else {
        for (const QFileInfo &info : QDir(target).entryInfoList({u"*.eml"_s}, QDir::Files)) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            written.append(file.readAll());
        }
        std::sort(written.begin(), written.end());
    }
    QCOMPARE(written, FilesFixture::mails(5));
}

void TestFileTasks::exportDialogSaysWhatIsThereAlready()
{
    FilesFixture f;
    const QString there = f.write(u"var.mbox"_s, "x");
    ExportDialog dialog(u"x"_s, f.files.filePath(u"var"_s));
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QVERIFY(says(dialog, u"This file exists. It is replaced once the export is complete."_s));
    QVERIFY(buttonCalled(dialog, u"Replace"_s)->isEnabled());
    auto *path = dialog.findChild<QLineEdit *>();
    path->setText(f.files.path());
    QVERIFY(says(dialog, u"This is a folder, not a file."_s));
    QVERIFY(!buttonCalled(dialog, u"Export"_s)->isEnabled());
    path->clear();
    QSignalSpy chosen(&dialog, &ExportDialog::chosen);
    buttonCalled(dialog, u"Export"_s)->click();
    QVERIFY(says(dialog, u"Choose where to."_s));
    QCOMPARE(chosen.size(), 0);
}

void TestFileTasks::exportThatCannotBeWritten()
{
    FilesFixture f;
    addMessage(f, f.inbox, 1, mail(0));
    f.open();
    auto *dialog = f.dialog<ExportDialog>(u"Export folder…"_s);
    dialog->findChild<QLineEdit *>()->setText(f.files.filePath(u"yok/yok/a.mbox"_s));
    buttonCalled(*dialog, u"Export"_s)->click();
    QCOMPARE(f.outcome(), u"The file “a.mbox” could not be written."_s);
}

void TestFileTasks::oneMessageIsSavedAsAFile()
{
    FilesFixture f;
    const MessageId id = addMessage(f, f.inbox, 1, mail(7));
    f.open();
    QTRY_COMPARE(f.list->model()->rowCount(), 1);
    QVERIFY(!f.action(u"Save as…"_s)->isEnabled());
    f.list->select(id);
    QTRY_VERIFY(f.action(u"Save as…"_s)->isEnabled());
    auto *dialog = f.dialog<QFileDialog>(u"Save as…"_s);
    QVERIFY(dialog);
    QCOMPARE(dialog->selectedFiles(), QStringList{f.files.filePath(u"mektup 7.eml"_s)});
    QSignalSpy saved(f.tasks, &FileTasks::saved);
    dialog->selectFile(u"kayıt.eml"_s);
    QMetaObject::invokeMethod(dialog, "accept");
    QTRY_COMPARE(saved.size(), 1);
    QFile file(f.files.filePath(u"kayıt.eml"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), mail(7));
    QVERIFY(!f.tasks->bar()->isVisible());
}

void TestFileTasks::severalMessagesAreSaved()
{
    FilesFixture f;
    for (int i = 0; i < 4; ++i)
        addMessage(f, f.inbox, quint32(i + 1), mail(i));
    f.open();
    QTRY_COMPARE(f.list->model()->rowCount(), 4);
    f.action(u"Select all"_s)->trigger();
    QTRY_VERIFY(f.action(u"Save as…"_s)->isEnabled());
    auto *dialog = f.dialog<ExportDialog>(u"Save as…"_s);
    QVERIFY(dialog);
    QVERIFY(says(*dialog, u"4 selected messages"_s));
    dialog->findChild<QLineEdit *>()->setText(f.files.filePath(u"seçilen.mbox"_s));
    buttonCalled(*dialog, u"Export"_s)->click();
    QCOMPARE(f.outcome(), u"4 messages exported."_s);
    QCOMPARE(mboxContents(f.files.filePath(u"seçilen.mbox"_s)), FilesFixture::mails(4));
}

void TestFileTasks::outcomeSpeaksTheNewLanguage()
{
    FilesFixture f;
    const QString path = f.writeMbox(u"posta"_s, 3);
    f.open();
    f.tasks->importFiles({path}, f.archive);
    QCOMPARE(f.outcome(), u"3 messages imported."_s);
    f.settings.setValue(Setting::Language, u"tr"_s);
    QTRY_COMPARE(f.tasks->bar()->text(), u"3 ileti içe aktarıldı."_s);
}

QTEST_MAIN(TestFileTasks)
#include "test_filetasks.moc"
