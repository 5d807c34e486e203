// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/flags.h"

#include <QList>
#include <QString>
#include <QStringList>

/// Reading of Maildir, as its inventor (https://cr.yp.to/proto/maildir.html), Maildir++ (nested folders as `.One.Two`),
/// Dovecot's LAYOUT=fs (nested directories) and KMail (`.One.directory/Two`) keep it. Nothing is written. Symbolic
/// links to directories are not followed.
namespace postaci::maildir {

struct Folder {
    QString directory;
    QStringList
        names; ///< From the top; still in modified UTF-7 where the server wrote them so. Empty: the root itself.

    friend bool operator==(const Folder &, const Folder &) = default;
};

struct Message {
    QString path;
    Flags flags;
};

bool isMaildir(const QString &directory);
/// `root`, if it is one, and those below it, by name.
QList<Folder> folders(const QString &root);
/// Those that were delivered whole (cur and new, not tmp), by name.
QList<Message> messages(const QString &directory);
/// From the letters after `:2,`, or what stands for the colon where a file name cannot have one.
Flags flags(const QString &fileName);

} // namespace postaci::maildir
