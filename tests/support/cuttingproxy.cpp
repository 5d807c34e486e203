// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/cuttingproxy.h"

#include <QHostAddress>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <cerrno>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif
#ifdef Q_OS_LINUX
#include <linux/filter.h>
#endif

namespace postaci {

/// Lives on the proxy's thread.
class CuttingProxy::Worker : public QObject {
    Q_OBJECT

public:
    explicit Worker(quint16 serverPort)
        : m_serverPort(serverPort)
    {
    }

    quint16 listen()
    {
        m_listener = new QTcpServer(this);
        connect(m_listener, &QTcpServer::newConnection, this, &Worker::accept);
        if (!m_listener->listen(QHostAddress::LocalHost))
            qFatal("CuttingProxy: %s", qPrintable(m_listener->errorString()));
        return m_listener->serverPort();
    }

    void setCut(qint64 bytes, End end)
    {
        m_left = bytes;
        m_end = end;
    }

    void setDropping(bool dropping, bool newOnesToo)
    {
        for (Link &link : m_links) {
            if (link.isForgotten)
                continue;
            link.isForgotten = dropping && !newOnesToo;
            link.isSilent = dropping;
            filter(link.client->socketDescriptor(), dropping);
            if (!dropping)
                pass(link.server, link.client);
        }
        if (!dropping || newOnesToo)
            filter(m_listener->socketDescriptor(), dropping);
    }

    std::atomic<qint64> passed = 0;
    std::atomic_int cuts = 0;
    std::atomic_int accepted = 0;
    std::atomic_int open = 0;

private:
    struct Link {
        QTcpSocket *client = nullptr;
        QTcpSocket *server = nullptr;
        bool isSilent = false;
        bool isForgotten = false;
    };

    /// What comes in at this socket is dropped by the kernel: no data, no acknowledgement, no answer to a probe.
    static void filter(qintptr descriptor, bool drop)
    {
#ifdef Q_OS_LINUX
        const int unused = 0; // a value that nobody reads, but must be there
        sock_filter nothing{BPF_RET | BPF_K, 0, 0, 0};
        const sock_fprog program{1, &nothing};
        const int failed = drop ? ::setsockopt(int(descriptor), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program)
                                : ::setsockopt(int(descriptor), SOL_SOCKET, SO_DETACH_FILTER, &unused, sizeof unused);
        if (failed != 0 && (drop || errno != ENOENT))
            qFatal("CuttingProxy: no socket filter: %s", qPrintable(qt_error_string()));
#else
        Q_UNUSED(descriptor)
        Q_UNUSED(drop)
        qFatal("CuttingProxy: packets can be dropped on Linux only");
#endif
    }

    bool isSilent(const QTcpSocket *client) const
    {
        return std::ranges::any_of(
            m_links, [client](const Link &link) { return link.client == client && link.isSilent; });
    }

    void accept()
    {
        QTcpSocket *client = m_listener->nextPendingConnection();
        ++accepted;
        ++open;
        auto *server = new QTcpSocket(client);
        m_links.append({.client = client, .server = server});
        connect(client, &QObject::destroyed, this, [this, client] {
            m_links.removeIf([client](const Link &link) { return link.client == client; });
            --open;
        });
        client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        server->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(client, &QTcpSocket::readyRead, server, [client, server] {
            const QByteArray bytes = client->readAll();
            if (server->isOpen())
                server->write(bytes);
        });
        connect(server, &QTcpSocket::readyRead, client, [this, client, server] { pass(server, client); });
        connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::disconnectFromHost);
        connect(server, &QTcpSocket::disconnected, client, [this, client, server] {
            if (isSilent(client))
                return;
            pass(server, client);
            client->disconnectFromHost();
        });
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
        server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
    }

    void pass(QTcpSocket *server, QTcpSocket *client)
    {
        if (isSilent(client))
            return;
        QByteArray bytes = server->readAll();
        if (!client->isOpen())
            return;
        const bool cut = m_left >= 0 && bytes.size() >= m_left;
        if (cut)
            bytes.truncate(m_left);
        else if (m_left >= 0)
            m_left -= bytes.size();
        passed += bytes.size();
        client->write(bytes);
        if (!cut)
            return;
        m_left = -1;
        ++cuts;
        server->disconnect();
        server->abort();
        while (client->bytesToWrite() > 0 && client->waitForBytesWritten()) { }
        if (m_end == End::Reset) {
            const linger atOnce{1, 0};
#ifdef Q_OS_WIN
            ::setsockopt(SOCKET(client->socketDescriptor()), SOL_SOCKET, SO_LINGER,
                reinterpret_cast<const char *>(&atOnce), sizeof atOnce);
#else
            ::setsockopt(int(client->socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
#endif
            client->abort();
        } else {
            client->disconnectFromHost();
        }
    }

    const quint16 m_serverPort;
    QTcpServer *m_listener = nullptr;
    QList<Link> m_links;
    qint64 m_left = -1; ///< Until the cut; -1: there is none.
    End m_end = End::Finished;
};

struct CuttingProxy::Private {
    QThread thread;
    Worker *worker = nullptr;
    quint16 port = 0;
};

CuttingProxy::CuttingProxy(quint16 serverPort)
    : d(std::make_unique<Private>())
{
    d->worker = new Worker(serverPort);
    d->worker->moveToThread(&d->thread);
    QObject::connect(&d->thread, &QThread::finished, d->worker, &QObject::deleteLater);
    d->thread.start();
    QMetaObject::invokeMethod(
        d->worker, [this] { return d->worker->listen(); }, Qt::BlockingQueuedConnection, &d->port);
}

CuttingProxy::~CuttingProxy()
{
    d->thread.quit();
    d->thread.wait();
}

quint16 CuttingProxy::port() const
{
    return d->port;
}

void CuttingProxy::cutAfter(qint64 bytes, End end)
{
    QMetaObject::invokeMethod(
        d->worker, [this, bytes, end] { d->worker->setCut(bytes, end); }, Qt::BlockingQueuedConnection);
}

void CuttingProxy::passAll()
{
    cutAfter(-1, End::Finished);
}

qint64 CuttingProxy::bytesToClients() const
{
    return d->worker->passed;
}

int CuttingProxy::cuts() const
{
    return d->worker->cuts;
}

void CuttingProxy::dropPackets()
{
    QMetaObject::invokeMethod(d->worker, [this] { d->worker->setDropping(true, true); }, Qt::BlockingQueuedConnection);
}

void CuttingProxy::forgetConnections()
{
    QMetaObject::invokeMethod(d->worker, [this] { d->worker->setDropping(true, false); }, Qt::BlockingQueuedConnection);
}

void CuttingProxy::passPackets()
{
    QMetaObject::invokeMethod(d->worker, [this] { d->worker->setDropping(false, true); }, Qt::BlockingQueuedConnection);
}

int CuttingProxy::connections() const
{
    return d->worker->accepted;
}

int CuttingProxy::openConnections() const
{
    return d->worker->open;
}

} // namespace postaci

#include "cuttingproxy.moc"
