// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/logins.h"

#include "core/settings/secretstore.h"
#include "core/sync/tokenkeeper.h"

namespace postaci {

QFuture<Result<Credentials>> readCredentials(
    const Services &services, const Account &account, const ServerSettings &server, const QString &refused)
{
    const Credentials login{.userName = server.userName, .method = server.auth};
    if (server.auth == AuthMethod::None)
        return QtFuture::makeReadyValueFuture(Result<Credentials>(login));
    const QFuture<Result<QString>> secret = server.auth == AuthMethod::OAuth2
        ? services.tokens.accessToken(account, refused)
        : services.secrets.read(SecretStore::keyFor(services.profile, server));
    return QFuture<Result<QString>>(secret).then([login](const Result<QString> &known) -> Result<Credentials> {
        if (!known)
            return failure(known.error());
        return Credentials{.userName = login.userName, .secret = *known, .method = login.method};
    });
}

bool worthAnotherToken(const MailError &error, const Credentials &credentials)
{
    return credentials.method == AuthMethod::OAuth2 && error.kind == ErrorKind::AuthenticationFailed;
}

TlsPolicy tlsPolicyFor(const TlsPolicy &general, const Account &account)
{
    TlsPolicy policy = general;
    policy.exceptions += account.exceptions;
    return policy;
}

bool needsUser(const MailError &error)
{
    switch (error.kind) {
    case ErrorKind::AuthenticationFailed:
    case ErrorKind::AppPasswordNeeded:
    case ErrorKind::OAuthNeeded:
    case ErrorKind::CredentialsMissing:
        return true;
    default:
        return false;
    }
}

} // namespace postaci
