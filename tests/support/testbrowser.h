// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/net/tlspolicy.h"

#include <QList>
#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

namespace postaci {

/// The user's browser, for signing in: opens a page and goes where it is sent, also from https to http, as browsers do.
class TestBrowser : public QObject {
    Q_OBJECT

public:
    struct Page {
        QUrl url;
        int status = 0; ///< 0: nobody answered.
        QByteArray content;
    };

    explicit TestBrowser(const TlsPolicy &tls);

    void open(const QUrl &url);
    /// Where the redirects ended, oldest first.
    QList<Page> pages() const { return m_pages; }

private:
    QSslConfiguration m_tls;
    QNetworkAccessManager m_network;
    QList<Page> m_pages;
};

} // namespace postaci
