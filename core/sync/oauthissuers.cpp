// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/oauthissuers.h"

namespace postaci {

QHash<QString, OAuthClient> oauthClients(
    const ProviderDirectory &directory, const QHash<QString, OAuthClientId> &clientIds)
{
    QHash<QString, OAuthClient> result;
    for (const OAuthIssuer &issuer : directory.issuers()) {
        const OAuthClientId client = clientIds.value(issuer.id);
        if (!client.id.isEmpty())
            result.insert(issuer.id,
                {.authorizationUrl = issuer.authorizationUrl,
                    .tokenUrl = issuer.tokenUrl,
                    .scopes = issuer.scopes,
                    .authorizationParameters = {},
                    .clientId = client.id,
                    .clientSecret = client.secret});
    }
    return result;
}

} // namespace postaci
