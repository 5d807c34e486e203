// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace postaci {

/// The names that a certificate is for. Pure: nothing is verified here, whoever answers can write anything into one.

/// Host names in ACE form, each once, "*.example.com" as it stands: the subject alternative names, which alone count
/// (RFC 9525 6.3). At most 200. Empty for what is no certificate.
QStringList certificateNames(const QByteArray &der);

/// RFC 6125 6.4.3: a wildcard stands for exactly one label, the leftmost, and never for names right below a public
/// suffix.
bool certificateNameMatches(const QString &name, const QString &host);

/// The hosts that somebody who asked for `host` and got a certificate with these names may have meant, best first:
/// those of the same owner, then the others. A wildcard stands for `host`'s own first label and the usual names of mail
/// servers in its place. Without `host` itself; at most 12.
QStringList hostsToTry(const QStringList &names, const QString &host);

} // namespace postaci
