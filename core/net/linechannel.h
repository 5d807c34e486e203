// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/net/connectionrace.h"
#include "core/net/keepalive.h"
#include "core/net/tlspolicy.h"

#include <QCoro/QCoroTask>

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QObject>
#include <QSslCertificate>
#include <QSslSocket>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace postaci {

/// One connection to a mail server: lines, blocks, STARTTLS and a time limit on every wait.
///
/// Lives on the engine thread, and for one connection: after close() or a failure every wait ends with an error, what
/// has been read before a loss by the network can still be read, and then the channel is of no more use. At most one
/// read and one flush are awaited at a time. Nothing is deleted before its waits have ended: close(), then await them.
///
/// What is read before TLS never survives it (NO STARTTLS, USENIX Security 2021): startTls() fails with Protocol when
/// a single byte is left over.
///
/// Errors carry the endpoint; those of open() and startTls() also the step, those of reading and writing leave it to
/// the caller, who knows what was being asked.
class LineChannel : public QObject {
    Q_OBJECT

public:
    /// Bytes; a longer line is a Protocol error.
    static constexpr qsizetype defaultLineLimit = qsizetype(1024) * 1024;

    explicit LineChannel(TlsPolicy policy, QObject *parent = nullptr);
    ~LineChannel() override;

    /// For every later wait. Silence, not total time: counts anew when bytes arrive (or leave, for flush()). Default 60
    /// s.
    void setReadTimeout(std::chrono::milliseconds limit);

    /// From the first attempt to the connection, in all and over all addresses. Default 20 s. The name has 8 s before.
    void setConnectLimit(std::chrono::milliseconds limit) { m_connectLimit = limit; }

    /// Before open(). Where the system cannot be told, it keeps to its own times, which are hours.
    void setKeepAlive(const KeepAlive &keepAlive) { m_keepAlive = keepAlive; }

    /// Connects, and makes TLS at once for Encryption::ImplicitTls. Refuses Encryption::None except to loopback.
    [[nodiscard]] QCoro::Task<Result<void>> open(ServerSettings server);
    /// RFC 3207, 9051 6.2.1, 2595: to be called right after the server's go-ahead was read.
    [[nodiscard]] QCoro::Task<Result<void>> startTls();

    /// One line without its CR LF. A bare LF ends a line too. Half a line at the end of the connection is an error.
    [[nodiscard]] QCoro::Task<Result<QByteArray>> readLine(qsizetype limit = defaultLineLimit);
    /// Whatever has arrived, at least one byte. Large blocks; what is not read holds the server back.
    [[nodiscard]] QCoro::Task<Result<QByteArray>> readSome();
    /// Shows what arrives to `take`, which takes bytes off the front and says whether it has all; the rest stays for
    /// the next read.
    [[nodiscard]] QCoro::Task<Result<void>> readUntil(std::function<bool(QByteArrayView &bytes)> take);

    void write(const QByteArray &bytes);
    /// Waits until everything written has left the program, so that a large message is not held twice.
    [[nodiscard]] QCoro::Task<Result<void>> flush();

    /// Ends every wait with Cancelled and drops what was not sent yet. Safe at any time.
    void close();

    bool isOpen() const;
    bool isEncrypted() const;
    /// "TLS 1.3, TLS_AES_256_GCM_SHA384"; empty in clear.
    QString tlsDetail() const;
    QSslCertificate peerCertificate() const;
    /// Whether a password may go over this connection as it is: encrypted, or it never leaves the machine.
    bool isSecure() const;
    QString endpoint() const;
    QHostAddress localAddress() const;
    quint64 bytesReceived() const; ///< Of the protocol, without TLS.
    quint64 bytesSent() const;

Q_SIGNALS:
    /// Resolve, Connect and Tls, as they are passed, each with a technical detail: addresses, TLS version and cipher.
    void stepPassed(postaci::Step step, const QString &detail);
    /// The connection is gone, also when nobody is waiting for anything. Once.
    void ended();

    /// For the channel's own waits: something moved; look again.
    void moved();

private:
    std::unique_ptr<QSslSocket> makeSocket() const;
    void adopt(std::unique_ptr<QSslSocket> socket);
    QCoro::Task<Result<QList<QHostAddress>>> resolve(QString host, QDeadlineTimer deadline);
    QCoro::Task<Result<void>> waitUntil(std::function<bool()> ready);
    QCoro::Task<Result<void>> waitUntil(std::function<bool()> ready, QDeadlineTimer deadline);
    QCoro::Task<Result<void>> handshake();
    bool receive();
    void onSocketError(QAbstractSocket::SocketError error);
    void onCertificateProblems(const QList<QSslError> &errors);
    MailError fail(ErrorKind kind, Step step = Step::None);
    MailError fail(MailError error);
    qint64 unsent() const;

    TlsPolicy m_policy;
    ServerSettings m_server;
    std::unique_ptr<QSslSocket> m_socket; ///< Never null; replaced once, by the one that got connected.
    ConnectionRace m_race;
    int m_lookup = -1; ///< Of QHostInfo, while it is under way.
    std::chrono::milliseconds m_timeout{60'000};
    std::chrono::milliseconds m_connectLimit{20'000};
    KeepAlive m_keepAlive;
    QByteArray m_buffer; ///< Received, not yet read.
    qsizetype m_scanned = 0; ///< So many bytes of m_buffer hold no line end.
    std::optional<MailError> m_failure; ///< Set once; the first reason is the one that counts.
    quint64 m_received = 0;
    quint64 m_sent = 0;
    int m_waits = 0;
};

} // namespace postaci
