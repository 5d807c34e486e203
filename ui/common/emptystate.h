// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace postaci {

/// What stands where there is nothing to show: a large icon, what is missing, and what to do about it.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);

    /// An empty `button` shows none.
    void setContent(
        const QString &icon, const QString &headline, const QString &sentence = {}, const QString &button = {});

Q_SIGNALS:
    void clicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateIcon();

    QString m_iconName;
    QLabel *m_icon;
    QLabel *m_headline;
    QLabel *m_sentence;
    QPushButton *m_button;
};

} // namespace postaci
