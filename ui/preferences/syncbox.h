// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QSpinBox;

namespace postaci {

/// When an account looks for new mail, and of which messages it keeps the whole for reading offline.
class SyncBox : public QWidget {
    Q_OBJECT

public:
    explicit SyncBox(QWidget *parent = nullptr);

    struct Options {
        int pollMinutes = Account::pollAutomatically; ///< These three: see Account.
        WholeMessages whole = WholeMessages::Recent;
        int wholeDays = 90;

        friend bool operator==(const Options &, const Options &) = default;
    };
    /// Without edited(). `hasFolders`: the server has more than a maildrop, so that there is a choice of what to keep.
    void setOptions(const Options &options, bool hasFolders);
    Options options() const;

Q_SIGNALS:
    void edited();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showFields();
    void retranslate();

    QLabel *m_pollLabel;
    QComboBox *m_poll;
    QSpinBox *m_minutes;
    QLabel *m_wholeLabel;
    QComboBox *m_whole;
    QSpinBox *m_days;
    bool m_hasFolders = true;
};

} // namespace postaci
