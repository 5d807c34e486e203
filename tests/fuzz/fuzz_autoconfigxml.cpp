// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a web server sends as settings: whatever it is, only usable servers come out.

#include "core/discovery/autoconfigxml.h"
#include "core/discovery/candidaterules.h"
#include "core/discovery/domainname.h"

#include <cstdint>
#include <cstdlib>

using namespace postaci;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString domain = QStringLiteral("example.com");
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    // Bare mutation hardly ever makes a whole document.
    const QByteArray wrapped = "<clientConfig><emailProvider><incomingServer type='imap'>" + bytes
        + "</incomingServer></emailProvider></clientConfig>";
    for (const QByteArray &xml : {bytes, wrapped}) {
        const auto document = parseAutoconfig(xml, domain, size % 2 == 0);
        if (!document)
            continue;
        if (xml.size() > autoconfigLimit || document->providerName.size() > 300)
            std::abort();
        for (const ServerSettings &server : document->incoming + document->outgoing) {
            if (hostName(server.host) != server.host || server.userName.isEmpty()
                || !isSanePort(server.protocol, server.port, server.encryption))
                std::abort();
            (void)filledUserName(server.userName, QStringLiteral("a@example.com"));
        }
    }
    return 0;
}
