// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/addresscheck.h"

#include "core/mime/headerparser.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

bool isUsableAddress(const QString &address)
{
    const qsizetype at = address.lastIndexOf(u'@');
    if (at < 1 || address.size() > 254)
        return false;
    const QString local = address.first(at);
    const QString domain = address.sliced(at + 1);
    const auto unfit
        = [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control || c == u'<' || c == u'>'; };
    const bool quoted = local.size() > 2 && local.startsWith(u'"') && local.endsWith(u'"');
    if (local.toUtf8().size() > 64 || std::any_of(domain.begin(), domain.end(), unfit)
        || (!quoted && (std::any_of(local.begin(), local.end(), unfit) || local.contains(u'@'))))
        return false;
    if (domain.startsWith(u'[') && domain.endsWith(u']'))
        return true; // An address literal (RFC 5321 4.1.3); the server judges it.
    return !QUrl::toAce(domain).isEmpty();
}

AddressList typedAddresses(const QString &text)
{
    // Other programs have taught people to write "a; b". A colon would make it a group (RFC 5322 3.4).
    QString list = text;
    if (!list.contains(u':'))
        list.replace(u';', u',');
    AddressList addresses = parseAddresses(list);
    addresses.removeIf(
        [](const Address &address) { return address.address.isEmpty() && address.name.trimmed().isEmpty(); });
    return addresses;
}

} // namespace postaci
