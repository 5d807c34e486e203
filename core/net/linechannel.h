// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/net/tlspolicy.h"

#include <QCoro/QCoroTask>

#include <QObject>
#include <QSslSocket>

#include <chrono>

namespace postaci {

/// One connection to a mail server: lines, counted blocks, STARTTLS and a time limit on every wait.
///
/// Lives on the engine thread. At most one read is awaited at a time. After close(), or after any failure, every
/// wait ends with an error and the channel is not used again. Nothing is deleted before its waits have ended.
///
/// What is read before TLS never survives it (NO STARTTLS, USENIX Security 2021): startTls() fails with Protocol when
/// a single byte is left over.
class LineChannel : public QObject {
    Q_OBJECT

public:
    /// Bytes; a longer line is a Protocol error.
    static constexpr qsizetype defaultLineLimit = 1024 * 1024;

    explicit LineChannel(TlsPolicy policy, QObject *parent = nullptr);
    ~LineChannel() override;

    void setReadTimeout(std::chrono::milliseconds limit); ///< Silence, not total time. Default 60 s.

    /// Connects, and makes TLS at once for Encryption::ImplicitTls. Refuses Encryption::None except to loopback.
    [[nodiscard]] QCoro::Task<Result<void>> open(ServerSettings server);
    /// RFC 3207, 9051 6.2.1, 2595: to be called right after the server's go-ahead was read.
    [[nodiscard]] QCoro::Task<Result<void>> startTls();

    /// One line without its CR LF. A bare LF ends a line too.
    [[nodiscard]] QCoro::Task<Result<QByteArray>> readLine(qsizetype limit = defaultLineLimit);
    /// Whatever has arrived, at least one byte.
    [[nodiscard]] QCoro::Task<Result<QByteArray>> readSome();

    void write(QByteArray bytes);
    /// Waits until everything written has left the program, so that a large message is not held twice.
    [[nodiscard]] QCoro::Task<Result<void>> flush();

    /// Ends every wait with Cancelled. Safe at any time.
    void close();

    bool isEncrypted() const;
    bool isOpen() const;
    QString endpoint() const;
    quint64 bytesReceived() const;
    quint64 bytesSent() const;
};

} // namespace postaci
