// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/address.h"

#include <QWidget>

class QLineEdit;

namespace postaci {

class ProblemLabel;

/// A line for addresses, with the reason beneath it when one of them cannot be used.
class RecipientField : public QWidget {
    Q_OBJECT

public:
    explicit RecipientField(QWidget *parent = nullptr);

    AddressList addresses() const;
    void setAddresses(const AddressList &addresses);
    /// The entry, for labels, focus and tab order.
    QLineEdit *edit() const { return m_edit; }

    void showProblem(const QString &text);

Q_SIGNALS:
    void changed();

private:
    QLineEdit *m_edit;
    ProblemLabel *m_problem;
};

} // namespace postaci
