// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/candidaterules.h"

#include "core/discovery/domainname.h"
#include "core/discovery/providerdirectory.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr auto placeholderLocalPart = "autoconfig"_L1;

const ServerSettings *bestOf(const QList<ServerSettings> &servers, Protocol protocol)
{
    const ServerSettings *best = nullptr;
    for (const ServerSettings &server : servers) {
        if (server.protocol != protocol || server.host.isEmpty())
            continue;
        if (!best || (best->encryption != Encryption::ImplicitTls && server.encryption == Encryption::ImplicitTls))
            best = &server;
    }
    return best;
}

bool isSameServer(const ServerSettings &a, const ServerSettings &b)
{
    return a.protocol == b.protocol && a.host.compare(b.host, Qt::CaseInsensitive) == 0 && a.port == b.port
        && a.encryption == b.encryption;
}

/// Nothing that came over the network can have changed these hosts.
bool isOwnTable(SettingsSource source)
{
    return source == SettingsSource::Table || source == SettingsSource::TableByMx;
}

} // namespace

QString filledUserName(const QString &userName, const QString &address)
{
    const struct {
        QString placeholder;
        QString value;
    } values[] = {{userNameTemplate, address}, {localPartTemplate, localPartOf(address)},
        {u"%EMAILDOMAIN%"_s, address.sliced(address.lastIndexOf(u'@') + 1)}};
    QString filled;
    for (qsizetype at = 0; at < userName.size();) {
        const auto *found = std::find_if(std::begin(values), std::end(values),
            [&](const auto &entry) { return QStringView(userName).sliced(at).startsWith(entry.placeholder); });
        if (found != std::end(values)) {
            filled += found->value;
            at += found->placeholder.size();
        } else {
            filled += userName.at(at++);
        }
    }
    return filled;
}

QString placeholderAddress(const QString &domain)
{
    return placeholderLocalPart + u'@' + domain;
}

QString templateOf(const QString &userName, const QString &domain)
{
    if (userName.compare(placeholderAddress(domain), Qt::CaseInsensitive) == 0)
        return userNameTemplate;
    if (userName.compare(placeholderLocalPart, Qt::CaseInsensitive) == 0)
        return localPartTemplate;
    // "autoconfig%example.com", "autoconfig.example.com"
    if (userName.startsWith(placeholderLocalPart, Qt::CaseInsensitive) && userName.endsWith(domain, Qt::CaseInsensitive)
        && userName.size() == placeholderLocalPart.size() + 1 + domain.size())
        return localPartTemplate + userName.sliced(placeholderLocalPart.size());
    return userName;
}

bool isSanePort(Protocol protocol, quint16 port, Encryption encryption)
{
    if (port == 0 || encryption == Encryption::None)
        return false;
    return port == usualPort(protocol, encryption) || port >= 1024;
}

SettingsCandidate candidateOf(
    SettingsSource source, const QList<ServerSettings> &incoming, const QList<ServerSettings> &outgoing)
{
    SettingsCandidate candidate;
    candidate.source = source;
    for (const Protocol protocol : {Protocol::Imap, Protocol::Pop3}) {
        if (const ServerSettings *server = bestOf(incoming, protocol))
            candidate.incoming.append(*server);
    }
    if (const ServerSettings *server = bestOf(outgoing, Protocol::Smtp))
        candidate.outgoing = *server;
    return candidate;
}

bool isComplete(const SettingsCandidate &candidate)
{
    return !candidate.incoming.isEmpty() && !candidate.outgoing.host.isEmpty();
}

SettingsCandidate completedWith(SettingsCandidate candidate, const SettingsCandidate &other)
{
    QStringList hosts = hostsOf(candidate);
    if (candidate.incoming.isEmpty())
        candidate.incoming = other.incoming;
    if (candidate.outgoing.host.isEmpty())
        candidate.outgoing = other.outgoing;
    for (const QString &host : hostsOf(candidate)) {
        if (!hosts.contains(host) && other.hostsToApprove.contains(host) && !candidate.hostsToApprove.contains(host))
            candidate.hostsToApprove.append(host);
    }
    return candidate;
}

bool haveSameServers(const SettingsCandidate &a, const SettingsCandidate &b)
{
    return isSameServer(a.outgoing, b.outgoing)
        && std::equal(a.incoming.begin(), a.incoming.end(), b.incoming.begin(), b.incoming.end(), isSameServer);
}

QStringList hostsOf(const SettingsCandidate &candidate)
{
    QStringList hosts;
    for (const ServerSettings &server : candidate.incoming + QList{candidate.outgoing}) {
        if (!server.host.isEmpty() && !hosts.contains(server.host))
            hosts.append(server.host);
    }
    return hosts;
}

QStringList hostsToApprove(const SettingsCandidate &candidate, const Provenance &provenance,
    const std::function<bool(const QString &host)> &isKnownHost)
{
    QStringList hosts = hostsOf(candidate);
    if (isOwnTable(candidate.source))
        return {};
    if (provenance.redirected || provenance.guessedHosts)
        return hosts;
    switch (candidate.source) {
    case SettingsSource::Table:
    case SettingsSource::TableByMx:
    case SettingsSource::Pacc: // The domain's own word, twice: over https and in its DNS.
    case SettingsSource::Ispdb:
        return {};
    case SettingsSource::MxAutoconfig: // Whoever can forge the answer to the question for MX chose this company.
    case SettingsSource::Autodiscover:
        return hosts;
    case SettingsSource::Autoconfig:
    case SettingsSource::WellKnown:
    case SettingsSource::Srv: // RFC 6186 6
    case SettingsSource::Probe:
    case SettingsSource::Guess:
        hosts.removeIf(
            [&](const QString &host) { return haveSameOwner(host, provenance.domain) || isKnownHost(host); });
        return hosts;
    }
    Q_UNREACHABLE_RETURN(hosts);
}

SettingsCandidate filledFor(SettingsCandidate candidate, const QString &address)
{
    for (ServerSettings &server : candidate.incoming)
        server.userName = filledUserName(server.userName, address);
    candidate.outgoing.userName = filledUserName(candidate.outgoing.userName, address);
    return candidate;
}

} // namespace postaci
