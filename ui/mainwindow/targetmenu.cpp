// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/targetmenu.h"

#include "ui/folders/foldermodel.h"
#include "ui/folders/foldertext.h"

#include <QMenu>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// As it is, in a menu.
QString withoutMnemonic(QString text)
{
    return text.replace(u'&', u"&&"_s);
}

} // namespace

TargetMenu::TargetMenu(QMenu &menu, const FolderModel &folders, QAction &newFolder, std::function<Place()> here)
    : QObject(&menu)
    , m_menu(menu)
    , m_folders(folders)
    , m_newFolder(newFolder)
    , m_here(std::move(here))
{
    connect(&menu, &QMenu::aboutToShow, this, &TargetMenu::fill);
}

void TargetMenu::fill()
{
    m_menu.clear();
    const Place here = m_here();
    add(&m_menu, here.account, here.folder);
    m_menu.addSeparator();
    for (const Account &other : m_folders.accounts()) {
        if (other.id != here.account)
            add(m_menu.addMenu(withoutMnemonic(other.name)), other.id, {});
    }
    if (m_folders.computer() && m_folders.computer() != here.account)
        add(m_menu.addMenu(tr("On this computer")), m_folders.computer(), {});
    m_menu.addSeparator();
    m_menu.addAction(&m_newFolder);
}

void TargetMenu::add(QMenu *menu, AccountId account, FolderId except)
{
    for (const Folder &folder : m_folders.folders(account)) {
        if (folder.selectable && folder.id != except)
            menu->addAction(folderIcon(folder.role), withoutMnemonic(fullFolderTitle(folder)), this,
                [this, id = folder.id] { Q_EMIT chosen(id); });
    }
}

} // namespace postaci
