// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/paccdocument.h"

#include "core/discovery/candidaterules.h"
#include "core/discovery/domainname.h"
#include "core/discovery/providerdirectory.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr qsizetype recordLimit = 4096;

/// "v=UAAC1; a=sha256; d=…" as tags; empty when it is another record. A tag that comes twice spoils it.
QMap<QByteArray, QByteArray> tagsOf(const QByteArray &record)
{
    QMap<QByteArray, QByteArray> tags;
    if (record.size() > recordLimit)
        return {};
    for (const QByteArray &part : record.split(';')) {
        const qsizetype equals = part.indexOf('=');
        if (part.trimmed().isEmpty())
            continue;
        if (equals < 0)
            return {};
        const QByteArray name = part.first(equals).trimmed();
        if (tags.contains(name))
            return {};
        tags.insert(name, part.sliced(equals + 1).trimmed());
    }
    return tags.value("v") == "UAAC1" ? tags : QMap<QByteArray, QByteArray>();
}

ServerSettings serverOf(const QJsonValue &value, Protocol protocol)
{
    ServerSettings server{.protocol = protocol, .encryption = Encryption::ImplicitTls, .userName = userNameTemplate};
    server.host = hostName(value.toObject().value("host"_L1).toString());
    server.port = usualPort(protocol, server.encryption);
    return server;
}

} // namespace

bool paccDigestMatches(const QByteArray &body, const QList<QByteArray> &txtRecords)
{
    const QByteArray digest = QCryptographicHash::hash(body, QCryptographicHash::Sha256);
    return std::any_of(txtRecords.begin(), txtRecords.end(), [&digest](const QByteArray &record) {
        const QMap<QByteArray, QByteArray> tags = tagsOf(record);
        if (tags.value("a") != "sha256")
            return false;
        const auto stated = QByteArray::fromBase64Encoding(tags.value("d"), QByteArray::AbortOnBase64DecodingErrors);
        return stated && *stated == digest;
    });
}

bool hasPaccRecord(const QList<QByteArray> &txtRecords)
{
    return std::any_of(
        txtRecords.begin(), txtRecords.end(), [](const QByteArray &record) { return !tagsOf(record).isEmpty(); });
}

Result<PaccDocument> parsePacc(const QByteArray &json)
{
    const auto invalid = [] { return failure({.kind = ErrorKind::Protocol, .subject = u"no PACC document"_s}); };
    if (json.size() > paccLimit)
        return invalid();
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    const QJsonObject protocols = root.value("protocols"_L1).toObject();

    PaccDocument document;
    for (const auto &[name, protocol] : {std::pair("imap"_L1, Protocol::Imap), std::pair("pop3"_L1, Protocol::Pop3)}) {
        if (const ServerSettings server = serverOf(protocols.value(name), protocol); !server.host.isEmpty())
            document.incoming.append(server);
    }
    for (const auto &name : {"smtp"_L1, "submit"_L1}) { // The name changed between drafts.
        if (const ServerSettings server = serverOf(protocols.value(name), Protocol::Smtp); !server.host.isEmpty())
            document.outgoing.append(server);
    }
    if (document.incoming.isEmpty() && document.outgoing.isEmpty())
        return invalid();

    const QJsonObject authentication = root.value("authentication"_L1).toObject();
    const QUrl issuer(
        authentication.value("oauth-public"_L1).toObject().value("issuer"_L1).toString(), QUrl::StrictMode);
    if (issuer.isValid() && issuer.scheme() == "https"_L1 && issuer.userInfo().isEmpty()
        && !hostName(issuer.host()).isEmpty())
        document.oauthIssuer = issuer;
    // Without "authentication" it is the draft's first version, where a password always works.
    const bool password = authentication.isEmpty() || authentication.value("password"_L1).toBool();
    if (!password && !document.oauthIssuer.isEmpty()) {
        for (ServerSettings &server : document.incoming)
            server.auth = AuthMethod::OAuth2;
        for (ServerSettings &server : document.outgoing)
            server.auth = AuthMethod::OAuth2;
    }
    document.providerName = cleanServerText(
        root.value("info"_L1).toObject().value("provider"_L1).toObject().value("name"_L1).toString().toUtf8());
    return document;
}

} // namespace postaci
