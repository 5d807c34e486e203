// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/folderactions.h"
#include "tests/ui/uitest.h"
#include "ui/common/infobar.h"
#include "ui/common/language.h"
#include "ui/composer/composer.h"
#include "ui/folders/folderpane.h"
#include "ui/mainwindow/accountbar.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/statusline.h"
#include "ui/messagelist/messagelistview.h"
#include "ui/reader/bodyview.h"
#include "ui/reader/reader.h"
#include "ui/wizard/setupwizard.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QKeySequence>
#include <QMenuBar>
#include <QMimeData>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

QByteArray plainMail(const QByteArray &subject, const QByteArray &extra = {})
{
    return "From: Zeynep <zeynep@example.com>\r\nTo: ayse@example.org\r\nSubject: " + subject + "\r\nMessage-ID: <"
        + subject + "@example.com>\r\nDate: Mon, 5 May 2025 10:00:00 +0300\r\n" + extra
        + "Content-Type: text/plain; charset=utf-8\r\n\r\nmetin " + subject + "\r\n";
}

struct WindowFixture : UiFixture {
    explicit WindowFixture(bool withAccount = true)
        : UiFixture(withAccount)
        , language(settings)
    {
        settings.setValue(Setting::Language, u"en"_s);
    }

    void open()
    {
        window = std::make_unique<MainWindow>(store, engine, settings);
        window->show();
        if (!QTest::qWaitForWindowActive(window.get()))
            qFatal("the window does not become active");
        list = window->findChild<MessageListView *>();
        reader = window->findChild<Reader *>();
        pane = window->findChild<FolderPane *>();
    }

    QAction *action(const QString &text) const
    {
        for (auto *found : window->findChildren<QAction *>()) {
            const QString name = found->text().remove(u'&');
            if (name == text || name.startsWith(text + u": "_s)) // "Undo: what it takes back"
                return found;
        }
        return nullptr;
    }

    Composer *composer() const
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<Composer *>(widget); found && found->isVisible())
                return found;
        }
        return nullptr;
    }

    Flags flags(MessageId id)
    {
        return fromStore(store, [id](const Tables &tables) { return tables.messages.header(id)->flags; });
    }

    Language language;
    std::unique_ptr<MainWindow> window;
    MessageListView *list = nullptr;
    Reader *reader = nullptr;
    FolderPane *pane = nullptr;
};

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firstStartOpensTheSetUp();
    void inboxOpensByItselfAndMessagesAreRead();
    void lastMessageChosenWins();
    void shownMessageBecomesRead();
    void deleteMovesToTrashAndGoesOn();
    void deletingForGoodIsAskedAbout();
    void movesAreUndone();
    void whatCannotBeUndoneIsSaid();
    void flagIsToggled();
    void replyQuotesAndIsAddressed();
    void mailtoOpensAComposerThatAttachesNothing();
    void searchReplacesTheListUntilItIsEnded();
    void droppedMessagesAreMoved();
    void languageIsSwitchedAtRunTime();
    void whatWasToldSpeaksTheNewLanguage();
    void statusLineTellsProgress();
    void troubleStaysUntilItIsResolved();
    void endedSignInIsAskedForByAButton();
};

void TestMainWindow::firstStartOpensTheSetUp()
{
    WindowFixture f(false);
    f.open();
    QTRY_VERIFY(f.window->findChild<SetupWizard *>());
    QVERIFY(f.window->findChild<SetupWizard *>()->isVisible());
    QVERIFY(!f.action(u"New message"_s)->isEnabled());
}

void TestMainWindow::inboxOpensByItselfAndMessagesAreRead()
{
    WindowFixture f;
    addMessage(f, f.inbox, 1, plainMail("bir"));
    f.open();
    QTRY_COMPARE(f.list->model()->rowCount(), 1);
    QVERIFY(f.window->windowTitle().startsWith(u"Inbox"_s));
    QVERIFY(!f.action(u"Reply"_s)->isEnabled());
    // The arrow keys are in the list from the start.
    QTRY_VERIFY(f.list->hasFocus());
    f.list->setCurrentIndex(f.list->model()->index(0, 0));
    QTRY_VERIFY(f.reader->loaded());
    QVERIFY(f.window->findChild<BodyView *>()->toPlainText().contains(u"metin bir"_s));
    QVERIFY(f.action(u"Reply"_s)->isEnabled());
}

