// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/providertable.h"

#include "core/discovery/candidaterules.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

template <class Enum, std::size_t Size> using Names = std::array<std::pair<QLatin1StringView, Enum>, Size>;

constexpr Names<Provider::Status, 6> statuses{{
    {"ok"_L1, Provider::Status::Ok},
    {"needsPreparation"_L1, Provider::Status::NeedsPreparation},
    {"noImap"_L1, Provider::Status::NoImap},
    {"needsBridge"_L1, Provider::Status::NeedsBridge},
    {"migrated"_L1, Provider::Status::Migrated},
    {"unconfirmed"_L1, Provider::Status::Unconfirmed},
}};

constexpr Names<Provider::Confidence, 3> confidences{{
    {"high"_L1, Provider::Confidence::High},
    {"medium"_L1, Provider::Confidence::Medium},
    {"low"_L1, Provider::Confidence::Low},
}};

constexpr Names<Provider::AppPassword, 2> appPasswords{{
    {"withTwoStep"_L1, Provider::AppPassword::WithTwoStep},
    {"always"_L1, Provider::AppPassword::Always},
}};

constexpr Names<Encryption, 2> encryptions{{
    {"tls"_L1, Encryption::ImplicitTls},
    {"starttls"_L1, Encryption::StartTls},
}};

const Names<QString, 3> userNames{{
    {"address"_L1, userNameTemplate},
    {"localPart"_L1, localPartTemplate},
    {"own"_L1, QString()},
}};

constexpr Names<Provider::Hint, 19> hintNames{{
    {"noImap"_L1, Provider::Hint::NoImap},
    {"bridge"_L1, Provider::Hint::Bridge},
    {"migrated"_L1, Provider::Hint::Migrated},
    {"paidPlan"_L1, Provider::Hint::PaidPlan},
    {"enableImap"_L1, Provider::Hint::EnableImap},
    {"enableSmtp"_L1, Provider::Hint::EnableSmtp},
    {"authorizationCode"_L1, Provider::Hint::AuthorizationCode},
    {"mailboxPassword"_L1, Provider::Hint::MailboxPassword},
    {"passwordMayBeRefused"_L1, Provider::Hint::PasswordMayBeRefused},
    {"administratorDecides"_L1, Provider::Hint::AdministratorDecides},
    {"protectionMustBeOff"_L1, Provider::Hint::ProtectionMustBeOff},
    {"ownUserName"_L1, Provider::Hint::OwnUserName},
    {"mainAddressOnly"_L1, Provider::Hint::MainAddressOnly},
    {"regionMatters"_L1, Provider::Hint::RegionMatters},
    {"serverNamedByHoster"_L1, Provider::Hint::ServerNamedByHoster},
    {"onlyPop3"_L1, Provider::Hint::OnlyPop3},
    {"pop3NotTooOften"_L1, Provider::Hint::Pop3NotTooOften},
    {"onlyUnencryptedKnown"_L1, Provider::Hint::OnlyUnencryptedKnown},
    {"onlyProvidersNetwork"_L1, Provider::Hint::OnlyProvidersNetwork},
}};

/// Reads one object's keys one by one. The first that is wrong makes the whole object wrong, and so does, at the end,
/// one that nobody asked for.
class Reader {
public:
    explicit Reader(const QJsonValue &value)
        : m_object(value.toObject())
        , m_fine(value.isObject())
    {
    }

