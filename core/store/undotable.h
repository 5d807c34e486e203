// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/flags.h"
#include "core/mail/ids.h"
#include "core/store/connection.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace postaci {

/// Something that the user did and can take back. The numbers are stored: never change or reuse one.
struct UndoStep {
    enum class Kind {
        ChangeFlags = 0,
        Move = 1, ///< Also with flags: to and from Junk.
        Delete = 2, ///< To Trash.
        DeleteForGood = 3, ///< Cannot be; but what came before it is not to be taken for it.
        CreateFolder = 4,
        RenameFolder = 5,
        MoveFolder = 6,
        DeleteFolder = 7, ///< To Trash.
    };

    UndoStepId id;
    Kind kind = Kind::ChangeFlags;
    qint64 messages = 0; ///< How many it was done to.
    FolderId folder; ///< That messages went to, or that was itself changed.
    Flags add;
    Flags remove;
    AccountId account; ///< Of the folder, before.
    QString path; ///< Likewise.
    QDateTime doneAt; ///< UTC

    friend bool operator==(const UndoStep &, const UndoStep &) = default;
};

/// A message of such a step.
struct UndoMessage {
    MessageId message; ///< Its row now.
    MessageId original; ///< Its row before; another one where it went to another account.
    FolderId from; ///< None: it was not moved.
    Flags added;
    Flags removed;

    friend bool operator==(const UndoMessage &, const UndoMessage &) = default;
};

/// The way back of the last actions, saved with them. It ends after a hundred steps and after a week: what is older
/// has been seen by other programs, and by the user.
class UndoTable {
public:
    explicit UndoTable(Connection &connection);

    /// `messages` may follow. Forgets steps that are too old at its time.
    UndoStepId insert(const UndoStep &step);
    /// Adds to what each of them has there already. Nothing happens when the step has been taken back meanwhile.
    void add(UndoStepId step, const QList<UndoMessage> &messages);

    /// The newest one that did something.
    std::optional<UndoStep> last() const;
    QList<UndoMessage> messages(UndoStepId step) const;

    void removeMessages(UndoStepId step, const QList<MessageId> &messages);
    void remove(UndoStepId step);

private:
    Connection &m_connection;
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::UndoStep)
