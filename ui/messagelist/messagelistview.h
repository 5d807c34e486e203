// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/ids.h"

#include <QList>
#include <QStringList>
#include <QTableView>

namespace postaci {

class MessageListModel;

/// The message list. One row height, so that a million rows cost what a screenful costs. Keeps what is in view in place
/// when rows come or go above it, and the selection when the model starts anew.
class MessageListView : public QTableView {
    Q_OBJECT

public:
    explicit MessageListView(MessageListModel &model, QWidget *parent = nullptr);

    /// In the order of the list: for an action, not at every change.
    QList<MessageId> selectedMessages() const;
    qsizetype selectedCount() const;
    MessageId currentMessage() const;
    void select(MessageId id);

    /// The type of dragged messages: ids as decimal numbers, one a line.
    static QString dragType();
    static QList<MessageId> draggedMessages(const QMimeData &data);

    void keyboardSearch(const QString &) override { } // Would read every row of the folder.

Q_SIGNALS:
    void selectionMoved();
    void opened(postaci::MessageId message); ///< Double click or Return.
    void filesDropped(const QStringList &paths); ///< Mail files from a file manager.

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void startDrag(Qt::DropActions actions) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void rowsInserted(const QModelIndex &parent, int first, int last) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int first, int last) override;

private:
    void applyRowHeight();
    void onRowsRemoved(int first, int last);
    void rememberSelection();
    void restoreSelection();

    MessageListModel &m_model;
    QList<MessageId> m_remembered;
    MessageId m_rememberedCurrent;
    MessageId m_rememberedTop;
    bool m_hadSelection = false; ///< Before the rows that are being removed.
};

} // namespace postaci
