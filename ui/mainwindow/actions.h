// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QAction>
#include <QObject>

class QMenu;
class QMenuBar;
class QToolBar;

namespace postaci {

/// Every action of the main window, with its text, icon and keys: menus, tool bar and context menus are made of these.
class Actions : public QObject {
    Q_OBJECT

public:
    explicit Actions(QWidget *parent);

    void fill(QMenuBar *bar);
    void fill(QToolBar *bar);
    void fillMessageMenu(QMenu *menu);
    void retranslate();

    /// Those that act on the selected messages; their keys work in the list and the reader only, so that a letter typed
    /// into the search field deletes nothing.
    QList<QAction *> messageActions() const;

    QAction *const newMessage = make();
    QAction *const checkMail = make();
    QAction *const workOffline = make();
    QAction *const pauseAccount = make();
    QAction *const connection = make();
    QAction *const waitingChanges = make();
    QAction *const addAccount = make();
    QAction *const preferences = make();
    QAction *const importMail = make();
    QAction *const exportFolder = make();
    QAction *const saveAs = make();
    QAction *const quit = make();

    QAction *const undo = make();
    QAction *const find = make();
    QAction *const selectAll = make();

    QAction *const showSource = make();
    QAction *const nextUnread = make();

    QAction *const reply = make();
    QAction *const replyAll = make();
    QAction *const forward = make();
    QAction *const toggleRead = make();
    QAction *const toggleFlag = make();
    QAction *const archive = make();
    QAction *const junk = make();
    QAction *const remove = make();

    QAction *const about = make();

    /// Filled by the window when it opens: the folders differ by account.
    QMenu *const moveTo;
    QMenu *const copyTo;

    // What the next press does, shown in the text.
    void setMarksRead(bool read);
    void setFlags(bool flag);
    void setInJunk(bool inJunk);
    /// What undo takes back; empty: nothing.
    void setUndo(const QString &what);

private:
    QAction *make();

    QList<QMenu *> m_menus;
    bool m_marksRead = true;
    bool m_flags = true;
    bool m_inJunk = false;
    QString m_undo;
};

} // namespace postaci
