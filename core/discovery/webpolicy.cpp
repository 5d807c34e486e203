// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/webpolicy.h"

#include "core/discovery/candidaterules.h"
#include "core/discovery/domainname.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr qsizetype locationLimit = 2048;
constexpr qsizetype jsonLimit = qsizetype(128) * 1024;

QString encodedPlaceholder(const QString &domain)
{
    return placeholderAddress(domain).replace(u'@', "%40"_L1);
}

} // namespace

QUrl autoconfigUrl(const QString &domain)
{
    return QUrl(u"https://autoconfig."_s + domain + u"/mail/config-v1.1.xml"_s);
}

QUrl wellKnownUrl(const QString &domain)
{
    return QUrl(u"https://"_s + domain + u"/.well-known/autoconfig/mail/config-v1.1.xml"_s);
}

QUrl ispdbUrl(const QString &domain)
{
    return QUrl(u"https://autoconfig.thunderbird.net/v1.1/"_s + domain);
}

QUrl paccUrl(const QString &domain)
{
    return QUrl(u"https://ua-auto-config."_s + domain + u"/.well-known/user-agent-configuration.json"_s);
}

QUrl autodiscoverUrl(const QString &host, const QString &domain)
{
    QUrl url(u"https://"_s + host + u"/autodiscover/autodiscover.json"_s);
    url.setQuery(u"Email="_s + encodedPlaceholder(domain) + u"&Protocol=AutodiscoverV1"_s, QUrl::StrictMode);
    return url;
}

QUrl withPlaceholder(QUrl url, const QString &domain)
{
    url.setQuery(u"emailaddress="_s + encodedPlaceholder(domain), QUrl::StrictMode);
    return url;
}

QUrl withAddress(QUrl url, const QString &address)
{
    url.setQuery(u"emailaddress="_s + QString::fromLatin1(QUrl::toPercentEncoding(address)), QUrl::StrictMode);
    return url;
}

bool isFetchable(const QUrl &url)
{
    return url.isValid() && url.scheme() == "https"_L1 && url.userInfo().isEmpty() && url.port(443) == 443
        && !hostName(url.host()).isEmpty();
}

std::optional<QUrl> redirectTarget(const QUrl &from, const QByteArray &location)
{
    if (location.isEmpty() || location.size() > locationLimit)
        return {};
    const QUrl relative = QUrl::fromEncoded(location, QUrl::StrictMode);
    if (!relative.isValid())
        return {};
    QUrl target = from.resolved(relative);
    target.setFragment({});
    if (!isFetchable(target))
        return {};
    return target;
}

bool looksLikeHtml(const QByteArray &body)
{
    const QByteArray start = body.first(qMin(body.size(), qsizetype(1024))).toLower();
    return start.contains("<html") || start.contains("<!doctype html");
}

std::optional<QString> autodiscoverHost(const QByteArray &json)
{
    if (json.size() > jsonLimit)
        return {};
    const QUrl url(QJsonDocument::fromJson(json).object().value("Url"_L1).toString(), QUrl::StrictMode);
    if (!isFetchable(url))
        return {};
    return hostName(url.host());
}

} // namespace postaci
