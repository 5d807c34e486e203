// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/connectionrace.h"

#include <QCoro/QCoroSignal>

#include <algorithm>

namespace postaci {

QList<QHostAddress> raceOrder(const QList<QHostAddress> &addresses)
{
    if (addresses.isEmpty())
        return {};
    const auto family = addresses.constFirst().protocol();
    QList<QHostAddress> first;
    QList<QHostAddress> second;
    for (const QHostAddress &address : addresses)
        (address.protocol() == family ? first : second).append(address);
    QList<QHostAddress> order;
    for (qsizetype i = 0; i < qMax(first.size(), second.size()); ++i) {
        if (i < first.size())
            order.append(first.at(i));
        if (i < second.size())
            order.append(second.at(i));
    }
    return order;
}

ConnectionRace::ConnectionRace(std::function<Socket()> make, QObject *parent)
    : QObject(parent)
    , m_make(std::move(make))
{
}

ConnectionRace::~ConnectionRace() = default;

QCoro::Task<Result<ConnectionRace::Socket>> ConnectionRace::run(
    QList<QHostAddress> addresses, quint16 port, QDeadlineTimer deadline)
{
    const QList<QHostAddress> order = raceOrder(addresses);
    qsizetype next = 0;
    QDeadlineTimer nextStart(0);
    while (true) {
        if (m_cancelled)
            co_return failure({.kind = ErrorKind::Cancelled, .step = Step::Connect});
        if (Socket winner = takeWinner()) {
            m_attempts.clear();
            co_return winner;
        }
        const bool failed = allFailed();
        if (next < order.size() && (failed || nextStart.hasExpired())) {
            start(order.at(next++), port);
            nextStart.setRemainingTime(stagger);
            continue;
        }
        if (failed || deadline.hasExpired()) {
            const ErrorKind kind = failed ? worstNews() : ErrorKind::Timeout;
            m_attempts.clear();
            co_return failure({.kind = kind, .step = Step::Connect});
        }
        const QDeadlineTimer wait = next < order.size() ? qMin(nextStart, deadline) : deadline;
        co_await qCoro(this, &ConnectionRace::moved, std::chrono::milliseconds(qMax(qint64(1), wait.remainingTime())));
    }
}

void ConnectionRace::cancel()
{
    m_cancelled = true;
    Q_EMIT moved();
}

void ConnectionRace::start(const QHostAddress &address, quint16 port)
{
    Socket socket = m_make();
    connect(socket.get(), &QSslSocket::connected, this, &ConnectionRace::moved);
    connect(socket.get(), &QSslSocket::errorOccurred, this, &ConnectionRace::moved);
    socket->connectToHost(address, port);
    m_attempts.push_back(std::move(socket));
}

ConnectionRace::Socket ConnectionRace::takeWinner()
{
    for (Socket &socket : m_attempts) {
        if (socket->state() == QAbstractSocket::ConnectedState) {
            socket->disconnect(this);
            return std::move(socket);
        }
    }
    return {};
}

bool ConnectionRace::allFailed() const
{
    return std::all_of(m_attempts.begin(), m_attempts.end(),
        [](const Socket &socket) { return socket->state() == QAbstractSocket::UnconnectedState; });
}

ErrorKind ConnectionRace::worstNews() const
{
    const auto has = [this](QAbstractSocket::SocketError error) {
        return std::any_of(
            m_attempts.begin(), m_attempts.end(), [error](const Socket &socket) { return socket->error() == error; });
    };
    if (has(QAbstractSocket::ConnectionRefusedError))
        return ErrorKind::ConnectionRefused;
    if (has(QAbstractSocket::SocketTimeoutError))
        return ErrorKind::Timeout;
    return has(QAbstractSocket::NetworkError) ? ErrorKind::Offline : ErrorKind::ConnectionLost;
}

} // namespace postaci
