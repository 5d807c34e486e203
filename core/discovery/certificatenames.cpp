// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/certificatenames.h"

#include "core/discovery/domainname.h"

#include <QSslCertificate>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr qsizetype namesLimit = 200;
constexpr qsizetype proposalsLimit = 12;
constexpr auto wildcard = "*."_L1;

/// What the wildcard stands below, or nothing when that belongs to everybody.
QString wildcardBase(const QString &name)
{
    if (!name.startsWith(wildcard))
        return {};
    const QString base = hostName(name.sliced(wildcard.size()));
    return registrableDomain(base).isEmpty() ? QString() : base;
}

QString normalised(const QString &name)
{
    if (!name.startsWith(wildcard))
        return hostName(name);
    const QString base = hostName(name.sliced(wildcard.size()));
    return base.isEmpty() ? QString() : wildcard + base;
}

} // namespace

QStringList certificateNames(const QByteArray &der)
{
    const QSslCertificate certificate(der, QSsl::Der);
    if (certificate.isNull())
        return {};
    QStringList stated = certificate.subjectAlternativeNames().values(QSsl::DnsEntry);
    std::sort(stated.begin(), stated.end());

    QStringList names;
    for (const QString &name : std::as_const(stated)) {
        const QString clean = normalised(name);
        if (!clean.isEmpty() && !names.contains(clean) && names.size() < namesLimit)
            names.append(clean);
    }
    return names;
}

bool certificateNameMatches(const QString &name, const QString &host)
{
    const QString wanted = hostName(host);
    if (wanted.isEmpty())
        return false;
    if (!name.startsWith(wildcard))
        return hostName(name) == wanted;
    const QString base = wildcardBase(name);
    return !base.isEmpty() && wanted.section(u'.', 1) == base;
}

QStringList hostsToTry(const QStringList &names, const QString &host)
{
    const QString asked = hostName(host);
    QStringList hosts;
    for (const QString &name : names) {
        if (!name.startsWith(wildcard)) {
            hosts.append(hostName(name));
            continue;
        }
        const QString base = wildcardBase(name);
        if (base.isEmpty())
            continue;
        for (const QString &label : {asked.section(u'.', 0, 0), u"mail"_s, u"imap"_s, u"smtp"_s})
            hosts.append(label + u'.' + base);
        hosts.append(base); // Next to a wildcard the certificate usually has its base.
    }
    hosts.removeIf([&](const QString &name) {
        return registrableDomain(name).isEmpty() || name == asked
            || std::none_of(names.begin(), names.end(),
                [&name](const QString &stated) { return certificateNameMatches(stated, name); });
    });
    hosts.removeDuplicates();
    std::stable_partition(
        hosts.begin(), hosts.end(), [&asked](const QString &name) { return haveSameOwner(name, asked); });
    return hosts.first(qMin(hosts.size(), proposalsLimit));
}

} // namespace postaci