    void read(QLatin1StringView key, bool needed, QString &to)
    {
        if (const QJsonValue value = take(key, needed); !value.isUndefined()) {
            to = value.toString();
            require(!to.isEmpty());
        }
    }
    void read(QLatin1StringView key, bool &to)
    {
        if (const QJsonValue value = take(key, false); !value.isUndefined()) {
            require(value.isBool());
            to = value.toBool();
        }
    }
    void read(QLatin1StringView key, bool needed, QUrl &to)
    {
        if (const QJsonValue value = take(key, needed); !value.isUndefined()) {
            to = QUrl(value.toString(), QUrl::StrictMode);
            require(to.isValid() && to.scheme() == "https"_L1 && !to.host().isEmpty());
        }
    }
    void read(QLatin1StringView key, bool needed, QStringList &to)
    {
        if (const QJsonValue value = take(key, needed); !value.isUndefined()) {
            require(value.isArray() && !value.toArray().isEmpty());
            for (const QJsonValue &item : value.toArray()) {
                to.append(item.toString());
                require(!to.last().isEmpty());
            }
        }
    }
    void read(QLatin1StringView key, quint16 &to)
    {
        const int number = take(key, true).toInt();
        require(number > 0 && number < 65536);
        to = quint16(number);
    }
    template <class Enum, std::size_t Size>
    void read(QLatin1StringView key, bool needed, const Names<Enum, Size> &names, Enum &to)
    {
        if (const QJsonValue value = take(key, needed); !value.isUndefined())
            to = byName(value, names).value_or(to);
    }
    template <class Enum, std::size_t Size>
    void read(QLatin1StringView key, const Names<Enum, Size> &names, QList<Enum> &to)
    {
        QStringList list;
        read(key, false, list);
        for (const QString &name : std::as_const(list)) {
            if (const auto value = byName(name, names))
                to.append(*value);
        }
    }

    QJsonValue take(QLatin1StringView key, bool needed)
    {
        const auto found = m_object.constFind(key);
        if (found == m_object.constEnd()) {
            require(!needed);
            return QJsonValue::Undefined;
        }
        ++m_taken;
        return *found;
    }
    void require(bool fine) { m_fine = m_fine && fine; }
    bool isFine() const { return m_fine && m_taken == m_object.size(); }

private:
    template <class Enum, std::size_t Size>
    std::optional<Enum> byName(const QJsonValue &value, const Names<Enum, Size> &names)
    {
        const QString text = value.toString();
        const auto found
            = std::find_if(names.begin(), names.end(), [&text](const auto &name) { return name.first == text; });
        require(found != names.end());
        return found == names.end() ? std::nullopt : std::optional(found->second);
    }

    QJsonObject m_object;
    qsizetype m_taken = 0;
    bool m_fine;
};

void readServers(Reader &reader, QLatin1StringView key, Protocol protocol, QList<ServerSettings> &to)
{
    const QJsonValue list = reader.take(key, false);
    if (list.isUndefined())
        return;
    reader.require(list.isArray() && !list.toArray().isEmpty());
    for (const QJsonValue &value : list.toArray()) {
        ServerSettings server{.protocol = protocol, .userName = userNameTemplate};
        Reader one(value);
        one.read("host"_L1, true, server.host);
        one.read("port"_L1, server.port);
        one.read("encryption"_L1, true, encryptions, server.encryption);
        one.read("userName"_L1, false, userNames, server.userName);
        reader.require(one.isFine());
        to.append(server);
    }
}

bool readIssuer(const QJsonValue &value, OAuthIssuer &issuer)
{
    Reader reader(value);
    reader.read("id"_L1, true, issuer.id);
    reader.read("name"_L1, true, issuer.name);
    reader.read("issuer"_L1, false, issuer.issuer);
    reader.read("authorizationUrl"_L1, true, issuer.authorizationUrl);
    reader.read("tokenUrl"_L1, true, issuer.tokenUrl);
    reader.read("registrationUrl"_L1, false, issuer.registrationUrl);
    reader.read("scopes"_L1, true, issuer.scopes);
    reader.read("pkce"_L1, issuer.usesPkce);
    return reader.isFine();
}

