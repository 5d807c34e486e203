// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHostAddress>
#include <QString>

namespace postaci {

/// Names of the internet, and what may be concluded from them. Pure: no network. Domains are compared in ACE form.

/// `text` as a host's name in ACE form and lower case, without a final dot. Empty unless it is one that a server
/// on the internet can have (RFC 1123 2.1): at least two labels of letters, digits and hyphens, and no address in
/// digits. "localhost" is the one name without a dot.
QString hostName(const QString &text);

/// The part that somebody registered, by the Public Suffix List: "example.com.tr" of "mail.example.com.tr". Empty for a
/// public suffix itself ("com.tr") and for what is no host name. Names below a hoster's public suffix belong to
/// different people.
QString registrableDomain(const QString &host);

/// Whether one owner has both: their registrable domains are the same.
bool haveSameOwner(const QString &host, const QString &otherHost);

/// Loopback, link-local, RFC 1918, RFC 6598, RFC 4193, unspecified, broadcast and multicast, also inside an IPv6
/// address that stands for an IPv4 one: nothing that a name of the internet should lead to.
bool isPrivateAddress(const QHostAddress &address);

/// Names that exist only inside a network: .local (RFC 6762), .home.arpa (RFC 8375), .internal and what companies and
/// routers use without asking anybody.
bool isInternalDomain(const QString &domain);

/// Whether a label of the name is written in more than one script, other than those that are written together
/// (Unicode TR 39, "highly restrictive"): "раypal" with two Cyrillic letters. Takes ACE and Unicode form.
bool hasMixedScripts(const QString &host);

} // namespace postaci
