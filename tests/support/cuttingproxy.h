// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QtGlobal>

#include <memory>

namespace postaci {

/// Stands between a client and a real server on this machine, passes everything on, and loses a connection in the
/// middle of whatever byte the test wants. Knows nothing of what it passes on.
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

    /// What has gone to clients since the start.
    qint64 bytesToClients() const;
    int cuts() const;

private:
    class Worker;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace postaci
