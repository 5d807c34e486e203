// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/oauthexchange.h"

#include "core/net/oauthreply.h"

#include <QNetworkReply>
#include <QUrlQuery>

#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

constexpr std::chrono::milliseconds requestLimit = 30s; ///< In all, however slowly the answer drips.
constexpr qint64 answerLimit = qint64(64) * 1024;

ErrorKind kindOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return ErrorKind::HostNotFound;
    case QNetworkReply::ConnectionRefusedError:
        return ErrorKind::ConnectionRefused;
    case QNetworkReply::TimeoutError:
        return ErrorKind::Timeout;
    case QNetworkReply::SslHandshakeFailedError:
        return ErrorKind::TlsHandshake;
    case QNetworkReply::OperationCanceledError: // too long an answer; the time limit is told apart before
        return ErrorKind::Protocol;
    case QNetworkReply::NetworkSessionFailedError:
        return ErrorKind::Offline;
    default:
        return ErrorKind::ConnectionLost;
    }
}

} // namespace

OAuthExchange::OAuthExchange(OAuthClient client, const TlsPolicy &tls, QString redirectUri, QObject *parent)
    : QAbstractOAuthReplyHandler(parent)
    , m_client(std::move(client))
    , m_redirectUri(std::move(redirectUri))
{
    // A redirect of a request that carries a code or token could lead anywhere.
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_flow.setNetworkAccessManager(&m_network);
    m_flow.setSslConfiguration(tls.configuration());
    m_flow.setReplyHandler(this);
    m_flow.setAuthorizationUrl(m_client.authorizationUrl);
    m_flow.setAccessTokenUrl(m_client.tokenUrl);
    m_flow.setClientIdentifier(m_client.clientId);
    m_flow.setClientIdentifierSharedKey(m_client.clientSecret);
    m_flow.setScope(m_client.scopes.join(u' '));
    m_flow.setPkceMethod(QOAuth2AuthorizationCodeFlow::PkceMethod::S256);
    m_flow.setModifyParametersFunction(
        [this](QAbstractOAuth::Stage stage, QMultiMap<QString, QVariant> *parameters) { encode(stage, parameters); });

    connect(&m_network, &QNetworkAccessManager::sslErrors, this,
        [this](const QNetworkReply *reply, const QList<QSslError> &problems) {
            m_tlsProblem = TlsPolicy::describe(problems, reply->sslConfiguration().peerCertificate());
        });
    connect(&m_network, &QNetworkAccessManager::encrypted, this, [this](QNetworkReply *reply) { // nothing is sent yet
        const QSslCertificate peer = reply->sslConfiguration().peerCertificate();
        if (m_tlsProblem || TlsPolicy::isFor(peer, reply->url().host(QUrl::EncodeUnicode)))
            return;
        m_tlsProblem = TlsPolicy::describe({QSslError(QSslError::HostNameMismatch, peer)}, peer);
        reply->abort();
    });
    m_limit.setSingleShot(true);
}

OAuthExchange::~OAuthExchange()
{
    m_finished = true; // Replies that end with m_network have nothing more to tell.
}

QUrl OAuthExchange::authorizationUrl(const QString &state, const QString &loginHint)
{
    m_state = state;
    m_flow.setState(state);
    QUrl url;
    const auto connection
        = connect(&m_flow, &QAbstractOAuth::authorizeWithBrowser, this, [&url](const QUrl &made) { url = made; });
    m_flow.grant();
    disconnect(connection);
    if (!loginHint.isEmpty()) {
        // OpenID Connect Core 3.1.2.1. Added here, because Qt writes its own URL into the log at debug level.
        url.setQuery(url.query(QUrl::FullyEncoded) + "&login_hint="_L1
            + QString::fromLatin1(QUrl::toPercentEncoding(loginHint)));
    }
    return url;
}

