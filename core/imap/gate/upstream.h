// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/imap/gate/deflate.h"
#include "core/imap/gate/responseframer.h"
#include "core/imap/imaptypes.h"
#include "core/mail/account.h"
#include "core/net/conversationlog.h"
#include "core/net/linechannel.h"

#include <QCoro/QCoroTask>

#include <QObject>

#include <memory>
#include <optional>

namespace postaci {

/// The gate's side towards the server: from the connection to the end of the login, then commands out and responses in.
///
/// Lives on the engine thread; one wait at a time. Any failure closes the connection, and every later wait ends with
/// it. Nothing that was read before TLS survives it: not a byte, not a capability, not a state.
class Upstream : public QObject {
    Q_OBJECT

public:
    /// To a server on this machine compression only costs time.
    enum class Compression { UnlessLoopback, WhenOffered };

    explicit Upstream(TlsPolicy policy, QObject *parent = nullptr);
    ~Upstream() override;

    void setCompression(Compression compression) { m_compression = compression; }

    /// Connect, TLS, greeting, login; ID, QRESYNC and COMPRESS where offered.
    [[nodiscard]] QCoro::Task<Result<void>> open(ServerSettings server, Credentials credentials);
    const ImapCapabilities &capabilities() const { return m_capabilities; }

    /// The next complete response. A BYE is a failure unless it was asked for with expectBye().
    [[nodiscard]] QCoro::Task<Result<ImapResponse>> next();
    void write(const QByteArray &bytes);
    [[nodiscard]] QCoro::Task<Result<void>> flush();

    void expectBye() { m_byeExpected = true; }
    /// How long the server may be silent; for every later wait.
    void setPatience(std::chrono::milliseconds patience) { m_channel.setReadTimeout(patience); }
    /// See LineChannel::setConnectLimit().
    void setConnectLimit(std::chrono::milliseconds limit) { m_channel.setConnectLimit(limit); }
    void setKeepAlive(const KeepAlive &keepAlive) { m_channel.setKeepAlive(keepAlive); }

    /// Where everything that is said is written down, each line beginning with `name`.
    void setLog(std::shared_ptr<ConversationLog> log, const QString &name);
    /// Adds a line that holds no secret.
    void note(const QString &text);

    /// Ends the connection for this reason, unless it has ended already, and gives the reason that counts.
    MailError fail(MailError reason);
    void close() { fail({.kind = ErrorKind::Cancelled}); }
    bool isOpen() const { return m_ready && !m_failure && m_channel.isOpen(); }
    QString endpoint() const { return m_channel.endpoint(); }
    QString tlsDetail() const { return m_channel.tlsDetail(); }
    QByteArray certificate() const { return m_channel.peerCertificate().toDer(); }
    bool isCompressed() const { return m_deflate.has_value(); }
    quint64 bytesReceived() const { return m_channel.bytesReceived(); }
    quint64 bytesSent() const { return m_channel.bytesSent(); }

Q_SIGNALS:
    /// While open() is under way: Resolve, Connect, Tls, Greeting, StartTls, Capabilities, Login, each when it is
    /// passed, with a technical detail (see ladderOf() for their order).
    void stepPassed(postaci::Step step, const QString &detail);
    /// The connection is gone, also when nobody is waiting for anything.
    void ended();

private:
    [[nodiscard]] QCoro::Task<Result<void>> greet(Encryption encryption);
    [[nodiscard]] QCoro::Task<Result<void>> startTls();
    [[nodiscard]] QCoro::Task<Result<void>> logIn(QString host, Credentials credentials);
    [[nodiscard]] QCoro::Task<Result<ImapResponse>> authenticate(QString host, Credentials credentials);
    [[nodiscard]] QCoro::Task<Result<ImapResponse>> logInPlainly(Credentials credentials);
    [[nodiscard]] QCoro::Task<Result<void>> enableQresync();
    [[nodiscard]] QCoro::Task<Result<void>> startCompression();
    [[nodiscard]] QCoro::Task<Result<ImapResponse>> command(QByteArray line);
    [[nodiscard]] QCoro::Task<Result<ImapResponse>> answer(QByteArray tag);
    [[nodiscard]] QCoro::Task<Result<void>> askCapabilities();
    QList<QByteArray> mechanisms() const;
    QByteArray nextTag();
    void learnCapabilities(const ImapResponse &response);

    LineChannel m_channel;
    ResponseFramer m_framer;
    std::optional<Deflate> m_deflate;
    Compression m_compression = Compression::UnlessLoopback;
    ImapCapabilities m_capabilities;
    QList<QByteArray> m_enabled; ///< By ENABLE, upper case.
    std::optional<MailError> m_failure;
    Step m_step = Step::None; ///< Of open(); afterwards the caller knows.
    QString m_mechanism; ///< Of the login.
    int m_tags = 0;
    bool m_preauthenticated = false;
    bool m_ready = false;
    bool m_byeExpected = false;
    std::shared_ptr<ConversationLog> m_log;
    QString m_logName;
};

} // namespace postaci
