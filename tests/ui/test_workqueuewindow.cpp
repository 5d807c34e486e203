// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/messageactions.h"
#include "tests/ui/bothlanguages.h"
#include "tests/ui/screentest.h"
#include "ui/common/language.h"
#include "ui/folders/foldermodel.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/noticebar.h"
#include "ui/mainwindow/statusline.h"
#include "ui/queue/actiontext.h"
#include "ui/queue/workqueuewindow.h"

#include <QAction>
#include <QPushButton>
#include <QScopeGuard>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace Qt::StringLiterals;
using namespace postaci;

namespace {

QByteArray mail(const QByteArray &subject)
{
    return "From: Zeynep <zeynep@example.com>\r\nTo: ayse@example.org\r\nSubject: " + subject + "\r\nMessage-ID: <"
        + subject + "@example.com>\r\nDate: Mon, 5 May 2025 10:00:00 +0300\r\n\r\nmetin\r\n";
}

const MailError refusal{.kind = ErrorKind::Refused,
    .step = Step::MoveMessages,
    .endpoint = u"imap.example.org:993"_s,
    .serverText = u"Mailbox is locked by an administrator"_s,
    .enhancedCode = "NOPERM"};

/// An account whose server cannot be reached, and what its user did.
struct QueueFixture : UiFixture {
    QueueFixture()
        : language(settings)
    {
        language.apply(u"en"_s);
        bills = addFolder(u"Faturalar"_s);
        for (quint32 uid = 1; uid <= 4; ++uid)
            messages.append(addMessage(*this, inbox, uid, mail("mektup" + QByteArray::number(uid))));
    }

    void moveThree() { QVERIFY(engine.moveMessages(messages.first(3), bills).result()); }
    void refuseAFlag()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        inStore(store, [this, now](Tables &tables) {
            (void)actions::changeFlags(tables, {messages.last()}, Flag::Flagged, {}, now);
            workqueue::refuse(tables, tables.pendingOps.ofMessage(messages.last()).first(), refusal);
        });
    }
    QList<QueuedAction> queue()
    {
        return fromStore(store, [](const Tables &tables) { return workqueue::list(tables, 100); });
    }
    QAction *action(const MainWindow &window, const QString &text)
    {
        for (auto *found : window.findChildren<QAction *>()) {
            if (found->text().remove(u'&').startsWith(text))
                return found;
        }
        return nullptr;
    }

    Language language;
    FolderId bills;
    QList<MessageId> messages;
};

} // namespace

/// The window that lists what servers do not know yet, and the ways to it; with pictures.
class TestWorkQueueWindow : public ScreenTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(prepare()); }
    void everythingHasWords();
    void undoSaysWhatItTakesBack();
    void whatWaitsIsTakenBack();
    void whatWasRefusedIsTriedAgainAndDismissed();
    void refusalsLeadThere();
    void placeIsRemembered();
    void everythingIsReadable_data();
    void everythingIsReadable();
};

