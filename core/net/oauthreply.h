// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/signin.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace postaci {

/// What a token endpoint answered (RFC 6749 5.1, 5.2).
///
/// Fails with OAuthNeeded when the login behind the request is void and the user has to sign in (invalid_grant and its
/// kin), Refused when the issuer takes no request from us like this (invalid_client …), TryLater for its passing
/// troubles, and Protocol for anything that is no answer of a token endpoint, such as the page of a captive portal.
/// The error's name is in MailError::enhancedCode.
[[nodiscard]] Result<OAuthTokens> parseTokenReply(int httpStatus, const QByteArray &body);

/// What the browser brings back (RFC 6749 4.1.2). Exactly one of code and error is set.
struct OAuthRedirect {
    QString state;
    QString code;
    QByteArray error; ///< Its name, as "access_denied".
    QString errorDescription; ///< Cleaned; of whoever made the request.
};

/// Why there is no code: Refused when the user said no.
[[nodiscard]] MailError errorOf(const OAuthRedirect &redirect);

/// The first line and fields of an HTTP request to the loopback listener.
struct LoopbackRequest {
    QByteArray host; ///< The Host field.
    QByteArray path;
    std::optional<OAuthRedirect> redirect; ///< None where the query is no answer of an authorization endpoint.
};

/// Bytes up to and including the empty line, at most loopbackRequestLimit. Only GET, only origin form; none for
/// everything else.
[[nodiscard]] std::optional<LoopbackRequest> parseLoopbackRequest(const QByteArray &head);

inline constexpr qsizetype loopbackRequestLimit = 16 * 1024;

} // namespace postaci
