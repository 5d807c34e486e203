// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/queue/actiontext.h"

#include "ui/common/errortext.h"
#include "ui/common/messagetext.h"
#include "ui/folders/foldertext.h"

#include <QCoreApplication>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(postaci::ActionText)
};

/// Some messages, or the one that has a subject.
struct What {
    int count = 0;
    QString subject;

    bool isNamed() const { return !subject.isEmpty(); }
};

What whatOf(const QueuedAction &action)
{
    return {.count = int(action.messages), .subject = harmless(action.subject)};
}

QString title(const std::optional<Folder> &folder)
{
    return folder ? fullFolderTitle(*folder) : Text::tr("another folder");
}

QString lastName(const QString &path, const std::optional<Folder> &folder)
{
    return folder && !folder->separator.isNull() ? path.section(folder->separator, -1) : path;
}

QString flagText(const What &what, Flags add, Flags remove)
{
    if (add == Flags(Flag::Seen) && !remove)
        return what.isNamed() ? Text::tr("Mark “%1” as read").arg(what.subject)
                              : Text::tr("Mark %Ln message(s) as read", nullptr, what.count);
    if (remove == Flags(Flag::Seen) && !add)
        return what.isNamed() ? Text::tr("Mark “%1” as unread").arg(what.subject)
                              : Text::tr("Mark %Ln message(s) as unread", nullptr, what.count);
    if (add == Flags(Flag::Flagged) && !remove)
        return what.isNamed() ? Text::tr("Flag “%1”").arg(what.subject)
                              : Text::tr("Flag %Ln message(s)", nullptr, what.count);
    if (remove == Flags(Flag::Flagged) && !add)
        return what.isNamed() ? Text::tr("Remove the flag of “%1”").arg(what.subject)
                              : Text::tr("Remove the flag of %Ln message(s)", nullptr, what.count);
    if (add == Flags(Flag::Answered) && !remove)
        return what.isNamed() ? Text::tr("Mark “%1” as answered").arg(what.subject)
                              : Text::tr("Mark %Ln message(s) as answered", nullptr, what.count);
    if (add == Flags(Flag::Forwarded) && !remove)
        return what.isNamed() ? Text::tr("Mark “%1” as forwarded").arg(what.subject)
                              : Text::tr("Mark %Ln message(s) as forwarded", nullptr, what.count);
    if (add.testFlag(Flag::Junk))
        return what.isNamed() ? Text::tr("Mark “%1” as junk").arg(what.subject)
                              : Text::tr("Mark %Ln message(s) as junk", nullptr, what.count);
    if (add.testFlag(Flag::NotJunk))
        return what.isNamed() ? Text::tr("Mark “%1” as not junk").arg(what.subject)
                              : Text::tr("Mark %Ln message(s) as not junk", nullptr, what.count);
    return what.isNamed() ? Text::tr("Change the marks of “%1”").arg(what.subject)
                          : Text::tr("Change the marks of %Ln message(s)", nullptr, what.count);
}

QString moveText(const What &what, const std::optional<Folder> &from, const std::optional<Folder> &to)
{
    return what.isNamed()
        ? Text::tr("Move “%1” from “%2” to “%3”").arg(what.subject, title(from), title(to))
        : Text::tr("Move %Ln message(s) from “%1” to “%2”", nullptr, what.count).arg(title(from), title(to));
}

QString renamingText(const PendingOp &op, const std::optional<Folder> &folder)
{
    const QString from = lastName(op.path, folder);
    const QString to = lastName(op.newPath, folder);
    const bool stays = op.path.chopped(from.size()) == op.newPath.chopped(to.size());
    return stays ? Text::tr("Rename the folder “%1” to “%2”").arg(from, to)
                 : Text::tr("Move the folder “%1” to “%2”").arg(op.path, op.newPath);
}

} // namespace

