// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/ids.h"

#include <QMetaType>
#include <QSet>

namespace postaci {

/// What committed transactions changed, merged: sets of places to look at again, never the data itself.
struct StoreChange {
    bool accounts = false; ///< An account was added, changed or removed.
    QSet<AccountId> folderLists; ///< Folders of these accounts were added, renamed or removed.
    QSet<FolderId> counters; ///< Totals or unread numbers.
    QSet<FolderId> arrivals; ///< Messages were added to or removed from these folders.
    QSet<MessageId> messages; ///< Flags or envelope of these (empty and `messagesMany` when over 1,000).
    bool messagesMany = false;
    QSet<MessageId> bodies; ///< A raw message came in.
    bool texts = false; ///< The search finds more than before.
    bool outbox = false;
    bool drafts = false;
    bool pendingOps = false; ///< Waiting or refused ones.
    bool undoSteps = false;

    bool isEmpty() const;
    void addMessage(MessageId id); ///< To `messages`, or to `messagesMany` when there are too many to name.
    void merge(const StoreChange &other);
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::StoreChange)
