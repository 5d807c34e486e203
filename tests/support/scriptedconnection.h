// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/scriptedserver.h"

#include <QMutex>
#include <QSslSocket>
#include <QThread>
#include <QWaitCondition>

#include <atomic>
#include <optional>

namespace postaci {

/// What the threads of a ScriptedServer share with the test.
struct ScriptedServerState {
    struct Connection {
        bool finished = false;
        int step = 0; ///< Index of the one that is being played.
        QByteArray pausedAt;
        QHash<QByteArray, QByteArray> captured;
    };

    mutable QMutex mutex;
    QWaitCondition resumed;
    QList<Script> scripts;
    QList<Connection> connections;
    QList<ScriptedServer::Received> received;
    QSet<QByteArray> resumedNames;
    QByteArray failure; ///< The first one.
    std::chrono::milliseconds patience{};
    std::atomic_bool stopping = false;
    QThread *const testThread = QThread::currentThread();

    /// Wakes the test's event loop, so that it looks again. Any thread.
    void changed() const;
};

/// Ends what another thread is waiting for on this socket, for good.
void endWaits(qintptr descriptor);

/// One connection that plays its script, with blocking calls, on a thread of its own.
class ScriptedConnection {
public:
    ScriptedConnection(ScriptedServerState &state, int index);

    /// Plays everything, then stays until the client or the server goes.
    void run(qintptr descriptor);

private:
    friend class Script;

    /// Ends the script. Thrown only from within a step and caught in run().
    struct Failure {
        QByteArray text;
    };

    void send(const QByteArray &bytes);
    void sendSegment(const QByteArray &bytes);
    QByteArray fillIn(const QByteArray &text) const;
    void remember(const QByteArray &name, const QByteArray &value);

    enum class Arrival { Bytes, Closed, Silence };
    Arrival waitForBytes();
    /// Waits for more bytes and fails when none come; false when the client has closed.
    bool receiveMore();
    QByteArray takeLine();
    QByteArray take(qsizetype size);
    QByteArray takeUntil(const QByteArray &end);
    void matchLine(const QByteArray &pattern);

    void startTls(TestCertificate certificate);
    void expectTlsRefusal(TestCertificate certificate);
    void pause(const QByteArray &name);
    void stall(bool judge);
    void close();
    void cut();
    void reset();
    void flush();

    ScriptedServerState &m_state;
    const int m_index;
    QSslSocket m_socket;
    QByteArray m_pending; ///< Received, not yet taken by a step.
    QHash<QByteArray, QByteArray> m_captured;
    qsizetype m_segment = 0; ///< 0: whole
    Script::Pace m_pace = Script::Pace::OneByOne;
    std::optional<qsizetype> m_cutAfter;
    bool m_ended = false; ///< Before the last step, as planned.
};

} // namespace postaci
