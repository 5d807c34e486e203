// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/folder.h"

#include <QIcon>
#include <QString>

namespace postaci {

/// A folder's name for the user: special folders in the user's language, whatever the server calls them.
QString folderTitle(const Folder &folder);
/// With the folders above it: "Work / 2024".
QString fullFolderTitle(const Folder &folder);
QIcon folderIcon(FolderRole role);

/// Place of a special folder among its siblings; ordinary folders come last, by name.
int folderOrder(FolderRole role);

} // namespace postaci
