// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/outboxitem.h"

#include <QList>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeWidget;

namespace postaci {

class EmptyState;
class MailEngine;
class Store;

/// The mails on their way out: what each is waiting for, why it did not go, and what can be done about it.
class OutboxPane : public QWidget {
    Q_OBJECT

public:
    OutboxPane(Store &store, MailEngine &engine, QWidget *parent = nullptr);

Q_SIGNALS:
    void failed(const postaci::MailError &error);

protected:
    void changeEvent(QEvent *event) override;

private:
    void reload();
    void show(const QList<OutboxItem> &items);
    void updateDetails();
    const OutboxItem *current() const;
    void retranslate();

    Store &m_store;
    MailEngine &m_engine;
    QList<OutboxItem> m_items;
    QStackedWidget *m_pages;
    EmptyState *m_empty;
    QTreeWidget *m_list;
    QLabel *m_details;
    QPushButton *m_retry;
    QPushButton *m_remove;
};

/// What became of a mail, in one sentence.
QString outboxStateText(const OutboxItem &item);

} // namespace postaci
