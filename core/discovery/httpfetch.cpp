// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/httpfetch.h"

#include "core/discovery/domainname.h"
#include "core/discovery/webpolicy.h"

#include <QCoro/QCoroSignal>

#include <QNetworkReply>
#include <QScopeGuard>

#include <memory>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

QNetworkRequest requestFor(const QUrl &url, const QSslConfiguration &tls)
{
    QNetworkRequest request(url);
    request.setSslConfiguration(tls);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    // Qt would add the user's language by itself, and unpack compressed bodies past our limit.
    request.setRawHeader("User-Agent", "Mozilla/5.0");
    request.setRawHeader("Accept", "*/*");
    request.setRawHeader("Accept-Language", "en");
    request.setRawHeader("Accept-Encoding", "identity");
    return request;
}

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
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError: // "Network unreachable"
        return ErrorKind::Offline;
    case QNetworkReply::RemoteHostClosedError:
        return ErrorKind::ConnectionLost;
    default:
        return ErrorKind::Protocol;
    }
}

Step stepOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::HostNotFound:
        return Step::Resolve;
    case ErrorKind::TlsHandshake:
        return Step::Tls;
    default:
        return Step::Connect;
    }
}

QString endpointOf(const QUrl &url)
{
    return url.host() + u":443"_s;
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

} // namespace

HttpFetch::HttpFetch(TlsPolicy policy, QObject *parent)
    : QObject(parent)
    , m_policy(std::move(policy))
{
    m_network.setAutoDeleteReplies(false);
}

HttpFetch::~HttpFetch()
{
    Q_ASSERT_X(m_waits == 0, "HttpFetch", "deleted under a wait: abort() and await it first");
}

QCoro::Task<Result<HttpAnswer>> HttpFetch::get(QUrl url, std::chrono::milliseconds limit, Redirects allowed)
{
    const QUrl first = url;
    const QDeadlineTimer deadline(limit);
    HttpAnswer answer;
    for (int redirects = 0; redirects <= redirectsLimit; ++redirects) {
        if (!isFetchable(url))
            break;
        const auto page = co_await getPage(url, deadline);
        if (!page)
            co_return failure(page.error());
        answer.redirectedAway = answer.redirectedAway || !haveSameOwner(url.host(), first.host());
        if (!isRedirect(page->status)) {
            answer.status = page->status;
            answer.body = page->body;
            answer.url = url;
            co_return answer;
        }
        const auto target = redirectTarget(url, page->location);
        if (!target || (allowed == Redirects::SameOwner && !haveSameOwner(target->host(), first.host())))
            break;
        url = *target;
    }
    co_return failure({.kind = ErrorKind::Protocol, .endpoint = endpointOf(url), .subject = u"redirect"_s});
}

QCoro::Task<Result<HttpFetch::Page>> HttpFetch::getPage(QUrl url, QDeadlineTimer deadline)
{
    ++m_waits;
    const auto leave = qScopeGuard([this] { --m_waits; });
    const auto failed
        = [&url](ErrorKind kind) { return failure({.kind = kind, .step = stepOf(kind), .endpoint = endpointOf(url)}); };
    if (m_aborted)
        co_return failed(ErrorKind::Cancelled);
    if (!m_tls)
        m_tls = m_policy.configuration();

    const std::unique_ptr<QNetworkReply, QScopedPointerDeleteLater> reply(m_network.get(requestFor(url, *m_tls)));
    // Reading stops at the limit, and with it the server.
    reply->setReadBufferSize(bodyLimit + 1);
    std::optional<MailError> certificate;
    connect(reply.get(), &QNetworkReply::sslErrors, this, [&](const QList<QSslError> &errors) {
        certificate = TlsPolicy::describe(errors, reply->sslConfiguration().peerCertificate());
        certificate->endpoint = endpointOf(url);
    });
    connect(reply.get(), &QNetworkReply::encrypted, this, [&] { // nothing has been asked yet
        const QSslCertificate peer = reply->sslConfiguration().peerCertificate();
        if (certificate || TlsPolicy::isFor(peer, url.host(QUrl::EncodeUnicode)))
            return;
        certificate = TlsPolicy::describe({QSslError(QSslError::HostNameMismatch, peer)}, peer);
        certificate->endpoint = endpointOf(url);
        reply->abort();
    });
    connect(reply.get(), &QNetworkReply::readyRead, this, &HttpFetch::moved);
    connect(reply.get(), &QNetworkReply::finished, this, &HttpFetch::moved);

    Page page;
    bool isTooLarge = false;
    while (!m_aborted && !deadline.hasExpired()) {
        page.body += reply->read(bodyLimit + 1 - page.body.size());
        isTooLarge = page.body.size() > bodyLimit;
        if (isTooLarge || (reply->isFinished() && reply->bytesAvailable() == 0))
            break;
        co_await qCoro(this, &HttpFetch::moved, std::chrono::milliseconds(deadline.remainingTime()) + 1ms);
    }
    reply->disconnect(this); // What follows is our own doing.
    const bool isFinished = reply->isFinished();
    if (!isFinished)
        reply->abort();
    if (m_aborted)
        co_return failed(ErrorKind::Cancelled);
    if (certificate)
        co_return failure(*certificate);
    if (isTooLarge)
        co_return failed(ErrorKind::Protocol);
    if (!isFinished)
        co_return failed(ErrorKind::Timeout);
    page.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // Anything from 400 on is an error to Qt and an answer to us; a body that was cut off is not.
    if (page.status == 0 || (page.status < 400 && reply->error() != QNetworkReply::NoError))
        co_return failed(kindOf(reply->error()));
    page.location = reply->rawHeader("Location");
    co_return page;
}

void HttpFetch::abort()
{
    m_aborted = true;
    Q_EMIT moved();
}

} // namespace postaci
