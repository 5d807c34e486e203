// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/signin.h"
#include "core/net/oauthclient.h"
#include "core/net/tlspolicy.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <memory>

namespace postaci {

class OAuthExchange;

/// Gets a new access token for a refresh token (RFC 6749 6): one request, at most 30 s.
///
/// On the engine thread. Fails as parseTokenReply() says, or with what went wrong with the network or TLS, each with
/// Step::RefreshToken.
class OAuthRefresh : public QObject {
    Q_OBJECT

public:
    explicit OAuthRefresh(TlsPolicy tls, QObject *parent = nullptr);
    /// Cancels.
    ~OAuthRefresh() override;

    QFuture<Result<OAuthTokens>> run(OAuthClient client, const QString &refreshToken);
    void cancel();

private:
    void finish(Result<OAuthTokens> tokens);

    const TlsPolicy m_tls;
    QPromise<Result<OAuthTokens>> m_promise;
    std::unique_ptr<OAuthExchange> m_exchange;
};

} // namespace postaci
