// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/ids.h"
#include "core/store/undotable.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QList>
#include <QObject>
#include <QSet>

#include <functional>
#include <optional>

namespace postaci {

/// Moves and copies messages between accounts, and between accounts and this computer.
///
/// The message is fetched whole first. Its copy is committed durably before anything is said about the original: on
/// this computer it is read back and compared, on a server it is put there by a pending operation (see MessagePut) that
/// lets the original go once it has been seen. Whatever ends the program in between leaves two copies, never none.
///
/// Lives on the engine thread.
class MessageTransfer : public QObject {
    Q_OBJECT

public:
    /// A message from the store or its server; it is in the store then.
    using Fetch = std::function<QCoro::Task<Result<QByteArray>>(MessageId)>;

    MessageTransfer(const Services &services, Fetch fetch, QObject *parent);

    /// Both fail with the first error after all have been tried. A move is a step that can be taken back, with what it
    /// did before it failed or was broken off; flags change with it.
    QCoro::Task<Result<void>> move(QList<MessageId> messages, FolderId to, Flags add = {}, Flags remove = {});
    QCoro::Task<Result<void>> copy(QList<MessageId> messages, FolderId to);
    /// Takes the last step back, once the moves under way have ended; none: there is nothing to take back. What has not
    /// reached its server yet does not go there; the rest is moved back. Fails with NotFound when some are not there
    /// any more, TryLater for those that are on their way just now.
    QCoro::Task<Result<std::optional<UndoStep>>> undo();
    /// Ends those under way after the message that they are at.
    void cancel() { m_cancelled = true; }

Q_SIGNALS:
    /// There is something to tell these accounts' servers.
    void queued(const QSet<postaci::AccountId> &accounts);
    void movesEnded();

private:
    struct Kind {
        bool isMove = false;
        UndoStepId step; ///< That it belongs to; none: it is itself a way back.
    };

    QCoro::Task<Result<void>> each(QList<MessageId> messages, FolderId to, Kind kind);
    QCoro::Task<Result<void>> one(MessageId message, FolderId to, Kind kind);

    const Services &m_services;
    const Fetch m_fetch;
    int m_moves = 0; ///< Under way.
    bool m_cancelled = false;
};

} // namespace postaci
