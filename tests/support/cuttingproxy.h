// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <memory>

namespace postaci {

/// Stands between a client and a real server on this machine, passes everything on, and loses a connection in the
/// middle of whatever byte the test wants, or all packets of it. Knows nothing of what it passes on.
///
///     CuttingProxy proxy(server.port("imap"));
///     proxy.cutAfter(1'234, CuttingProxy::End::Reset);
///     …let the client talk to proxy.port()…
///     QCOMPARE(proxy.cuts(), 1);
///
/// Works on a thread of its own. All methods are for the test's thread.
class CuttingProxy {
public:
    enum class End {
        Finished, ///< FIN, as when the server's process dies.
        Reset, ///< RST, as when a router has forgotten the connection.
    };

    explicit CuttingProxy(quint16 serverPort);
    ~CuttingProxy();
    Q_DISABLE_COPY_MOVE(CuttingProxy)

    quint16 port() const;

    /// The client gets `bytes` more bytes, and then the connection that brought the last of them ends. What is opened
    /// later passes, until the next call.
    void cutAfter(qint64 bytes, End end);
    void passAll();

    /// From now on no packet of a client arrives, not even to open a connection, and none is sent: a cable that was
    /// pulled out somewhere on the way. The kernel drops them (a socket filter), so the client's own retransmits and
    /// probes as it would.
    void dropPackets();
    /// The same for the connections that stand, while new ones pass: a router that has forgotten them, another network.
    void forgetConnections();
    /// The cable is back. What stood and was not given up goes on; what was forgotten stays so.
    void passPackets();

    /// What has gone to clients since the start.
    qint64 bytesToClients() const;
    int cuts() const;
    /// Made by clients since the start.
    int connections() const;
    int openConnections() const;

private:
    class Worker;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace postaci
