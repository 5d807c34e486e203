// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a web server sends as settings: whatever it is, only usable servers come out.

#include "core/discovery/autoconfigxml.h"
#include "core/discovery/candidaterules.h"
#include "core/discovery/domainname.h"

#include <cstdint>
#include <cstdlib>
#include <iterator>

using namespace postaci;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString domain = QStringLiteral("example.com");
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    // Bare mutation hardly ever makes a whole document: one whose fields are the lines.
    static const QByteArray elements[] = {"hostname", "port", "socketType", "username", "authentication"};
    QByteArray fields;
    int line = 0;
    for (const QByteArray &value : bytes.split('\n')) {
        const QByteArray &element = elements[line++ % std::size(elements)];
        fields += '<' + element + '>' + value + "</" + element + '>';
    }
    QByteArray wrapped = "<clientConfig><emailProvider><displayName>" + bytes.first(qMin(bytes.size(), qsizetype(40)))
        + "</displayName>";
    for (const QByteArray type : {"imap", "pop3"})
        wrapped += "<incomingServer type='" + type + "'>" + fields + "</incomingServer>";
    wrapped += "<outgoingServer type='smtp'>" + fields + "</outgoingServer></emailProvider></clientConfig>";
    const QByteArray bare = "<clientConfig><emailProvider><incomingServer type='imap'>" + fields
        + "</incomingServer></emailProvider></clientConfig>";
    for (const QByteArray &xml : {bytes, wrapped, bare}) {
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
