// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/flags.h"
#include "core/mail/folder.h"
#include "core/mail/messageheader.h"

#include <QFuture>
#include <QList>
#include <QObject>

#include <functional>

class QWidget;

namespace postaci {

class FolderModel;
class MailEngine;

/// What the user does to messages, and taking back what moved them.
class MessageCommands : public QObject {
    Q_OBJECT

public:
    MessageCommands(MailEngine &engine, const FolderModel &folders, QWidget &window);

    /// All become what `current` is not.
    void toggle(Flag flag, const QList<MessageId> &messages, const MessageHeader *current);
    void move(const QList<MessageId> &messages, FolderId to);
    void copy(const QList<MessageId> &messages, FolderId to);
    /// From `folder` to the folder of its account for this; to and from Junk their flag goes along.
    void moveToRole(const QList<MessageId> &messages, const Folder &folder, FolderRole role);
    /// To Trash; from there, or where there is none, for good, which is asked about.
    void remove(const QList<MessageId> &messages, const Folder &folder);
    /// Takes back the last thing that the user did and that has not been, once it is done; or says why that cannot be.
    void undo();

Q_SIGNALS:
    void failed(const postaci::MailError &error);
    /// Something to say in passing, now and in the words of another language.
    void told(const std::function<QString()> &text);

private:
    void report(QFuture<Result<void>> done);
    void removeForGood(const QList<MessageId> &messages);

    MailEngine &m_engine;
    const FolderModel &m_folders;
    QWidget &m_window;
};

} // namespace postaci
