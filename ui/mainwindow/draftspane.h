// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/store/drafttable.h"

#include <QList>
#include <QWidget>

class QPushButton;
class QStackedWidget;
class QTreeWidget;

namespace postaci {

class EmptyState;
class MailEngine;
class Store;

/// The drafts kept on this computer; opening one goes on writing it.
class DraftsPane : public QWidget {
    Q_OBJECT

public:
    DraftsPane(Store &store, MailEngine &engine, QWidget *parent = nullptr);

Q_SIGNALS:
    void opened(postaci::DraftId draft);
    void failed(const postaci::MailError &error);

protected:
    void changeEvent(QEvent *event) override;

private:
    void reload();
    void show(const QList<DraftTable::Summary> &drafts);
    DraftId current() const;
    void retranslate();

    Store &m_store;
    MailEngine &m_engine;
    QList<DraftTable::Summary> m_drafts;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    QTreeWidget *m_list;
    QPushButton *m_open;
    QPushButton *m_delete;
};

} // namespace postaci
