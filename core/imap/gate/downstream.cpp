// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/downstream.h"

#include "core/imap/gate/rewrite.h"

#include <QCoro/QCoroSignal>

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QRandomGenerator>
#include <QTcpSocket>

#include <array>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

QString randomToken()
{
    std::array<quint32, 8> bits;
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(bits.data()), sizeof(bits)).toHex());
}

/// Takes as long for a wrong first byte as for a wrong last one.
bool isEqual(const QByteArray &a, const QByteArray &b)
{
    int difference = a.size() != b.size();
    for (qsizetype i = 0; i < qMin(a.size(), b.size()); ++i)
        difference |= a.at(i) ^ b.at(i);
    return difference == 0;
}

} // namespace

Downstream::Downstream(QObject *parent)
    : QObject(parent)
{
    m_server.setProxy(QNetworkProxy::NoProxy);
    connect(&m_server, &QTcpServer::newConnection, this, &Downstream::onConnection);
}

Downstream::~Downstream() = default;

QString Downstream::userName()
{
    return u"postaci"_s;
}

Result<quint16> Downstream::listen()
{
    close();
    delete m_socket;
    m_socket = nullptr;
    m_closed = false;
    m_token = randomToken();
    if (!m_server.listen(QHostAddress::LocalHost))
        return failure({.kind = ErrorKind::Offline, .step = Step::Connect});
    return m_server.serverPort();
}

/// The listener stays until the token was seen: whoever came first could otherwise take our port and be shown it.
void Downstream::onConnection()
{
    if (m_socket) {
        close();
        return;
    }
    m_socket = m_server.nextPendingConnection();
    m_socket->setParent(this);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &Downstream::moved);
    connect(m_socket, &QTcpSocket::disconnected, this, &Downstream::close);
    Q_EMIT moved();
}

QCoro::Task<Result<void>> Downstream::admit(std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    while (!m_socket && !m_closed && !deadline.hasExpired())
        co_await qCoro(this, &Downstream::moved, std::chrono::milliseconds(deadline.remainingTime()));
    write("* OK ready\r\n");

    const auto line = co_await readLine(std::chrono::milliseconds(deadline.remainingTime()));
    if (!line)
        co_return failure(line.error());
    const auto command = CommandLine::read(*line);
    const QByteArray expected = quoted(userName().toLatin1()) + ' ' + quoted(m_token.toLatin1());
    if (!command || command->verb != "LOGIN" || !isEqual(command->arguments, expected)) {
        close();
        co_return failure({.kind = ErrorKind::Protocol});
    }
    m_token.clear();
    m_server.close();
    write(command->tag + " OK .\r\n");
    co_return Result<void>();
}

QCoro::Task<Result<QByteArray>> Downstream::readLine(std::chrono::milliseconds patience)
{
    const QDeadlineTimer deadline(patience);
    while (true) {
        if (auto line = takeLine())
            co_return std::move(*line);
        if (m_closed)
            co_return failure({.kind = ErrorKind::Protocol});
        if (deadline.hasExpired()) {
            close();
            co_return failure({.kind = ErrorKind::Timeout});
        }
        co_await qCoro(this, &Downstream::moved, std::chrono::milliseconds(deadline.remainingTime()));
    }
}

std::optional<QByteArray> Downstream::takeLine()
{
    if (m_closed || !m_socket || !m_socket->canReadLine())
        return std::nullopt;
    QByteArray line = m_socket->readLine();
    line.chop(line.endsWith("\r\n") ? 2 : 1);
    return line;
}

void Downstream::write(const QByteArray &bytes)
{
    if (m_socket && !m_closed)
        m_socket->write(bytes);
}

void Downstream::close()
{
    if (m_closed)
        return;
    m_closed = true;
    m_server.close();
    if (m_socket)
        m_socket->abort();
    Q_EMIT moved();
}

} // namespace postaci
