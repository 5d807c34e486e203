// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/dnsrecords.h"

#include "core/discovery/candidaterules.h"
#include "core/discovery/domainname.h"

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

bool isRoot(const QString &name)
{
    return name.isEmpty() || name == "."_L1;
}

} // namespace

MxChoice chooseMx(QList<MxRecord> records)
{
    MxChoice choice;
    choice.takesNoMail = records.size() == 1 && isRoot(records.first().exchanger);
    std::stable_sort(records.begin(), records.end(),
        [](const MxRecord &a, const MxRecord &b) { return a.preference < b.preference; });
    for (const MxRecord &record : records) {
        const QString name = hostName(record.exchanger);
        if (!name.isEmpty() && !choice.exchangers.contains(name))
            choice.exchangers.append(name);
    }
    return choice;
}

QList<SrvRecord> chooseSrv(QList<SrvRecord> records)
{
    QList<SrvRecord> chosen;
    for (SrvRecord record : records) {
        if (isRoot(record.target))
            continue;
        record.target = hostName(record.target);
        if (!record.target.isEmpty() && record.port > 0 && record.port <= 65535)
            chosen.append(record);
    }
    std::stable_sort(chosen.begin(), chosen.end(), [](const SrvRecord &a, const SrvRecord &b) {
        return std::tuple(a.priority, -a.weight) < std::tuple(b.priority, -b.weight);
    });
    return chosen;
}

ServerSettings serverBySrv(const SrvService &service, const QList<SrvRecord> &records)
{
    ServerSettings server{.protocol = service.protocol, .encryption = service.encryption};
    for (const SrvRecord &record : chooseSrv(records)) {
        if (!isSanePort(service.protocol, quint16(record.port), service.encryption))
            continue;
        server.host = record.target;
        server.port = quint16(record.port);
        server.userName = userNameTemplate;
        break;
    }
    return server;
}

} // namespace postaci
