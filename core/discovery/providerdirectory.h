// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace postaci {

/// What a mail provider needs, from resources/providers.json.
struct Provider {
    /// Which part of the address a server wants as the user name.
    enum class UserName { Address, LocalPart };
    enum class AppPassword {
        No,
        WithTwoStep, ///< Only when the user has switched two-step login on.
        Always, ///< The usual password is never taken.
    };
    /// What the user should know before typing a password; the ui has a sentence for each.
    enum class Hint {
        EnableImap, ///< Has to be switched on once in the provider's web mail.
        PasswordMayBeRefused, ///< The provider is moving to browser sign-in.
        Bridge, ///< Only through the provider's own program on the same computer.
        NoImap, ///< No other program may read this mail.
    };

    QString id;
    QString name;
    QStringList domains; ///< Lower case, ACE; "*.example.com" stands for every name below.
    ServerSettings incoming; ///< Without a user name. No host with Hint::NoImap.
    ServerSettings outgoing;
    UserName incomingUser = UserName::Address;
    UserName outgoingUser = UserName::Address;
    AppPassword appPassword = AppPassword::No;
    QUrl appPasswordUrl; ///< https, where the user makes one; may be empty.
    bool oauthOnly = false; ///< Password logins are gone.
    bool serverFilesSent = false;
    QList<Hint> hints;

    bool has(Hint hint) const { return hints.contains(hint); }
};

/// Mail providers by domain. A value: made from JSON, no network.
class ProviderDirectory {
public:
    /// InvalidInput when it is not the format of providers.json; nothing is skipped silently.
    [[nodiscard]] static Result<ProviderDirectory> fromJson(const QByteArray &json);
    /// The table that the program carries.
    static ProviderDirectory bundled();

    /// By the domain of an address; null when unknown.
    const Provider *findByAddress(const QString &address) const;
    const Provider *findById(const QString &id) const;
    /// By name.
    const QList<Provider> &all() const { return m_providers; }

private:
    QList<Provider> m_providers;
    QHash<QString, qsizetype> m_byDomain; ///< "*.example.com" under its own text.
};

/// The part after the last @, in lower case (by the rules of no language) and ACE form. Empty if there is none.
QString domainOf(const QString &address);
QString localPartOf(const QString &address);

/// An account at a known provider, ready to be checked.
Account accountAt(const Provider &provider, const Address &identity);
/// Guesses for an unknown domain: imap. and smtp. in front of it, TLS, the address as user name.
Account guessedAccount(const Address &identity);

/// The usual port of an encryption (RFC 8314, RFC 6409, RFC 9051).
quint16 usualPort(Protocol protocol, Encryption encryption);

} // namespace postaci
