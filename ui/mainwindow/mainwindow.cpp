// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/mainwindow.h"

#include "core/settings/settings.h"
#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "ui/common/emptystate.h"
#include "ui/common/errortext.h"
#include "ui/common/icons.h"
#include "ui/common/infobar.h"
#include "ui/common/messagetext.h"
#include "ui/folders/foldermenu.h"
#include "ui/folders/foldermodel.h"
#include "ui/folders/folderpane.h"
#include "ui/folders/foldertext.h"
#include "ui/mainwindow/accountbar.h"
#include "ui/mainwindow/actions.h"
#include "ui/mainwindow/composers.h"
#include "ui/mainwindow/draftspane.h"
#include "ui/mainwindow/mailview.h"
#include "ui/mainwindow/outboxpane.h"
#include "ui/mainwindow/searchfield.h"
#include "ui/mainwindow/statusline.h"
#include "ui/messagelist/messagelistview.h"
#include "ui/preferences/preferencesdialog.h"
#include "ui/reader/reader.h"
#include "ui/wizard/setupwizard.h"

#include <QApplication>
#include <QCloseEvent>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
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
    void fillTargetMenu(QMenu *menu, bool copy);
    void addTargets(QMenu *menu, AccountId account, bool copy);
    void retranslate();
    void updateTitle();

    void openWizard();
    void openPreferences();
    void openAbout();
    void reply(ReplyTo to);
    void forward();
    void toggle(Flag flag);
    void move(const QList<MessageId> &messages, FolderId to);
    void copy(const QList<MessageId> &messages, FolderId to);
    void moveToRole(FolderRole role);
    void remove();
    /// The account that a new mail is written from.
    AccountId currentAccount() const;
    std::optional<Folder> currentFolder() const;
    void report(const QFuture<Result<void>> &done);
    void showFailure(const MailError &error);
    /// Fills the notice, now and after each change of the language.
    void say(std::function<void()> fill);

    MainWindow &window;
    Store &store;
    MailEngine &engine;
    Settings &settings;
    FolderModel folders;
    Composers composers;
    Actions actions;
    QToolBar *tools;
    SearchField *search;
    StatusLine *status;
    AccountBar *accountBar;
    InfoBar *notice;
    std::function<void()> fillNotice;
    QPushButton *noticeClose;
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
    std::optional<Account> suggestion; ///< For the set-up.
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
    , tools(new QToolBar(&w))
    , search(new SearchField(&w))
    , status(new StatusLine(&w))
    , accountBar(new AccountBar(e, folders))
    , notice(new InfoBar)
    , noticeClose(new QPushButton)
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
            copy ? d->copy(messages, to) : d->move(messages, to);
        });
    connect(d->pane, &FolderPane::folderDropped, this, [this](FolderId folder, FolderId above) {
        d->report(d->engine.moveFolder(folder, d->folders.computer(), above));
    });
    connect(d->folderMenu, &FolderMenu::failed, this, [this](const MailError &error) { d->showFailure(error); });
    d->retranslate();
    if (!restoreGeometry(settings.value(Setting::WindowGeometry).toByteArray()))
        resize(fontMetrics().averageCharWidth() * 190, fontMetrics().height() * 46);
    restoreState(settings.value(Setting::WindowState).toByteArray());
    d->pane->setFocus();
    d->folders.load();
}

MainWindow::~MainWindow()
{
    // Widgets are children of the window and refer to what Private holds: they go first.
    delete d->wizard;
    delete d->preferences;
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

    notice->addButton(noticeClose);
    for (InfoBar *bar : std::initializer_list<InfoBar *>{accountBar, notice})
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
        engine.setOnline(!offline);
        status->setOnline(!offline);
    });
    on(actions.addAccount, [this] { openWizard(); });
    on(actions.preferences, [this] { openPreferences(); });
    on(actions.quit, [this] { window.close(); });
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
    on(actions.toggleRead, [this] { toggle(Flag::Seen); });
    on(actions.toggleFlag, [this] { toggle(Flag::Flagged); });
    on(actions.archive, [this] { moveToRole(FolderRole::Archive); });
    on(actions.junk, [this] {
        const auto folder = currentFolder();
        moveToRole(folder && folder->role == FolderRole::Junk ? FolderRole::Inbox : FolderRole::Junk);
    });
    on(actions.remove, [this] { remove(); });
    on(actions.about, [this] { openAbout(); });

    const auto to = [this](const auto *sender, auto signal, auto function) {
        QObject::connect(sender, signal, &window, function);
    };
    to(actions.moveTo, &QMenu::aboutToShow, [this] { fillTargetMenu(actions.moveTo, false); });
    to(actions.copyTo, &QMenu::aboutToShow, [this] { fillTargetMenu(actions.copyTo, true); });
    to(noticeClose, &QPushButton::clicked, [this] { notice->hide(); });
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
    to(mail, &MailView::failed, [this](const MailError &error) { showFailure(error); });
    to(&mail->list(), &QWidget::customContextMenuRequested, [this](const QPoint &position) {
        auto *menu = new QMenu(&window);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        actions.fillMessageMenu(menu);
        menu->popup(mail->list().viewport()->mapToGlobal(position));
    });
    to(&mail->reader(), &Reader::loadedChanged, [this] { updateActions(); });
    to(&mail->reader(), &Reader::mailtoClicked, [this](const QUrl &link) { window.openMailto(link); });
    to(&mail->reader(), &Reader::linkHovered, [this](const QString &target) { status->showMessage(target); });
    to(&mail->reader(), &Reader::attachmentSaved,
        [this](const QString &path) { status->showNotice([path] { return MainWindow::tr("Saved: %1").arg(path); }); });
    to(drafts, &DraftsPane::opened, [this](DraftId draft) { composers.openDraft(draft); });
    to(drafts, &DraftsPane::failed, [this](const MailError &error) { showFailure(error); });
    to(outbox, &OutboxPane::failed, [this](const MailError &error) { showFailure(error); });
    to(&folders, &FolderModel::failed, [this](const MailError &error) { showFailure(error); });
    to(&composers, &Composers::failed, [this](const MailError &error) { showFailure(error); });
    to(&composers, &Composers::sent,
        [this] { status->showNotice([] { return MainWindow::tr("The mail is in the outbox and goes out now."); }); });
    to(&composers, &Composers::draftKept,
        [this] { status->showNotice([] { return MainWindow::tr("The draft was kept. You find it under Drafts."); }); });
    to(status, &StatusLine::cancelled, [this](AccountId account) { engine.cancelWork(account); });
}

