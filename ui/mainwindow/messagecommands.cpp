// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/messagecommands.h"

#include "core/sync/mailengine.h"
#include "ui/folders/foldermodel.h"
#include "ui/queue/actiontext.h"

#include <QAbstractButton>
#include <QMessageBox>
#include <QPushButton>

#include <optional>

namespace postaci {

MessageCommands::MessageCommands(MailEngine &engine, const FolderModel &folders, QWidget &window)
    : QObject(&window)
    , m_engine(engine)
    , m_folders(folders)
    , m_window(window)
{
}

void MessageCommands::report(QFuture<Result<void>> done)
{
    done.then(this, [this](const Result<void> &result) {
        if (!result)
            Q_EMIT failed(result.error());
    });
}

void MessageCommands::toggle(Flag flag, const QList<MessageId> &messages, const MessageHeader *current)
{
    if (messages.isEmpty())
        return;
    const bool set = !current || !current->flags.testFlag(flag);
    report(m_engine.changeFlags(messages, set ? Flags(flag) : Flags(), set ? Flags() : Flags(flag)));
}

void MessageCommands::move(const QList<MessageId> &messages, FolderId to)
{
    if (!messages.isEmpty() && to)
        report(m_engine.moveMessages(messages, to));
}

void MessageCommands::copy(const QList<MessageId> &messages, FolderId to)
{
    if (!messages.isEmpty() && to)
        report(m_engine.copyMessages(messages, to));
}

void MessageCommands::moveToRole(const QList<MessageId> &messages, const Folder &folder, FolderRole role)
{
    const auto target = m_folders.folderByRole(folder.account, role);
    if (!target || messages.isEmpty() || target->id == folder.id)
        return;
    Flags added;
    Flags removed;
    if (role == FolderRole::Junk) {
        added = Flag::Junk;
        removed = Flag::NotJunk;
    } else if (folder.role == FolderRole::Junk) {
        added = Flag::NotJunk;
        removed = Flag::Junk;
    }
    report(m_engine.moveMessages(messages, target->id, added, removed));
}

void MessageCommands::remove(const QList<MessageId> &messages, const Folder &folder)
{
    if (messages.isEmpty())
        return;
    const auto trash = m_folders.folderByRole(folder.account, FolderRole::Trash);
    if (trash && trash->id != folder.id)
        report(m_engine.deleteMessages(messages));
    else
        removeForGood(messages);
}

void MessageCommands::removeForGood(const QList<MessageId> &messages)
{
    auto *question = new QMessageBox(QMessageBox::Warning, tr("Delete for good?"),
        tr("%n message(s) will be deleted for good. This cannot be undone.", nullptr, int(messages.size())),
        QMessageBox::NoButton, &m_window);
    question->setAttribute(Qt::WA_DeleteOnClose);
    const auto *yes = question->addButton(tr("Delete for good"), QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(question, &QMessageBox::buttonClicked, this, [this, yes, messages](const QAbstractButton *button) {
        if (button == yes)
            report(m_engine.deleteMessages(messages));
    });
    question->open();
}

void MessageCommands::undo()
{
    m_engine.undo().then(this, [this](const Result<std::optional<UndoStep>> &undone) {
        if (!undone) {
            Q_EMIT failed(undone.error());
        } else if (!*undone) {
            Q_EMIT told([] { return tr("There is nothing to undo."); });
        } else if ((*undone)->kind == UndoStep::Kind::DeleteForGood) {
            Q_EMIT told([] { return tr("What was deleted for good cannot be brought back."); });
        } else {
            Q_EMIT told([step = **undone, folder = m_folders.folder((*undone)->folder)] {
                return tr("Undone: %1").arg(actionText(step, folder));
            });
        }
    });
}

} // namespace postaci
