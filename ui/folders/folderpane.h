// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/folders/foldermodel.h"

#include <QSet>
#include <QStringList>
#include <QTreeView>

#include <optional>

namespace postaci {

/// The folder pane: choose a place; drop messages on a folder of any account to move them there, with Ctrl to
/// copy them; drop mail files to import them; drag folders into one another.
class FolderPane : public QTreeView {
    Q_OBJECT

public:
    explicit FolderPane(FolderModel &model, QWidget *parent = nullptr);

    Place currentPlace() const { return m_place; }
    void setCurrentPlace(const Place &place);

Q_SIGNALS:
    void placeChosen(const postaci::Place &place);
    void messagesDropped(const QList<postaci::MessageId> &messages, postaci::FolderId folder, bool copy);
    /// Mail files from a file manager.
    void filesDropped(const QStringList &paths, postaci::FolderId folder);
    /// Into `parent`, or with none to the top of the account.
    void folderDropped(postaci::FolderId folder, postaci::AccountId account, postaci::FolderId parent);

protected:
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void startDrag(Qt::DropActions actions) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void restoreView();
    FolderId dropTarget(const QPoint &position, const QMimeData &mime) const;
    std::optional<Place> folderTarget(FolderId dragged, const QPoint &position) const;

    FolderModel &m_model;
    Place m_place; ///< Survives a renewed tree.
    QSet<FolderId> m_collapsed;
};

} // namespace postaci