void TestWorkQueueWindow::everythingHasWords()
{
    const Folder inbox{.path = u"INBOX"_s, .separator = u'/', .role = FolderRole::Inbox};
    const Folder bills{.path = u"İş/Faturalar"_s, .separator = u'/'};
    const auto words = [&](QueuedAction action) { return inBothLanguages([&] { return actionText(action); }); };
    QueuedAction action{.id = {}, .op = {}, .messages = 3, .subject = {}, .from = inbox, .to = bills};
    action.op.kind = PendingOp::Kind::Move;
    QCOMPARE(words(action).first, u"Move 3 messages from “Inbox” to “İş / Faturalar”"_s);
    QCOMPARE(words(action).second, u"3 iletiyi “Gelen Kutusu” klasöründen “İş / Faturalar” klasörüne taşı"_s);
    action.messages = 1;
    action.subject = u"Fatura\nMart"_s;
    QCOMPARE(words(action).first, u"Move “Fatura Mart” from “Inbox” to “İş / Faturalar”"_s);
    action.op.kind = PendingOp::Kind::ChangeFlags;
    action.op.add = Flag::Seen;
    QCOMPARE(words(action).first, u"Mark “Fatura Mart” as read"_s);
    action.op.kind = PendingOp::Kind::RenameFolder;
    action.op.path = u"İş/Faturalar"_s;
    action.op.newPath = u"İş/Eski"_s;
    action.from = bills;
    QCOMPARE(words(action).first, u"Rename the folder “Faturalar” to “Eski”"_s);
    action.op.newPath = u"Trash/Faturalar"_s;
    QCOMPARE(words(action).first, u"Move the folder “İş/Faturalar” to “Trash/Faturalar”"_s);
    // Each kind, each flag, with a subject and without: something is said, and not the same in both languages.
    for (const auto kind : {PendingOp::Kind::ChangeFlags, PendingOp::Kind::Move, PendingOp::Kind::Delete,
             PendingOp::Kind::Append, PendingOp::Kind::CreateFolder, PendingOp::Kind::RenameFolder,
             PendingOp::Kind::DeleteFolder, PendingOp::Kind::Put}) {
        for (const Flags add : {Flags(), Flags(Flag::Seen), Flags(Flag::Flagged), Flags(Flag::Answered),
                 Flags(Flag::Forwarded), Flags(Flag::Junk), Flags(Flag::NotJunk)}) {
            for (const QString &subject : {QString(), u"Fatura"_s}) {
                action.op.kind = kind;
                action.op.add = add;
                action.op.remove = add ? Flags() : Flags(Flag::Seen);
                action.subject = subject;
                const auto [english, turkish] = words(action);
                QVERIFY(!english.isEmpty() && english != turkish);
                QVERIFY2(!english.contains(u'%') && !turkish.contains(u'%'), qPrintable(english + turkish));
            }
        }
    }
    using Activity = AccountState::Activity;
    action.op = {};
    const AccountState off{.activity = Activity::Offline, .nextTry = QDateTime::currentDateTimeUtc()};
    const AccountState idle{.activity = Activity::Idle};
    const AccountState telling{.activity = Activity::ReplayingActions};
    QCOMPARE(queueStateText(action, idle, true), u"Waits for its turn"_s);
    QCOMPARE(queueStateText(action, std::nullopt, true), u"Waits for a connection"_s);
    QVERIFY(queueStateText(action, off, true).startsWith(u"Waits for a connection; next try at "_s));
    QCOMPARE(queueStateText(action, idle, false), u"Waits until you work online again"_s);
    QCOMPARE(queueStateText(action, AccountState{.passwordNeeded = true}, true), u"Waits for the password"_s);
    QCOMPARE(queueStateText(action, AccountState{.signInNeeded = true}, true), u"Waits for your sign-in"_s);
    action.op.state = PendingOp::State::Running;
    QCOMPARE(queueStateText(action, telling, true), u"Under way"_s);
    QCOMPARE(queueStateText(action, idle, true), u"Waits for its turn"_s); // It was broken off.
    action.op.lastError = {.kind = ErrorKind::TryLater, .endpoint = u"imap.example.org:993"_s};
    QCOMPARE(
        queueStateText(action, idle, true), u"Waits for another try: imap.example.org cannot do this right now."_s);
    action.id.refused = true;
    QCOMPARE(queueStateText(action, idle, true), u"Refused: imap.example.org cannot do this right now."_s);
}

void TestWorkQueueWindow::undoSaysWhatItTakesBack()
{
    QueueFixture f;
    MainWindow window(f.store, f.engine, f.settings);
    window.show();
    QAction *undo = f.action(window, u"Undo"_s);
    QVERIFY(undo);
    QCOMPARE(undo->text(), u"&Undo"_s);
    f.moveThree();
    QTRY_COMPARE(undo->text(), u"&Undo: Move 3 messages to “Faturalar”"_s);
    QVERIFY(f.engine.changeFlags({f.messages.last()}, Flag::Flagged, {}).result());
    QTRY_COMPARE(undo->text(), u"&Undo: Flag 1 message"_s);
    undo->trigger();
    QTRY_COMPARE(undo->text(), u"&Undo: Move 3 messages to “Faturalar”"_s);
    QCOMPARE(f.queue().size(), 3); // The flag, its way back, and the move.
    undo->trigger();
    QTRY_COMPARE(undo->text(), u"&Undo"_s);
    const auto [english, turkish]
        = inBothLanguages([] { return actionText({.kind = UndoStep::Kind::Delete, .messages = 2}, {}); });
    QCOMPARE(english, u"Delete 2 messages"_s);
    QCOMPARE(turkish, u"2 iletiyi sil"_s);
}

