// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/oauthrefresh.h"

#include "core/net/oauthexchange.h"

#include <utility>

namespace postaci {

OAuthRefresh::OAuthRefresh(TlsPolicy tls, QObject *parent)
    : QObject(parent)
    , m_tls(std::move(tls))
{
    m_promise.start();
}

OAuthRefresh::~OAuthRefresh()
{
    cancel();
}

QFuture<Result<OAuthTokens>> OAuthRefresh::run(OAuthClient client, const QString &refreshToken)
{
    Q_ASSERT(!m_exchange && client.isUsable() && !refreshToken.isEmpty());
    m_exchange = std::make_unique<OAuthExchange>(std::move(client), m_tls, QString());
    connect(m_exchange.get(), &OAuthExchange::answered, this,
        [this](const Result<OAuthTokens> &tokens) { finish(tokens); });
    m_exchange->refresh(refreshToken);
    return m_promise.future();
}

void OAuthRefresh::cancel()
{
    finish(failure({.kind = ErrorKind::Cancelled}));
}

void OAuthRefresh::finish(Result<OAuthTokens> tokens)
{
    if (!m_exchange)
        return;
    m_exchange.release()->deleteLater(); // perhaps called by its signal
    if (!tokens)
        tokens.error().step = Step::RefreshToken;
    m_promise.addResult(std::move(tokens));
    m_promise.finish();
}

} // namespace postaci
