// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLatin1StringView>
#include <QString>

#include <span>

namespace postaci {

/// What somebody typed or pasted as their own address, made fit to search servers with.
struct AddressInput {
    enum class Problem {
        None,
        Empty,
        NoAt, ///< Nothing that separates the parts.
        SeveralAts, ///< "a@b@c.com"
        NoLocalPart,
        BadLocalPart, ///< Spaces or other characters that no address has, or more than 64 bytes (RFC 5321 4.5.3.1.1).
        NoDomain,
        /// "localhost": a name without a dot is nothing to search for; the servers have to be typed.
        SingleLabel,
        BadDomain, ///< No host name (RFC 5890), or too long.
    };

    QString address; ///< localPart@domain as the user reads it: lower case, Unicode. Empty with a problem.
    QString localPart; ///< As typed.
    QString domain; ///< Lower case, ACE form. With a problem: whatever could be made of it.
    Problem problem = Problem::None;
    QString suggestion; ///< A whole address, when the domain looks like a typing mistake; also without a problem.

    bool isUsable() const { return problem == Problem::None; }
    friend bool operator==(const AddressInput &, const AddressInput &) = default;
};

/// Trims, splits at the last @, lower-cases the domain by the rules of no language and turns it to its ACE form. A pure
/// function, but for the bundled table of providers: a domain that it knows is nobody's typing mistake.
AddressInput parseAddress(const QString &typed);

/// The part after the last @, in lower case (by the rules of no language) and ACE form. Empty if there is none.
QString domainOf(const QString &address);
QString localPartOf(const QString &address);

/// The domains that most people have their address at: what a mistyped one is compared with.
std::span<const QLatin1StringView> commonDomains();

} // namespace postaci