void TestWorkQueueWindow::whatWaitsIsTakenBack()
{
    QueueFixture f;
    f.moveThree();
    MainWindow window(f.store, f.engine, f.settings);
    window.show();
    f.action(window, u"Waiting changes"_s)->trigger();
    auto *queue = window.findChild<WorkQueueWindow *>();
    QVERIFY(queue && queue->isVisible());
    auto *list = queue->findChild<QTreeWidget *>();
    QTRY_COMPARE(list->topLevelItemCount(), 1);
    QCOMPARE(list->topLevelItem(0)->text(0), u"Move 3 messages from “Inbox” to “Faturalar”"_s);
    QTRY_COMPARE(list->topLevelItem(0)->text(1), u"ayse@example.org"_s);
    QVERIFY(!list->topLevelItem(0)->text(2).isEmpty());
    QVERIFY(list->topLevelItem(0)->text(3).startsWith(u"Waits for a connection"_s));
    f.action(window, u"Work offline"_s)->trigger();
    QCOMPARE(list->topLevelItem(0)->text(3), u"Waits until you work online again"_s);
    QVERIFY(list->topLevelItem(0)->isSelected());
    QVERIFY(buttonCalled(*queue, u"Take back"_s)->isEnabled());
    QVERIFY(QTest::qWaitForWindowActive(queue));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Delete);
    QTRY_COMPARE(list->topLevelItemCount(), 0);
    QVERIFY(!buttonCalled(*queue, u"Take back"_s)->isEnabled());
    QVERIFY(f.queue().isEmpty());
    QCOMPARE(fromStore(f.store, [&](const Tables &t) { return t.folders.find(f.inbox)->total; }), 4);
}

void TestWorkQueueWindow::whatWasRefusedIsTriedAgainAndDismissed()
{
    QueueFixture f;
    f.refuseAFlag();
    f.moveThree();
    const FolderModel folders(f.store);
    WorkQueueWindow window(f.store, f.engine, f.settings, folders, {});
    window.setAttribute(Qt::WA_DeleteOnClose, false);
    window.show();
    auto *list = window.findChild<QTreeWidget *>();
    QTRY_COMPARE(list->topLevelItemCount(), 2);
    QCOMPARE(list->topLevelItem(0)->text(0), u"Flag “mektup4”"_s); // What needs the user comes first.
    QCOMPARE(list->topLevelItem(0)->text(3), u"Refused: imap.example.org refused this."_s);
    QVERIFY(list->topLevelItem(0)->isSelected());
    QString shown;
    for (const auto *label : window.findChildren<QLabel *>())
        shown += label->isVisible() ? label->text() : QString();
    QVERIFY(shown.contains(u"The server said: Mailbox is locked by an administrator"_s));

    buttonCalled(window, u"Try again now"_s)->click();
    QTRY_COMPARE(list->topLevelItemCount(), 2);
    QTRY_VERIFY(!list->topLevelItem(0)->text(3).startsWith(u"Refused"_s));
    QVERIFY(!f.queue().first().id.refused);
    QCOMPARE(fromStore(f.store, [&](const Tables &t) { return t.messages.header(f.messages.last())->flags; }),
        Flags(Flag::Flagged));

    f.refuseAFlag();
    QTRY_COMPARE(list->topLevelItem(0)->text(3), u"Refused: imap.example.org refused this."_s);
    list->clearSelection();
    list->topLevelItem(0)->setSelected(true);
    QVERIFY(buttonCalled(window, u"Dismiss"_s));
    buttonCalled(window, u"Dismiss"_s)->click();
    QTRY_VERIFY(f.queue().isEmpty() || !f.queue().first().id.refused);
    list->selectAll();
    QTRY_VERIFY(buttonCalled(window, u"Take back"_s));
    buttonCalled(window, u"Take back"_s)->click();
    QTRY_COMPARE(list->topLevelItemCount(), 0);
    QVERIFY(f.queue().isEmpty());
}

