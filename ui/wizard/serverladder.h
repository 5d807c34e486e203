// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/setupreport.h"

#include <QList>
#include <QWidget>

class QGridLayout;
class QLabel;

namespace postaci {

/// How far the check of one server has come: its ladder, rung by rung, each with its time and what was found there.
class ServerLadder : public QWidget {
    Q_OBJECT

public:
    explicit ServerLadder(bool outgoing, QWidget *parent = nullptr);

    void start(const ServerSettings &server);
    /// Not tested: the account is for receiving only.
    void leaveOut();
    void advance(const CheckStep &step);
    /// Nothing runs any more.
    void stop();

protected:
    void changeEvent(QEvent *event) override;

private:
    enum class State { Waiting, Running, Passed, Failed };
    struct Rung {
        Step step = Step::None;
        State state = State::Waiting;
        qint64 milliseconds = 0;
        QString detail;
        QLabel *icon = nullptr;
        QLabel *name = nullptr;
        QLabel *time = nullptr;
        QLabel *what = nullptr;
    };

    void build(const QList<Step> &steps);
    void show(Rung &rung);
    void retranslate();

    bool m_outgoing;
    bool m_leftOut = false;
    Protocol m_protocol = Protocol::Imap;
    QString m_endpoint;
    QList<Rung> m_rungs;
    QLabel *m_title;
    QLabel *m_server;
    QGridLayout *m_grid;
};

} // namespace postaci
