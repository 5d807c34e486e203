// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"

#include <QCoro/QCoroTask>

#include <QObject>
#include <QTcpServer>

#include <chrono>
#include <optional>

class QTcpSocket;

namespace postaci {

/// The gate's side towards KIMAP: a server on 127.0.0.1 for exactly one connection, which proves with a one-time token
/// that it is ours. Any other program that knocks ends it all before the token was shown to anybody.
///
/// Lives on the engine thread; one wait at a time. The account's password never goes over it.
class Downstream : public QObject {
    Q_OBJECT

public:
    explicit Downstream(QObject *parent = nullptr);
    ~Downstream() override;

    /// The port to connect to. Called again, it begins anew with another token.
    [[nodiscard]] Result<quint16> listen();
    static QString userName();
    /// 256 random bits in hexadecimal.
    QString token() const { return m_token; }
    /// The greeting, and LOGIN with the token. Fails with Timeout when nobody has logged in by then.
    [[nodiscard]] QCoro::Task<Result<void>> admit(std::chrono::milliseconds patience);

    /// The next line without its CR LF. Any failure closes.
    [[nodiscard]] QCoro::Task<Result<QByteArray>> readLine(
        std::chrono::milliseconds patience = std::chrono::seconds(20));
    /// The same, if it is there already.
    std::optional<QByteArray> takeLine();
    void write(const QByteArray &bytes);

    void close();

Q_SIGNALS:
    /// A line arrived, or the connection came or ended: look again.
    void moved();

private:
    void onConnection();

    QTcpServer m_server;
    QTcpSocket *m_socket = nullptr; ///< A child.
    QString m_token;
    bool m_closed = false;
};

} // namespace postaci
