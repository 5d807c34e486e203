// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/providerdirectory.h"

#include "core/discovery/candidaterules.h"
#include "core/discovery/namepattern.h"
#include "core/discovery/providertable.h"

#include <QFile>
#include <QUrl>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

QString normalHost(const QString &host)
{
    QString name = QString::fromLatin1(QUrl::toAce(host));
    if (name.endsWith(u'.'))
        name.chop(1);
    return name;
}

} // namespace

Result<ProviderDirectory> ProviderDirectory::fromJson(const QByteArray &json)
{
    Result<ProviderTable> table = parseProviderTable(json);
    if (!table)
        return failure(table.error());
    ProviderDirectory directory;
    directory.m_providers = std::move(table->providers);
    directory.m_issuers = std::move(table->issuers);
    for (qsizetype i = 0; i < directory.m_providers.size(); ++i) {
        const Provider &provider = directory.m_providers.at(i);
        directory.m_byId.insert(provider.id, i);
        for (const QString &domain : provider.domains)
            directory.m_byDomain.insert(domain, i);
        for (const Provider::MxPattern &mx : provider.mx) {
            if (mx.confirmed && !mx.pattern.contains(u'*'))
                directory.m_byMx.insert(mx.pattern, i);
        }
    }
    // Others name a large provider's servers too: universities with mailboxes there, providers that moved. The largest
    // entry is whose servers they are.
    const auto size = [](const Provider &provider) {
        return provider.status == Provider::Status::Migrated ? -1 : provider.domains.size();
    };
    for (qsizetype i = 0; i < directory.m_providers.size(); ++i) {
        const Provider &provider = directory.m_providers.at(i);
        if (!provider.isKnown())
            continue;
        for (const ServerSettings &server : provider.incoming + provider.outgoing) {
            const auto other = directory.m_byHost.constFind(server.host);
            if (!server.host.contains(u'{')
                && (other == directory.m_byHost.cend() || size(directory.m_providers.at(*other)) < size(provider)))
                directory.m_byHost.insert(server.host, i);
        }
    }
    return directory;
}

ProviderDirectory ProviderDirectory::bundled()
{
    static const ProviderDirectory directory = [] {
        QFile file(u":/providers.json"_s);
        if (!file.open(QIODevice::ReadOnly))
            return ProviderDirectory();
        // Part of the program and tested with it; were it broken, every domain would be unknown.
        return fromJson(file.readAll()).value_or(ProviderDirectory());
    }();
    return directory;
}

const Provider *ProviderDirectory::findByAddress(const QString &address) const
{
    return findByDomain(domainOf(address));
}

const Provider *ProviderDirectory::findByDomain(const QString &domain) const
{
    if (const auto found = m_byDomain.constFind(domain); found != m_byDomain.cend())
        return &m_providers.at(*found);
    const auto fits = [&domain](const QString &pattern) { return matchesDomainPattern(pattern, domain); };
    const auto found = std::find_if(m_providers.cbegin(), m_providers.cend(), [&fits](const Provider &provider) {
        return std::any_of(provider.domainPatterns.cbegin(), provider.domainPatterns.cend(), fits);
    });
    return found == m_providers.cend() ? nullptr : &*found;
}

const Provider *ProviderDirectory::findByMx(const QString &exchanger) const
{
    const QString name = normalHost(exchanger);
    if (const auto found = m_byMx.constFind(name); found != m_byMx.cend())
        return &m_providers.at(*found);
    const Provider *best = nullptr;
    qsizetype length = 0;
    for (const Provider &provider : m_providers) {
        for (const Provider::MxPattern &mx : provider.mx) {
            if (mx.confirmed && mx.pattern.size() > length && matchesMxPattern(mx.pattern, name)) {
                best = &provider;
                length = mx.pattern.size();
            }
        }
    }
    return best;
}

const Provider *ProviderDirectory::findByHost(const QString &host) const
{
    const auto found = m_byHost.constFind(normalHost(host));
    return found == m_byHost.cend() ? nullptr : &m_providers.at(*found);
}

const Provider *ProviderDirectory::findById(const QString &id) const
{
    const auto found = m_byId.constFind(id);
    return found == m_byId.cend() ? nullptr : &m_providers.at(*found);
}

const OAuthIssuer *ProviderDirectory::issuer(const QString &id) const
{
    const auto found = std::find_if(
        m_issuers.cbegin(), m_issuers.cend(), [&id](const OAuthIssuer &issuer) { return issuer.id == id; });
    return found == m_issuers.cend() ? nullptr : &*found;
}

ServerSettings filledIn(const ServerSettings &server, const QString &address)
{
    ServerSettings filled = server;
    filled.host.replace("{domain}"_L1, domainOf(address));
    filled.userName = filledUserName(server.userName, address);
    return filled;
}

QList<ServerSettings> filledIn(const QList<ServerSettings> &servers, const QString &address)
{
    QList<ServerSettings> filled;
    filled.reserve(servers.size());
    for (const ServerSettings &server : servers)
        filled.append(filledIn(server, address));
    return filled;
}

SettingsCandidate candidateAt(const Provider &provider, const Address &identity, SettingsSource source)
{
    SettingsCandidate candidate{.source = source,
        .providerId = provider.id,
        .providerName = provider.name,
        .oauthIssuer = provider.oauthIssuer,
        .oauthOnly = provider.oauthOnly,
        .serverFilesSent = provider.serverFilesSent};
    for (const Protocol protocol : {Protocol::Imap, Protocol::Pop3}) {
        const auto first = std::find_if(provider.incoming.cbegin(), provider.incoming.cend(),
            [protocol](const ServerSettings &server) { return server.protocol == protocol; });
        if (first != provider.incoming.cend())
            candidate.incoming.append(filledIn(*first, identity.address));
    }
    if (!provider.outgoing.isEmpty())
        candidate.outgoing = filledIn(provider.outgoing.first(), identity.address);
    if (provider.oauthOnly) {
        for (ServerSettings &server : candidate.incoming)
            server.auth = AuthMethod::OAuth2;
        candidate.outgoing.auth = AuthMethod::OAuth2;
    }
    return candidate;
}

Account accountAt(const Provider &provider, const Address &identity)
{
    const SettingsCandidate candidate = candidateAt(provider, identity);
    Account account;
    account.name = identity.address;
    account.identity = identity;
    account.incoming = candidate.incoming.value(0);
    account.outgoing = candidate.outgoing;
    account.serverFilesSent = candidate.serverFilesSent;
    return account;
}

Account guessedAccount(const Address &identity)
{
    Account account;
    account.name = identity.address;
    account.identity = identity;
    const QString domain = domainOf(identity.address);
    account.incoming = {.protocol = Protocol::Imap,
        .host = u"imap."_s + domain,
        .port = usualPort(Protocol::Imap, Encryption::ImplicitTls),
        .userName = identity.address};
    account.outgoing = {.protocol = Protocol::Smtp,
        .host = u"smtp."_s + domain,
        .port = usualPort(Protocol::Smtp, Encryption::ImplicitTls),
        .userName = identity.address};
    return account;
}

quint16 usualPort(Protocol protocol, Encryption encryption)
{
    const bool tls = encryption == Encryption::ImplicitTls;
    switch (protocol) {
    case Protocol::Imap:
        return tls ? 993 : 143;
    case Protocol::Pop3:
        return tls ? 995 : 110;
    case Protocol::Smtp:
        return tls ? 465 : 587;
    case Protocol::Local:
        return 0;
    }
    Q_UNREACHABLE_RETURN(0);
}

} // namespace postaci
