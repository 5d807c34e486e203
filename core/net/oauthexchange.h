// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/signin.h"
#include "core/net/oauthclient.h"
#include "core/net/singleusenetwork.h"
#include "core/net/tlspolicy.h"

#include <QAbstractOAuthReplyHandler>
#include <QOAuth2AuthorizationCodeFlow>
#include <QPointer>
#include <QTimer>

#include <optional>

namespace postaci {

/// One talk with an issuer, for OAuthSignIn and OAuthRefresh: Qt's authorization code flow with PKCE (S256), and its
/// reply handler.
///
/// What Qt 6.8 leaves to be done here: percent-encoding (it sends a refresh token's or secret's '+' as a space and an
/// empty secret, which some issuers refuse), the issuer's reasons (its handler tells a void login and a server in
/// trouble apart as little as its caller), no second request with HTTP Basic after a 401 or after a lost connection
/// (SingleUseNetwork), no redirect, a total time limit, and nothing of an answer in the log.
class OAuthExchange : public QAbstractOAuthReplyHandler {
    Q_OBJECT

public:
    /// @param redirectUri empty for refresh()
    OAuthExchange(OAuthClient client, const TlsPolicy &tls, QString redirectUri, QObject *parent = nullptr);
    ~OAuthExchange() override;

    /// For the browser. `loginHint` may be empty.
    QUrl authorizationUrl(const QString &state, const QString &loginHint);
    /// Once, after authorizationUrl(): the code becomes tokens.
    void redeem(const QString &code);
    /// Once: the refresh token becomes an access token.
    void refresh(const QString &refreshToken);

    QString callback() const override { return m_redirectUri; }
    void networkReplyFinished(QNetworkReply *reply) override;

Q_SIGNALS:
    /// Once, after redeem() or refresh().
    void answered(const postaci::Result<postaci::OAuthTokens> &tokens);

private:
    void finish(Result<OAuthTokens> tokens);
    void encode(QAbstractOAuth::Stage stage, QMultiMap<QString, QVariant> *parameters) const;
    void requestSent();
    MailError transportError(const QNetworkReply &reply) const;

    const OAuthClient m_client;
    const QString m_redirectUri;
    SingleUseNetwork m_network;
    QOAuth2AuthorizationCodeFlow m_flow;
    QTimer m_limit;
    QString m_state;
    QString m_code;
    QString m_refreshToken;
    std::optional<MailError> m_tlsProblem;
    bool m_timedOut = false;
    bool m_finished = false;
};

} // namespace postaci