void OAuthExchange::redeem(const QString &code)
{
    m_code = code;
    // Anything but a request that has been sent by now is a refusal of Qt's, for instance of the state.
    const auto connection = connect(
        &m_flow, &QAbstractOAuth::requestFailed, this, [this] { finish(failure({.kind = ErrorKind::Protocol})); });
    Q_EMIT callbackReceived({{u"code"_s, code}, {u"state"_s, m_state}});
    disconnect(connection);
    requestSent();
}

void OAuthExchange::refresh(const QString &refreshToken)
{
    m_refreshToken = refreshToken;
    m_flow.setRefreshToken(refreshToken);
    m_flow.refreshAccessToken();
    requestSent();
}

/// Every value, percent-encoded once: Qt encodes some of them in some stages.
void OAuthExchange::encode(QAbstractOAuth::Stage stage, QMultiMap<QString, QVariant> *parameters) const
{
    const auto put = [parameters](const QString &name, const QString &value) {
        parameters->remove(name);
        if (!value.isEmpty())
            parameters->insert(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    put(u"client_id"_s, m_client.clientId);
    switch (stage) {
    case QAbstractOAuth::Stage::RequestingAuthorization:
        put(u"redirect_uri"_s, m_redirectUri);
        put(u"scope"_s, m_client.scopes.join(u' '));
        for (const auto &[name, value] : m_client.authorizationParameters)
            put(name, value);
        break;
    case QAbstractOAuth::Stage::RequestingAccessToken:
        put(u"redirect_uri"_s, m_redirectUri);
        put(u"code"_s, m_code);
        put(u"client_secret"_s, m_client.clientSecret);
        break;
    case QAbstractOAuth::Stage::RefreshingAccessToken:
        put(u"refresh_token"_s, m_refreshToken);
        put(u"client_secret"_s, m_client.clientSecret);
        break;
    case QAbstractOAuth::Stage::RequestingTemporaryCredentials:
        break; // OAuth 1
    }
}

void OAuthExchange::requestSent()
{
    if (m_finished)
        return;
    // Else Qt answers a 401 by sending the same request again, with the client id as a user name.
    disconnect(&m_network, &QNetworkAccessManager::authenticationRequired, nullptr, nullptr);
    const QList<QNetworkReply *> replies = m_network.findChildren<QNetworkReply *>();
    if (replies.isEmpty())
        return finish(failure({.kind = ErrorKind::Protocol}));
    for (QNetworkReply *reply : replies) {
        reply->setReadBufferSize(answerLimit + 1);
        // What does not fit will never be read: the answer would wait for it until the time limit.
        connect(reply, &QNetworkReply::readyRead, this, [reply] {
            if (reply->bytesAvailable() > answerLimit)
                reply->abort();
        });
        connect(&m_limit, &QTimer::timeout, reply, [this, reply] {
            m_timedOut = true;
            reply->abort();
        });
    }
    m_limit.start(requestLimit);
}

void OAuthExchange::networkReplyFinished(QNetworkReply *reply)
{
    const QVariant status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute);
    // An HTTP status is an answer, whatever Qt makes of it, unless the rest of it never came.
    const bool cutOff = reply->error() != QNetworkReply::NoError && reply->error() < QNetworkReply::ContentAccessDenied;
    if (status.isValid() && !cutOff)
        finish(parseTokenReply(status.toInt(), reply->readAll()));
    else
        finish(failure(transportError(*reply)));
}

MailError OAuthExchange::transportError(const QNetworkReply &reply) const
{
    if (m_tlsProblem)
        return *m_tlsProblem;
    if (m_timedOut)
        return {.kind = ErrorKind::Timeout};
    return {.kind = kindOf(reply.error())};
}

void OAuthExchange::finish(Result<OAuthTokens> tokens)
{
    if (std::exchange(m_finished, true))
        return;
    m_limit.stop();
    if (!tokens) {
        const QUrl &url = m_client.tokenUrl;
        const int usual = url.scheme() == "https"_L1 ? 443 : 80;
        tokens.error().endpoint = url.host() + u':' + QString::number(url.port(usual));
    }
    Q_EMIT answered(tokens);
}

} // namespace postaci
