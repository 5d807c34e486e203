// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/flags.h"
#include "core/mail/ids.h"

#include <QList>
#include <QMetaType>
#include <QString>

namespace postaci {

/// What a folder is for (RFC 6154). The numbers are stored: never change or reuse one.
enum class FolderRole {
    None = 0,
    Inbox = 1,
    Drafts = 2,
    Sent = 3,
    Archive = 4,
    Junk = 5,
    Trash = 6,
    All = 7,
    Flagged = 8,
};

/// A mailbox of an account as the store knows it.
struct Folder {
    FolderId id;
    AccountId account;
    QString path; ///< Full name on the server, decoded from modified UTF-7.
    QChar separator; ///< Hierarchy delimiter; null when the server has none.
    FolderRole role = FolderRole::None;
    bool selectable = true;
    bool subscribed = true;
    bool readOnly = false; ///< When the server opened it last; nothing in it can be changed.
    Flags kept = ~Flags(); ///< Flags that the server keeps there (PERMANENTFLAGS).
    bool isLocal = false; ///< On this computer only: the account's, as the store reads it.
    qint64 total = 0; ///< Messages in the store.
    qint64 unread = 0;

    /// Those of `flags` that can be set and taken there.
    Flags changeable(Flags flags) const { return readOnly ? Flags() : flags & kept; }
    /// The last part of the path, or the whole path where there is no hierarchy.
    QString name() const { return separator.isNull() ? path : path.section(separator, -1); }

    friend bool operator==(const Folder &, const Folder &) = default;
};

/// What the server last said about a folder's numbering; meaningless across a change of uidValidity (RFC 9051 2.3.1.1).
struct FolderSyncState {
    quint32 uidValidity = 0; ///< 0: never selected.
    quint32 uidNext = 0;
    quint64 highestModSeq = 0; ///< RFC 7162; 0: the server keeps none.
    bool headersComplete = false; ///< Every message that the server had at the last sync is in the store.

    friend bool operator==(const FolderSyncState &, const FolderSyncState &) = default;
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::Folder)
