// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/tokenkeeper.h"

#include "core/base/log.h"
#include "core/net/oauthrefresh.h"
#include "core/settings/secretstore.h"

#include <QCoro/QCoroFuture>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace postaci {

namespace {

constexpr qsizetype triesAMinute = 2;
/// Before a token's end; a login takes some seconds, and a long one some more.
constexpr std::chrono::milliseconds margin = 60s;

/// A life that is shorter than the margin would else be refreshed for every connection.
QDeadlineTimer useBefore(const QDeadlineTimer &end)
{
    if (end.isForever())
        return end;
    const auto life = std::chrono::milliseconds(end.remainingTime());
    return QDeadlineTimer(std::max(life - margin, life / 2), Qt::CoarseTimer);
}

QFuture<Result<QString>> ready(Result<QString> result)
{
    return QtFuture::makeReadyValueFuture(std::move(result));
}

} // namespace

TokenKeeper::TokenKeeper(SecretStore &secrets, TlsPolicy tls, QString profile, QObject *parent)
    : QObject(parent)
    , m_secrets(secrets)
    , m_tls(std::move(tls))
    , m_profile(std::move(profile))
    , m_waits(this)
    , m_ended(this)
{
}

TokenKeeper::~TokenKeeper()
{
    Q_ASSERT(m_running == 0);
}

void TokenKeeper::setClients(const QHash<QString, OAuthClient> &clients)
{
    m_clients = clients;
    for (auto &[key, login] : m_logins)
        login.isVoid = false;
}

QCoro::Task<OAuthClient> TokenKeeper::client(QString issuer)
{
    OAuthClient client = m_clients.value(issuer);
    if (client.isUsable() && client.clientSecret.isEmpty()) {
        const QString key = SecretStore::clientKeyFor(m_profile, issuer, client.clientId);
        client.clientSecret = (co_await m_waits.on(m_secrets.read(key))).value_or(QString());
    }
    co_return client;
}

QFuture<Result<bool>> TokenKeeper::keepClientSecret(
    const QString &issuer, const QString &clientId, const QString &secret)
{
    const QString key = SecretStore::clientKeyFor(m_profile, issuer, clientId);
    if (!secret.isEmpty())
        return m_secrets.write(key, secret);
    return m_secrets.remove(key).then([](const Result<void> &removed) -> Result<bool> {
        return removed ? Result<bool>(true) : failure(removed.error());
    });
}

QString TokenKeeper::keyFor(const Account &account) const
{
    return SecretStore::tokenKeyFor(m_profile, account.oauthIssuer, account.incoming.userName);
}

TokenKeeper::Login &TokenKeeper::loginOf(const Account &account)
{
    Login &login = m_logins[keyFor(account)];
    login.issuer = account.oauthIssuer;
    return login;
}

bool TokenKeeper::isUsable(const Login &login)
{
    return !login.tokens.accessToken.isEmpty() && login.tokens.accessToken != login.refused
        && !login.tokens.expires.hasExpired();
}

/// Twice a minute at most, and not before the end of a back-off.
bool TokenKeeper::mustWait(Login &login)
{
    login.tries.removeIf([](const QDeadlineTimer &recent) { return recent.hasExpired(); });
    return login.tries.size() >= triesAMinute || !login.notBefore.hasExpired();
}

QFuture<Result<QString>> TokenKeeper::accessToken(const Account &account, const QString &refused)
{
    if (m_stopping)
        return ready(failure({.kind = ErrorKind::Cancelled, .step = Step::RefreshToken}));
    Login &login = loginOf(account);
    // An older token that is refused says nothing about the one there is now.
    if (!refused.isEmpty() && refused == login.tokens.accessToken)
        login.refused = refused;
    if (isUsable(login))
        return ready(login.tokens.accessToken);
    if (!login.refreshing && (login.isVoid || mustWait(login))) {
        const MailError tooSoon{.kind = ErrorKind::TryLater, .step = Step::RefreshToken};
        return ready(failure(login.failure.value_or(tooSoon)));
    }

    auto waiter = std::make_shared<QPromise<Result<QString>>>();
    waiter->start();
    login.waiters.push_back(waiter);
    if (!login.refreshing)
        refresh(keyFor(account));
    return waiter->future();
}

