// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/imap/gate/imapresponse.h"

#include <QByteArray>

#include <optional>

namespace postaci {

/// What passes between KIMAP and a server, rewritten for the other side. Pure functions of bytes.
///
/// KIMAP takes `a\\b` and `a\\\\b` for the same mailbox and loses brackets, so it only ever sees a token: `=` and the
/// name's bytes in hexadecimal.

QByteArray mailboxToken(QByteArrayView name);
std::optional<QByteArray> mailboxOfToken(QByteArrayView token);

/// As a quoted string (RFC 9051 4.3). Not for NUL, CR and LF.
QByteArray quoted(QByteArrayView text);
/// Whether quoted() may be used.
bool isQuotable(QByteArrayView text);

/// A command as KIMAP writes it, without CR LF.
struct CommandLine {
    QByteArray tag;
    QByteArray verb; ///< Upper case, with its UID: `UID FETCH`.
    QByteArray arguments;

    /// Nothing when it is not a command.
    static std::optional<CommandLine> read(QByteArrayView line);
    /// With the mailboxes' own names in place of the tokens.
    QByteArray forServer() const;
};

/// A command as a log may show it: mailboxes are named, a search's words and everything long are not.
QByteArray redacted(const CommandLine &command);

/// What KIMAP may see of a response, as a line that is written anew from values: its verdicts, and the data that its
/// LIST and SELECT jobs read. Empty: nothing. A server's text never passes.
QByteArray responseForKimap(const ImapResponse &response);

/// What KIMAP sees as the separator of a mailbox that has none; it takes NIL for a slash.
inline constexpr char noSeparator = '\x01';

} // namespace postaci
