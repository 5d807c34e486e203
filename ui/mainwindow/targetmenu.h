// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/ids.h"

#include <QObject>

#include <functional>

class QAction;
class QMenu;

namespace postaci {

class FolderModel;
struct Place;

/// A menu of the folders that messages can go to, made anew each time it opens: those of the same account at once,
/// those of the others below its name, and a new one.
class TargetMenu : public QObject {
    Q_OBJECT

public:
    /// @param here the place that the messages are in
    TargetMenu(QMenu &menu, const FolderModel &folders, QAction &newFolder, std::function<Place()> here);

Q_SIGNALS:
    void chosen(postaci::FolderId folder);

private:
    void fill();
    void add(QMenu *menu, AccountId account, FolderId except);

    QMenu &m_menu;
    const FolderModel &m_folders;
    QAction &m_newFolder;
    const std::function<Place()> m_here;
};

} // namespace postaci
