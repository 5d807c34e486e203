// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/logins.h"

#include "core/settings/secretstore.h"

namespace postaci {

QFuture<Result<Credentials>> readCredentials(const Services &services, const ServerSettings &server)
{
    const Credentials login{.userName = server.userName, .method = server.auth};
    if (server.auth == AuthMethod::None)
        return QtFuture::makeReadyValueFuture(Result<Credentials>(login));
    return services.secrets.read(SecretStore::keyFor(services.profile, server))
        .then([login](Result<QString> secret) -> Result<Credentials> {
            if (!secret)
                return failure(secret.error());
            return Credentials{.userName = login.userName, .secret = *secret, .method = login.method};
        });
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
