// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/sync/services.h"

#include <QFuture>

namespace postaci {

/// What a login to this server takes, with the secret from the keychain. CredentialsMissing when there is none.
QFuture<Result<Credentials>> readCredentials(const Services &services, const ServerSettings &server);

/// What connections of this account demand of a certificate: the engine's policy and the account's exceptions.
TlsPolicy tlsPolicyFor(const TlsPolicy &general, const Account &account);

/// Whether only the user can help: trying again with the same password could lock the account.
bool needsUser(const MailError &error);

} // namespace postaci
