// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/mail/signin.h"
#include "core/net/oauthclient.h"
#include "core/net/tlspolicy.h"
#include "core/sync/backoff.h"
#include "core/sync/bell.h"
#include "core/sync/cancellablewaits.h"

#include <QCoro/QCoroTask>

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QPromise>

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace postaci {

class OAuthRefresh;
class SecretStore;

/// Access tokens for the accounts that sign in with the browser (AuthMethod::OAuth2).
///
/// All connections of an account get theirs here, so that one refresh serves them all. Access tokens live in memory;
/// the refresh token in the SecretStore. A token counts as used up a minute before its end, measured by a clock that
/// nobody can set; what that clock does not see (a computer that slept, a token that was taken back) the server's
/// refusal tells.
///
/// The issuer is asked at most twice a minute for each account, and less often after a failure that may pass. When it
/// says that the login is void, it is not asked again until there is a new one (keep()).
///
/// Lives on the engine thread. Deleted after stop() has ended.
class TokenKeeper : public QObject {
    Q_OBJECT

public:
    TokenKeeper(SecretStore &secrets, TlsPolicy tls, QString profile, QObject *parent);
    ~TokenKeeper() override;

    /// By the id of the issuer. A void login gets another chance.
    void setClients(const QHash<QString, OAuthClient> &clients);
    /// With its secret, be it one that the user typed; not usable when there is no client id.
    QCoro::Task<OAuthClient> client(QString issuer);
    /// The secret of a client id that the user typed; an empty one is removed. Fails as SecretStore does.
    QFuture<Result<bool>> keepClientSecret(const QString &issuer, const QString &clientId, const QString &secret);

    /// @param refused a token that a server did not take: not given again
    ///
    /// Fails with OAuthNeeded when the user has to sign in, with Step::RefreshToken; otherwise the failure may pass.
    QFuture<Result<QString>> accessToken(const Account &account, const QString &refused = {});

    /// What a sign-in gave. Fails as SecretStore::write() does.
    QFuture<Result<bool>> keep(const Account &account, const OAuthTokens &tokens);
    /// The user acts or the network is back: no need to wait longer after a failure. The limit of two a minute stays.
    void tryAgain(const Account &account);
    /// Forgets the tokens in memory; keyFor() tells what is to be removed from the SecretStore.
    void forget(const Account &account);

    /// Under which the refresh token is kept.
    QString keyFor(const Account &account) const;

    QCoro::Task<void> stop();

private:
    using Waiter = std::shared_ptr<QPromise<Result<QString>>>;

    struct Login {
        QString issuer;
        OAuthTokens tokens;
        QString refused; ///< The newest token that a server did not take.
        std::vector<Waiter> waiters;
        QList<QDeadlineTimer> tries; ///< Each expires a minute after a request to the issuer.
        Backoff backoff{std::chrono::seconds(30), std::chrono::minutes(15)};
        QDeadlineTimer notBefore{0};
        std::optional<MailError> failure; ///< Of the last try.
        bool isVoid = false; ///< The issuer has said so.
        bool refreshing = false;
        quint64 generation = 0; ///< Of keep() and forget(): a refresh that was overtaken changes nothing.
        std::unique_ptr<OAuthRefresh> request; ///< While one is under way.
    };

    Login &loginOf(const Account &account);
    static bool isUsable(const Login &login);
    static bool mustWait(Login &login);
    QCoro::Task<void> refresh(QString key);
    QCoro::Task<Result<OAuthTokens>> askIssuer(QString key);
    void remember(Login &login, const OAuthTokens &tokens);
    static void fail(Login &login, const MailError &error);
    static void settle(Login &login, const Result<QString> &outcome);

    SecretStore &m_secrets;
    const TlsPolicy m_tls;
    const QString m_profile;
    QHash<QString, OAuthClient> m_clients;
    std::unordered_map<QString, Login> m_logins; ///< By key; its values stay where they are.
    CancellableWaits m_waits;
    Bell m_ended;
    int m_running = 0;
    bool m_stopping = false;
};

} // namespace postaci
