// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/domainname.h"

#include <QSet>
#include <QStringList>
#include <QUrl>

#include <libpsl.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr qsizetype nameLimit = 253;
constexpr qsizetype labelLimit = 63;

bool isLetterOrDigit(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9');
}

bool isLabel(QStringView label)
{
    return !label.isEmpty() && label.size() <= labelLimit && isLetterOrDigit(label.front())
        && isLetterOrDigit(label.back())
        && std::all_of(label.begin(), label.end(), [](QChar c) { return c == u'-' || isLetterOrDigit(c); });
}

bool isInside(const QHostAddress &address, const char *network, int bits)
{
    return address.isInSubnet(QHostAddress(QLatin1StringView(network)), bits);
}

bool isPrivateIpv4(const QHostAddress &address)
{
    static constexpr struct {
        const char *network;
        int bits;
    } networks[] = {{"0.0.0.0", 8}, {"10.0.0.0", 8}, {"100.64.0.0", 10}, {"127.0.0.0", 8}, {"169.254.0.0", 16},
        {"172.16.0.0", 12}, {"192.168.0.0", 16}, {"224.0.0.0", 3}};
    return std::any_of(std::begin(networks), std::end(networks),
        [&address](const auto &entry) { return isInside(address, entry.network, entry.bits); });
}

/// The IPv4 address in the last four bytes.
QHostAddress lastFourBytes(const Q_IPV6ADDR &bytes)
{
    return QHostAddress(quint32(bytes[12]) << 24 | quint32(bytes[13]) << 16 | quint32(bytes[14]) << 8 | bytes[15]);
}

/// Scripts that belong to one way of writing count as one.
bool mayStandTogether(const QSet<QChar::Script> &scripts)
{
    using enum QChar::Script;
    static const QSet<QChar::Script> japanese{Script_Latin, Script_Han, Script_Hiragana, Script_Katakana};
    static const QSet<QChar::Script> chinese{Script_Latin, Script_Han, Script_Bopomofo};
    static const QSet<QChar::Script> korean{Script_Latin, Script_Han, Script_Hangul};
    return scripts.size() <= 1 || japanese.contains(scripts) || chinese.contains(scripts) || korean.contains(scripts);
}

QString toUnicode(const QString &host)
{
    // QUrl shows Unicode only for some top-level domains unless told otherwise.
    return QUrl::fromAce(QUrl::toAce(host), QUrl::IgnoreIDNWhitelist);
}

} // namespace

QString hostName(const QString &text)
{
    if (text.size() > 4 * nameLimit)
        return {};
    QString name = QString::fromLatin1(QUrl::toAce(text));
    if (name.endsWith(u'.'))
        name.chop(1);
    if (name.isEmpty() || name.size() > nameLimit)
        return {};
    const QList<QStringView> labels = QStringView(name).split(u'.');
    if (!std::all_of(labels.begin(), labels.end(), isLabel))
        return {};
    if (labels.size() < 2)
        return name == "localhost"_L1 ? name : QString();
    // "1.2.3.4", and "0x7f.1", which some resolvers take for an address too.
    const QStringView last = labels.last();
    if (last.front().isDigit() || !QHostAddress(name).isNull())
        return {};
    return name;
}

QString registrableDomain(const QString &host)
{
    const QString name = hostName(host);
    if (name.isEmpty() || name == "localhost"_L1)
        return {};
    const QByteArray ascii = name.toLatin1();
    const char *domain = psl_registrable_domain(psl_builtin(), ascii.constData());
    return domain ? QString::fromLatin1(domain) : QString();
}

bool haveSameOwner(const QString &host, const QString &otherHost)
{
    const QString name = hostName(host);
    const QString other = hostName(otherHost);
    if (name.isEmpty() || other.isEmpty())
        return false;
    if (name == other)
        return true;
    const QString domain = registrableDomain(name);
    return !domain.isEmpty() && domain == registrableDomain(other);
}

bool isPrivateAddress(const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return isPrivateIpv4(address);
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return true;
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    if (address == QHostAddress::AnyIPv6 || address == QHostAddress::LocalHostIPv6)
        return true;
    // IPv4-mapped, and through a translator (RFC 6052).
    if (isInside(address, "::ffff:0:0", 96) || isInside(address, "64:ff9b::", 96) || isInside(address, "::", 96))
        return isPrivateIpv4(lastFourBytes(bytes));
    // Unique local (RFC 4193), link-local, the old site-local, multicast.
    return isInside(address, "fc00::", 7) || isInside(address, "fe80::", 9) || isInside(address, "ff00::", 8);
}

bool isInternalDomain(const QString &domain)
{
    const QString name = hostName(domain);
    if (name == "localhost"_L1 || name.endsWith(".home.arpa"_L1) || name == "home.arpa"_L1)
        return true;
    static const QStringList inside{u"local"_s, u"localdomain"_s, u"localhost"_s, u"internal"_s, u"intranet"_s,
        u"lan"_s, u"home"_s, u"corp"_s, u"private"_s};
    return inside.contains(name.section(u'.', -1));
}

bool hasMixedScripts(const QString &host)
{
    for (const QString &label : toUnicode(host).split(u'.')) {
        QSet<QChar::Script> scripts;
        for (const char32_t c : label.toUcs4()) {
            const QChar::Script script = QChar::script(c);
            if (script != QChar::Script_Common && script != QChar::Script_Inherited)
                scripts.insert(script);
        }
        if (!mayStandTogether(scripts))
            return true;
    }
    return false;
}

} // namespace postaci
