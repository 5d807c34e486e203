// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/mainwindow.h"

#include "core/settings/settings.h"
#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "ui/common/emptystate.h"
#include "ui/common/icons.h"
#include "ui/common/infobar.h"
#include "ui/common/messagetext.h"
#include "ui/connection/connectiondialog.h"
#include "ui/files/filetasks.h"
#include "ui/folders/foldermenu.h"
#include "ui/folders/foldermodel.h"
#include "ui/folders/folderpane.h"
#include "ui/folders/foldertext.h"
#include "ui/mainwindow/accountbar.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/composers.h"
#include "ui/mainwindow/draftspane.h"
#include "ui/mainwindow/mailview.h"
#include "ui/mainwindow/messagecommands.h"
#include "ui/mainwindow/noticebar.h"
#include "ui/mainwindow/outboxpane.h"
#include "ui/mainwindow/searchfield.h"
#include "ui/mainwindow/statusline.h"
#include "ui/mainwindow/targetmenu.h"
#include "ui/messagelist/messagelistview.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/queue/actiontext.h"
#include "ui/queue/workqueuewindow.h"
#include "ui/reader/reader.h"
#include "ui/wizard/setupwizard.h"

#include <QApplication>
#include <QCloseEvent>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPointer>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolBar>
#include <QVBoxLayout>

#include <functional>

using namespace Qt::StringLiterals;

namespace postaci {

struct MainWindow::Private {
    Private(MainWindow &w, Store &store, MailEngine &engine, Settings &settings);

    void makeLayout();
    void connectActions();
    void connectEngine();
    void onAccounts();
    void onPlace(const Place &place);
    void restorePlace();
    void updateActions();
    void retranslate();
    void updateTitle();

    void openWizard();
    void openPreferences();
    void openQueue();
    void readQueue();
    void readUndo();
    void updateUndo();
    void openAbout();
    void reply(ReplyTo to);
    void forward();
    /// The account that a new mail is written from.
    AccountId currentAccount() const;
    std::optional<Folder> currentFolder() const;
    /// Where the messages of the list are.
    Place here() const;
    void quit();
    void tellSaved(const QString &path);
    /// What the user has switched off, and what stays so over a restart.
    void applySwitches();
    void pause(AccountId account, bool paused);
    bool isPaused(AccountId account) const;

