// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace postaci {

/// The mail servers of a clientConfig document (draft-ietf-mailmaint-autoconfig), as far as they can be used: TLS or
/// STARTTLS, a real host name, a port that fits, a way to log in that we have. Others are left out.
struct AutoconfigDocument {
    QString providerName; ///< Cleaned; may be empty.
    QList<ServerSettings> incoming; ///< IMAP and POP3 in the document's order. User names are templates.
    QList<ServerSettings> outgoing;
    /// Servers were named, and only ones without encryption.
    bool onlyUnencrypted = false;

    friend bool operator==(const AutoconfigDocument &, const AutoconfigDocument &) = default;
};

/// Bytes; the draft's documents have about two thousand.
inline constexpr qsizetype autoconfigLimit = qsizetype(128) * 1024;

/// Pure. Protocol when it is no such document: another root, a DTD (nothing in it is ever expanded or fetched), cut
/// off, too large. `domain` fills %EMAILDOMAIN% in hosts; the document's own list of domains is advice and not looked
/// at. With `placeholderSent` user names made of the placeholder address are templates again.
[[nodiscard]] Result<AutoconfigDocument> parseAutoconfig(
    const QByteArray &xml, const QString &domain, bool placeholderSent = false);

} // namespace postaci
