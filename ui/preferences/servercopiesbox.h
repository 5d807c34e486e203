// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"

#include <QWidget>

class QCheckBox;
class QSpinBox;

namespace postaci {

/// What becomes of the copies that a POP3 server keeps of mail that is here.
class ServerCopiesBox : public QWidget {
    Q_OBJECT

public:
    explicit ServerCopiesBox(QWidget *parent = nullptr);

    /// Without edited().
    void setCopies(const ServerCopies &copies);
    ServerCopies copies() const;

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showDays();
    void retranslate();

    QCheckBox *m_delete;
    QSpinBox *m_days;
    QCheckBox *m_withOurs;
};

} // namespace postaci
