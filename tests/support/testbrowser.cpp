// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/testbrowser.h"

#include <QNetworkReply>

namespace postaci {

TestBrowser::TestBrowser(const TlsPolicy &tls)
    : m_tls(tls.configuration())
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

void TestBrowser::open(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setSslConfiguration(m_tls);
    QNetworkReply *reply = m_network.get(request);
    connect(reply, &QNetworkReply::finished, this, [this, reply] {
        reply->deleteLater();
        const QByteArray location = reply->rawHeader("Location");
        if (!location.isEmpty())
            open(QUrl::fromEncoded(location));
        else
            m_pages.append(
                {reply->url(), reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll()});
    });
}

} // namespace postaci
