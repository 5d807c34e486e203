// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/flags.h"

#include <QByteArray>
#include <QDateTime>

namespace postaci {

/// A message as an mbox file has it (RFC 4155, quoted as "mboxrd": every line of `From ` behind any number of `>` gets
/// one more, which can be taken back exactly). MboxReader gives back the same bytes for every message with lines of CR
/// LF that ends with one.
///
/// Two lines before the header hold the flags (Status and X-Status, which other programs read too).
/// @param sender for the separator; an empty one is written as MAILER-DAEMON
QByteArray mboxEntry(const QByteArray &message, Flags flags, const QByteArray &sender, const QDateTime &received);

} // namespace postaci
