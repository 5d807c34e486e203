// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/actions.h"

#include "ui/common/icons.h"

#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {
constexpr qsizetype longestUndo = 70; ///< Characters, in a menu.
}

Actions::Actions(QWidget *parent)
    : QObject(parent)
    , moveTo(new QMenu(parent))
    , copyTo(new QMenu(parent))
{
    const auto set = [](QAction *action, const QString &icon, const QList<QKeySequence> &keys) {
        if (!icon.isEmpty())
            action->setIcon(themeIcon(icon));
        action->setShortcuts(keys);
    };
    set(newMessage, u"mail-message-new"_s, {QKeySequence::New});
    set(checkMail, u"mail-receive"_s, {Qt::Key_F5, Qt::Key_F9});
    set(workOffline, u"network-disconnect"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_O});
    set(pauseAccount, u"media-playback-pause"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_P});
    set(connection, u"network-connect"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_C});
    set(waitingChanges, u"view-list-details"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_W});
    set(addAccount, u"list-add-user"_s, {});
    set(preferences, u"configure"_s, {QKeySequence::Preferences, Qt::CTRL | Qt::Key_Comma});
    set(importMail, u"document-import"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_I});
    set(exportFolder, u"document-export"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_E});
    set(saveAs, u"document-save-as"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_S});
    set(quit, u"application-exit"_s, {Qt::CTRL | Qt::Key_Q});
    set(undo, u"edit-undo"_s, {QKeySequence::Undo});
    set(find, u"edit-find"_s, {QKeySequence::Find, Qt::CTRL | Qt::Key_K});
    set(selectAll, u"edit-select-all"_s, {QKeySequence::SelectAll});
    set(showSource, u"text-x-script"_s, {Qt::CTRL | Qt::Key_U});
    set(nextUnread, u"go-down"_s, {Qt::Key_N});
    set(reply, u"mail-reply-sender"_s, {Qt::CTRL | Qt::Key_R});
    set(replyAll, u"mail-reply-all"_s, {Qt::CTRL | Qt::SHIFT | Qt::Key_R});
    set(forward, u"mail-forward"_s, {Qt::CTRL | Qt::Key_L, Qt::CTRL | Qt::SHIFT | Qt::Key_F});
    set(toggleRead, u"mail-mark-read"_s, {Qt::Key_M});
    set(toggleFlag, u"flag"_s, {Qt::Key_S});
    set(archive, u"archive-insert"_s, {Qt::Key_A});
    set(junk, u"mail-mark-junk"_s, {Qt::Key_J});
    set(remove, u"edit-delete"_s, {QKeySequence::Delete});
    set(about, u"help-about"_s, {});
    moveTo->setIcon(themeIcon(u"edit-move"_s));
    copyTo->setIcon(themeIcon(u"edit-copy"_s));

    workOffline->setCheckable(true);
    pauseAccount->setCheckable(true);
    quit->setMenuRole(QAction::QuitRole);
    preferences->setMenuRole(QAction::PreferencesRole);
    about->setMenuRole(QAction::AboutRole);
    for (QAction *action : messageActions())
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    // Only the main actions have a text beside their icon in the tool bar.
    for (QAction *action : {toggleRead, toggleFlag, archive, junk, remove, checkMail})
        action->setPriority(QAction::LowPriority);
    retranslate();
}

QAction *Actions::make()
{
    return new QAction(this);
}

QList<QAction *> Actions::messageActions() const
{
    return {reply, replyAll, forward, toggleRead, toggleFlag, archive, junk, remove, showSource, selectAll, nextUnread};
}

void Actions::fill(QMenuBar *bar)
{
    const auto menu = [this, bar](const QList<QAction *> &actions) {
        QMenu *added = bar->addMenu(QString());
        for (QAction *action : actions) {
            if (action)
                added->addAction(action);
            else
                added->addSeparator();
        }
        m_menus.append(added);
        return added;
    };
    menu({newMessage, checkMail, workOffline, pauseAccount, connection, waitingChanges, nullptr, importMail,
        exportFolder, saveAs, nullptr, addAccount, preferences, nullptr, quit});
    menu({undo, nullptr, selectAll, nullptr, find});
    fillMessageMenu(menu({}));
    menu({about});
    retranslate();
}

