// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/imap/imaptypes.h"
#include "core/mail/folder.h"

#include <QList>
#include <QString>

namespace postaci {

/// The server's folders as the store keeps them, without ids. Each role goes to one folder at most: where the server
/// says so (SPECIAL-USE, RFC 6154), else by the names that servers and mail programs use, in English and Turkish.
QList<Folder> mapFolders(const QList<RemoteFolder> &remote);

/// Where a new top-level folder goes: inside INBOX on servers that keep everything there.
QString pathForNewFolder(const QList<Folder> &folders, const QString &name);

} // namespace postaci