QString actionText(const QueuedAction &action)
{
    const What what = whatOf(action);
    const PendingOp &op = action.op;
    switch (op.kind) {
    case PendingOp::Kind::ChangeFlags:
        return flagText(what, op.add, op.remove);
    case PendingOp::Kind::Move:
        return moveText(what, action.from, action.to);
    case PendingOp::Kind::Delete:
        return what.isNamed() ? Text::tr("Delete “%1” in “%2”").arg(what.subject, title(action.from))
                              : Text::tr("Delete %Ln message(s) in “%1”", nullptr, what.count).arg(title(action.from));
    case PendingOp::Kind::Append:
        return what.isNamed() ? Text::tr("File a copy of “%1” in “%2”").arg(what.subject, title(action.to))
                              : Text::tr("File a copy of %Ln sent message(s)", nullptr, what.count);
    case PendingOp::Kind::Put:
        return what.isNamed() ? Text::tr("Put “%1” into “%2”").arg(what.subject, title(action.to))
                              : Text::tr("Put %Ln message(s) into “%1”", nullptr, what.count).arg(title(action.to));
    case PendingOp::Kind::CreateFolder:
        return Text::tr("Create the folder “%1”").arg(lastName(op.path, action.from));
    case PendingOp::Kind::RenameFolder:
        return renamingText(op, action.from);
    case PendingOp::Kind::DeleteFolder:
        return Text::tr("Delete the folder “%1”").arg(lastName(op.path, action.from));
    }
    Q_UNREACHABLE_RETURN({});
}

QString actionText(const UndoStep &step, const std::optional<Folder> &folder)
{
    const What what{.count = int(step.messages), .subject = {}};
    switch (step.kind) {
    case UndoStep::Kind::ChangeFlags:
        return flagText(what, step.add, step.remove);
    case UndoStep::Kind::Move:
        return Text::tr("Move %Ln message(s) to “%1”", nullptr, what.count).arg(title(folder));
    case UndoStep::Kind::Delete:
        return Text::tr("Delete %Ln message(s)", nullptr, what.count);
    case UndoStep::Kind::DeleteForGood:
        return Text::tr("Delete for good");
    case UndoStep::Kind::CreateFolder:
        return Text::tr("Create the folder “%1”").arg(title(folder));
    case UndoStep::Kind::RenameFolder:
        return Text::tr("Rename the folder “%1” to “%2”")
            .arg(lastName(step.path, folder), folder ? folder->name() : title(folder));
    case UndoStep::Kind::MoveFolder:
        return Text::tr("Move the folder “%1”").arg(lastName(step.path, folder));
    case UndoStep::Kind::DeleteFolder:
        return Text::tr("Delete the folder “%1”").arg(lastName(step.path, folder));
    }
    Q_UNREACHABLE_RETURN({});
}

QString queueStateText(const QueuedAction &action, const std::optional<AccountState> &state, bool online)
{
    if (action.isRefused())
        return Text::tr("Refused: %1").arg(errorText(action.op.lastError).sentence);
    if (!online)
        return Text::tr("Waits until you work online again");
    if (state && state->isPaused)
        return Text::tr("Waits until you let the account go on");
    if (state && state->passwordNeeded)
        return Text::tr("Waits for the password");
    if (state && state->signInNeeded)
        return Text::tr("Waits for your sign-in");
    if (!state || state->activity == AccountState::Activity::Offline) {
        return state && state->nextTry.isValid()
            ? Text::tr("Waits for a connection; next try at %1").arg(shortDate(state->nextTry))
            : Text::tr("Waits for a connection");
    }
    if (action.op.state == PendingOp::State::Running && state->activity == AccountState::Activity::ReplayingActions)
        return Text::tr("Under way");
    if (action.op.lastError != MailError())
        return Text::tr("Waits for another try: %1").arg(errorText(action.op.lastError).sentence);
    return Text::tr("Waits for its turn");
}

} // namespace postaci
