// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/oauthreply.h"

#include "core/net/oauthclient.h"

#include <QHostAddress>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cmath>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype bodyLimit = 64 * 1024;
constexpr qsizetype tokenLimit = 16 * 1024;
constexpr qint64 longestLife = 10LL * 365 * 24 * 3600; // s; a longer one is no promise, but no reason to overflow

/// VSCHAR of RFC 6749 appendix A: what a token may be made of.
bool isVisibleAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() >= 0x20 && c.unicode() <= 0x7e; });
}

bool isToken(const QString &text)
{
    return !text.isEmpty() && text.size() <= tokenLimit && isVisibleAscii(text);
}

/// A number; some issuers write it as a string. None where there is none.
std::optional<qint64> lifetime(const QJsonValue &value)
{
    bool ok = true;
    const double seconds = value.isString() ? value.toString().toDouble(&ok) : value.toDouble(-1);
    if (!ok || !std::isfinite(seconds) || seconds < 0)
        return std::nullopt;
    return qint64(std::min(seconds, double(longestLife)));
}

/// NQSCHAR and short, so that it can be shown and logged as a code.
QByteArray errorName(const QString &name)
{
    return isVisibleAscii(name) ? name.left(64).toLatin1() : QByteArray("unreadable");
}

ErrorKind kindOf(const QByteArray &error)
{
    struct Known {
        const char *name;
        ErrorKind kind;
    };
    // RFC 6749 4.1.2.1 and 5.2, RFC 8628 3.5, OpenID Connect Core 3.1.2.6.
    static constexpr std::array known{
        Known{"invalid_grant", ErrorKind::OAuthNeeded},
        Known{"interaction_required", ErrorKind::OAuthNeeded},
        Known{"consent_required", ErrorKind::OAuthNeeded},
        Known{"login_required", ErrorKind::OAuthNeeded},
        Known{"account_selection_required", ErrorKind::OAuthNeeded},
        Known{"temporarily_unavailable", ErrorKind::TryLater},
        Known{"server_error", ErrorKind::TryLater},
        Known{"slow_down", ErrorKind::TryLater},
    };
    for (const Known &entry : known) {
        if (error == entry.name)
            return entry.kind;
    }
    return ErrorKind::Refused;
}

MailError refusal(int httpStatus, const QJsonObject &answer)
{
    MailError error{.kind = ErrorKind::Protocol};
    const QString name = answer.value("error"_L1).toString();
    if (!name.isEmpty()) {
        error.enhancedCode = errorName(name);
        error.kind = kindOf(error.enhancedCode);
        const QString description = answer.value("error_description"_L1).toString();
        error.serverText = cleanServerText((description.isEmpty() ? name : description).toUtf8());
    }
    // Whatever it says: a server in trouble has not judged the login.
    if (httpStatus >= 500 || httpStatus == 429 || httpStatus == 408)
        error.kind = ErrorKind::TryLater;
    return error;
}

bool isLoopbackHost(const QString &host)
{
    const QHostAddress address(host);
    return address.isNull() ? host.compare("localhost"_L1, Qt::CaseInsensitive) == 0 : address.isLoopback();
}

bool isSafeEndpoint(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty()
        && (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopbackHost(url.host())));
}

QString decoded(QByteArray text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.replace('+', ' ')));
}

/// None when a parameter comes twice (RFC 6749 3.1): then nobody can say which one counts.
std::optional<OAuthRedirect> redirectFrom(const QByteArray &query)
{
    OAuthRedirect redirect;
    QString error;
    QString description;
    struct Parameter {
        QByteArray name;
        QString *value;
        bool seen = false;
    };
    std::array parameters{Parameter{"state", &redirect.state}, Parameter{"code", &redirect.code},
        Parameter{"error", &error}, Parameter{"error_description", &description}};
    const QList<QByteArray> items = query.split('&');
    for (const QByteArray &item : items) {
        const qsizetype equals = item.indexOf('=');
        for (Parameter &parameter : parameters) {
            if (equals < 0 || item.left(equals) != parameter.name)
                continue;
            if (parameter.seen)
                return std::nullopt;
            parameter.seen = true;
            *parameter.value = decoded(item.sliced(equals + 1));
        }
    }
    if (redirect.code.isEmpty() == error.isEmpty() || !isVisibleAscii(redirect.code))
        return std::nullopt;
    if (!error.isEmpty())
        redirect.error = errorName(error);
    redirect.errorDescription = cleanServerText(description.toUtf8());
    return redirect;
}

} // namespace

bool OAuthClient::isUsable() const
{
    return !clientId.isEmpty() && isSafeEndpoint(authorizationUrl) && isSafeEndpoint(tokenUrl);
}

MailError errorOf(const OAuthRedirect &redirect)
{
    return {.kind = kindOf(redirect.error), .serverText = redirect.errorDescription, .enhancedCode = redirect.error};
}

Result<OAuthTokens> parseTokenReply(int httpStatus, const QByteArray &body)
{
    const QJsonObject answer = body.size() <= bodyLimit ? QJsonDocument::fromJson(body).object() : QJsonObject();
    if (httpStatus < 200 || httpStatus > 299 || answer.contains("error"_L1))
        return failure(refusal(httpStatus, answer));

    const QString type = answer.value("token_type"_L1).toString();
    OAuthTokens tokens{
        .accessToken = answer.value("access_token"_L1).toString(),
        .refreshToken = answer.value("refresh_token"_L1).toString(),
    };
    // Another type than bearer would have to be used in another way (RFC 6749 7.1).
    if (!isToken(tokens.accessToken) || (!tokens.refreshToken.isEmpty() && !isToken(tokens.refreshToken))
        || (!type.isEmpty() && type.compare("bearer"_L1, Qt::CaseInsensitive) != 0))
        return failure({.kind = ErrorKind::Protocol});
    if (const auto seconds = lifetime(answer.value("expires_in"_L1)))
        tokens.expires.setRemainingTime(std::chrono::seconds(*seconds), Qt::CoarseTimer);
    return tokens;
}

std::optional<LoopbackRequest> parseLoopbackRequest(const QByteArray &head)
{
    if (head.size() > loopbackRequestLimit || !head.endsWith("\r\n\r\n") || head.contains('\0'))
        return std::nullopt;
    QList<QByteArray> lines = head.chopped(4).split('\n');
    const QList<QByteArray> words = lines.takeFirst().trimmed().split(' ');
    if (words.size() != 3 || words[0] != "GET" || !words[1].startsWith('/') || words[1].startsWith("//")
        || !words[2].startsWith("HTTP/1."))
        return std::nullopt;

    LoopbackRequest request;
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 1)
            return std::nullopt;
        if (line.left(colon).compare("host", Qt::CaseInsensitive) != 0)
            continue;
        if (!request.host.isEmpty()) // RFC 9112 3.2: more than one is no request
            return std::nullopt;
        request.host = line.sliced(colon + 1).trimmed();
    }
    const qsizetype mark = words[1].indexOf('?');
    request.path = mark < 0 ? words[1] : words[1].left(mark);
    if (mark >= 0)
        request.redirect = redirectFrom(words[1].sliced(mark + 1));
    return request;
}

} // namespace postaci
