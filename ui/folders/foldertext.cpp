// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/folders/foldertext.h"

#include "ui/common/icons.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {
struct Text {
    Q_DECLARE_TR_FUNCTIONS(postaci::FolderText)
};
} // namespace

QString folderTitle(const Folder &folder)
{
    switch (folder.role) {
    case FolderRole::None:
        // On this computer it was made by a salvage of the store, which speaks no language.
        return folder.isLocal && folder.path == "Recovered"_L1 ? Text::tr("Recovered") : folder.name();
    case FolderRole::Inbox:
        return Text::tr("Inbox");
    case FolderRole::Drafts:
        return Text::tr("Drafts");
    case FolderRole::Sent:
        return Text::tr("Sent");
    case FolderRole::Archive:
        return Text::tr("Archive");
    case FolderRole::Junk:
        return Text::tr("Junk");
    case FolderRole::Trash:
        return Text::tr("Trash");
    case FolderRole::All:
        return Text::tr("All mail");
    case FolderRole::Flagged:
        return Text::tr("Flagged");
    }
    Q_UNREACHABLE_RETURN({});
}

QString fullFolderTitle(const Folder &folder)
{
    return folder.role == FolderRole::None && !folder.separator.isNull() && folder.path.contains(folder.separator)
        ? QString(folder.path).replace(folder.separator, u" / "_s)
        : folderTitle(folder);
}

QIcon folderIcon(FolderRole role)
{
    switch (role) {
    case FolderRole::None:
        return themeIcon(u"folder-symbolic"_s);
    case FolderRole::Inbox:
        return themeIcon(u"mail-folder-inbox"_s);
    case FolderRole::Drafts:
        return themeIcon(u"document-edit"_s);
    case FolderRole::Sent:
        return themeIcon(u"mail-folder-sent"_s);
    case FolderRole::Archive:
        return themeIcon(u"archive-insert"_s);
    case FolderRole::Junk:
        return themeIcon(u"mail-mark-junk"_s);
    case FolderRole::Trash:
        return themeIcon(u"user-trash"_s);
    case FolderRole::All:
        return themeIcon(u"mail-message"_s);
    case FolderRole::Flagged:
        return themeIcon(u"flag"_s);
    }
    Q_UNREACHABLE_RETURN({});
}

int folderOrder(FolderRole role)
{
    switch (role) {
    case FolderRole::Inbox:
        return 0;
    case FolderRole::Flagged:
        return 1;
    case FolderRole::Drafts:
        return 2;
    case FolderRole::Sent:
        return 3;
    case FolderRole::Archive:
        return 4;
    case FolderRole::All:
        return 5;
    case FolderRole::Junk:
        return 6;
    case FolderRole::Trash:
        return 7;
    case FolderRole::None:
        return 8;
    }
    Q_UNREACHABLE_RETURN(8);
}

} // namespace postaci
