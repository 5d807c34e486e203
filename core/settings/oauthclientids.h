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
    QString secret; ///< May be empty; no secret in the strict sense (RFC 8252 8.5).

    friend bool operator==(const OAuthClientId &, const OAuthClientId &) = default;
};

/// The ids by issuer: those that the program was built with, and over them those that the user typed
/// (Setting::OAuthClients). An issuer that is not in it cannot be used.
QHash<QString, OAuthClientId> oauthClientIds(const Settings &settings);

/// Whether the browser sign-in of this issuer can be offered: to be told before a password is asked for.
bool holdsOAuthClientId(const Settings &settings, const QString &issuer);

/// Saves what the user typed; with an empty id the one that the program was built with comes back.
void setOAuthClientId(Settings &settings, const QString &issuer, const OAuthClientId &client);

/// Those of the build alone.
QHash<QString, OAuthClientId> builtInOAuthClientIds();

} // namespace postaci
