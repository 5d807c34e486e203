// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"

#include <QList>
#include <QString>

#include <optional>

namespace postaci {

/// The same server on the other port that its protocol is usually found at: 465 and 587, 993 and 143, 995 and 110, each
/// with its own encryption (RFC 8314). Nothing for other ports, and never without TLS. Pure.
std::optional<ServerSettings> otherPort(const ServerSettings &server);

/// What else the same host may speak, when what was chosen for it does not work out: TLS from the first byte on its
/// usual port, the other kind of encryption on this very port, STARTTLS on its usual port. The best first; never
/// without TLS. Pure.
QList<ServerSettings> otherEncryptions(const ServerSettings &server);

/// The address for its local part and the other way round; empty when the user name is neither, or there is no other.
/// Pure.
QString otherUserName(const QString &userName, const QString &address);

} // namespace postaci
