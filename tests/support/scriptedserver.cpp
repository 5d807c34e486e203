// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scriptedserver.h"

#include "tests/support/await.h"
#include "tests/support/scriptedconnection.h"

#include <QAbstractEventDispatcher>
#include <QSemaphore>
#include <QTcpServer>
#include <QTest>
#include <QThread>

#include <utility>

namespace postaci {

Script &Script::add(QByteArray label, std::function<void(ScriptedConnection &)> play)
{
    m_steps.push_back({.label = std::move(label), .play = std::move(play)});
    return *this;
}

Script &Script::send(const QByteArray &text)
{
    return add("send " + text, [text](ScriptedConnection &c) { c.send(c.fillIn(text)); });
}

Script &Script::sendRaw(const QByteArray &bytes)
{
    return add("send " + bytes, [bytes](ScriptedConnection &c) { c.send(bytes); });
}

Script &Script::expect(const QByteArray &pattern)
{
    return add("expect " + pattern, [pattern](ScriptedConnection &c) { c.matchLine(pattern); });
}

Script &Script::expectBytes(const QByteArray &bytes)
{
    return add("expect " + bytes, [bytes](ScriptedConnection &c) {
        const QByteArray found = c.take(bytes.size());
        if (found != bytes)
            throw ScriptedConnection::Failure{"received " + found};
    });
}

Script &Script::receiveUntil(const QByteArray &end, const QByteArray &name)
{
    return add("receive until " + end, [end, name](ScriptedConnection &c) { c.remember(name, c.takeUntil(end)); });
}

Script &Script::receive(qsizetype size, const QByteArray &name)
{
    return add("receive " + QByteArray::number(size) + " bytes",
        [size, name](ScriptedConnection &c) { c.remember(name, c.take(size)); });
}

Script &Script::startTls(TestCertificate certificate)
{
    return add("TLS handshake", [certificate](ScriptedConnection &c) { c.startTls(certificate); });
}

Script &Script::expectTlsRefusal(TestCertificate certificate)
{
    return add("TLS refusal", [certificate](ScriptedConnection &c) { c.expectTlsRefusal(certificate); });
}

Script &Script::chunked(qsizetype size, Pace pace)
{
    return add("chunked", [size, pace](ScriptedConnection &c) {
        c.m_segment = size;
        c.m_pace = pace;
    });
}

Script &Script::pause(const QByteArray &name)
{
    return add("pause " + name, [name](ScriptedConnection &c) { c.pause(name); });
}

Script &Script::stall()
{
    return add("stall", [](ScriptedConnection &c) { c.stall(false); });
}

Script &Script::expectClose()
{
    return add("the client closes", [](ScriptedConnection &c) { c.stall(true); });
}

Script &Script::close()
{
    return add("close", [](ScriptedConnection &c) { c.close(); });
}

Script &Script::cut()
{
    return add("cut", [](ScriptedConnection &c) { c.cut(); });
}

Script &Script::reset()
{
    return add("reset", [](ScriptedConnection &c) { c.reset(); });
}

Script &Script::cutAfter(qsizetype count)
{
    return add(
        "cut after " + QByteArray::number(count) + " bytes", [count](ScriptedConnection &c) { c.m_cutAfter = count; });
}

Script &Script::then(const Script &other)
{
    const std::vector<Step> steps = other.m_steps; // a script may be added to itself
    m_steps.insert(m_steps.end(), steps.begin(), steps.end());
    return *this;
}

namespace {

/// Hands out descriptors instead of sockets, since a socket belongs to the thread that made it.
class Listener : public QTcpServer {
public:
    std::function<void(qintptr)> onConnection;

protected:
    void incomingConnection(qintptr descriptor) override { onConnection(descriptor); }
};

} // namespace

void ScriptedServerState::changed() const
{
    if (auto *dispatcher = QAbstractEventDispatcher::instance(testThread))
        dispatcher->wakeUp();
}

struct ScriptedServer::Private {
    ScriptedServerState state;
    QSemaphore listening;
    quint16 port = 0;
    qintptr listenerDescriptor = -1;
    std::vector<std::unique_ptr<QThread>> connections; ///< Touched by the listener's thread only, until it has ended.
    std::unique_ptr<QThread> listener;
    bool asked = false;

    void listen()
    {
        Listener server;
        server.onConnection = [this](qintptr descriptor) { accept(descriptor); };
        if (!server.listen(QHostAddress::LocalHost))
            qFatal("ScriptedServer: %s", qPrintable(server.errorString()));
        port = server.serverPort();
        listenerDescriptor = server.socketDescriptor();
        listening.release();
        while (!state.stopping)
            server.waitForNewConnection(20);
    }

