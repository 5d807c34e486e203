// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QString>

namespace postaci {

class Settings;

/// As whom the program is registered at an issuer (docs/oauth.md).
struct OAuthClientId {
    QString id;
    QString secret; ///< Of the build, may be empty; that of an id that the user typed is in the SecretStore.

    friend bool operator==(const OAuthClientId &, const OAuthClientId &) = default;
};

/// The ids by issuer: those that the program was built with, and over them those that the user typed
/// (Setting::OAuthClients). An issuer that is not in it cannot be used.
QHash<QString, OAuthClientId> oauthClientIds(const Settings &settings);

/// Whether the browser sign-in of this issuer can be offered: to be told before a password is asked for.
bool holdsOAuthClientId(const Settings &settings, const QString &issuer);

/// The id that the user typed for this issuer; empty when it was none.
QString typedOAuthClientId(const Settings &settings, const QString &issuer);

/// Saves what the user typed; with an empty id the one that the program was built with comes back. Its secret is for
/// MailEngine::keepOAuthClientSecret().
void setOAuthClientId(Settings &settings, const QString &issuer, const QString &clientId);

/// Those of the build alone.
QHash<QString, OAuthClientId> builtInOAuthClientIds();

} // namespace postaci
