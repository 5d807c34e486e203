// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/net/tlspolicy.h"

#include <QCoro/QCoroTask>

#include <QByteArray>
#include <QDeadlineTimer>
#include <QNetworkAccessManager>
#include <QUrl>

#include <chrono>
#include <optional>

namespace postaci {

/// One page, as the last server of the way gave it.
struct HttpAnswer {
    int status = 0;
    QByteArray body; ///< At most HttpFetch::bodyLimit.
    QUrl url;
    bool redirectedAway = false; ///< A redirect led to another owner's domain (domainname.h).

    bool isFound() const { return status == 200; }
};

/// Small public files over https. Lives on the engine thread; several may be fetched at once.
///
/// Nothing but https, verified as TlsPolicy says, without its exceptions. Redirects are followed here, at most three
/// and never to anything else (webpolicy.h). No cookies, no login, no cache, nothing that tells this program or this
/// computer from others; no more than bodyLimit is ever read.
///
/// Errors: Offline, HostNotFound, ConnectionRefused, ConnectionLost, Timeout, TlsHandshake, Certificate…, Protocol for
/// a body that is too large or a redirect that is not followed, Cancelled. Any HTTP status is an answer.
class HttpFetch : public QObject {
    Q_OBJECT

public:
    static constexpr qint64 bodyLimit = qint64(128) * 1024; ///< Bytes.

    explicit HttpFetch(TlsPolicy policy, QObject *parent = nullptr);
    ~HttpFetch() override;

    enum class Redirects {
        Any,
        SameOwner, ///< Not to another owner's domain: the URL has what is for this one only.
    };

    /// `limit` is for the whole way, redirects and body included.
    [[nodiscard]] QCoro::Task<Result<HttpAnswer>> get(
        QUrl url, std::chrono::milliseconds limit, Redirects allowed = Redirects::Any);
    /// Ends every fetch with Cancelled, the later ones too.
    void abort();

Q_SIGNALS:
    /// For the fetches' own waits: look again.
    void moved();

private:
    struct Page {
        int status = 0;
        QByteArray location;
        QByteArray body;
    };
    QCoro::Task<Result<Page>> getPage(QUrl url, QDeadlineTimer deadline);

    TlsPolicy m_policy;
    std::optional<QSslConfiguration>
        m_tls; ///< Made when it is first needed: reading the system's roots takes a tenth of a second.
    QNetworkAccessManager m_network;
    bool m_aborted = false;
    int m_waits = 0;
};

} // namespace postaci
