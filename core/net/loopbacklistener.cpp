// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/loopbacklistener.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

constexpr qsizetype connectionLimit = 16; ///< At once; browsers open one or two in advance.
constexpr std::chrono::milliseconds requestTime = 10s;
constexpr std::chrono::milliseconds pageTime = 5s; ///< For the page to leave.

} // namespace

LoopbackListener::LoopbackListener(QString state, SignInPages pages, QObject *parent)
    : QObject(parent)
    , m_state(std::move(state))
    , m_pages(std::move(pages))
{
    connect(&m_server, &QTcpServer::newConnection, this, &LoopbackListener::accept);
}

LoopbackListener::~LoopbackListener() = default;

bool LoopbackListener::listen()
{
    if (!m_server.listen(QHostAddress(QHostAddress::LocalHost), 0))
        return false;
    m_port = m_server.serverPort();
    return true;
}

QString LoopbackListener::redirectUri() const
{
    // The number, not "localhost", which may mean another interface (RFC 8252 8.3).
    return u"http://127.0.0.1:%1"_s.arg(m_port);
}

void LoopbackListener::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_heads.remove(socket);
            socket->deleteLater();
        });
        if (m_heads.size() >= connectionLimit) {
            socket->abort();
            continue;
        }
        m_heads.insert(socket, {});
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        QTimer::singleShot(requestTime, this, [this, pending = QPointer(socket)] {
            if (pending && m_heads.contains(pending))
                pending->abort();
        });
    }
}

void LoopbackListener::read(QTcpSocket *socket)
{
    const auto head = m_heads.find(socket);
    if (head == m_heads.end()) {
        socket->readAll(); // it has its answer
        return;
    }
    *head += socket->read(loopbackRequestLimit + 1 - head->size());
    const qsizetype end = head->indexOf("\r\n\r\n");
    if (end < 0 && head->size() <= loopbackRequestLimit)
        return;

    const auto request = parseLoopbackRequest(head->left(end + 4));
    m_heads.erase(head);
    if (!request || request->host != "127.0.0.1:" + QByteArray::number(m_port))
        return answer(socket, "400 Bad Request", m_pages.failed);
    if (request->path != "/")
        return answer(socket, "404 Not Found", m_pages.failed);
    if (!request->redirect || request->redirect->state != m_state)
        return answer(socket, "400 Bad Request", m_pages.failed);

    m_server.close();
    m_browser = socket;
    Q_EMIT redirected(*request->redirect);
}

void LoopbackListener::finish(bool done)
{
    m_server.close();
    const QList<QTcpSocket *> others = m_heads.keys();
    for (QTcpSocket *socket : others)
        socket->abort();
    if (m_browser)
        answer(m_browser, "200 OK", done ? m_pages.done : m_pages.failed);
    m_browser.clear();
}

void LoopbackListener::answer(QTcpSocket *socket, const QByteArray &status, const SignInPages::Page &page)
{
    const QByteArray body = html(page);
    // The code is in the address bar: nothing may be loaded, kept or told to others.
    socket->write("HTTP/1.1 " + status
        + "\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
          "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n"
          "X-Content-Type-Options: nosniff\r\nConnection: close\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    // On its own from here: the page leaves also when the listener goes, which it does right after finish().
    socket->setParent(nullptr);
    disconnect(socket, nullptr, this, nullptr);
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    QTimer::singleShot(pageTime, socket, &QObject::deleteLater);
    socket->disconnectFromHost();
}

QByteArray LoopbackListener::html(const SignInPages::Page &page) const
{
    return u"<!DOCTYPE html><html lang=\"%1\"><head><meta charset=\"utf-8\"><title>%2</title>"
           "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">"
           "<style>body{font-family:system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 1em}</style>"
           "</head><body><h1>%2</h1><p>%3</p></body></html>\n"_s
               .arg(m_pages.language.toHtmlEscaped(), page.heading.toHtmlEscaped(), page.text.toHtmlEscaped())
               .toUtf8();
}

} // namespace postaci
