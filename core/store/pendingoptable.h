// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/mail/flags.h"
#include "core/mail/ids.h"
#include "core/store/connection.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>
#include <string>

namespace postaci {

/// The remote half of a user action, saved in the same transaction as its local half and replayed in order for each
/// folder. The numbers are stored: never change or reuse one.
struct PendingOp {
    enum class Kind {
        ChangeFlags = 0,
        Move = 1,
        Delete = 2, ///< For good: \Deleted and UID EXPUNGE.
        Append = 3, ///< Put the copy of `outbox` into Sent.
        CreateFolder = 4,
        RenameFolder = 5,
        DeleteFolder = 6,
        Put = 7, ///< Give `toFolder` the message that is here; `source` goes once it has been seen there.
    };
    enum class State {
        Waiting = 0,
        Running = 1, ///< Committed before the command goes out; found at start: check before repeating.
        Failed = 2, ///< Refused by the server; kept for the user.
    };

    PendingOpId id;
    AccountId account;
    Kind kind = Kind::ChangeFlags;
    State state = State::Waiting;
    FolderId folder; ///< Where the message was on the server.
    FolderId toFolder;
    MessageId message;
    MessageId source; ///< Of a Put that moves: the message in its old place, in whatever account. None: a copy.
    OutboxId outbox;
    quint32 uidValidity = 0; ///< Of `folder` when the user acted; checked again before anything is removed.
    quint32 uid = 0; ///< In `folder`; 0 while the message has not been seen there.
    QByteArray messageIdHeader; ///< Checked again before anything is removed.
    Flags add;
    Flags remove;
    QString path; ///< Folder operations: its name on the server once everything before this has happened.
    QString newPath; ///< RenameFolder
    int attempts = 0;
    MailError lastError;
    QDateTime createdAt; ///< UTC

    friend bool operator==(const PendingOp &, const PendingOp &) = default;
};

/// Operations that are alike: what the user did at one moment, as one line of the work queue.
struct PendingGroup {
    PendingOp last; ///< The newest of them; its state and error are those of the one that is furthest.
    qint64 count = 0;
};

class PendingOpTable {
public:
    /// Two tables of the same kind: what waits for its server, and what a server said no to.
    enum class Which { Pending, Refused };

    PendingOpTable(Connection &connection, Which which);

    /// In the order in which they were made.
    QList<PendingOp> all(AccountId account) const;
    /// Those about messages of `folder`, in the same order: what the server does not know yet is laid over what a sync
    /// reads.
    QList<PendingOp> forFolder(FolderId folder) const;

    /// Those that make, rename or delete folders, in the same order.
    QList<PendingOp> ofFolders(AccountId account) const;

    /// Those about this message, in the same order; a few microseconds, however many wait.
    QList<PendingOp> ofMessage(MessageId message) const;

    /// Whether a Put that moves this message is on its way.
    bool isMoving(MessageId source) const;
    /// And whether the server is being told at this moment.
    bool isPutting(MessageId source) const;

    std::optional<PendingOp> find(PendingOpId id) const;
    /// At most `limit` of all accounts' together, the oldest first. In Put, which goes on message by message, the time
    /// makes no difference.
    QList<PendingGroup> groups(qsizetype limit) const;
    /// Those of the group in which this one is, in their order.
    QList<PendingOp> groupOf(PendingOpId id) const;
    qint64 count() const;

    PendingOpId insert(const PendingOp &op);
    void update(const PendingOp &op);
    void remove(PendingOpId id);

private:
    QList<PendingOp> select(const char *condition, auto... values) const;

    Connection &m_connection;
    const std::string m_table;
};

} // namespace postaci