    MainWindow &window;
    Store &store;
    MailEngine &engine;
    Settings &settings;
    FolderModel folders;
    Composers composers;
    Actions actions;
    MessageCommands *commands;
    FileTasks *files;
    QToolBar *tools;
    SearchField *search;
    StatusLine *status;
    AccountBar *accountBar;
    NoticeBar *notice;
    QStackedWidget *pages;
    EmptyState *noAccount;
    QSplitter *splitter;
    FolderPane *pane;
    FolderMenu *folderMenu;
    QStackedWidget *content;
    MailView *mail;
    DraftsPane *drafts;
    OutboxPane *outbox;
    QPointer<SetupWizard> wizard;
    QPointer<PreferencesDialog> preferences;
    QPointer<WorkQueueWindow> queue;
    QHash<AccountId, AccountState> states;
    std::optional<UndoStep> lastStep; ///< That undo would take back.
    std::optional<Account> suggestion; ///< For the set-up.
    AccountId newMailbox; ///< To be opened as soon as its folders are known.
    QList<QUrl> waitingLinks; ///< Came before the accounts were known.
    bool accountsKnown = false;
};

MainWindow::Private::Private(MainWindow &w, Store &s, MailEngine &e, Settings &set)
    : window(w)
    , store(s)
    , engine(e)
    , settings(set)
    , folders(s)
    , composers(s, e, set, folders)
    , actions(&w)
    , commands(new MessageCommands(e, folders, w))
    , files(new FileTasks(e, set, folders, w))
    , tools(new QToolBar(&w))
    , search(new SearchField(&w))
    , status(new StatusLine(&w))
    , accountBar(new AccountBar(e, folders))
    , notice(new NoticeBar)
    , pages(new QStackedWidget)
    , noAccount(new EmptyState)
    , splitter(new QSplitter)
    , pane(new FolderPane(folders))
    , folderMenu(new FolderMenu(e, folders, *pane))
    , content(new QStackedWidget)
    , mail(new MailView(s, e, set))
    , drafts(new DraftsPane(s, e))
    , outbox(new OutboxPane(s, e))
{
}

MainWindow::MainWindow(Store &store, MailEngine &engine, Settings &settings, QWidget *parent)
    : QMainWindow(parent)
    , d(std::make_unique<Private>(*this, store, engine, settings))
{
    d->makeLayout();
    d->connectActions();
    d->connectEngine();
    connect(&d->folders, &FolderModel::accountsChanged, this, [this] { d->onAccounts(); });
    connect(&d->folders, &FolderModel::renewed, this, [this] { d->restorePlace(); });
    connect(d->pane, &FolderPane::placeChosen, this, [this](const Place &place) { d->onPlace(place); });
    connect(
        d->pane, &FolderPane::messagesDropped, this, [this](const QList<MessageId> &messages, FolderId to, bool copy) {
            copy ? d->commands->copy(messages, to) : d->commands->move(messages, to);
        });
    connect(d->pane, &FolderPane::filesDropped, d->files, &FileTasks::importFiles);
    connect(d->pane, &FolderPane::folderDropped, d->folderMenu, &FolderMenu::move);
    connect(
        d->folderMenu, &FolderMenu::failed, this, [this](const MailError &error) { d->notice->showFailure(error); });
    d->applySwitches();
    d->retranslate();
    if (!restoreGeometry(settings.value(Setting::WindowGeometry).toByteArray()))
        resize(fontMetrics().averageCharWidth() * 190, fontMetrics().height() * 46);
    restoreState(settings.value(Setting::WindowState).toByteArray());
    d->pane->setFocus();
    d->folders.load();
    d->readQueue();
    d->readUndo();
}

MainWindow::~MainWindow()
{
    // Widgets are children of the window and refer to what Private holds: they go first.
    delete d->wizard;
    delete d->preferences;
    delete d->queue;
    delete takeCentralWidget();
}

void MainWindow::Private::makeLayout()
{
    window.setWindowIcon(applicationIcon());
    actions.fill(window.menuBar());
    tools->setObjectName(u"tools"_s);
    tools->setMovable(false);
    tools->setContextMenuPolicy(Qt::PreventContextMenu);
    tools->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    actions.fill(tools);
    auto *spacer = new QWidget;
    spacer->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    tools->addWidget(spacer);
    tools->addWidget(search);
    search->setMinimumWidth(window.fontMetrics().averageCharWidth() * 22);
    search->setMaximumWidth(window.fontMetrics().averageCharWidth() * 45);
    window.addToolBar(tools);
    window.setStatusBar(status);

    for (InfoBar *bar : std::initializer_list<InfoBar *>{accountBar, notice, files->bar()})
        bar->setContentsMargins(4, 4, 4, 4);
    content->addWidget(mail);
    content->addWidget(drafts);
    content->addWidget(outbox);
    splitter->addWidget(pane);
    splitter->addWidget(content);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    pane->setMinimumWidth(window.fontMetrics().averageCharWidth() * 18);
    const int width = settings.value(Setting::FolderPaneWidth).toInt();
    splitter->setSizes({width > 0 ? width : window.fontMetrics().averageCharWidth() * 34,
        window.fontMetrics().averageCharWidth() * 150});

    auto *filled = new QWidget;
    auto *column = new QVBoxLayout(filled);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(accountBar);
    column->addWidget(notice);
    column->addWidget(files->bar());
    column->addWidget(splitter, 1);
    pages->addWidget(filled);
    pages->addWidget(noAccount);
    window.setCentralWidget(pages);

    QWidget::setTabOrder({search, pane, &mail->list()});
    for (QAction *action : actions.messageActions()) {
        mail->list().addAction(action);
        if (action != actions.selectAll)
            mail->reader().addAction(action);
    }
}

void MainWindow::Private::connectActions()
{
    const auto on
        = [this](QAction *action, auto function) { QObject::connect(action, &QAction::triggered, &window, function); };
    on(actions.newMessage, [this] { composers.writeNew(currentAccount()); });
    on(actions.checkMail, [this] { engine.synchronize(); });
    on(actions.workOffline, [this](bool offline) {
        settings.setValue(Setting::WorkOffline, offline);
        applySwitches();
    });
    on(actions.pauseAccount, [this](bool paused) { pause(currentAccount(), paused); });
    on(actions.connection, [this] {
        if (const auto account = folders.account(currentAccount()))
            (new ConnectionDialog(engine, account->id, account->name, &window))->open();
    });
    on(actions.waitingChanges, [this] { openQueue(); });
    on(actions.addAccount, [this] { openWizard(); });
    on(actions.preferences, [this] { openPreferences(); });
    on(actions.importMail, [this] { files->askImport(pane->currentPlace().folder); });
    on(actions.exportFolder, [this] {
        if (const auto folder = folders.folder(pane->currentPlace().folder))
            files->askExport(*folder);
    });
    on(actions.saveAs, [this] {
        const MessageHeader *header = mail->currentHeader();
        files->askSave(mail->selection(), header ? *header : MessageHeader());
    });
    on(actions.quit, [this] { quit(); });
    on(actions.undo, [this] { commands->undo(); });
    on(actions.find, [this] {
        search->setFocus();
        search->selectAll();
    });
    on(actions.selectAll, [this] { mail->list().selectAll(); });
    on(actions.showSource, [this] { mail->reader().showSource(); });
    on(actions.nextUnread, [this] { mail->selectNextUnread(); });
    on(actions.reply, [this] { reply(ReplyTo::Sender); });
    on(actions.replyAll, [this] { reply(ReplyTo::All); });
    on(actions.forward, [this] { forward(); });
    on(actions.toggleRead, [this] { commands->toggle(Flag::Seen, mail->selection(), mail->currentHeader()); });
    on(actions.toggleFlag, [this] { commands->toggle(Flag::Flagged, mail->selection(), mail->currentHeader()); });
    on(actions.archive, [this] {
        if (const auto folder = currentFolder())
            commands->moveToRole(mail->selection(), *folder, FolderRole::Archive);
    });
    on(actions.junk, [this] {
        if (const auto folder = currentFolder())
            commands->moveToRole(
                mail->selection(), *folder, folder->role == FolderRole::Junk ? FolderRole::Inbox : FolderRole::Junk);
    });
    on(actions.remove, [this] {
        if (const auto folder = currentFolder())
            commands->remove(mail->selection(), *folder);
    });
    on(actions.about, [this] { openAbout(); });

    const auto to = [this](const auto *sender, auto signal, auto function) {
        QObject::connect(sender, signal, &window, function);
    };
    const auto targets = [this](QMenu *menu) {
        return new TargetMenu(*menu, folders, *folderMenu->create, [this] { return here(); });
    };
    to(targets(actions.moveTo), &TargetMenu::chosen, [this](FolderId id) { commands->move(mail->selection(), id); });
    to(targets(actions.copyTo), &TargetMenu::chosen, [this](FolderId id) { commands->copy(mail->selection(), id); });
    to(commands, &MessageCommands::failed, [this](const MailError &error) { notice->showFailure(error); });
    to(commands, &MessageCommands::told, [this](const std::function<QString()> &text) { status->showNotice(text); });
    to(files, &FileTasks::busyChanged, [this] { updateActions(); });
    to(files, &FileTasks::saved, [this](const QString &path) { tellSaved(path); });
    to(&mail->list(), &MessageListView::filesDropped, [this](const QStringList &paths) {
        if (!mail->isSearching())
            files->importFiles(paths, pane->currentPlace().folder);
    });
    to(noAccount, &EmptyState::clicked, [this] { openWizard(); });
    to(search, &SearchField::searched, [this](const QString &words) {
        content->setCurrentWidget(mail);
        mail->search(words);
        if (words.isEmpty())
            onPlace(pane->currentPlace());
        updateTitle();
    });
    to(search, &SearchField::leftByKey, [this] { mail->list().setFocus(); });
    // At the start the arrow keys are to be in the list, which cannot take the focus before it has rows.
    QObject::connect(
        mail, &MailView::listShown, &window,
        [this] {
            if (window.focusWidget() == pane)
                mail->list().setFocus();
        },
        Qt::SingleShotConnection);
    to(mail, &MailView::selectionChanged, [this] { updateActions(); });
    to(mail, &MailView::failed, [this](const MailError &error) { notice->showFailure(error); });
    to(&mail->list(), &QWidget::customContextMenuRequested, [this](const QPoint &position) {
        auto *menu = new QMenu(&window);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        actions.fillMessageMenu(menu);
        menu->popup(mail->list().viewport()->mapToGlobal(position));
    });
    to(&mail->reader(), &Reader::loadedChanged, [this] { updateActions(); });
    to(&mail->reader(), &Reader::mailtoClicked, [this](const QUrl &link) { window.openMailto(link); });
    to(&mail->reader(), &Reader::linkHovered, [this](const QString &target) { status->showMessage(target); });
    to(&mail->reader(), &Reader::attachmentSaved, [this](const QString &path) { tellSaved(path); });
    to(drafts, &DraftsPane::opened, [this](DraftId draft) { composers.openDraft(draft); });
    to(drafts, &DraftsPane::failed, [this](const MailError &error) { notice->showFailure(error); });
    to(outbox, &OutboxPane::failed, [this](const MailError &error) { notice->showFailure(error); });
    to(&folders, &FolderModel::failed, [this](const MailError &error) { notice->showFailure(error); });
    to(&composers, &Composers::failed, [this](const MailError &error) { notice->showFailure(error); });
    to(&composers, &Composers::sent,
        [this] { status->showNotice([] { return MainWindow::tr("The mail is in the outbox and goes out now."); }); });
    to(&composers, &Composers::draftKept,
        [this] { status->showNotice([] { return MainWindow::tr("The draft was kept. You find it under Drafts."); }); });
    to(status, &StatusLine::queueWanted, [this] { openQueue(); });
    to(notice, &NoticeBar::queueWanted, [this] { openQueue(); });
    to(status, &StatusLine::cancelled, [this](AccountId account) { engine.cancelWork(account); });
}

void MainWindow::Private::connectEngine()
{
    QObject::connect(&engine, &MailEngine::accountStateChanged, &window, [this](const AccountState &state) {
        const auto account = folders.account(state.account);
        states.insert(state.account, state);
        status->setState(state, account ? account->name : QString());
        accountBar->setState(state);
    });
    QObject::connect(&engine, &MailEngine::outboxChanged, &window, [this](const OutboxItem &item) {
        if (item.state == OutboxState::Sent)
            status->showNotice([subject = harmless(item.subject)] { return MainWindow::tr("Sent: %1").arg(subject); });
        else
            notice->showUnsent(item);
    });
    QObject::connect(&engine, &MailEngine::actionRefused, &window,
        [this](AccountId, const MailError &error) { notice->showUndone(error); });
    QObject::connect(&store, &Store::changed, &window, [this](const StoreChange &change) {
        if (change.pendingOps)
            readQueue();
        if (change.undoSteps)
            readUndo();
    });
    QObject::connect(&engine, &MailEngine::newMail, &window, [this] { QApplication::alert(&window); });
}

void MainWindow::Private::readQueue()
{
    store.read([](const Tables &tables) -> Result<QueueSummary> { return workqueue::summary(tables); })
        .then(&window, [this](const Result<QueueSummary> &summary) {
            if (summary)
                status->setQueue(*summary);
        });
}

void MainWindow::Private::readUndo()
{
    store.read([](const Tables &tables) -> Result<std::optional<UndoStep>> { return tables.undo.last(); })
        .then(&window, [this](const Result<std::optional<UndoStep>> &step) {
            lastStep = step.value_or(std::nullopt);
            updateUndo();
        });
}

void MainWindow::Private::updateUndo()
{
    const bool isNone = !lastStep || lastStep->kind == UndoStep::Kind::DeleteForGood;
    actions.setUndo(isNone ? QString() : actionText(*lastStep, folders.folder(lastStep->folder)));
}

void MainWindow::Private::onAccounts()
{
    const bool first = !std::exchange(accountsKnown, true);
    const bool none = folders.accounts().isEmpty();
    pages->setCurrentIndex(none ? 1 : 0);
    if (first && none) // Later: a quick store answers while the window is being made, and before suggestAccount().
        QMetaObject::invokeMethod(&window, [this] { openWizard(); }, Qt::QueuedConnection);
    if (!none) {
        for (const QUrl &link : std::exchange(waitingLinks, {}))
            composers.openMailto(link, currentAccount());
    }
    updateActions();
    updateUndo();
}

void MainWindow::Private::restorePlace()
{
    if (const auto inbox = newMailbox ? folders.folderByRole(newMailbox, FolderRole::Inbox) : std::nullopt) {
        pane->setCurrentPlace({.kind = Place::Kind::Folder, .account = inbox->account, .folder = inbox->id});
        return;
    }
    if (pane->currentPlace().kind != Place::Kind::None)
        return;
    const FolderId last{settings.value(Setting::LastFolder).toLongLong()};
    std::optional<Folder> folder = folders.folder(last);
    for (const Account &account : folders.accounts()) {
        if (!folder)
            folder = folders.folderByRole(account.id, FolderRole::Inbox);
    }
    if (folder)
        pane->setCurrentPlace({.kind = Place::Kind::Folder, .account = folder->account, .folder = folder->id});
}

void MainWindow::Private::onPlace(const Place &place)
{
    if (!search->text().isEmpty() && place.kind != Place::Kind::None) {
        search->clear(); // Comes back here.
        return;
    }
    newMailbox = {}; // Who went elsewhere meanwhile stays there.
    switch (place.kind) {
    case Place::Kind::Folder:
        if (const auto folder = folders.folder(place.folder)) {
            mail->showFolder(*folder);
            content->setCurrentWidget(mail);
            engine.synchronizeFolder(place.folder);
            settings.setValue(Setting::LastFolder, place.folder.value);
        }
        break;
    case Place::Kind::Drafts:
        content->setCurrentWidget(drafts);
        break;
    case Place::Kind::Outbox:
        content->setCurrentWidget(outbox);
        break;
    case Place::Kind::Account:
    case Place::Kind::None:
        mail->showNothing();
        content->setCurrentWidget(mail);
        break;
    }
    updateTitle();
    updateActions();
}

AccountId MainWindow::Private::currentAccount() const
{
    return pane->currentPlace().account;
}

std::optional<Folder> MainWindow::Private::currentFolder() const
{
    if (mail->isSearching()) {
        const MessageHeader *header = mail->currentHeader();
        return header ? folders.folder(header->folder) : std::nullopt;
    }
    return folders.folder(pane->currentPlace().folder);
}

Place MainWindow::Private::here() const
{
    const auto folder = currentFolder();
    return {.kind = Place::Kind::Folder,
        .account = folder ? folder->account : currentAccount(),
        .folder = folder ? folder->id : FolderId()};
}

void MainWindow::Private::updateActions()
{
    const bool accounts = !folders.accounts().isEmpty();
    const bool shown = content->currentWidget() == mail;
    const bool any = shown && mail->list().selectionModel()->hasSelection();
    const MessageHeader *header = shown ? mail->currentHeader() : nullptr;
    const bool loaded = shown && mail->reader().loaded();
    const auto folder = currentFolder();
    const auto has = [&](FolderRole role) { return folder && folders.folderByRole(folder->account, role).has_value(); };

    const bool filesFree = accounts && !files->isBusy();

    actions.importMail->setEnabled(filesFree);
    actions.exportFolder->setEnabled(filesFree && folders.folder(pane->currentPlace().folder).has_value());
    actions.saveAs->setEnabled(filesFree && any);
    actions.newMessage->setEnabled(accounts);
    actions.checkMail->setEnabled(accounts);
    const auto account = folders.account(currentAccount());
    const bool hasServer = account && !account->isOnThisComputer();
    actions.pauseAccount->setEnabled(hasServer);
    actions.pauseAccount->setChecked(hasServer && isPaused(account->id));
    actions.connection->setEnabled(hasServer);
    for (QAction *action : {actions.reply, actions.replyAll, actions.forward, actions.showSource})
        action->setEnabled(loaded);
    // Nothing that the server would refuse.
    const bool changeable = any && (!folder || !folder->readOnly);
    actions.toggleRead->setEnabled(changeable && (!folder || folder->kept.testFlag(Flag::Seen)));
    actions.toggleFlag->setEnabled(changeable && (!folder || folder->kept.testFlag(Flag::Flagged)));
    actions.remove->setEnabled(changeable);
    actions.moveTo->setEnabled(changeable);
    actions.copyTo->setEnabled(any);
    actions.archive->setVisible(has(FolderRole::Archive));
    actions.archive->setEnabled(changeable && folder && folder->role != FolderRole::Archive);
    const bool inJunk = folder && folder->role == FolderRole::Junk;
    actions.junk->setVisible(has(FolderRole::Junk));
    actions.junk->setEnabled(changeable);
    actions.setInJunk(inJunk);
    actions.setMarksRead(!header || !header->flags.testFlag(Flag::Seen));
    actions.setFlags(!header || !header->flags.testFlag(Flag::Flagged));
}

void MainWindow::Private::applySwitches()
{
    const bool offline = settings.value(Setting::WorkOffline).toBool();
    actions.workOffline->setChecked(offline);
    engine.setOnline(!offline);
    status->setOnline(!offline);
    if (queue)
        queue->setOnline(!offline);
    for (const QString &number : settings.value(Setting::PausedAccounts).toStringList())
        engine.setPaused(AccountId{number.toLongLong()}, true);
}

bool MainWindow::Private::isPaused(AccountId account) const
{
    return settings.value(Setting::PausedAccounts).toStringList().contains(QString::number(account.value));
}

void MainWindow::Private::pause(AccountId account, bool paused)
{
    QStringList numbers = settings.value(Setting::PausedAccounts).toStringList();
    numbers.removeAll(QString::number(account.value));
    if (paused)
        numbers.append(QString::number(account.value));
    settings.setValue(Setting::PausedAccounts, numbers);
    engine.setPaused(account, paused);
    updateActions();
}

void MainWindow::Private::tellSaved(const QString &path)
{
    status->showNotice([path] { return MainWindow::tr("Saved: %1").arg(path); });
}

void MainWindow::Private::quit()
{
    if (files->isBusy())
        files->askToStop([this] { window.close(); });
    else
        window.close();
}

void MainWindow::Private::reply(ReplyTo to)
{
    if (const LoadedMessage *message = mail->reader().loaded())
        composers.reply(mail->reader().header(), *message, to);
}

void MainWindow::Private::forward()
{
    if (const LoadedMessage *message = mail->reader().loaded())
        composers.forward(mail->reader().header(), *message);
}

void MainWindow::Private::openWizard()
{
    if (!wizard) {
        wizard = new SetupWizard(
            engine, settings, {.first = folders.accounts().isEmpty(), .account = suggestion}, &window);
        QObject::connect(wizard, &SetupWizard::mailboxWanted, &window, [this](AccountId account) {
            newMailbox = account;
            restorePlace();
        });
        wizard->open();
    }
    wizard->raise();
    wizard->activateWindow();
}

void MainWindow::Private::openPreferences()
{
    if (!preferences) {
        preferences = new PreferencesDialog(engine, settings, folders, &window);
        QObject::connect(preferences, &PreferencesDialog::addAccountWanted, &window, [this] {
            preferences->accept();
            openWizard();
        });
        preferences->open();
    }
    preferences->raise();
    preferences->activateWindow();
}

void MainWindow::Private::openQueue()
{
    if (!queue) {
        queue = new WorkQueueWindow(store, engine, settings, folders, states, &window);
        queue->setOnline(!actions.workOffline->isChecked());
        queue->show();
    }
    queue->raise();
    queue->activateWindow();
}

void MainWindow::Private::openAbout()
{
    auto *box = new QMessageBox(&window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(MainWindow::tr("About Postacı"));
    box->setIconPixmap(applicationIcon().pixmap(QSize(96, 96), window.devicePixelRatioF()));
    box->setTextFormat(Qt::PlainText);
    box->setText(MainWindow::tr("Postacı %1").arg(QApplication::applicationVersion()));
    box->setInformativeText(MainWindow::tr("Your mail, on your computer.") + u"\n\n"_s
        + MainWindow::tr("Free software under the GNU General Public License 3 or later."));
    box->addButton(MainWindow::tr("Close"), QMessageBox::RejectRole);
    box->open();
}

void MainWindow::Private::updateTitle()
{
    QString place;
    const Place current = pane->currentPlace();
    if (mail->isSearching())
        place = MainWindow::tr("Search results");
    else if (const auto folder = folders.folder(current.folder))
        place = folderTitle(*folder);
    else if (current.kind == Place::Kind::Drafts)
        place = MainWindow::tr("Drafts");
    else if (current.kind == Place::Kind::Outbox)
        place = MainWindow::tr("Outbox");
    window.setWindowTitle(place.isEmpty() ? u"Postacı"_s : place + u" – Postacı"_s);
}

void MainWindow::Private::retranslate()
{
    actions.retranslate();
    updateUndo();
    folderMenu->retranslate();
    files->retranslate();
    tools->setWindowTitle(MainWindow::tr("Tools"));
    tools->setAccessibleName(MainWindow::tr("Tools"));
    pane->setAccessibleName(MainWindow::tr("Folders"));
    notice->retranslate();
    noAccount->setContent(u"mail-client"_s, MainWindow::tr("No account yet"),
        MainWindow::tr("Set up your mailbox, and your mail appears here."), MainWindow::tr("Add account…"));
    updateTitle();
    updateActions();
}

void MainWindow::openMailto(const QUrl &link)
{
    if (d->accountsKnown && !d->folders.accounts().isEmpty())
        d->composers.openMailto(link, d->currentAccount());
    else
        d->waitingLinks.append(link);
}

void MainWindow::suggestAccount(const Account &account)
{
    d->suggestion = account;
}

void MainWindow::tellRecovery(const Recovery &recovery)
{
    d->notice->showRecovery(recovery);
}

void MainWindow::bringToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    // By the user. The end of the session is not to wait for an answer: what is under way ends without harm.
    if (event->spontaneous() && d->files->isBusy()) {
        event->ignore();
        d->quit();
        return;
    }
    d->settings.setValue(Setting::WindowGeometry, saveGeometry());
    d->settings.setValue(Setting::WindowState, saveState());
    d->settings.setValue(Setting::FolderPaneWidth, d->splitter->sizes().first());
    d->mail->saveState();
    d->composers.closeAll();
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        d->retranslate();
}

} // namespace postaci
