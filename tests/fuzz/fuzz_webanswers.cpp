// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

// PACC documents and records, Autodiscover's JSON, redirects: what comes out can be connected to.

#include "core/discovery/domainname.h"
#include "core/discovery/paccdocument.h"
#include "core/discovery/webpolicy.h"

#include <cstdint>
#include <cstdlib>

using namespace postaci;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    if (const auto document = parsePacc(bytes)) {
        for (const ServerSettings &server : document->incoming + document->outgoing) {
            if (hostName(server.host) != server.host || server.encryption != Encryption::ImplicitTls)
                std::abort();
        }
        if (!document->oauthIssuer.isEmpty() && document->oauthIssuer.scheme() != QLatin1StringView("https"))
            std::abort();
    }
    // Nobody finds the digest of these bytes by chance.
    if (paccDigestMatches(QByteArrayLiteral("body"), {bytes}))
        std::abort();
    (void)hasPaccRecord({bytes});
    if (const auto host = autodiscoverHost(bytes); host && hostName(*host) != *host)
        std::abort();
    const QUrl from(QStringLiteral("https://autoconfig.example.com/mail/config-v1.1.xml"));
    if (const auto target = redirectTarget(from, bytes); target && !isFetchable(*target))
        std::abort();
    (void)looksLikeHtml(bytes);
    return 0;
}