void TestMainWindow::lastMessageChosenWins()
{
    WindowFixture f;
    for (quint32 uid = 1; uid <= 20; ++uid)
        addMessage(f, f.inbox, uid, plainMail("m" + QByteArray::number(uid)));
    f.open();
    QTRY_COMPARE(f.list->model()->rowCount(), 20);
    for (int row = 0; row < 20; ++row)
        f.list->setCurrentIndex(f.list->model()->index(row, 0));
    const MessageId last = f.list->currentMessage();
    QTRY_VERIFY(f.reader->loaded());
    QCOMPARE(f.reader->header().id, last);
    const QString subject = f.reader->header().envelope.subject;
    QCOMPARE(f.window->findChild<BodyView *>()->toPlainText().trimmed(), u"metin "_s + subject);
}

void TestMainWindow::shownMessageBecomesRead()
{
    WindowFixture f;
    const MessageId id = addMessage(f, f.inbox, 1, plainMail("bir"));
    f.open();
    QTRY_COMPARE(f.list->model()->rowCount(), 1);
    QVERIFY(!f.flags(id).testFlag(Flag::Seen));
    f.list->setCurrentIndex(f.list->model()->index(0, 0));
    QTRY_VERIFY(f.flags(id).testFlag(Flag::Seen));
}

void TestMainWindow::deleteMovesToTrashAndGoesOn()
{
    WindowFixture f;
    const FolderId trash = f.addFolder(u"Trash"_s, FolderRole::Trash);
    const MessageId older = addMessage(f, f.inbox, 1, plainMail("eski"));
    const MessageId newer = addMessage(f, f.inbox, 2, plainMail("yeni"));
    f.open();
    QTRY_COMPARE(f.list->model()->rowCount(), 2);
    f.list->select(newer);
    QTRY_VERIFY(f.action(u"Delete"_s)->isEnabled());
    f.list->setFocus();
    QTest::keyClick(f.list, Qt::Key_Delete);
    QTRY_COMPARE(f.list->model()->rowCount(), 1);
    QCOMPARE(f.folder(trash).total, 1);
    QTRY_COMPARE(f.list->currentMessage(), older);
    QTRY_COMPARE(f.reader->header().id, older);
}

void TestMainWindow::deletingForGoodIsAskedAbout()
{
    WindowFixture f;
    const FolderId trash = f.addFolder(u"Trash"_s, FolderRole::Trash);
    const MessageId id = addMessage(f, trash, 1, plainMail("çöp"));
    f.open();
    QTRY_VERIFY(f.pane->currentPlace().folder == f.inbox);
    f.pane->setCurrentPlace({.kind = Place::Kind::Folder, .account = f.account, .folder = trash});
    QTRY_COMPARE(f.list->model()->rowCount(), 1);
    f.list->select(id);
    f.action(u"Delete"_s)->trigger();
    QVERIFY(answer(*f.window, u"Keep"_s));
    QCOMPARE(f.folder(trash).total, 1);
    QTRY_VERIFY(!f.window->findChild<QMessageBox *>());
    f.action(u"Delete"_s)->trigger();
    QVERIFY(answer(*f.window, u"Delete for good"_s));
    QTRY_COMPARE(f.folder(trash).total, 0);
}

