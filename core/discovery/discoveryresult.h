// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/mail/account.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>

namespace postaci {

/// Where server settings can come from. In the order of rank: the first that answers is used.
enum class SettingsSource {
    Table, ///< The program's own table, by the domain.
    TableByMx, ///< The same table, by the name of the domain's mail exchanger.
    Pacc, ///< draft-ietf-mailmaint-pacc, its digest in DNS checked.
    Autoconfig, ///< https autoconfig.DOMAIN (draft-ietf-mailmaint-autoconfig).
    WellKnown, ///< https DOMAIN/.well-known/autoconfig.
    Ispdb, ///< Mozilla's public table.
    Srv, ///< RFC 6186, 8314.
    MxAutoconfig, ///< Autoconfig of the company that runs the mail exchanger.
    Autodiscover, ///< Microsoft; only after consent.
    Probe, ///< Usual names and ports that answered with TLS.
    Guess, ///< Nothing answered: the usual names, untried.
};

/// What a search may ask.
struct DiscoveryOptions {
    bool askOutside = true; ///< Others than the address' own domain and the network's DNS: public tables.
    bool askMicrosoft = false; ///< After consent: tells Microsoft the domain.
    bool tellAddress = false; ///< After consent: tells DiscoveryResult::wantsAddress the whole address.
};

/// A set of servers for one address, from one source.
struct SettingsCandidate {
    SettingsSource source = SettingsSource::Guess;
    /// Best first: at most one IMAP and one POP3 server. With the user name filled in.
    QList<ServerSettings> incoming;
    ServerSettings outgoing;
    /// Hosts that nothing proves to belong to the address' domain: the user looks at them before a password goes there.
    QStringList hostsToApprove;
    QString providerId; ///< In the table; may be empty.
    QString providerName; ///< "Google Workspace"; who runs the mail, where known.
    QString oauthIssuer; ///< Id of an OAuth issuer of the table, or empty.
    bool oauthOnly = false; ///< No password is taken.
    bool serverFilesSent = false;

    bool needsApproval() const { return !hostsToApprove.isEmpty(); }
    friend bool operator==(const SettingsCandidate &, const SettingsCandidate &) = default;
};

/// One question of the search and how it went, for the screen and the report.
struct DiscoveryStep {
    enum class State { Running, Found, Nothing, Failed };

    SettingsSource source = SettingsSource::Table;
    QString asked; ///< Host or DNS name, never the address.
    State state = State::Running;
    std::optional<MailError> error; ///< When Failed.
    qint64 milliseconds = 0;
};

/// What is known about an address' servers.
struct DiscoveryResult {
    /// Why the search as a whole could not go on, or need not.
    enum class Obstacle {
        None,
        Offline, ///< No name could be resolved at all.
        CaptivePortal, ///< The network answers everything itself and wants a sign-in page first.
        NoSuchDomain,
        NoMailDomain, ///< RFC 7505: this domain takes no mail.
        NoImap, ///< The provider lets no mail program in; see providerId.
        Cancelled,
    };

    Obstacle obstacle = Obstacle::None;
    QString domain; ///< ACE form.
    /// Best first. Never empty without an obstacle: the last one is a Guess for the form.
    QList<SettingsCandidate> candidates;
    QStringList
        wantsAddress; ///< Web servers of the domain itself that answer nobody who does not tell a whole address.
    QList<DiscoveryStep> steps; ///< In the order in which they ended.
    qint64 milliseconds = 0;
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::SettingsCandidate)
Q_DECLARE_METATYPE(postaci::DiscoveryStep)
Q_DECLARE_METATYPE(postaci::DiscoveryResult)