void Actions::fill(QToolBar *bar)
{
    bar->addAction(newMessage);
    bar->addSeparator();
    bar->addActions({reply, replyAll, forward});
    bar->addSeparator();
    bar->addActions({archive, remove, junk, toggleRead, toggleFlag});
    bar->addSeparator();
    bar->addAction(checkMail);
}

void Actions::fillMessageMenu(QMenu *menu)
{
    menu->addActions({reply, replyAll, forward});
    menu->addSeparator();
    menu->addActions({toggleRead, toggleFlag});
    menu->addSeparator();
    menu->addMenu(moveTo);
    menu->addMenu(copyTo);
    menu->addActions({archive, junk, remove});
    menu->addSeparator();
    menu->addActions({nextUnread, showSource, saveAs});
}

void Actions::setMarksRead(bool read)
{
    m_marksRead = read;
    toggleRead->setText(read ? tr("Mark as read") : tr("Mark as unread"));
    toggleRead->setIcon(themeIcon(read ? u"mail-mark-read"_s : u"mail-mark-unread"_s));
}

void Actions::setFlags(bool flag)
{
    m_flags = flag;
    toggleFlag->setText(flag ? tr("Flag") : tr("Remove flag"));
}

void Actions::setInJunk(bool inJunk)
{
    m_inJunk = inJunk;
    junk->setText(inJunk ? tr("Not junk") : tr("Junk", "verb: mark as junk"));
    junk->setIcon(themeIcon(inJunk ? u"mail-mark-notjunk"_s : u"mail-mark-junk"_s));
}

void Actions::setUndo(const QString &what)
{
    m_undo = what;
    QString shown = what.size() > longestUndo ? what.first(longestUndo - 1) + u'…' : what;
    undo->setText(what.isEmpty() ? tr("&Undo") : tr("&Undo: %1").arg(shown.replace(u'&', u"&&"_s)));
}

void Actions::retranslate()
{
    newMessage->setText(tr("&New message"));
    newMessage->setIconText(tr("New message"));
    checkMail->setText(tr("&Check mail"));
    workOffline->setText(tr("Work &offline"));
    pauseAccount->setText(tr("&Pause this account"));
    connection->setText(tr("Connec&tion…"));
    waitingChanges->setText(tr("&Waiting changes…"));
    addAccount->setText(tr("&Add account…"));
    preferences->setText(tr("&Preferences…"));
    importMail->setText(tr("&Import mail…"));
    exportFolder->setText(tr("&Export folder…"));
    saveAs->setText(tr("&Save as…"));
    quit->setText(tr("&Quit"));
    setUndo(m_undo);
    find->setText(tr("&Search"));
    selectAll->setText(tr("Select &all"));
    showSource->setText(tr("Message &source"));
    nextUnread->setText(tr("Ne&xt unread message"));
    reply->setText(tr("&Reply"));
    replyAll->setText(tr("Reply &all"));
    replyAll->setIconText(tr("Reply all"));
    forward->setText(tr("&Forward"));
    archive->setText(tr("Arc&hive", "verb"));
    remove->setText(tr("&Delete"));
    about->setText(tr("&About Postacı"));
    moveTo->setTitle(tr("Mo&ve to"));
    copyTo->setTitle(tr("&Copy to"));
    setMarksRead(m_marksRead);
    setFlags(m_flags);
    setInJunk(m_inJunk);

    const QStringList titles{tr("&File"), tr("&Edit"), tr("&Message"), tr("&Help")};
    for (qsizetype i = 0; i < m_menus.size(); ++i)
        m_menus[i]->setTitle(titles[i]);
    for (QAction *action : findChildren<QAction *>(Qt::FindDirectChildrenOnly)) {
        // The name without the key's underline, and the key.
        QString tip = action->text();
        tip.remove(u'&');
        const QString key = action->shortcut().toString(QKeySequence::NativeText);
        action->setToolTip(key.isEmpty() ? tip : tr("%1 (%2)", "action and its key").arg(tip, key));
    }
}

} // namespace postaci
