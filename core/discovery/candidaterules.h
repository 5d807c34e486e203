// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/discoveryresult.h"

#include <QString>
#include <QStringList>

#include <functional>

namespace postaci {

/// What holds for settings wherever they come from. Pure.
///
/// During a search user names are templates with the placeholders of draft-ietf-mailmaint-autoconfig: the search never
/// knows whose address it is for, so it cannot give it away.

inline const QString userNameTemplate = QStringLiteral("%EMAILADDRESS%");
inline const QString localPartTemplate = QStringLiteral("%EMAILLOCALPART%");

/// The user name for `address`. One pass: what an address brings in is not looked at again.
QString filledUserName(const QString &userName, const QString &address);
/// The address that stands for everybody's at `domain` in a question that cannot do without one.
QString placeholderAddress(const QString &domain);
/// A user name as the answer to that question has it, turned back into a template.
QString templateOf(const QString &userName, const QString &domain);

/// Whether this port can speak that protocol in that way: the registered one, or one that nobody registered for mail.
/// Never 25, which is between servers, and never without encryption.
bool isSanePort(Protocol protocol, quint16 port, Encryption encryption);

/// At most one IMAP, one POP3 (in this order) and one outgoing server: TLS from the first byte before STARTTLS
/// (RFC 8314 3), else the order of the lists. Hosts and ports are taken as they are.
SettingsCandidate candidateOf(
    SettingsSource source, const QList<ServerSettings> &incoming, const QList<ServerSettings> &outgoing);

/// Both halves are there.
bool isComplete(const SettingsCandidate &candidate);
/// `candidate` with the half that it lacks, from `other`. What has to be approved is added up.
SettingsCandidate completedWith(SettingsCandidate candidate, const SettingsCandidate &other);
/// The same servers, ports and encryption, whoever says so.
bool haveSameServers(const SettingsCandidate &a, const SettingsCandidate &b);
/// Each host once, incoming first.
QStringList hostsOf(const SettingsCandidate &candidate);

/// Where a candidate comes from, as far as it matters for trust.
struct Provenance {
    QString domain; ///< Of the address.
    bool redirected = false; ///< The answer came from another owner's web server.
    bool guessedHosts = false; ///< The hosts come from an entry of the table that nobody could confirm.
};
/// The hosts that the user has to look at before a password goes there. `isKnownHost`: a server of the program's table.
QStringList hostsToApprove(const SettingsCandidate &candidate, const Provenance &provenance,
    const std::function<bool(const QString &host)> &isKnownHost);

/// The candidate for one address, templates filled in.
SettingsCandidate filledFor(SettingsCandidate candidate, const QString &address);

} // namespace postaci
