// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/imap/gate/imapresponse.h"
#include "core/imap/imaptypes.h"

#include <optional>

namespace postaci {

/// What a NO, BAD or BYE means (RFC 9051 7.1, RFC 5530 response codes), with the server's words and the code.
MailError errorOf(const ImapResponse &status, Step step);

/// Whether a login was refused because there are too many connections already. Only few servers have a code for it.
bool meansTooManyConnections(const MailError &error);

/// COPYUID and APPENDUID (RFC 4315 3), where the status carries one that can be read.
std::optional<CopiedUids> copiedUids(const ImapResponse &status);
std::optional<quint32> appendedUid(const ImapResponse &status);

} // namespace postaci
