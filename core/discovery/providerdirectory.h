// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/discovery/addressinput.h"
#include "core/discovery/discoveryresult.h"
#include "core/discovery/provider.h"
#include "core/mail/account.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

namespace postaci {

/// Mail providers by domain, mail exchanger and server. A value: made from JSON, no network; const functions may be
/// called from several threads. What it finds lives as long as any copy of the directory; the bundled table's entries
/// live as long as the program.
class ProviderDirectory {
public:
    /// InvalidInput when it is not the format of providers.json (core/discovery/providertable.h); nothing is skipped
    /// silently.
    [[nodiscard]] static Result<ProviderDirectory> fromJson(const QByteArray &json);
    /// The table that the program carries. Read once, when it is first asked for.
    static ProviderDirectory bundled();

    /// By the domain of an address, exact names before patterns; null when unknown. An entry with Status::Unconfirmed
    /// is found too: see Provider::isKnown().
    const Provider *findByAddress(const QString &address) const;
    /// By a domain in lower case and ACE form.
    const Provider *findByDomain(const QString &domain) const;
    /// By the host name of a mail exchanger (of the best preference); of several patterns the longest. Only confirmed
    /// patterns count.
    const Provider *findByMx(const QString &exchanger) const;
    /// Whose server this host is, by its whole name; entries that nobody vouches for do not count.
    const Provider *findByHost(const QString &host) const;
    const Provider *findById(const QString &id) const;
    /// By id.
    const QList<Provider> &all() const { return m_providers; }

    /// Null when unknown.
    const OAuthIssuer *issuer(const QString &id) const;
    const QList<OAuthIssuer> &issuers() const { return m_issuers; }

private:
    QList<Provider> m_providers;
    QList<OAuthIssuer> m_issuers;
    QHash<QString, qsizetype> m_byId;
    QHash<QString, qsizetype> m_byDomain;
    QHash<QString, qsizetype> m_byMx; ///< Patterns without a star.
    QHash<QString, qsizetype> m_byHost;
};

/// A server of the table with an address put in: host and user name.
ServerSettings filledIn(const ServerSettings &server, const QString &address);
/// All servers of a list, see filledIn().
QList<ServerSettings> filledIn(const QList<ServerSettings> &servers, const QString &address);

/// The best servers of a provider that isKnown(), for one address; `source` is how the provider was found.
SettingsCandidate candidateAt(
    const Provider &provider, const Address &identity, SettingsSource source = SettingsSource::Table);

/// An account at a provider that has servers, ready to be checked.
Account accountAt(const Provider &provider, const Address &identity);
/// Guesses for an unknown domain: imap. and smtp. in front of it, TLS, the address as user name.
Account guessedAccount(const Address &identity);

/// The usual port of an encryption (RFC 8314, RFC 6409, RFC 9051).
quint16 usualPort(Protocol protocol, Encryption encryption);

} // namespace postaci