void TestMainWindow::movesAreUndone()
{
    WindowFixture f;
    f.addFolder(u"Trash"_s, FolderRole::Trash);
    const FolderId kept = inStore(f.store, [](Tables &tables) {
        return actions::createFolder(tables, {}, {}, u"Saklanan"_s, QDateTime::currentDateTimeUtc()).value();
    });
    const QByteArray raw = plainMail("bir");
    const MessageId id = addMessage(f, f.inbox, 1, raw);
    f.open();
    QTRY_COMPARE(f.list->model()->rowCount(), 1);
    f.list->select(id);
    f.action(u"Delete"_s)->trigger();
    QTRY_COMPARE(f.list->model()->rowCount(), 0);
    f.action(u"Undo"_s)->trigger();
    QTRY_COMPARE(f.list->model()->rowCount(), 1);
    const auto *status = f.window->findChild<StatusLine *>();
    QTRY_COMPARE(status->currentMessage(), u"Undone: Delete 1 message"_s);
    QCOMPARE(fromStore(f.store, [&](const Tables &t) { return t.pendingOps.all(f.account).size(); }), 0);

    // To this computer, and back to the account.
    QTest::keyClick(f.window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(status->currentMessage(), u"There is nothing to undo."_s);
    const auto *folders = static_cast<FolderModel *>(f.pane->model());
    const auto indexOfKept = [&] {
        return folders->indexOf({.kind = Place::Kind::Folder, .account = folders->computer(), .folder = kept});
    };
    QTRY_VERIFY(indexOfKept().isValid());
    QMimeData data;
    data.setData(MessageListView::dragType(), QByteArray::number(id.value) + '\n');
    dropOn(*f.pane->viewport(), f.pane->visualRect(indexOfKept()).center(), data, Qt::MoveAction);
    QTRY_COMPARE(f.folder(kept).total, 1);
    QTRY_COMPARE(f.list->model()->rowCount(), 0);
    f.action(u"Undo"_s)->trigger();
    QTRY_COMPARE(f.folder(f.inbox).total, 1);
    const auto rawOf = [&](FolderId folder) {
        return fromStore(f.store, [folder](const Tables &tables) {
            const auto keys = tables.messages.keys(folder, 10);
            return keys.isEmpty() ? QByteArray() : tables.bodies.raw(MessageId{keys.first().id}).value_or(QByteArray());
        });
    };
    QCOMPARE(rawOf(f.inbox), raw);
}

void TestMainWindow::whatCannotBeUndoneIsSaid()
{
    WindowFixture f;
    const FolderId trash = f.addFolder(u"Trash"_s, FolderRole::Trash);
    const MessageId id = addMessage(f, trash, 1, plainMail("bir"));
    f.open();
    QTRY_VERIFY(f.pane->currentPlace().folder == f.inbox);
    f.pane->setCurrentPlace({.kind = Place::Kind::Folder, .account = f.account, .folder = trash});
    QTRY_COMPARE(f.list->model()->rowCount(), 1);
    f.list->select(id);
    f.action(u"Delete"_s)->trigger();
    QVERIFY(answer(*f.window, u"Delete for good"_s));
    QTRY_COMPARE(f.list->model()->rowCount(), 0);
    const auto *status = f.window->findChild<StatusLine *>();
    f.action(u"Undo"_s)->trigger();
    QTRY_COMPARE(status->currentMessage(), u"What was deleted for good cannot be brought back."_s);
}

void TestMainWindow::flagIsToggled()
{
    WindowFixture f;
    const MessageId id = addMessage(f, f.inbox, 1, plainMail("bir"));
    f.open();
    QTRY_COMPARE(f.list->model()->rowCount(), 1);
    f.list->select(id);
    f.list->setFocus();
    QTest::keyClick(f.list, Qt::Key_S);
    QTRY_VERIFY(f.flags(id).testFlag(Flag::Flagged));
    QTRY_VERIFY(f.action(u"Remove flag"_s));
    QTest::keyClick(f.list, Qt::Key_S);
    QTRY_VERIFY(!f.flags(id).testFlag(Flag::Flagged));
}

void TestMainWindow::replyQuotesAndIsAddressed()
{
    WindowFixture f;
    const MessageId id = addMessage(f, f.inbox, 1, plainMail("Toplanti"));
    f.open();
    QTRY_COMPARE(f.list->model()->rowCount(), 1);
    f.list->select(id);
    QTRY_VERIFY(f.reader->loaded());
    f.list->setFocus();
    QTest::keyClick(f.list, Qt::Key_R, Qt::ControlModifier);
    QTRY_VERIFY(f.composer());
    const Draft draft = f.composer()->draft();
    QCOMPARE(draft.to, (AddressList{{u"Zeynep"_s, u"zeynep@example.com"_s}}));
    QCOMPARE(draft.subject, u"Re: Toplanti"_s);
    QVERIFY(draft.text.contains(u"> metin Toplanti"_s));
    QVERIFY(draft.text.contains(u"Zeynep wrote:"_s));
    QCOMPARE(draft.inReplyTo, "Toplanti@example.com"_ba);
    QCOMPARE(draft.original, id);
    QCOMPARE(draft.account, f.account);
}

void TestMainWindow::mailtoOpensAComposerThatAttachesNothing()
{
    WindowFixture f;
    f.open();
    // Before the accounts are known, too.
    f.window->openMailto(QUrl(u"mailto:a@x.tr?subject=Selam&bcc=c@x.tr&attach=/etc/passwd"_s));
    QTRY_VERIFY(f.composer());
    const Draft draft = f.composer()->draft();
    QCOMPARE(draft.to.first().address, u"a@x.tr"_s);
    QCOMPARE(draft.bcc.first().address, u"c@x.tr"_s);
    QVERIFY(draft.attachments.isEmpty());
    bool told = false;
    for (const auto *bar : f.composer()->findChildren<InfoBar *>())
        told = told || (bar->isVisible() && bar->text().contains(u"attach"_s));
    QVERIFY(told);
    const Composer *before = f.composer();
    f.window->openMailto(QUrl(u"http://x.tr"_s));
    QCOMPARE(f.composer(), before);
}

void TestMainWindow::searchReplacesTheListUntilItIsEnded()
{
    WindowFixture f;
    addMessage(f, f.inbox, 1, plainMail("fatura"));
    addMessage(f, f.inbox, 2, plainMail("toplanti"));
    addMessage(f, f.archive, 3, plainMail("eski fatura"));
    f.open();
    QTRY_COMPARE(f.list->model()->rowCount(), 2);
    QVERIFY(typeInto(*f.window, u"Search"_s, u"FATURA"_s));
    QTRY_COMPARE(f.list->model()->rowCount(), 2);
    QTRY_VERIFY(f.window->windowTitle().startsWith(u"Search results"_s));
    QTRY_COMPARE(f.list->model()->index(0, 0).data().toString(), u"eski fatura"_s);
    QTest::keyClick(f.window->focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(f.window->windowTitle().startsWith(u"Inbox"_s));
    QTRY_COMPARE(f.list->model()->index(0, 0).data().toString(), u"toplanti"_s);
}

void TestMainWindow::droppedMessagesAreMoved()
{
    WindowFixture f;
    const MessageId id = addMessage(f, f.inbox, 1, plainMail("bir"));
    f.open();
    QTRY_COMPARE(f.list->model()->rowCount(), 1);
    const auto *folders = static_cast<FolderModel *>(f.pane->model());
    const QRect target = f.pane->visualRect(
        folders->indexOf({.kind = Place::Kind::Folder, .account = f.account, .folder = f.archive}));
    QMimeData data;
    data.setData(MessageListView::dragType(), QByteArray::number(id.value) + '\n');
    dropOn(*f.pane->viewport(), target.center(), data, Qt::MoveAction);
    QTRY_COMPARE(f.folder(f.archive).total, 1);
    QTRY_COMPARE(f.list->model()->rowCount(), 0);
}

void TestMainWindow::languageIsSwitchedAtRunTime()
{
    WindowFixture f;
    f.open();
    const auto *folders = static_cast<FolderModel *>(f.pane->model());
    const auto inbox = [&] {
        return folders->indexOf({.kind = Place::Kind::Folder, .account = f.account, .folder = f.inbox})
            .data()
            .toString();
    };
    QTRY_COMPARE(inbox(), u"Inbox"_s);
    f.settings.setValue(Setting::Language, u"tr"_s);
    QTRY_COMPARE(inbox(), u"Gelen Kutusu"_s);
    QVERIFY(f.action(u"Yanıtla"_s));
    QVERIFY(f.action(u"Tümünü yanıtla"_s));
    QCOMPARE(f.window->menuBar()->actions().first()->text(), u"&Dosya"_s);
    QVERIFY(f.window->windowTitle().startsWith(u"Gelen Kutusu"_s));
    QCOMPARE(f.list->accessibleName(), u"İleti listesi"_s);
    // Qt's own texts too.
    QCOMPARE(QCoreApplication::translate("QPlatformTheme", "Cancel"), u"İptal"_s);
    // But keys are called what is printed on them.
    QCOMPARE(QKeySequence(u"Ctrl+Shift+N"_s).toString(QKeySequence::NativeText), u"Ctrl+Shift+N"_s);
    f.settings.setValue(Setting::Language, u"en"_s);
    QTRY_COMPARE(inbox(), u"Inbox"_s);
    QCOMPARE(f.list->accessibleName(), u"Message list"_s);
}

void TestMainWindow::whatWasToldSpeaksTheNewLanguage()
{
    WindowFixture f;
    f.open();
    const auto *status = f.window->findChild<StatusLine *>();
    Q_EMIT f.engine.outboxChanged({.state = OutboxState::Sent, .subject = u"Konu"_s});
    Q_EMIT f.engine.outboxChanged({.state = OutboxState::Failed,
        .subject = u"Başka"_s,
        .lastError = {.kind = ErrorKind::MailboxFull, .step = Step::Recipient}});
    QCOMPARE(status->currentMessage(), u"Sent: Konu"_s);
    const auto told = [&f](const QString &text) {
        const QList<InfoBar *> bars = f.window->findChildren<InfoBar *>();
        return std::any_of(bars.cbegin(), bars.cend(),
            [&text](const InfoBar *bar) { return bar->isVisible() && bar->text() == text; });
    };
    QVERIFY(told(u"“Başka” was not sent. The mailbox is full."_s));

    f.settings.setValue(Setting::Language, u"tr"_s);
    QTRY_COMPARE(status->currentMessage(), u"Gönderildi: Konu"_s);
    QVERIFY(told(u"“Başka” gönderilemedi. Posta kutusu dolu."_s));
    // What passes over it is not brought back.
    Q_EMIT f.reader->linkHovered(u"https://example.org/"_s);
    f.settings.setValue(Setting::Language, u"en"_s);
    QTRY_VERIFY(told(u"“Başka” was not sent. The mailbox is full."_s));
    QVERIFY(!status->currentMessage().contains(u"Konu"_s));
}

void TestMainWindow::statusLineTellsProgress()
{
    WindowFixture f;
    StatusLine line;
    QSignalSpy cancelled(&line, &StatusLine::cancelled);
    line.setState({.account = f.account, .activity = AccountState::Activity::Idle}, u"a"_s);
    QCOMPARE(line.activityText(), u"Up to date"_s);
    const AccountState fetching{
        .account = f.account, .activity = AccountState::Activity::FetchingHeaders, .done = 12'000, .total = 100'000};
    line.setState(fetching, u"a"_s);
    QCOMPARE(line.activityText(), u"Getting messages: 12,000 of 100,000"_s);
    buttonCalled(line, u""_s)->click();
    QCOMPARE(cancelled.count(), 1);
    f.settings.setValue(Setting::Language, u"tr"_s);
    QCOMPARE(line.activityText(), u"İletiler alınıyor: 12.000 / 100.000"_s);
    line.setOnline(false);
    QCOMPARE(line.activityText(), u"Çevrimdışı çalışılıyor"_s);
}

void TestMainWindow::troubleStaysUntilItIsResolved()
{
    WindowFixture f;
    FolderModel folders(f.store);
    AccountBar bar(f.engine, folders);
    using Activity = AccountState::Activity;
    const MailError refused{.kind = ErrorKind::AuthenticationFailed,
        .step = Step::Login,
        .endpoint = u"imap.x.tr:993"_s,
        .serverText = u"[AUTHENTICATIONFAILED] no"_s};
    bar.setState({.account = f.account, .activity = Activity::Offline, .error = refused});
    QVERIFY(bar.isVisibleTo(nullptr));
    QVERIFY(bar.accessibleName().contains(u"[AUTHENTICATIONFAILED] no"_s));
    QVERIFY(buttonCalled(bar, u"Enter password…"_s)->isVisibleTo(&bar));
    // A new attempt is no cure yet.
    bar.setState({.account = f.account, .activity = Activity::Connecting});
    QVERIFY(bar.isVisibleTo(nullptr));
    bar.setState({.account = f.account, .activity = Activity::Idle});
    QVERIFY(!bar.isVisibleTo(nullptr));
    // Without any network there is nothing to blame an account for.
    bar.setState({.account = f.account, .activity = Activity::Offline, .error = MailError{.kind = ErrorKind::Offline}});
    QVERIFY(!bar.isVisibleTo(nullptr));
}

// T19: a token that ended is no reason to ask for a password, or to open a browser by itself.
void TestMainWindow::endedSignInIsAskedForByAButton()
{
    WindowFixture f;
    FolderModel folders(f.store);
    AccountBar bar(f.engine, folders);
    QSignalSpy browser(&f.engine, &MailEngine::browserWanted);
    const AccountState ended{.account = f.account,
        .error = MailError{.kind = ErrorKind::OAuthNeeded, .step = Step::RefreshToken, .endpoint = u"x.tr:443"_s},
        .signInNeeded = true};
    for (int i = 0; i < 3; ++i)
        bar.setState(ended);
    QVERIFY(bar.isVisibleTo(nullptr));
    QVERIFY(buttonCalled(bar, u"Sign in again"_s)->isVisibleTo(&bar));
    QVERIFY(!buttonCalled(bar, u"Enter password…"_s)->isVisibleTo(&bar));
    QVERIFY(!buttonCalled(bar, u"Try again"_s)->isVisibleTo(&bar));
    QVERIFY(bar.findChildren<QDialog *>().isEmpty());
    QCOMPARE(browser.size(), 0);
    bar.setState({.account = f.account, .activity = AccountState::Activity::Idle});
    QVERIFY(!bar.isVisibleTo(nullptr));
}

QTEST_MAIN(TestMainWindow)
#include "test_mainwindow.moc"
