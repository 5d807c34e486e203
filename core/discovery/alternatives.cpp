// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/alternatives.h"

#include "core/discovery/providerdirectory.h"

namespace postaci {

namespace {

ServerSettings with(ServerSettings server, Encryption encryption, quint16 port)
{
    server.encryption = encryption;
    server.port = port;
    return server;
}

} // namespace

std::optional<ServerSettings> otherPort(const ServerSettings &server)
{
    if (server.encryption == Encryption::None || server.port != usualPort(server.protocol, server.encryption))
        return std::nullopt;
    const Encryption other
        = server.encryption == Encryption::ImplicitTls ? Encryption::StartTls : Encryption::ImplicitTls;
    return with(server, other, usualPort(server.protocol, other));
}

QList<ServerSettings> otherEncryptions(const ServerSettings &server)
{
    QList<ServerSettings> others;
    for (const ServerSettings &other :
        {with(server, Encryption::ImplicitTls, usualPort(server.protocol, Encryption::ImplicitTls)),
            with(server, Encryption::ImplicitTls, server.port), with(server, Encryption::StartTls, server.port),
            with(server, Encryption::StartTls, usualPort(server.protocol, Encryption::StartTls))}) {
        if (other != server && !others.contains(other))
            others.append(other);
    }
    return others;
}

QString otherUserName(const QString &userName, const QString &address)
{
    const QString local = localPartOf(address);
    if (local.isEmpty() || local == address)
        return {};
    if (userName == address)
        return local;
    return userName == local ? address : QString();
}

} // namespace postaci
