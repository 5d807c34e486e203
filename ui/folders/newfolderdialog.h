// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/ids.h"

#include <QDialog>

class QComboBox;
class QLineEdit;

namespace postaci {

class FolderModel;
struct Place;

/// Asks for the name of a new folder and for its place. Open it with open(); it deletes itself.
class NewFolderDialog : public QDialog {
    Q_OBJECT

public:
    /// @param here the place that is offered first
    NewFolderDialog(const FolderModel &folders, const Place &here, QWidget *parent = nullptr);

Q_SIGNALS:
    /// In `parent`, or with none at the top of `account`; no account: on this computer.
    void chosen(postaci::AccountId account, postaci::FolderId parent, const QString &name);

private:
    void addPlaces(const FolderModel &folders, AccountId account, const QString &title);

    QLineEdit *m_name;
    QComboBox *m_place;
};

} // namespace postaci