bool readProvider(const QJsonValue &value, Provider &provider)
{
    Reader reader(value);
    reader.read("id"_L1, true, provider.id);
    reader.read("name"_L1, true, provider.name);
    reader.read("status"_L1, true, statuses, provider.status);
    reader.read("confidence"_L1, true, confidences, provider.confidence);
    reader.read("source"_L1, true, provider.source);
    reader.read("date"_L1, true, provider.date);
    readServers(reader, "imap"_L1, Protocol::Imap, provider.incoming);
    readServers(reader, "pop3"_L1, Protocol::Pop3, provider.incoming);
    readServers(reader, "smtp"_L1, Protocol::Smtp, provider.outgoing);
    reader.read("oauth"_L1, false, provider.oauthIssuer);
    reader.read("oauthOnly"_L1, provider.oauthOnly);
    reader.read("oauthPop3"_L1, provider.oauthForPop3);
    reader.read("appPassword"_L1, false, appPasswords, provider.appPassword);
    reader.read("appPasswordUrl"_L1, false, provider.appPasswordUrl);
    reader.read("helpUrl"_L1, false, provider.helpUrl);
    reader.read("migratedTo"_L1, false, provider.migratedTo);
    reader.read("serverFilesSent"_L1, provider.serverFilesSent);
    reader.read("hints"_L1, hintNames, provider.hints);
    reader.read("domains"_L1, false, provider.domains);
    reader.read("domainPatterns"_L1, false, provider.domainPatterns);
    for (const bool confirmed : {true, false}) {
        QStringList patterns;
        reader.read(confirmed ? "mx"_L1 : "mxUnconfirmed"_L1, false, patterns);
        for (const QString &pattern : std::as_const(patterns))
            provider.mx.append({.pattern = pattern, .confirmed = confirmed});
    }

    // What would make no sense together.
    const bool closed = provider.status == Provider::Status::NoImap;
    reader.require(closed == provider.has(Provider::Hint::NoImap));
    reader.require(provider.hasServers() || (provider.incoming.isEmpty() && provider.outgoing.isEmpty()));
    reader.require(provider.hasServers() ? !closed : closed || provider.status == Provider::Status::Unconfirmed);
    reader.require((provider.status == Provider::Status::Migrated) == !provider.migratedTo.isEmpty());
    reader.require(!provider.oauthOnly || !provider.oauthIssuer.isEmpty());
    return reader.isFine();
}

bool isName(const QString &name)
{
    return name == name.toLower() && name.contains(u'.') && !name.startsWith(u'.') && !name.endsWith(u'.');
}

} // namespace

Result<ProviderTable> parseProviderTable(const QByteArray &json)
{
    const auto invalid = [](const QString &subject) {
        return failure({.kind = ErrorKind::InvalidInput, .step = Step::ReadFile, .subject = subject});
    };
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    const QJsonValue issuers = root.value("issuers"_L1);
    const QJsonValue providers = root.value("providers"_L1);
    if (!issuers.isArray() || !providers.isArray() || root.size() != 2)
        return invalid({});

    ProviderTable table;
    QSet<QString> issuerIds;
    for (const QJsonValue &value : issuers.toArray()) {
        OAuthIssuer issuer;
        if (!readIssuer(value, issuer) || issuerIds.contains(issuer.id))
            return invalid(issuer.id);
        issuerIds.insert(issuer.id);
        table.issuers.append(std::move(issuer));
    }
    QSet<QString> ids;
    QSet<QString> names; // of domains and exchangers; an exchanger's may be that of a domain
    const auto isNew = [&names](const QString &kind, const QString &name) {
        const QString key = kind + name;
        const bool fresh = isName(name) && !names.contains(key);
        names.insert(key);
        return fresh;
    };
    for (const QJsonValue &value : providers.toArray()) {
        Provider provider;
        bool fine = readProvider(value, provider) && !ids.contains(provider.id)
            && (provider.oauthIssuer.isEmpty() || issuerIds.contains(provider.oauthIssuer));
        for (const QString &domain : std::as_const(provider.domains))
            fine = isNew({}, domain) && fine;
        for (const QString &pattern : std::as_const(provider.domainPatterns))
            fine = isNew({}, pattern) && fine;
        for (const Provider::MxPattern &mx : std::as_const(provider.mx))
            fine = isNew(u"mx "_s, mx.pattern) && fine;
        if (!fine)
            return invalid(provider.id);
        ids.insert(provider.id);
        table.providers.append(std::move(provider));
    }
    for (const Provider &provider : std::as_const(table.providers)) {
        if (!provider.migratedTo.isEmpty() && !ids.contains(provider.migratedTo))
            return invalid(provider.id);
    }
    return table;
}

} // namespace postaci
