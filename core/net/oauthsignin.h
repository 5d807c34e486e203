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
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <memory>

namespace postaci {

class LoopbackListener;
class OAuthExchange;

/// Signs a person in with the system's browser: RFC 8252 with PKCE (RFC 7636, S256) and state.
///
/// For one sign-in, on the engine thread. The listener is on 127.0.0.1 only and closed on success, failure, cancel()
/// and after five minutes. Fails with OAuthNeeded (nothing is known of us at this issuer), Refused (by the user or the
/// issuer; its words are in the error), Timeout, Cancelled, TryLater, Protocol, or what went wrong with the network or
/// TLS, each with Step::SignIn.
class OAuthSignIn : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds longest = std::chrono::minutes(5);

    explicit OAuthSignIn(TlsPolicy tls, QObject *parent = nullptr);
    /// Cancels.
    ~OAuthSignIn() override;

    /// At most `longest`.
    void setTimeLimit(std::chrono::milliseconds limit) { m_limit = std::min(limit, longest); }
    std::chrono::milliseconds timeLimit() const { return m_limit; }

    /// @param address shown in the issuer's form where it takes a hint; may be empty
    QFuture<Result<OAuthTokens>> run(OAuthClient client, const QString &address, SignInPages pages);
    void cancel();

Q_SIGNALS:
    /// Once: open this in the user's browser.
    void browserWanted(const QUrl &url);

private:
    void finish(Result<OAuthTokens> tokens);

    const TlsPolicy m_tls;
    std::chrono::milliseconds m_limit = longest;
    QTimer m_timer;
    QPromise<Result<OAuthTokens>> m_promise;
    std::unique_ptr<LoopbackListener> m_listener;
    std::unique_ptr<OAuthExchange> m_exchange;
    bool m_running = false;
};

} // namespace postaci
