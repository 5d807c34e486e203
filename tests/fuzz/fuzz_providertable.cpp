// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A table may come from outside one day: what is taken is encrypted, linked by https and without contradictions.

#include "core/discovery/providerdirectory.h"

#include <cstdint>
#include <cstdlib>

using namespace postaci;

static void check(bool fine)
{
    if (!fine)
        std::abort();
}

static bool isHttps(const QUrl &url)
{
    return url.isEmpty() || (url.scheme() == QLatin1String("https") && !url.host().isEmpty());
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const Result<ProviderDirectory> directory
        = ProviderDirectory::fromJson(QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    if (!directory) {
        check(directory.error().kind == ErrorKind::InvalidInput);
        return 0;
    }
    for (const OAuthIssuer &issuer : directory->issuers())
        check(isHttps(issuer.authorizationUrl) && isHttps(issuer.tokenUrl) && directory->issuer(issuer.id));
    for (const Provider &provider : directory->all()) {
        check(directory->findById(provider.id) == &provider);
        check(isHttps(provider.appPasswordUrl) && isHttps(provider.helpUrl));
        check(provider.oauthIssuer.isEmpty() || directory->issuer(provider.oauthIssuer));
        for (const QString &domain : provider.domains)
            check(directory->findByDomain(domain) == &provider);
        for (const ServerSettings &server :
            filledIn(provider.incoming + provider.outgoing, QStringLiteral("a@b.example")))
            check(server.encryption != Encryption::None && server.port != 0 && !server.host.isEmpty());
        (void)candidateAt(provider, {});
        (void)directory->findByMx(provider.name);
    }
    return 0;
}
