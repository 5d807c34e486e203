// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QUrl>

namespace postaci {

/// The mail servers of a user-agent-configuration.json (draft-ietf-mailmaint-pacc-02): TLS from the first byte on the
/// registered port, the address as user name.
struct PaccDocument {
    QString providerName; ///< Cleaned.
    QList<ServerSettings> incoming;
    QList<ServerSettings> outgoing;
    QUrl oauthIssuer; ///< https; empty when there is none.

    friend bool operator==(const PaccDocument &, const PaccDocument &) = default;
};

/// Bytes.
inline constexpr qsizetype paccLimit = qsizetype(128) * 1024;

/// Whether one of the TXT records at _ua-auto-config.DOMAIN ("v=UAAC1; a=sha256; d=…") is for exactly these bytes. Each
/// record's strings are joined already.
bool paccDigestMatches(const QByteArray &body, const QList<QByteArray> &txtRecords);
/// Whether any of them is meant for this at all; without one the document need not be fetched.
bool hasPaccRecord(const QList<QByteArray> &txtRecords);

/// Protocol when it is no such document or names no mail server.
[[nodiscard]] Result<PaccDocument> parsePacc(const QByteArray &json);

} // namespace postaci
