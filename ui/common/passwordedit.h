// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLineEdit>

class QAction;

namespace postaci {

/// A line for a password, with a button that shows it.
class PasswordEdit : public QLineEdit {
    Q_OBJECT

public:
    explicit PasswordEdit(QWidget *parent = nullptr);

    /// For the tab order.
    QWidget *showButton() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void update();

    QAction *m_show;
};

} // namespace postaci