QFuture<Result<bool>> TokenKeeper::keep(const Account &account, const OAuthTokens &tokens)
{
    Login &login = loginOf(account);
    ++login.generation;
    login.isVoid = false;
    login.notBefore = QDeadlineTimer(0);
    login.backoff.reset();
    remember(login, tokens);
    if (login.request)
        login.request->cancel();
    // Where the issuer gives no refresh token, an older one is of no use any more.
    return m_secrets.write(keyFor(account), tokens.refreshToken);
}

void TokenKeeper::tryAgain(const Account &account)
{
    Login &login = loginOf(account);
    login.notBefore = QDeadlineTimer(0);
    login.backoff.reset();
}

void TokenKeeper::forget(const Account &account)
{
    const auto known = m_logins.find(keyFor(account));
    if (known == m_logins.end())
        return;
    Login &login = known->second;
    ++login.generation;
    login.tokens = {};
    if (login.request)
        login.request->cancel();
}

QCoro::Task<void> TokenKeeper::stop()
{
    m_stopping = true;
    m_waits.cancel();
    for (auto &[key, login] : m_logins) {
        if (login.request)
            login.request->cancel();
    }
    while (m_running > 0)
        co_await m_ended.wait();
}

/// One refresh for everybody who waits.
QCoro::Task<void> TokenKeeper::refresh(QString key)
{
    ++m_running;
    Login &login = m_logins.at(key);
    login.refreshing = true;
    const quint64 generation = login.generation;
    const Result<OAuthTokens> answer = co_await askIssuer(key);
    login.refreshing = false;
    if (login.generation != generation) {
        // Overtaken by a new sign-in, or by the account's end.
        settle(login,
            isUsable(login) ? Result<QString>(login.tokens.accessToken)
                            : failure({.kind = ErrorKind::Cancelled, .step = Step::RefreshToken}));
    } else if (answer) {
        if (!answer->refreshToken.isEmpty()) // The old one is used up (RFC 6749 6).
            (void)m_secrets.write(key, answer->refreshToken);
        remember(login, *answer);
        settle(login, login.tokens.accessToken);
    } else {
        fail(login, answer.error());
        settle(login, failure(answer.error()));
    }
    if (--m_running == 0)
        m_ended.ring();
}

QCoro::Task<Result<OAuthTokens>> TokenKeeper::askIssuer(QString key)
{
    Login &login = m_logins.at(key);
    const Result<QString> refreshToken = co_await m_waits.on(m_secrets.read(key));
    if (!refreshToken && refreshToken.error().kind == ErrorKind::Cancelled)
        co_return failure(refreshToken.error());
    const OAuthClient client = co_await this->client(login.issuer);
    if (m_stopping)
        co_return failure({.kind = ErrorKind::Cancelled, .step = Step::RefreshToken});
    if (!refreshToken || refreshToken->isEmpty() || !client.isUsable())
        co_return failure({.kind = ErrorKind::OAuthNeeded, .step = Step::RefreshToken, .subject = login.issuer});

    login.tries.append(QDeadlineTimer(60s));
    login.request = std::make_unique<OAuthRefresh>(m_tls);
    const QFuture<Result<OAuthTokens>> asked = login.request->run(client, *refreshToken);
    Result<OAuthTokens> answer = co_await asked;
    login.request.reset();
    // Refused: it takes nothing from this program any more. In both cases asking again changes nothing.
    login.isVoid
        = !answer && (answer.error().kind == ErrorKind::OAuthNeeded || answer.error().kind == ErrorKind::Refused);
    if (login.isVoid)
        answer.error().kind = ErrorKind::OAuthNeeded;
    co_return answer;
}

void TokenKeeper::remember(Login &login, const OAuthTokens &tokens)
{
    login.tokens = tokens;
    login.tokens.expires = useBefore(tokens.expires);
    login.tokens.refreshToken.clear(); // the SecretStore has it
    login.refused.clear();
    login.failure.reset();
    login.backoff.reset();
}

void TokenKeeper::fail(Login &login, const MailError &error)
{
    if (error.kind == ErrorKind::Cancelled)
        return;
    qCInfo(syncLog) << "no new access token:" << error.summary();
    login.failure = error;
    if (error.kind != ErrorKind::OAuthNeeded)
        login.notBefore = QDeadlineTimer(login.backoff.next());
}

void TokenKeeper::settle(Login &login, const Result<QString> &outcome)
{
    const std::vector<Waiter> waiters = std::exchange(login.waiters, {});
    for (const Waiter &waiter : waiters) {
        waiter->addResult(outcome);
        waiter->finish();
    }
}

} // namespace postaci
