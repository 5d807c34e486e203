// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <optional>

namespace postaci {

/// Which pages the search reads, and what kind of page came. Pure.

inline constexpr int redirectsLimit = 3;

/// draft-ietf-mailmaint-autoconfig, 1.1 and 1.2.
QUrl autoconfigUrl(const QString &domain);
QUrl wellKnownUrl(const QString &domain);
/// Mozilla's table.
QUrl ispdbUrl(const QString &domain);
QUrl paccUrl(const QString &domain);
/// Version 2, asked for nobody in particular at `domain`.
QUrl autodiscoverUrl(const QString &host, const QString &domain);
/// Some servers know no answer without an address: they get everybody's. Dots stay as they are, some servers need
/// them so.
QUrl withPlaceholder(QUrl url, const QString &domain);
/// With the real one, which needs the user's consent.
QUrl withAddress(QUrl url, const QString &address);

/// https to a host with a name, on its usual port, with nobody's name or password in it.
bool isFetchable(const QUrl &url);

/// Where a redirect leads, if we follow it: never from https to something else.
std::optional<QUrl> redirectTarget(const QUrl &from, const QByteArray &location);

/// A page for people: what a catch-all web server, or the sign-in page of a network, answers to everything.
bool looksLikeHtml(const QByteArray &body);

/// The host that an answer of Autodiscover version 2 points to; nothing when it is no such answer, or not https.
std::optional<QString> autodiscoverHost(const QByteArray &json);

} // namespace postaci
