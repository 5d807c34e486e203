// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/accountsecretskeeper.h"

#include "core/settings/secretstore.h"
#include "core/store/store.h"
#include "core/sync/tokenkeeper.h"

#include <QCoro/QCoroFuture>

#include <QSet>

namespace postaci {

AccountSecretsKeeper::AccountSecretsKeeper(const Services &services, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_waits(this)
{
}

QCoro::Task<Result<void>> AccountSecretsKeeper::save(Account account, MailEngine::AccountSecrets secrets)
{
    // With one login for both servers the two keys may be the same.
    if (!secrets.incoming.isEmpty()) {
        const auto kept = co_await m_waits.on(
            m_services.secrets.write(SecretStore::keyFor(m_services.profile, account.incoming), secrets.incoming));
        if (!kept)
            co_return failure(kept.error());
    }
    if (!secrets.outgoing.isEmpty()) {
        const auto kept = co_await m_waits.on(
            m_services.secrets.write(SecretStore::keyFor(m_services.profile, account.outgoing), secrets.outgoing));
        if (!kept)
            co_return failure(kept.error());
    }
    if (!secrets.tokens.isEmpty()) {
        const auto kept = co_await m_waits.on(m_services.tokens.keep(account, secrets.tokens));
        if (!kept)
            co_return failure(kept.error());
    }
    co_return {};
}

QCoro::Task<MailEngine::AccountSecrets> AccountSecretsKeeper::withKnown(
    Account account, MailEngine::AccountSecrets secrets)
{
    if (!account.id)
        co_return MailEngine::AccountSecrets(secrets);
    const auto saved = co_await m_services.store.read([id = account.id](const Tables &tables) -> Result<Account> {
        const std::optional<Account> found = tables.accounts.find(id);
        if (!found)
            return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
        return *found;
    });
    const auto isSameLogin = [](const ServerSettings &one, const ServerSettings &other) {
        return one.auth == AuthMethod::Password && other.auth == AuthMethod::Password && one.userName == other.userName
            && one.host.compare(other.host, Qt::CaseInsensitive) == 0;
    };
    if (saved && secrets.incoming.isEmpty() && isSameLogin(saved->incoming, account.incoming)) {
        const auto known
            = co_await m_waits.on(m_services.secrets.read(SecretStore::keyFor(m_services.profile, saved->incoming)));
        secrets.incoming = known.value_or(QString());
    }
    if (saved && secrets.outgoing.isEmpty() && isSameLogin(saved->outgoing, account.outgoing)) {
        const auto known
            = co_await m_waits.on(m_services.secrets.read(SecretStore::keyFor(m_services.profile, saved->outgoing)));
        secrets.outgoing = known.value_or(QString());
    }
    co_return MailEngine::AccountSecrets(secrets);
}

QCoro::Task<Result<void>> AccountSecretsKeeper::forget(Account account, QList<Account> others)
{
    QSet<QString> keys{SecretStore::keyFor(m_services.profile, account.incoming),
        SecretStore::keyFor(m_services.profile, account.outgoing)};
    const QString tokenKey = m_services.tokens.keyFor(account);
    if (account.usesOAuth())
        keys.insert(tokenKey);
    for (const Account &other : std::as_const(others)) {
        for (const ServerSettings *server : {&other.incoming, &other.outgoing}) {
            if (server->auth == AuthMethod::Password)
                keys.remove(SecretStore::keyFor(m_services.profile, *server));
        }
        if (other.usesOAuth())
            keys.remove(m_services.tokens.keyFor(other));
    }
    if (keys.contains(tokenKey))
        m_services.tokens.forget(account);
    Result<void> outcome;
    for (const QString &key : std::as_const(keys)) {
        if (const auto gone = co_await m_waits.on(m_services.secrets.remove(key)); !gone)
            outcome = gone;
    }
    co_return outcome;
}

} // namespace postaci
