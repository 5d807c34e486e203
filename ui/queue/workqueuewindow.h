// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/sync/accountstate.h"
#include "core/sync/workqueue.h"

#include <QDialog>
#include <QFuture>
#include <QHash>
#include <QList>

#include <optional>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace postaci {

class EmptyState;
class FolderModel;
class MailEngine;
class Settings;
class Store;

/// What servers have not been told, and what they refused: each action in words, what it waits for, why it was refused,
/// with a way to try again or to take it back. Reads the queue again when the store says that it changed. Deletes
/// itself when it is closed. ui thread.
class WorkQueueWindow : public QDialog {
    Q_OBJECT

public:
    WorkQueueWindow(Store &store, MailEngine &engine, Settings &settings, const FolderModel &folders,
        const QHash<AccountId, AccountState> &states, QWidget *parent = nullptr);

    void setState(const AccountState &state);
    void setOnline(bool online); ///< The user's switch.

protected:
    void changeEvent(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void reload();
    void showActions(const QList<QueuedAction> &actions);
    void fill(QTreeWidgetItem &row, const QueuedAction &action) const;
    void updateStates();
    void updateDetails();
    QList<QueuedAction> selected() const;
    QString accountName(AccountId id) const;
    /// Try again, or take back.
    void act(QFuture<Result<void>> (MailEngine::*what)(QList<QueuedAction::Id>));
    void retranslate();

    Store &m_store;
    MailEngine &m_engine;
    Settings &m_settings;
    const FolderModel &m_folders;
    QHash<AccountId, AccountState> m_states;
    bool m_online = true;
    QList<QueuedAction> m_actions; ///< In the order of the rows.
    std::optional<MailError> m_problem; ///< What the last button came to.
    bool m_reading = false;
    bool m_readAgain = false;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    QTreeWidget *m_list;
    QLabel *m_details;
    QPushButton *m_retry;
    QPushButton *m_cancel;
    QPushButton *m_close;
};

} // namespace postaci
