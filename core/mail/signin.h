// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDeadlineTimer>
#include <QMetaType>
#include <QString>

namespace postaci {

/// What signing in with the browser gives, or a refresh (RFC 6749 5.1). Secrets: never stored but in the SecretStore,
/// never logged.
struct OAuthTokens {
    QString accessToken;
    QString refreshToken; ///< Empty after a refresh: the old one stays.
    /// When the access token ends, by a clock that nobody sets; Forever where the issuer does not say.
    QDeadlineTimer expires{QDeadlineTimer::Forever};

    bool isEmpty() const { return accessToken.isEmpty() && refreshToken.isEmpty(); }

    friend bool operator==(const OAuthTokens &, const OAuthTokens &) = default;
};

/// What the user's browser shows at the end, in the user's language; plain text.
struct SignInPages {
    struct Page {
        QString heading;
        QString text;
    };

    QString language; ///< "en", "tr"
    Page done;
    Page failed;
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::OAuthTokens)
