// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sync/connectionreport.h"

#include <QDialog>
#include <QTimer>

#include <optional>

class QGridLayout;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace postaci {

class EmptyState;
class MailEngine;

/// An account's connection, for the user to look at: what the server can do, how well it works, what was said lately.
/// Kept up to date while it is open. Open it with open(); it deletes itself.
class ConnectionDialog : public QDialog {
    Q_OBJECT

public:
    ConnectionDialog(MailEngine &engine, AccountId account, const QString &accountName, QWidget *parent = nullptr);

    /// What is shown; the engine is asked for it by itself.
    void setReport(const ConnectionReport &report);

protected:
    void changeEvent(QEvent *event) override;

private:
    void ask();
    void copy();
    void showReport();
    void retranslate();

    MailEngine &m_engine;
    const AccountId m_account;
    const QString m_name;
    std::optional<ConnectionReport> m_report;
    QTimer m_asking;
    bool m_isAsked = false;
    QStackedWidget *m_pages;
    EmptyState *m_nothing;
    QWidget *m_facts;
    QGridLayout *m_rows;
    QLabel *m_spaceLabel;
    QProgressBar *m_spaceBar;
    QLabel *m_space;
    QLabel *m_abilitiesHead;
    QLabel *m_abilities;
    QLabel *m_logHead;
    QPlainTextEdit *m_log;
    QPushButton *m_copy;
    QPushButton *m_close;
};

} // namespace postaci
