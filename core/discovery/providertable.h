// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/discovery/provider.h"

#include <QByteArray>
#include <QList>

namespace postaci {

/// What resources/providers.json says. Its format, which this reader enforces:
///
///     {"issuers": [ISSUER…], "providers": [PROVIDER…]}
///     ISSUER    id, name, authorizationUrl, tokenUrl, scopes; may have issuer, registrationUrl, pkce (true)
///     PROVIDER  id, name, status, confidence, source, date (YYYY-MM);
///               may have imap, pop3, smtp (SERVER…, the best first), oauth (an issuer's id), oauthOnly, oauthPop3
///               (true), appPassword (withTwoStep, always), appPasswordUrl, helpUrl, migratedTo (a provider's id),
///               serverFilesSent, hints, domains, domainPatterns, mx and mxUnconfirmed (patterns)
///     SERVER    host, port, encryption (tls, starttls); may have userName (address, localPart, own)
///
/// Addresses of pages are https. Names of domains and exchangers are lower case, and belong to one provider only.
struct ProviderTable {
    QList<OAuthIssuer> issuers;
    QList<Provider> providers;
};

/// InvalidInput with the id of the entry that is wrong. Nothing is skipped: an unknown key is as wrong as a missing
/// one.
[[nodiscard]] Result<ProviderTable> parseProviderTable(const QByteArray &json);

} // namespace postaci
