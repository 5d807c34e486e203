// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/bench/accountbench.h"
#include "ui/messagelist/messagelistmodel.h"
#include "ui/messagelist/messagelistview.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QEventLoop>
#include <QObject>
#include <QTimer>

#include <ctime>
#include <functional>
#include <utility>

/// What benchmarks of the window need: when the list has painted, and how long the ui thread was ever busy.
namespace postaci::bench {

/// Of this thread; 0 where the system does not say.
inline double threadMilliseconds()
{
#ifdef CLOCK_THREAD_CPUTIME_ID
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
#else
    return 0;
#endif
}

/// Sees when the list has painted what is asked for, and how long the ui thread was ever busy.
class Probe : public QObject {
public:
    Probe(MessageListView &view, MessageListModel &model)
        : m_view(view)
        , m_model(model)
    {
        view.viewport()->installEventFilter(this);
        m_beat.setTimerType(Qt::PreciseTimer);
        m_beat.setInterval(1);
        connect(&m_beat, &QTimer::timeout, this, [this] {
            longestBlock = qMax(longestBlock, double(m_sinceBeat.nsecsElapsed()) / 1e6);
            m_sinceBeat.restart();
            const double work = threadMilliseconds();
            longestWork = qMax(longestWork, work - std::exchange(m_workAtBeat, work));
        });
    }

    void startBeat()
    {
        longestBlock = 0;
        longestWork = 0;
        m_workAtBeat = threadMilliseconds();
        m_sinceBeat.start();
        m_beat.start();
    }

    /// Does something and waits until `painted` rows show it. Milliseconds; fails the program after a minute.
    double measure(const std::function<void()> &act, const std::function<bool()> &there)
    {
        m_there = there;
        m_waiting = true;
        m_since.start();
        act();
        m_view.viewport()->update();
        QTimer limit;
        limit.setSingleShot(true);
        connect(&limit, &QTimer::timeout, this, [] { qFatal("not painted within a minute"); });
        limit.start(60'000);
        m_loop.exec();
        return m_milliseconds;
    }

    bool rowsAreHere() const
    {
        const int first = m_view.rowAt(0);
        const int last = m_view.rowAt(m_view.viewport()->height() - 1);
        for (int row = qMax(0, first); row <= (last < 0 ? m_model.rowCount() - 1 : last); ++row) {
            if (!m_model.headerAt(row))
                return false;
        }
        return m_model.rowCount() > 0;
    }

    double longestBlock = 0;
    double longestWork = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_waiting && rowsAreHere() && m_there()) {
            m_waiting = false;
            // Queued, so that it runs once this paint is done.
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_milliseconds = double(m_since.nsecsElapsed()) / 1e6;
                    m_loop.quit();
                },
                Qt::QueuedConnection);
        }
        return false;
    }

private:
    MessageListView &m_view;
    MessageListModel &m_model;
    QTimer m_beat;
    QElapsedTimer m_sinceBeat;
    double m_workAtBeat = 0;
    QElapsedTimer m_since;
    QEventLoop m_loop;
    std::function<bool()> m_there;
    bool m_waiting = false;
    double m_milliseconds = 0;
};

/// Runs the event loop until something is true.
inline void until(const std::function<bool()> &condition)
{
    QEventLoop loop;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (condition())
            loop.quit();
    });
    poll.start(1);
    loop.exec();
}

} // namespace postaci::bench
