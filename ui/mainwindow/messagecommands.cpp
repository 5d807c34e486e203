// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/messagecommands.h"

#include "core/sync/mailengine.h"
#include "ui/folders/foldermodel.h"

#include <QAbstractButton>
#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace postaci {

namespace {
constexpr qsizetype undoLimit = 100;
}

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

void MessageCommands::remember(QFuture<Result<QList<MovedMessage>>> done, Flags added)
{
    ++m_underWay;
    done.then(this, [this, added](const Result<QList<MovedMessage>> &moved) {
        --m_underWay;
        if (moved)
            m_done.append({*moved, added});
        else
            Q_EMIT failed(moved.error());
        if (m_done.size() > undoLimit)
            m_done.removeFirst();
        if (m_underWay == 0 && std::exchange(m_undoWanted, false))
            undo();
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
        remember(m_engine.moveMessages(messages, to));
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
    if (added)
        report(m_engine.changeFlags(messages, added, removed));
    remember(m_engine.moveMessages(messages, target->id), added);
}

void MessageCommands::remove(const QList<MessageId> &messages, const Folder &folder)
{
    if (messages.isEmpty())
        return;
    const auto trash = m_folders.folderByRole(folder.account, FolderRole::Trash);
    if (trash && trash->id != folder.id)
        remember(m_engine.deleteMessages(messages));
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
            remember(m_engine.deleteMessages(messages));
    });
    question->open();
}

void MessageCommands::undo()
{
    if (m_underWay > 0) {
        m_undoWanted = true;
        return;
    }
    if (m_done.isEmpty()) {
        Q_EMIT told([] { return tr("There is nothing to undo."); });
        return;
    }
    const Done last = m_done.takeLast();
    if (last.moved.isEmpty()) {
        Q_EMIT told([] { return tr("What was deleted for good cannot be brought back."); });
        return;
    }
    QList<MessageId> messages;
    for (const MovedMessage &one : last.moved)
        messages.append(one.message);
    if (last.added)
        report(m_engine.changeFlags(messages, {}, last.added));
    m_engine.undoMove(last.moved).then(this, [this, count = int(messages.size())](const Result<void> &result) {
        if (result)
            Q_EMIT told([count] { return tr("%Ln message(s) moved back.", nullptr, count); });
        else
            Q_EMIT failed(result.error());
    });
}

} // namespace postaci
