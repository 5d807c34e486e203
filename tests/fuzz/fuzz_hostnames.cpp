// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Names from DNS, certificates and web servers.

#include "core/discovery/certificatenames.h"
#include "core/discovery/dnsrecords.h"
#include "core/discovery/domainname.h"

#include <cstdint>
#include <cstdlib>

using namespace postaci;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    (void)certificateNames(bytes);

    const QStringList names = QString::fromUtf8(bytes).split(QLatin1Char('\n'));
    QList<MxRecord> mx;
    QList<SrvRecord> srv;
    for (const QString &name : names) {
        const QString host = hostName(name);
        if (hostName(host) != host || host.size() > 253 || host.contains(QLatin1Char(' ')))
            std::abort();
        const QString domain = registrableDomain(name);
        if (!domain.isEmpty() && host != domain && !host.endsWith(QLatin1Char('.') + domain))
            std::abort();
        (void)hasMixedScripts(name);
        mx.append({name, int(name.size())});
        srv.append({name, int(name.size()), int(size % 7), int(name.size() % 3)});
    }
    for (const QString &host : chooseMx(mx).exchangers) {
        if (hostName(host) != host)
            std::abort();
    }
    for (const SrvRecord &record : chooseSrv(srv)) {
        if (hostName(record.target) != record.target || record.port < 1 || record.port > 65535)
            std::abort();
    }
    const QString asked = QStringLiteral("mail.firma.com.tr");
    for (const QString &host : hostsToTry(names, asked)) {
        if (host == asked || registrableDomain(host).isEmpty())
            std::abort();
    }
    return 0;
}
