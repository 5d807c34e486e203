// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <utility>

namespace postaci {

/// Where tokens are asked for and under which registration: an issuer's addresses (RFC 6749 3) and our id there.
struct OAuthClient {
    QUrl authorizationUrl; ///< Opened in the user's browser.
    QUrl tokenUrl;
    QStringList scopes;
    QList<std::pair<QString, QString>>
        authorizationParameters; ///< What this issuer wants besides, in the browser's URL.
    QString clientId;
    QString clientSecret; ///< Proves nothing in a program that anybody can take apart (RFC 8252 8.5); may be empty.

    /// Both addresses are https (or http on this computer, for tests), and there is an id.
    bool isUsable() const;

    friend bool operator==(const OAuthClient &, const OAuthClient &) = default;
};

} // namespace postaci
