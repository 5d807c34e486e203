// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sync/accountstate.h"
#include "core/sync/workqueue.h"

#include <QDeadlineTimer>
#include <QHash>
#include <QStatusBar>

#include <functional>

class QLabel;
class QProgressBar;
class QToolButton;

namespace postaci {

/// What the accounts are doing, with progress and a way to stop it; link targets and short notices pass over it.
class StatusLine : public QStatusBar {
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void setState(const AccountState &state, const QString &accountName);
    void forget(AccountId account);
    void setOnline(bool online); ///< The user's switch.

    /// For some seconds, over what the accounts do. Called again when the language changes meanwhile.
    void showNotice(std::function<QString()> text);

    QString activityText() const;

    /// What servers have not been told, or have refused: a button leads to it.
    void setQueue(const QueueSummary &queue);

Q_SIGNALS:
    void cancelled(postaci::AccountId account);
    void queueWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Entry {
        AccountState state;
        QString name;
    };

    const Entry *mostImportant() const;
    void updateQueue(bool offline);
    void retranslate();

    QHash<AccountId, Entry> m_entries;
    std::function<QString()> m_notice; ///< While it is shown.
    QDeadlineTimer m_noticeEnd;
    bool m_online = true;
    QLabel *m_icon;
    QLabel *m_text;
    QProgressBar *m_progress;
    QToolButton *m_cancel;
    QToolButton *m_queueButton;
    QueueSummary m_queue;
};

} // namespace postaci
