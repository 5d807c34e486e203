// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <algorithm>

namespace postaci {

/// Who signs users in with the browser: its addresses for RFC 6749 with RFC 7636, without any client id of ours.
struct OAuthIssuer {
    QString id;
    QString name;
    QUrl issuer; ///< RFC 8414 identifier; empty where none is published.
    QUrl authorizationUrl;
    QUrl tokenUrl;
    QStringList scopes; ///< For reading and sending.
    bool usesPkce = true; ///< RFC 7636 is known to be understood.
    QUrl registrationUrl; ///< Where somebody gets a client id of their own; may be empty.
};

/// What a mail provider needs, from resources/providers.json.
struct Provider {
    enum class AppPassword {
        No,
        WithTwoStep, ///< Only when the user has switched two-step login on.
        Always, ///< The usual password is never taken.
    };
    enum class Status {
        Ok,
        NeedsPreparation, ///< The user has to do something at the provider first; see the hints.
        NoImap, ///< Lets no other program in; there are no servers.
        NeedsBridge, ///< Only through the provider's own program on the same computer.
        Migrated, ///< The mailboxes have gone, or are going, to `migratedTo`.
        Unconfirmed, ///< Nobody vouches for the servers: good for trying them out, never to be filled in as known.
    };
    enum class Confidence {
        High, ///< Two independent lists, or the provider's own page.
        Medium,
        Low, ///< A single or old source, or contradicted.
    };
    /// What the user should know before typing a password; the ui has a sentence for each.
    enum class Hint {
        NoImap, ///< No other program may read this mail.
        Bridge, ///< Only through the provider's own program on the same computer.
        Migrated, ///< The mailboxes have gone, or are going, to another provider.
        PaidPlan, ///< Mail programs are let in with a paid plan only.
        EnableImap, ///< Has to be switched on once in the provider's web mail.
        EnableSmtp, ///< Sending has to be switched on once in the provider's web mail.
        AuthorizationCode, ///< A code made in the web mail is typed instead of the password.
        MailboxPassword, ///< The mailbox has a password of its own, other than the customer's login.
        PasswordMayBeRefused, ///< The provider is moving to browser sign-in.
        AdministratorDecides, ///< The organisation may have forbidden it.
        ProtectionMustBeOff, ///< With the extra protection of the mailbox switched on, nothing gets in.
        OwnUserName, ///< The user name is not the address; the user has to know it.
        MainAddressOnly, ///< Signing in with an alias is refused.
        RegionMatters, ///< The servers differ by the region in which the account was made.
        ServerNamedByHoster, ///< Each customer's server has a name of its own, told at the beginning.
        OnlyPop3, ///< There is no IMAP server.
        Pop3NotTooOften, ///< POP3 is refused when asked every few minutes.
        OnlyUnencryptedKnown, ///< Lists know unencrypted servers only; the ones here are untried.
        OnlyProvidersNetwork, ///< Sending works only from a line of this provider.
    };
    /// A name of a mail exchanger; `*` stands for any characters.
    struct MxPattern {
        QString pattern;
        bool confirmed = false; ///< Seen in published DNS; others are never matched.
    };

    QString id;
    QString name;
    Status status = Status::Ok;
    Confidence confidence = Confidence::Low;
    QStringList domains; ///< Lower case, ACE.
    QStringList domainPatterns; ///< See matchesDomainPattern().
    QList<MxPattern> mx;
    /// IMAP, then POP3; of each, the best first. "{domain}" in a host stands for the address' domain; the user name is
    /// userNameTemplate, localPartTemplate, or empty when the user has to tell it. See filledIn().
    QList<ServerSettings> incoming;
    QList<ServerSettings> outgoing; ///< As `incoming`.
    QString oauthIssuer; ///< Id of an OAuthIssuer, or empty.
    bool oauthOnly = false; ///< Password logins are gone.
    bool oauthForPop3 = true; ///< Unless the issuer's tokens are for IMAP and sending only.
    AppPassword appPassword = AppPassword::No;
    QUrl appPasswordUrl; ///< https, where the user makes one; may be empty.
    QUrl helpUrl; ///< https, the provider's page on mail programs; may be empty.
    QString migratedTo; ///< Id of the provider with Status::Migrated.
    bool serverFilesSent = false;
    QList<Hint> hints; ///< The most important first.
    QString source; ///< Which lists or pages say so.
    QString date; ///< "2026-08": when they said it.

    bool has(Hint hint) const { return hints.contains(hint); }
    bool hasServers() const { return !incoming.isEmpty() && !outgoing.isEmpty(); }
    /// May be filled in without asking the network: it is a provider's statement, not a rumour, and there is something
    /// to fill in.
    bool isKnown() const { return status != Status::Unconfirmed && hasServers(); }
    /// Whether there is an incoming server of this kind.
    bool offers(Protocol protocol) const
    {
        return std::any_of(incoming.cbegin(), incoming.cend(),
            [protocol](const ServerSettings &server) { return server.protocol == protocol; });
    }
};

} // namespace postaci
