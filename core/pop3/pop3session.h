// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/net/conversationlog.h"
#include "core/net/linechannel.h"
#include "core/pop3/pop3block.h"
#include "core/pop3/pop3capabilities.h"
#include "core/pop3/pop3listing.h"
#include "core/pop3/pop3reply.h"

#include <QCoro/QCoroTask>

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

namespace postaci {

/// A conversation with a POP3 server (RFC 1939): greeting, CAPA, STLS, login, then the maildrop.
///
/// Lives on the engine thread; one procedure at a time, one connection for each session. Deleted only after close() and
/// the end of what was under way. Whatever remove() marks is deleted by the server only after quit() has succeeded; a
/// connection that ends in any other way deletes nothing (RFC 1939 6).
class Pop3Session : public QObject {
    Q_OBJECT

public:
    /// Bytes of a message; a larger one closes the connection with MessageTooLarge.
    static constexpr qint64 messageLimit = qint64(256) * 1024 * 1024;

    explicit Pop3Session(TlsPolicy policy, QObject *parent = nullptr);
    ~Pop3Session() override;

    /// How long the server may be silent where it owes an answer. Default 60 s.
    void setPatience(std::chrono::milliseconds patience) { m_channel.setReadTimeout(patience); }

    /// See LineChannel::setConnectLimit().
    void setConnectLimit(std::chrono::milliseconds limit) { m_channel.setConnectLimit(limit); }
    /// Where the conversation is written down without secrets and mail.
    void setLog(std::shared_ptr<ConversationLog> log) { m_log = std::move(log); }

    /// Up to and including the login: SASL (RFC 5034) where both sides know a mechanism, else USER and PASS, and
    /// neither in clear except to loopback.
    [[nodiscard]] QCoro::Task<Result<Pop3Capabilities>> open(ServerSettings server, Credentials credentials);
    /// What is in the maildrop, by number; without unique ids when the server has no UIDL.
    [[nodiscard]] QCoro::Task<Result<QList<Pop3Entry>>> list();
    /// The same without the sizes, which saves a large maildrop half of the listing; see readSizes(). Refused when the
    /// server has no UIDL, or leaves messages out of it.
    [[nodiscard]] QCoro::Task<Result<QList<Pop3Entry>>> listUids();
    /// The sizes of these, in their order; 0 when the server does not say.
    [[nodiscard]] QCoro::Task<Result<QList<qint64>>> readSizes(QList<int> numbers);

    using Sink = std::function<void(int number, Result<QByteArray> message)>;
    /// Whole messages as the server sent them, lines ending in CR LF, in the order asked for. A message that the server
    /// refuses is an error in the sink and not the end. `sink` runs on the engine thread.
    [[nodiscard]] QCoro::Task<Result<void>> retrieve(QList<int> numbers, Sink sink);
    /// Only the header and so many lines of the body (TOP).
    [[nodiscard]] QCoro::Task<Result<void>> retrieveTops(QList<int> numbers, int lines, Sink sink);
    /// Marks for deletion at quit().
    [[nodiscard]] QCoro::Task<Result<void>> remove(QList<int> numbers);
    /// Ends the session; the server deletes what is marked. After a failure nobody knows whether it has.
    [[nodiscard]] QCoro::Task<Result<void>> quit();

    /// Ends whatever is under way with Cancelled.
    void close();
    bool isOpen() const; ///< Logged in.
    quint64 bytesReceived() const { return m_channel.bytesReceived(); }
    quint64 bytesSent() const { return m_channel.bytesSent(); }
    quint64 roundTrips() const { return m_roundTrips; } ///< Pipelined commands are one.
    /// ms until the quickest answer; negative: there was none yet.
    qint64 latency() const { return m_latency; }
    /// "TLS 1.3, TLS_AES_256_GCM_SHA384"; empty in clear.
    QString tlsDetail() const { return m_channel.tlsDetail(); }
    QByteArray certificate() const { return m_channel.peerCertificate().toDer(); }

Q_SIGNALS:
    /// While open() is under way: Resolve, Connect, Tls, Greeting, StartTls, Capabilities, Login, each when it is
    /// passed, with a technical detail (see ladderOf() for their order).
    void stepPassed(postaci::Step step, const QString &detail);
    /// While an answer of several lines comes in: so many bytes of it are here.
    void received(qint64 bytes);

private:
    QCoro::Task<Result<void>> readCapabilities();
    QCoro::Task<Result<void>> startTls();
    QCoro::Task<Result<void>> login(Credentials credentials);
    QCoro::Task<Result<void>> loginBySasl(Credentials credentials);
    QCoro::Task<Result<void>> loginByPass(Credentials credentials);
    QCoro::Task<Result<void>> retrieveBy(QList<QByteArray> commands, QList<int> numbers, Sink sink);

    QCoro::Task<Result<Pop3Reply>> command(QByteArray line, Step step);
    /// The body when the answer is +OK.
    QCoro::Task<Result<QByteArray>> blockCommand(QByteArray line, Step step);
    QCoro::Task<Result<Pop3Reply>> readReply(Step step);
    QCoro::Task<Result<QByteArray>> readBlock(Step step);
    MailError refusal(const Pop3Reply &reply, Step step) const;
    MailError breakOff(MailError error);
    void note(const QString &text);

    LineChannel m_channel;
    ServerSettings m_server;
    Pop3Capabilities m_capabilities;
    bool m_ready = false;
    quint64 m_roundTrips = 0;
    qint64 m_latency = -1;
    std::shared_ptr<ConversationLog> m_log;
};

} // namespace postaci
