// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"

#include <QWidget>

class QCheckBox;
class QSpinBox;

namespace postaci {

/// How an account deals with its POP3 maildrop: what becomes of the copies there, and how much of large messages comes.
class MaildropBox : public QWidget {
    Q_OBJECT

public:
    explicit MaildropBox(QWidget *parent = nullptr);

    struct Options {
        ServerCopies copies;
        qint64 wholeUpTo = 0; ///< See Account.

        friend bool operator==(const Options &, const Options &) = default;
    };
    /// Without edited().
    void setOptions(const Options &options);
    Options options() const;

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
    QCheckBox *m_headersOnly;
    QSpinBox *m_megabytes;
};

} // namespace postaci
