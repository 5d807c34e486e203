// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/discoveryresult.h"

#include <QFrame>

#include <array>

class QLabel;

namespace postaci {

/// The servers that were found, to be looked at: full host names with the part that somebody registered in bold, the
/// user name, and where all that comes from.
class ServerCard : public QFrame {
    Q_OBJECT

public:
    explicit ServerCard(QWidget *parent = nullptr);

    void show(const ServerSettings &incoming, const ServerSettings &outgoing, SettingsSource source);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    enum Row { Incoming, Outgoing, User, Source, RowCount };

    void retranslate();

    ServerSettings m_incoming;
    ServerSettings m_outgoing;
    SettingsSource m_source = SettingsSource::Guess;
    std::array<QLabel *, RowCount> m_labels{};
    std::array<QLabel *, RowCount> m_values{};
};

} // namespace postaci
