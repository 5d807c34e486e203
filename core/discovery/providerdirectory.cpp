// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/providerdirectory.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

struct Server {
    ServerSettings settings;
    Provider::UserName user = Provider::UserName::Address;
};

std::optional<Server> parseServer(const QJsonObject &json, Protocol protocol)
{
    Server server;
    server.settings.protocol = protocol;
    server.settings.host = json.value("host"_L1).toString();
    const int port = json.value("port"_L1).toInt();
    const QString encryption = json.value("encryption"_L1).toString();
    const QString user = json.value("userName"_L1).toString(u"address"_s);
    if (server.settings.host.isEmpty() || port < 1 || port > 65535)
        return {};
    server.settings.port = quint16(port);
    if (encryption == "tls"_L1)
        server.settings.encryption = Encryption::ImplicitTls;
    else if (encryption == "starttls"_L1)
        server.settings.encryption = Encryption::StartTls;
    else
        return {};
    if (user == "localPart"_L1)
        server.user = Provider::UserName::LocalPart;
    else if (user != "address"_L1)
        return {};
    return server;
}

std::optional<Provider::Hint> parseHint(const QString &name)
{
    if (name == "enableImap"_L1)
        return Provider::Hint::EnableImap;
    if (name == "passwordMayBeRefused"_L1)
        return Provider::Hint::PasswordMayBeRefused;
    if (name == "bridge"_L1)
        return Provider::Hint::Bridge;
    if (name == "noImap"_L1)
        return Provider::Hint::NoImap;
    return {};
}

std::optional<Provider::AppPassword> parseAppPassword(const QString &name)
{
    if (name.isEmpty())
        return Provider::AppPassword::No;
    if (name == "withTwoStep"_L1)
        return Provider::AppPassword::WithTwoStep;
    if (name == "always"_L1)
        return Provider::AppPassword::Always;
    return {};
}

std::optional<Provider> parseProvider(const QJsonObject &json)
{
    Provider provider;
    provider.id = json.value("id"_L1).toString();
    provider.name = json.value("name"_L1).toString();
    if (provider.id.isEmpty() || provider.name.isEmpty())
        return {};
    for (const QJsonValue &domain : json.value("domains"_L1).toArray())
        provider.domains.append(domain.toString());
    for (const QJsonValue &name : json.value("hints"_L1).toArray()) {
        const auto hint = parseHint(name.toString());
        if (!hint)
            return {};
        provider.hints.append(*hint);
    }
    if (!provider.has(Provider::Hint::NoImap)) {
        const auto incoming = parseServer(json.value("incoming"_L1).toObject(), Protocol::Imap);
        const auto outgoing = parseServer(json.value("outgoing"_L1).toObject(), Protocol::Smtp);
        if (!incoming || !outgoing)
            return {};
        provider.incoming = incoming->settings;
        provider.incomingUser = incoming->user;
        provider.outgoing = outgoing->settings;
        provider.outgoingUser = outgoing->user;
    }
    const auto appPassword = parseAppPassword(json.value("appPassword"_L1).toString());
    const QUrl url(json.value("appPasswordUrl"_L1).toString(), QUrl::StrictMode);
    if (!appPassword || (!url.isEmpty() && url.scheme() != "https"_L1))
        return {};
    provider.appPassword = *appPassword;
    provider.appPasswordUrl = url;
    provider.oauthOnly = json.value("oauthOnly"_L1).toBool();
    provider.serverFilesSent = json.value("serverFilesSent"_L1).toBool();
    return provider;
}

QString userName(Provider::UserName form, const QString &address)
{
    return form == Provider::UserName::LocalPart ? localPartOf(address) : address;
}

} // namespace

Result<ProviderDirectory> ProviderDirectory::fromJson(const QByteArray &json)
{
    const auto invalid = [](const QString &subject) {
        return failure({.kind = ErrorKind::InvalidInput, .step = Step::ReadFile, .subject = subject});
    };
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.object().value("providers"_L1).isArray())
        return invalid({});

    ProviderDirectory directory;
    for (const QJsonValue &value : document.object().value("providers"_L1).toArray()) {
        const auto provider = parseProvider(value.toObject());
        if (!provider)
            return invalid(value.toObject().value("id"_L1).toString());
        for (const QString &domain : provider->domains) {
            if (directory.m_byDomain.contains(domain))
                return invalid(domain);
            directory.m_byDomain.insert(domain, directory.m_providers.size());
        }
        directory.m_providers.append(*provider);
    }
    return directory;
}

ProviderDirectory ProviderDirectory::bundled()
{
    QFile file(u":/providers.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    // Part of the program and tested with it; were it broken, every domain would be unknown.
    return fromJson(file.readAll()).value_or(ProviderDirectory{});
}

const Provider *ProviderDirectory::findByAddress(const QString &address) const
{
    const QString domain = domainOf(address);
    auto found = m_byDomain.constFind(domain);
    // Then *.b.c and *.c for a.b.c.
    for (qsizetype dot = domain.indexOf(u'.'); found == m_byDomain.cend() && dot >= 0;
        dot = domain.indexOf(u'.', dot + 1))
        found = m_byDomain.constFind(u'*' + domain.sliced(dot));
    return found == m_byDomain.cend() ? nullptr : &m_providers.at(*found);
}

const Provider *ProviderDirectory::findById(const QString &id) const
{
    const auto found = std::find_if(
        m_providers.cbegin(), m_providers.cend(), [&id](const Provider &provider) { return provider.id == id; });
    return found == m_providers.cend() ? nullptr : &*found;
}

QString domainOf(const QString &address)
{
    const qsizetype at = address.lastIndexOf(u'@');
    if (at < 0)
        return {};
    // toAce() maps with Unicode's own table: no language's rules for i and I.
    return QString::fromLatin1(QUrl::toAce(address.sliced(at + 1).trimmed()));
}

QString localPartOf(const QString &address)
{
    const qsizetype at = address.lastIndexOf(u'@');
    return at < 0 ? address : address.first(at);
}

Account accountAt(const Provider &provider, const Address &identity)
{
    Account account;
    account.name = identity.address;
    account.identity = identity;
    account.incoming = provider.incoming;
    account.incoming.userName = userName(provider.incomingUser, identity.address);
    account.outgoing = provider.outgoing;
    account.outgoing.userName = userName(provider.outgoingUser, identity.address);
    account.serverFilesSent = provider.serverFilesSent;
    return account;
}

Account guessedAccount(const Address &identity)
{
    Account account;
    account.name = identity.address;
    account.identity = identity;
    const QString domain = identity.address.section(u'@', -1).trimmed().toLower();
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
    }
    Q_UNREACHABLE_RETURN(0);
}

} // namespace postaci
