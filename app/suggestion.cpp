// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/suggestion.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr qint64 largest = 64 * 1024;

bool hasOnly(const QJsonObject &object, const QStringList &keys)
{
    const QStringList there = object.keys();
    return std::all_of(there.cbegin(), there.cend(), [&keys](const QString &key) { return keys.contains(key); });
}

std::optional<Protocol> protocolOf(const QString &name)
{
    if (name == "imap"_L1)
        return Protocol::Imap;
    if (name == "pop3"_L1)
        return Protocol::Pop3;
    if (name == "smtp"_L1)
        return Protocol::Smtp;
    return {};
}

std::optional<ServerSettings> serverFrom(const QJsonValue &value, const QString &address)
{
    const QJsonObject object = value.toObject();
    const auto protocol = protocolOf(object.value("protocol"_L1).toString());
    const QString encryption = object.value("encryption"_L1).toString();
    const int port = object.value("port"_L1).toInt();
    ServerSettings server{.host = object.value("host"_L1).toString(),
        .port = quint16(port),
        .encryption = encryption == "starttls"_L1 ? Encryption::StartTls : Encryption::ImplicitTls,
        .userName = object.value("userName"_L1).toString(address)};
    if (!protocol || server.host.isEmpty() || port < 1 || port > 65535
        || (encryption != "tls"_L1 && encryption != "starttls"_L1)
        || !hasOnly(object, {u"protocol"_s, u"host"_s, u"port"_s, u"encryption"_s, u"userName"_s}))
        return {};
    server.protocol = *protocol;
    return server;
}

} // namespace

Result<Account> accountFromSuggestion(const QByteArray &json)
{
    const auto invalid = failure({.kind = ErrorKind::InvalidInput, .step = Step::ReadFile});
    const QJsonDocument document = QJsonDocument::fromJson(json);
    const QJsonObject object = document.object();
    Account account;
    account.identity = {.name = object.value("name"_L1).toString(), .address = object.value("address"_L1).toString()};
    account.name = account.identity.address;
    const auto incoming = serverFrom(object.value("incoming"_L1), account.identity.address);
    const auto outgoing = serverFrom(object.value("outgoing"_L1), account.identity.address);
    if (!document.isObject() || !hasOnly(object, {u"name"_s, u"address"_s, u"incoming"_s, u"outgoing"_s})
        || account.identity.address.isEmpty() || !incoming || !outgoing || incoming->protocol == Protocol::Smtp
        || outgoing->protocol != Protocol::Smtp)
        return invalid;
    account.incoming = *incoming;
    account.outgoing = *outgoing;
    return account;
}

Result<Account> readSuggestion(const QString &file)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly) || source.size() > largest)
        return failure({.kind = ErrorKind::FileUnreadable, .step = Step::ReadFile, .subject = file});
    return accountFromSuggestion(source.readAll());
}

} // namespace postaci