void TestWorkQueueWindow::refusalsLeadThere()
{
    QueueFixture f;
    MainWindow window(f.store, f.engine, f.settings);
    window.show();
    auto *notice = window.findChild<NoticeBar *>();
    const auto *status = window.findChild<StatusLine *>();
    f.refuseAFlag();
    const auto button = [&]() -> QAbstractButton * { return buttonCalled(*status, u"1 change refused"_s); };
    QTRY_VERIFY(button() && button()->isVisible());
    Q_EMIT f.engine.actionRefused(f.account, refusal);
    QTRY_VERIFY(notice->isVisible());
    buttonCalled(*notice, u"Show"_s)->click();
    auto *queue = window.findChild<WorkQueueWindow *>();
    QVERIFY(queue && queue->isVisible());
    QVERIFY(!notice->isVisible());
    queue->close();
    QTRY_VERIFY(!window.findChild<WorkQueueWindow *>());
    notice->showFailure(refusal);
    QVERIFY(!buttonCalled(*notice, u"Show"_s)->isVisible());
    button()->click();
    QVERIFY(window.findChild<WorkQueueWindow *>());
}

void TestWorkQueueWindow::placeIsRemembered()
{
    QueueFixture f;
    const FolderModel folders(f.store);
    for (const bool first : {true, false}) {
        WorkQueueWindow window(f.store, f.engine, f.settings, folders, {});
        window.setAttribute(Qt::WA_DeleteOnClose, false);
        window.show();
        if (first)
            window.resize(777, 444);
        else
            QCOMPARE(window.size(), QSize(777, 444));
        window.close();
    }
}

void TestWorkQueueWindow::everythingIsReadable_data()
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

void TestWorkQueueWindow::everythingIsReadable()
{
    QFETCH(const QString, language);
    QFETCH(const bool, dark);
    QFETCH(const int, scale);
    const QFont font = QApplication::font();
    const auto restore = qScopeGuard([font] {
        QApplication::setFont(font);
        setDark(false);
    });
    QFont scaled = font;
    scaled.setPointSizeF(font.pointSizeF() * scale / 100);
    QApplication::setFont(scaled);
    setDark(dark);

    QueueFixture f;
    f.language.apply(language);
    FolderModel folders(f.store);
    folders.load();
    QTRY_VERIFY(!folders.accounts().isEmpty());
    WorkQueueWindow window(f.store, f.engine, f.settings, folders, {});
    window.setAttribute(Qt::WA_DeleteOnClose, false);
    check(window, u"queue-empty"_s);
    f.refuseAFlag();
    f.moveThree();
    QVERIFY(f.engine.createFolder(f.account, {}, u"Sözleşmeler"_s).result());
    QVERIFY(f.engine.renameFolder(f.bills, u"Eski faturalar"_s).result());
    auto *list = window.findChild<QTreeWidget *>();
    QTRY_COMPARE(list->topLevelItemCount(), 4);
    check(window, u"queue"_s);
    list->selectAll();
    check(window, u"queue-all"_s);

    MainWindow mainWindow(f.store, f.engine, f.settings);
    mainWindow.resize(QSize(1000, 640) * scale / 100);
    mainWindow.show();
    auto *status = mainWindow.findChild<StatusLine *>();
    QTRY_VERIFY(status->findChildren<QToolButton *>().last()->isVisible());
    check(*status, u"queue-status"_s);
    auto *notice = mainWindow.findChild<NoticeBar *>();
    notice->showUndone(refusal);
    check(*notice, u"queue-notice"_s);
    QVERIFY(m_pictures >= 5);
}

QTEST_MAIN(TestWorkQueueWindow)
#include "test_workqueuewindow.moc"