    void accept(qintptr descriptor)
    {
        const QMutexLocker lock(&state.mutex);
        const int index = int(state.connections.size());
        state.connections.append(ScriptedServerState::Connection());
        if (index >= state.scripts.size() && state.failure.isEmpty())
            state.failure = "connection " + QByteArray::number(index + 1) + " came, but there are only "
                + QByteArray::number(state.scripts.size()) + " scripts";
        state.changed();
        connections.emplace_back(QThread::create([this, index, descriptor] {
            ScriptedConnection connection(state, index);
            connection.run(descriptor);
        }));
        connections.back()->start();
    }

    bool allFinished() const
    {
        const QMutexLocker lock(&state.mutex);
        if (state.connections.size() < state.scripts.size())
            return false;
        return std::all_of(state.connections.begin(), state.connections.end(),
            [](const auto &connection) { return connection.finished; });
    }

    bool hasFailed() const
    {
        const QMutexLocker lock(&state.mutex);
        return !state.failure.isEmpty();
    }
};

ScriptedServer::ScriptedServer(QList<Script> scripts, std::chrono::milliseconds patience)
    : d(std::make_unique<Private>())
{
    d->state.scripts = std::move(scripts);
    d->state.patience = patience;
    d->listener.reset(QThread::create([this] { d->listen(); }));
    d->listener->start();
    d->listening.acquire();
}

ScriptedServer::~ScriptedServer()
{
    if (!d->asked && !QTest::currentTestFailed() && !finished())
        QTest::qFail(failure().constData(), __FILE__, __LINE__);
    d->state.stopping = true;
    d->state.resumed.wakeAll();
    endWaits(d->listenerDescriptor); // where the system knows no better, it looks every 20 ms
    d->listener->wait();
    for (const auto &thread : d->connections)
        thread->wait();
}

quint16 ScriptedServer::port() const
{
    return d->port;
}

bool ScriptedServer::finished()
{
    d->asked = true;
    return waitUntil([this] { return d->hasFailed() || d->allFinished(); }, d->state.patience) && !d->hasFailed();
}

QByteArray ScriptedServer::failure() const
{
    const QMutexLocker lock(&d->state.mutex);
    if (!d->state.failure.isEmpty())
        return d->state.failure;
    QByteArray text;
    for (int i = 0; i < d->state.scripts.size(); ++i) {
        const bool came = i < d->state.connections.size();
        if (came && d->state.connections[i].finished)
            continue;
        text += "connection " + QByteArray::number(i + 1)
            + (came ? " is still at step " + QByteArray::number(d->state.connections[i].step + 1) : " never came")
            + "; ";
    }
    return text;
}

void ScriptedServer::resume(const QByteArray &name)
{
    const QMutexLocker lock(&d->state.mutex);
    d->state.resumedNames.insert(name);
    d->state.resumed.wakeAll();
}

bool ScriptedServer::isPausedAt(const QByteArray &name) const
{
    const QMutexLocker lock(&d->state.mutex);
    return std::any_of(d->state.connections.begin(), d->state.connections.end(),
        [&](const auto &connection) { return connection.pausedAt == name; });
}

bool ScriptedServer::reaches(const QByteArray &name) const
{
    return waitUntil([&] { return d->hasFailed() || isPausedAt(name); }, d->state.patience) && isPausedAt(name);
}

int ScriptedServer::connectionCount() const
{
    const QMutexLocker lock(&d->state.mutex);
    return int(d->state.connections.size());
}

QList<ScriptedServer::Received> ScriptedServer::received() const
{
    const QMutexLocker lock(&d->state.mutex);
    return d->state.received;
}

QByteArray ScriptedServer::receivedInClear() const
{
    QByteArray all;
    for (const Received &part : received())
        if (!part.encrypted)
            all += part.bytes;
    return all;
}

QByteArray ScriptedServer::receivedEncrypted() const
{
    QByteArray all;
    for (const Received &part : received())
        if (part.encrypted)
            all += part.bytes;
    return all;
}

QByteArray ScriptedServer::captured(const QByteArray &name, int connection) const
{
    const QMutexLocker lock(&d->state.mutex);
    return connection < d->state.connections.size() ? d->state.connections[connection].captured.value(name)
                                                    : QByteArray();
}

quint16 ScriptedServer::closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

} // namespace postaci
