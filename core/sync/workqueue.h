// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/folder.h"
#include "core/store/pendingoptable.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QSet>
#include <QString>

#include <optional>

namespace postaci {

struct Tables;

/// Something that the user did and the server does not know, or has refused: a line of the work queue.
struct QueuedAction {
    struct Id {
        bool refused = false;
        PendingOpId last;

        friend bool operator==(const Id &, const Id &) = default;
        friend size_t qHash(Id of, size_t seed = 0) { return qHashMulti(seed, of.refused, of.last); }
    };

    Id id;
    PendingOp op; ///< One of those it consists of: what, how far, and why not.
    qint64 messages = 0; ///< 0: it is about a folder.
    QString subject; ///< Of the message, where it is one.
    std::optional<Folder> from;
    std::optional<Folder> to;

    bool isRefused() const { return id.refused || op.state == PendingOp::State::Failed; }

    friend bool operator==(const QueuedAction &, const QueuedAction &) = default;
};

/// What the work queue is about, in a few microseconds.
struct QueueSummary {
    qint64 waiting = 0; ///< Operations, not actions.
    qint64 refused = 0;

    friend bool operator==(const QueueSummary &, const QueueSummary &) = default;
};

/// The work queue: each function is meant for one transaction.
namespace workqueue {

/// The refused ones first, each kind with the oldest first; at most `limit` of each.
QList<QueuedAction> list(const Tables &tables, qsizetype limit);
QueueSummary summary(const Tables &tables);

/// The server says no: takes the local half back, with what built on it, and keeps all of that for the user.
void refuse(Tables &tables, PendingOp op, const MailError &error);
/// Something of an operation that has been told could not be done: keeps it for the user.
void note(Tables &tables, PendingOp op, const MailError &error);

struct Retried {
    QSet<AccountId> touched; ///< Have something to tell their servers.
    QList<PendingOp> transfers; ///< Put that were refused, to be made anew from their original.
};
/// Does once more what was refused; what merely waits is left as it is. Fails, and changes nothing, when it cannot be
/// done any more: NotFound, ReadOnly, AlreadyExists.
Result<Retried> retry(Tables &tables, QueuedAction::Id id, const QDateTime &now);

struct Cancelled {
    QSet<FolderId> toSync; ///< To be looked at, for the message to be seen again.
    bool someAreRunning = false; ///< They were left alone.
};
/// What was refused is forgotten; of what waits, the local half is taken back. A message that may be nowhere else goes
/// to this computer's Trash.
/// @param replaying accounts whose servers are being told at this moment
Result<Cancelled> cancel(Tables &tables, QueuedAction::Id id, const QSet<AccountId> &replaying);

} // namespace workqueue

} // namespace postaci

Q_DECLARE_METATYPE(postaci::QueuedAction::Id)
