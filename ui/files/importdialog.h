// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/ids.h"

#include <QDialog>
#include <QStringList>

class QComboBox;
class QLabel;
class QLineEdit;

namespace postaci {

class FolderModel;
class ProblemLabel;

/// Asks which mail files go into which folder: one on this computer, unless another is chosen. Open it with open(); it
/// deletes itself.
class ImportDialog : public QDialog {
    Q_OBJECT

public:
    /// @param suggested the folder that the user is in; taken when it is on this computer
    /// @param directory where files are looked for first
    ImportDialog(const FolderModel &folders, FolderId suggested, const QString &directory, QWidget *parent = nullptr);

Q_SIGNALS:
    /// @param folder none: a new one of the name `newFolder` on this computer
    void chosen(const QStringList &paths, postaci::FolderId folder, const QString &newFolder);

private:
    void fillTargets(FolderId suggested);
    void addTargets(AccountId account, const QString &where);
    void browse(bool directories);
    void setPaths(const QStringList &paths);
    QStringList paths() const;
    FolderId target() const;
    void onPath();
    void onTarget();
    bool validate();

    const FolderModel &m_folders;
    const QString m_directory;
    QStringList m_several; ///< What `m_path` stands for when it was more than one.
    QLineEdit *m_path;
    ProblemLabel *m_pathProblem;
    QComboBox *m_target;
    QLabel *m_nameLabel;
    QLineEdit *m_name;
    ProblemLabel *m_nameProblem;
    bool m_targetChosen = false; ///< By the user: files change it no more.
    bool m_nameTyped = false;
};

} // namespace postaci
