// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/sync/services.h"

#include <QFuture>

namespace postaci {

/// What a login to this server of the account takes: the password from the keychain, or an access token.
/// CredentialsMissing when there is no password, OAuthNeeded when the user has to sign in with the browser.
///
/// @param refused a token that the server did not take just now; with a password nothing
QFuture<Result<Credentials>> readCredentials(
    const Services &services, const Account &account, const ServerSettings &server, const QString &refused = {});

/// Whether to try once more with readCredentials(…, credentials.secret): a token may have ended or been taken back
/// before its time, which only the server knows. Never for a password.
bool worthAnotherToken(const MailError &error, const Credentials &credentials);

/// What connections of this account demand of a certificate: the engine's policy and the account's exceptions.
TlsPolicy tlsPolicyFor(const TlsPolicy &general, const Account &account);

/// Whether only the user can help: trying again with the same password could lock the account.
bool needsUser(const MailError &error);

} // namespace postaci
