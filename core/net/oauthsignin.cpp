// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/oauthsignin.h"

#include "core/net/loopbacklistener.h"
#include "core/net/oauthexchange.h"
#include "core/net/oauthreply.h"

#include <QRandomGenerator>

#include <array>
#include <utility>

namespace postaci {

namespace {

/// 256 bits; Qt's own has 48.
QString randomState()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(words.data()), qsizetype(sizeof words))
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace

OAuthSignIn::OAuthSignIn(TlsPolicy tls, QObject *parent)
    : QObject(parent)
    , m_tls(std::move(tls))
{
    m_promise.start();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { finish(failure({.kind = ErrorKind::Timeout})); });
}

OAuthSignIn::~OAuthSignIn()
{
    cancel();
}

QFuture<Result<OAuthTokens>> OAuthSignIn::run(OAuthClient client, const QString &address, SignInPages pages)
{
    Q_ASSERT(!m_running && !m_listener);
    m_running = true;
    const QString state = randomState();
    m_listener = std::make_unique<LoopbackListener>(state, std::move(pages));
    if (!client.isUsable()) {
        finish(failure({.kind = ErrorKind::OAuthNeeded}));
    } else if (!m_listener->listen()) {
        finish(failure({.kind = ErrorKind::InUse}));
    } else {
        m_exchange = std::make_unique<OAuthExchange>(std::move(client), m_tls, m_listener->redirectUri());
        connect(m_listener.get(), &LoopbackListener::redirected, this, [this](const OAuthRedirect &redirect) {
            if (redirect.error.isEmpty())
                m_exchange->redeem(redirect.code);
            else
                finish(failure(errorOf(redirect)));
        });
        connect(m_exchange.get(), &OAuthExchange::answered, this,
            [this](const Result<OAuthTokens> &tokens) { finish(tokens); });
        m_timer.start(m_limit);
        Q_EMIT browserWanted(m_exchange->authorizationUrl(state, address));
    }
    return m_promise.future();
}

void OAuthSignIn::cancel()
{
    finish(failure({.kind = ErrorKind::Cancelled}));
}

void OAuthSignIn::finish(Result<OAuthTokens> tokens)
{
    if (!std::exchange(m_running, false))
        return;
    m_timer.stop();
    m_listener->finish(tokens.has_value());
    // Perhaps called by one of its signals.
    if (m_exchange)
        m_exchange.release()->deleteLater();
    if (!tokens)
        tokens.error().step = Step::SignIn;
    m_promise.addResult(std::move(tokens));
    m_promise.finish();
}

} // namespace postaci
