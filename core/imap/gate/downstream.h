// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"

#include <QCoro/QCoroTask>

#include <QObject>
#include <QTcpServer>

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

    /// The port to connect to.
    [[nodiscard]] Result<quint16> listen();
    static QString userName();
    /// 256 random bits in hexadecimal.
    QString token() const { return m_token; }
    /// The greeting, and LOGIN with the token.
    [[nodiscard]] QCoro::Task<Result<void>> admit();

    /// The next line without its CR LF. KIMAP answers at once; one that doesn't is an error.
    [[nodiscard]] QCoro::Task<Result<QByteArray>> readLine();
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
    QTcpSocket *m_socket = nullptr;
    QString m_token;
    bool m_closed = false;
};

} // namespace postaci
