// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/oauthclientids.h"

#include "core/settings/builtinoauthclients.h"
#include "core/settings/settings.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

/// {"google": {"id": "…"}}
QJsonObject typedByTheUser(const Settings &settings)
{
    return QJsonDocument::fromJson(settings.value(Setting::OAuthClients).toString().toUtf8()).object();
}

} // namespace

QHash<QString, OAuthClientId> builtInOAuthClientIds()
{
    QHash<QString, OAuthClientId> result;
    for (const auto &client : builtInOAuthClients) {
        if (*client.id)
            result.insert(QString::fromUtf8(client.issuer),
                {.id = QString::fromUtf8(client.id), .secret = QString::fromUtf8(client.secret)});
    }
    return result;
}

QHash<QString, OAuthClientId> oauthClientIds(const Settings &settings)
{
    QHash<QString, OAuthClientId> result = builtInOAuthClientIds();
    const QJsonObject typed = typedByTheUser(settings);
    for (auto it = typed.begin(); it != typed.end(); ++it) {
        if (const QString id = it.value().toObject()["id"_L1].toString(); !id.isEmpty())
            result.insert(it.key(), {.id = id, .secret = {}});
    }
    return result;
}

bool holdsOAuthClientId(const Settings &settings, const QString &issuer)
{
    return oauthClientIds(settings).contains(issuer);
}

QString typedOAuthClientId(const Settings &settings, const QString &issuer)
{
    return typedByTheUser(settings)[issuer].toObject()["id"_L1].toString();
}

void setOAuthClientId(Settings &settings, const QString &issuer, const QString &clientId)
{
    QJsonObject typed = typedByTheUser(settings);
    if (clientId.isEmpty())
        typed.remove(issuer);
    else
        typed.insert(issuer, QJsonObject{{u"id"_s, clientId}});
    settings.setValue(Setting::OAuthClients,
        typed.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(typed).toJson(QJsonDocument::Compact)));
}

} // namespace postaci
