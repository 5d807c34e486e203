// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/probeconnection.h"

#include "core/discovery/probeconversation.h"

#include <QTimer>

namespace postaci {

namespace {

/// RFC 5321 4.1.3 without telling this computer's name or its address behind a router.
const QByteArray ehloName = QByteArrayLiteral("[127.0.0.1]");

} // namespace

ProbeConnection::ProbeConnection(const TlsPolicy &policy, QObject *parent)
    : QObject(parent)
    , m_channel(policy)
{
}

ProbeConnection::~ProbeConnection() = default;

QCoro::Task<Result<void>> ProbeConnection::run(ServerSettings server, std::chrono::milliseconds limit)
{
    const QString endpoint = server.endpoint();
    QTimer limitTimer;
    limitTimer.setSingleShot(true);
    connect(&limitTimer, &QTimer::timeout, &m_channel, &LineChannel::close);
    limitTimer.start(limit);
    m_channel.setReadTimeout(limit);
    auto result = co_await talk(server);
    m_channel.close();
    if (!result) {
        result.error().endpoint = endpoint;
        // Closed by the timer.
        if (result.error().kind == ErrorKind::Cancelled && !m_cancelled)
            result.error().kind = ErrorKind::Timeout;
    }
    co_return result;
}

void ProbeConnection::cancel()
{
    m_cancelled = true;
    m_channel.close();
}

QCoro::Task<Result<void>> ProbeConnection::talk(ServerSettings server)
{
    using Move = ProbeConversation::Move;
    if (const auto opened = co_await m_channel.open(server); !opened)
        co_return failure(opened.error());
    ProbeConversation conversation(server.protocol, server.encryption, ehloName);
    while (true) {
        const auto line = co_await m_channel.readLine(ProbeConversation::lineLimit);
        if (!line)
            co_return failure(line.error());
        Move move = conversation.addLine(*line);
        if (move.kind == Move::Kind::StartTls) {
            if (const auto encrypted = co_await m_channel.startTls(); !encrypted)
                co_return failure(encrypted.error());
            move = conversation.encrypted();
        }
        if (move.kind == Move::Kind::Failed)
            co_return failure({.kind = move.error, .step = move.step});
        m_channel.write(move.bytes);
        if (move.kind == Move::Kind::Done) {
            (void)co_await m_channel.flush(); // A goodbye that does not arrive is no failure.
            co_return Result<void>();
        }
    }
}

} // namespace postaci
