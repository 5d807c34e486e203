// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/signin.h"
#include "core/net/oauthreply.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTcpServer>

class QTcpSocket;

namespace postaci {

/// Takes the one redirect of a browser sign-in (RFC 8252 7.3): a listener on 127.0.0.1, a port of the system's choice.
///
/// Own code beside Qt's QOAuthHttpServerReplyHandler, which (6.8) writes every odd request with its code into the log,
/// lets anybody's request with a wrong state end the sign-in, takes any Host (so that a page whose name was rebound to
/// 127.0.0.1 may call), shows its page in one language before the tokens are there, and stays open after success.
///
/// A request counts only with our state, the right path and the right Host; every other one gets a refusal and changes
/// nothing, so that no page in the user's browser can end a sign-in. After the one that counts the port is closed: a
/// code cannot be played twice. The browser waits for its page until finish().
class LoopbackListener : public QObject {
    Q_OBJECT

public:
    explicit LoopbackListener(QString state, SignInPages pages, QObject *parent = nullptr);
    ~LoopbackListener() override;

    [[nodiscard]] bool listen();
    bool isListening() const { return m_server.isListening(); }
    /// "http://127.0.0.1:PORT"
    QString redirectUri() const;

    /// Shows the browser how it ended, and closes.
    void finish(bool done);

Q_SIGNALS:
    void redirected(const postaci::OAuthRedirect &redirect);

private:
    void accept();
    void read(QTcpSocket *socket);
    void answer(QTcpSocket *socket, const QByteArray &status, const SignInPages::Page &page);
    QByteArray html(const SignInPages::Page &page) const;

    const QString m_state;
    const SignInPages m_pages;
    QTcpServer m_server;
    quint16 m_port = 0;
    QHash<QTcpSocket *, QByteArray> m_heads; ///< Half-read requests.
    QPointer<QTcpSocket> m_browser; ///< Waits for its page.
};

} // namespace postaci
