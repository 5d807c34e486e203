// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/hostdoctor.h"

#include "core/discovery/certificatenames.h"
#include "core/discovery/domainname.h"
#include "core/discovery/probeconnection.h"

#include <QDeadlineTimer>

#include <algorithm>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace postaci {

namespace {

constexpr auto lookupLimit = 2s;
constexpr auto connectionLimit = 5s;

bool isAnyPrivate(const QList<QHostAddress> &addresses)
{
    return std::any_of(addresses.begin(), addresses.end(), isPrivateAddress);
}

} // namespace

HostDoctor::HostDoctor(TlsPolicy policy, QObject *parent)
    : QObject(parent)
    , m_policy(std::move(policy))
{
}

HostDoctor::~HostDoctor() = default;

QCoro::Task<std::optional<QString>> HostDoctor::findHost(ServerSettings server, QByteArray certificate, int connections)
{
    const QDeadlineTimer deadline(timeLimit);
    m_connections = 0;
    const QList<Proposal> hosts = co_await proposals(server.host, certificate);
    for (const Proposal &proposal : hosts) {
        const auto left = std::chrono::milliseconds(deadline.remainingTime());
        if (m_cancelled || m_connections >= connections || left <= 0ms)
            break;
        server.host = proposal.host;
        ++m_connections;
        ProbeConnection connection(m_policy);
        m_current = &connection;
        const auto works = co_await connection.run(server, std::min<std::chrono::milliseconds>(connectionLimit, left));
        m_current = nullptr;
        if (works && !m_cancelled)
            co_return server.host;
    }
    co_return std::nullopt;
}

/// What is worth a connection, best first.
QCoro::Task<QList<HostDoctor::Proposal>> HostDoctor::proposals(QString host, QByteArray certificate)
{
    const QStringList stated = certificateNames(certificate);
    const QStringList names = hostsToTry(stated, host);
    if (names.isEmpty())
        co_return QList<Proposal>();

    std::vector<QCoro::Task<NameLookup::Addresses>> lookups;
    lookups.reserve(size_t(names.size()));
    for (const QString &name : names)
        lookups.push_back(m_names.addresses(name, lookupLimit));
    const QList<QHostAddress> own = (co_await m_names.addresses(host, lookupLimit)).list;

    QList<Proposal> list;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const QList<QHostAddress> addresses = (co_await lookups[size_t(i)]).list;
        // A name of the internet that leads into our own network is no mail server of anybody's (unless ours is one).
        if (addresses.isEmpty() || (isAnyPrivate(addresses) && !isAnyPrivate(own)))
            continue;
        const bool sameServer = std::any_of(
            addresses.begin(), addresses.end(), [&own](const QHostAddress &address) { return own.contains(address); });
        if (sameServer || stated.contains(names.at(i)))
            list.append({.host = names.at(i), .sameServer = sameServer});
    }
    std::stable_partition(list.begin(), list.end(), [](const Proposal &proposal) { return proposal.sameServer; });
    co_return list;
}

void HostDoctor::cancel()
{
    m_cancelled = true;
    m_names.abort();
    if (m_current)
        m_current->cancel();
}

} // namespace postaci