void MainWindow::Private::connectEngine()
{
    QObject::connect(&engine, &MailEngine::accountStateChanged, &window, [this](const AccountState &state) {
        const auto account = folders.account(state.account);
        status->setState(state, account ? account->name : QString());
        accountBar->setState(state);
    });
    QObject::connect(&engine, &MailEngine::outboxChanged, &window, [this](const OutboxItem &item) {
        const QString subject = harmless(item.subject);
        if (item.state == OutboxState::Sent) {
            status->showNotice([subject] { return MainWindow::tr("Sent: %1").arg(subject); });
        } else if (item.state == OutboxState::Failed) {
            say([this, subject, error = item.lastError] {
                const ErrorText text = errorText(error);
                notice->show(InfoBar::Kind::Error, MainWindow::tr("“%1” was not sent. %2").arg(subject, text.sentence),
                    MainWindow::tr("It is in the outbox. %1").arg(text.hint));
            });
        } else if (item.state == OutboxState::Unknown) {
            say([this, subject] {
                notice->show(InfoBar::Kind::Warning,
                    MainWindow::tr("It is unclear whether “%1” was sent.").arg(subject),
                    MainWindow::tr("The outbox tells what you can do."));
            });
        }
    });
    QObject::connect(&engine, &MailEngine::actionRefused, &window, [this](AccountId, const MailError &error) {
        say([this, error] {
            notice->show(InfoBar::Kind::Warning,
                MainWindow::tr("The server refused a change; it was undone. %1").arg(errorText(error).sentence),
                serverWords(error));
        });
    });
    QObject::connect(&engine, &MailEngine::newMail, &window, [this] { QApplication::alert(&window); });
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
}

