// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMetaType>
#include <QString>
#include <QtGlobal>

namespace postaci {

/// Files that other programs read and write, too.
enum class MailFormat {
    Mbox, ///< One file, quoted as mboxrd.
    Eml, ///< A directory with a file for each message.
    OneEml, ///< The file of a single message.
};

/// How far an import or export is.
struct FileProgress {
    qint64 messages = 0; ///< Gone through so far.
    qint64 done = 0; ///< Of an import bytes, of an export messages.
    qint64 total = 0;

    friend bool operator==(const FileProgress &, const FileProgress &) = default;
};

/// What an import did, also when it was cancelled.
struct ImportOutcome {
    qint64 imported = 0;
    qint64 known = 0; ///< Were there already, byte for byte.
    qint64 leftOut = 0; ///< Marked as deleted in their file, or too large.
    qint64 unreadable = 0; ///< Files among others that could not be read.
    QString unreadableFile; ///< The first of them, without its directory.
    bool cancelled = false;

    friend bool operator==(const ImportOutcome &, const ImportOutcome &) = default;
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::FileProgress)
