// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"

#include <QCoro/QCoroTask>

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QSslSocket>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace postaci {

/// The order in which to try a host's addresses (RFC 8305 4): the families take turns, beginning with the one that the
/// system ranks first (RFC 6724), so that one dead family costs one stagger only.
QList<QHostAddress> raceOrder(const QList<QHostAddress> &addresses);

/// One TCP connection to whichever of a host's addresses answers first (RFC 8305, "happy eyeballs"): an address that
/// has not answered after a moment, or that has refused, gets company by the next one.
///
/// Lives on the engine thread; for one run. Deleted after run() has ended.
class ConnectionRace : public QObject {
    Q_OBJECT

public:
    using Socket = std::unique_ptr<QSslSocket>;

    /// RFC 8305 5
    static constexpr std::chrono::milliseconds stagger{250};

    /// `make` gives unconnected sockets, set up as the connection will need them.
    ConnectionRace(std::function<Socket()> make, QObject *parent);
    ~ConnectionRace() override;

    /// The first connected socket. Fails with Timeout at the deadline, Cancelled, or with what says most of how the
    /// addresses failed: ConnectionRefused (something is there) before Offline (no way to any).
    [[nodiscard]] QCoro::Task<Result<Socket>> run(QList<QHostAddress> addresses, quint16 port, QDeadlineTimer deadline);
    /// Ends run() with Cancelled, also when it has not begun.
    void cancel();

Q_SIGNALS:
    /// For run()'s own wait.
    void moved();

private:
    void start(const QHostAddress &address, quint16 port);
    Socket takeWinner();
    bool allFailed() const;
    ErrorKind worstNews() const;

    const std::function<Socket()> m_make;
    std::vector<Socket> m_attempts;
    bool m_cancelled = false;
};

} // namespace postaci
