// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/folder.h"
#include "core/mail/messageheader.h"
#include "core/sync/mailfiles.h"

#include <QFuture>
#include <QObject>
#include <QStringList>

#include <functional>

class QProgressBar;
class QPushButton;

namespace postaci {

class FolderModel;
class InfoBar;
class MailEngine;
class Settings;

/// Imports and exports of the window: asks what and where to, shows how far it is, and says what came of it. One at a
/// time; the window can be used meanwhile.
class FileTasks : public QObject {
    Q_OBJECT

public:
    FileTasks(MailEngine &engine, Settings &settings, const FolderModel &folders, QWidget &window);

    /// The strip that tells of the one under way; for the window to lay out.
    InfoBar *bar() const { return m_bar; }
    bool isBusy() const { return m_kind != Kind::None; }

    /// @param current the folder that the user is in
    void askImport(FolderId current);
    void askExport(const Folder &folder);
    /// One message into a file, several as askExport() does. @param first the first of them
    void askSave(const QList<MessageId> &messages, const MessageHeader &first);
    /// Files that were dropped on a folder. Nothing while another is under way.
    void importFiles(const QStringList &paths, FolderId folder);
    /// The program is to end: asks whether the one under way may be broken off, and calls `then` if so.
    void askToStop(const std::function<void()> &then);
    void retranslate();

Q_SIGNALS:
    void busyChanged();
    void saved(const QString &path);

private:
    enum class Kind { None, Import, Mbox, Eml };

    void importInto(const QStringList &paths, FolderId folder, const QString &newFolder);
    void begin(Kind kind, const QString &name);
    void end(std::function<void()> tell);
    void onProgress(const FileProgress &progress);
    void showProgress();
    void showExported(QFuture<Result<qint64>> done, const QString &path, MailFormat format);
    void showFailure(const MailError &error);
    QString startDirectory() const;
    void rememberDirectory(const QString &path);

    MailEngine &m_engine;
    Settings &m_settings;
    const FolderModel &m_folders;
    QWidget &m_window;
    InfoBar *m_bar;
    QProgressBar *m_progress;
    QPushButton *m_stop;
    QPushButton *m_close;
    Kind m_kind = Kind::None; ///< Of the one under way.
    QString m_name; ///< What it reads or writes.
    FileProgress m_told;
    std::function<void()> m_tell; ///< Says again what came of the last one.
};

} // namespace postaci
