// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/discoveryresult.h"
#include "ui/wizard/wizardpage.h"

#include <QList>
#include <QTimer>

class QGridLayout;
class QProgressBar;

namespace postaci {

/// While the servers are being looked for. After a moment it says what is being asked of whom.
class LookingPage : public WizardPage {
    Q_OBJECT

public:
    explicit LookingPage(QWidget *parent = nullptr);

    void start(const QString &domain);
    void advance(const DiscoveryStep &step);

protected:
    void retranslate() override;

private:
    struct Row {
        DiscoveryStep step;
        QLabel *icon;
        QLabel *text;
    };

    void show(Row &row);

    QString m_domain;
    QList<Row> m_rows;
    QTimer m_patience; ///< Whoever waits no longer than this needs no details.
    QProgressBar *m_busy;
    QWidget *m_details;
    QGridLayout *m_grid;
};

} // namespace postaci