void MainWindow::Private::restorePlace()
{
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

void MainWindow::Private::updateActions()
{
    const bool accounts = !folders.accounts().isEmpty();
    const bool shown = content->currentWidget() == mail;
    const bool any = shown && mail->list().selectionModel()->hasSelection();
    const MessageHeader *header = shown ? mail->currentHeader() : nullptr;
    const bool loaded = shown && mail->reader().loaded();
    const auto folder = currentFolder();
    const auto has = [&](FolderRole role) { return folder && folders.folderByRole(folder->account, role).has_value(); };

    actions.newMessage->setEnabled(accounts);
    actions.checkMail->setEnabled(accounts);
    for (QAction *action : {actions.reply, actions.replyAll, actions.forward, actions.showSource})
        action->setEnabled(loaded);
    for (QAction *action : {actions.toggleRead, actions.toggleFlag, actions.remove})
        action->setEnabled(any);
    actions.moveTo->setEnabled(any);
    actions.copyTo->setEnabled(any);
    actions.archive->setVisible(has(FolderRole::Archive));
    actions.archive->setEnabled(any && folder && folder->role != FolderRole::Archive);
    const bool inJunk = folder && folder->role == FolderRole::Junk;
    actions.junk->setVisible(has(FolderRole::Junk));
    actions.junk->setEnabled(any);
    actions.setInJunk(inJunk);
    actions.setMarksRead(!header || !header->flags.testFlag(Flag::Seen));
    actions.setFlags(!header || !header->flags.testFlag(Flag::Flagged));
}

/// The folders of the same account at once, those of the others below its name.
void MainWindow::Private::fillTargetMenu(QMenu *menu, bool copy)
{
    menu->clear();
    const auto current = currentFolder();
    const AccountId account = current ? current->account : currentAccount();
    addTargets(menu, account, copy);
    menu->addSeparator();
    for (const Account &other : folders.accounts()) {
        if (other.id != account)
            addTargets(menu->addMenu(QString(other.name).replace(u'&', u"&&"_s)), other.id, copy);
    }
    if (folders.computer() && folders.computer() != account)
        addTargets(menu->addMenu(MainWindow::tr("On this computer")), folders.computer(), copy);
    menu->addSeparator();
    menu->addAction(folderMenu->create);
}

void MainWindow::Private::addTargets(QMenu *menu, AccountId account, bool copyThere)
{
    const auto current = currentFolder();
    for (const Folder &folder : folders.folders(account)) {
        if (!folder.selectable || (current && folder.id == current->id))
            continue;
        QString title = folder.role == FolderRole::None && !folder.separator.isNull()
            ? QString(folder.path).replace(folder.separator, u" / "_s)
            : folderTitle(folder);
        menu->addAction(
            folderIcon(folder.role), title.replace(u'&', u"&&"_s), &window, [this, copyThere, id = folder.id] {
                copyThere ? copy(mail->selection(), id) : move(mail->selection(), id);
            });
    }
}

void MainWindow::Private::report(const QFuture<Result<void>> &done)
{
    QFuture<Result<void>> future = done;
    future.then(&window, [this](const Result<void> &result) {
        if (!result)
            showFailure(result.error());
    });
}

void MainWindow::Private::showFailure(const MailError &error)
{
    say([this, error] {
        const ErrorText text = errorText(error);
        const QString words = serverWords(error);
        notice->show(InfoBar::Kind::Error, text.sentence, words.isEmpty() ? text.hint : text.hint + u'\n' + words);
    });
}

void MainWindow::Private::say(std::function<void()> fill)
{
    fillNotice = std::move(fill);
    fillNotice();
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

/// All selected messages become what the current one is not.
void MainWindow::Private::toggle(Flag flag)
{
    const QList<MessageId> messages = mail->selection();
    if (messages.isEmpty())
        return;
    const MessageHeader *header = mail->currentHeader();
    const bool set = !header || !header->flags.testFlag(flag);
    report(engine.changeFlags(messages, set ? Flags(flag) : Flags(), set ? Flags() : Flags(flag)));
}

void MainWindow::Private::move(const QList<MessageId> &messages, FolderId to)
{
    if (!messages.isEmpty() && to)
        report(engine.moveMessages(messages, to));
}

void MainWindow::Private::copy(const QList<MessageId> &messages, FolderId to)
{
    if (!messages.isEmpty() && to)
        report(engine.copyMessages(messages, to));
}

void MainWindow::Private::moveToRole(FolderRole role)
{
    const auto folder = currentFolder();
    const auto target = folder ? folders.folderByRole(folder->account, role) : std::nullopt;
    const QList<MessageId> messages = mail->selection();
    if (!target || messages.isEmpty() || target->id == folder->id)
        return;
    if (role == FolderRole::Junk)
        report(engine.changeFlags(messages, Flag::Junk, Flag::NotJunk));
    else if (folder->role == FolderRole::Junk)
        report(engine.changeFlags(messages, Flag::NotJunk, Flag::Junk));
    move(messages, target->id);
}

void MainWindow::Private::remove()
{
    const QList<MessageId> messages = mail->selection();
    const auto folder = currentFolder();
    if (messages.isEmpty() || !folder)
        return;
    const auto trash = folders.folderByRole(folder->account, FolderRole::Trash);
    if (trash && trash->id != folder->id) {
        report(engine.deleteMessages(messages));
        return;
    }
    auto *question = new QMessageBox(QMessageBox::Warning, MainWindow::tr("Delete for good?"),
        MainWindow::tr("%n message(s) will be deleted for good. This cannot be undone.", nullptr, int(messages.size())),
        QMessageBox::NoButton, &window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    const auto *yes = question->addButton(MainWindow::tr("Delete for good"), QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(MainWindow::tr("Keep"), QMessageBox::RejectRole));
    QObject::connect(
        question, &QMessageBox::buttonClicked, &window, [this, yes, messages](const QAbstractButton *button) {
            if (button == yes)
                report(engine.deleteMessages(messages));
        });
    question->open();
}

void MainWindow::Private::openWizard()
{
    if (!wizard) {
        wizard = new SetupWizard(
            engine, settings, {.first = folders.accounts().isEmpty(), .account = suggestion}, &window);
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
    folderMenu->retranslate();
    tools->setWindowTitle(MainWindow::tr("Tools"));
    tools->setAccessibleName(MainWindow::tr("Tools"));
    pane->setAccessibleName(MainWindow::tr("Folders"));
    noticeClose->setText(MainWindow::tr("Close"));
    if (notice->isVisibleTo(&window) && fillNotice)
        fillNotice();
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
    d->say([this, kept = recovery.keptFiles.join(u'\n')] {
        d->notice->show(InfoBar::Kind::Warning,
            tr("The mail database was damaged: what could be read of it was saved, and mail on IMAP servers is being "
               "fetched again."),
            kept.isEmpty() ? QString() : tr("The damaged file is kept here: %1").arg(kept));
    });
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
