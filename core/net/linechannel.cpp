// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/linechannel.h"

#include "core/base/log.h"

#include <QCoro/QCoroSignal>

#include <QHostInfo>
#include <QScopeGuard>
#include <QSslCipher>
#include <QUrl>

#include <utility>

#ifdef Q_OS_UNIX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// Bytes that the socket takes from the network before somebody reads them. Also the largest block of readSome().
constexpr qint64 socketBuffer = qint64(512) * 1024;

/// For the name: a second name server is asked after 5 s when the first is dead.
constexpr std::chrono::milliseconds resolveLimit = std::chrono::seconds(8);

/// The host as DNS and certificates know it; empty when it cannot be one.
QString asciiHost(const QString &host)
{
    if (!QHostAddress(host).isNull())
        return host;
    return QString::fromLatin1(QUrl::toAce(host));
}

bool isLoopbackName(const QString &host)
{
    const QHostAddress address(host);
    if (!address.isNull())
        return address.isLoopback();
    return host.compare("localhost"_L1, Qt::CaseInsensitive) == 0;
}

/// "192.0.2.1, 2001:db8::1", at most a few.
QString listed(const QList<QHostAddress> &addresses)
{
    constexpr qsizetype most = 6;
    QStringList texts;
    for (const QHostAddress &address : addresses.first(qMin(most, addresses.size())))
        texts.append(address.toString());
    if (addresses.size() > most)
        texts.append(u"…"_s);
    return texts.join(", "_L1);
}

/// The kernel's own defaults take more than two hours to find a dead connection.
void setProbes(qintptr descriptor, const KeepAlive &keepAlive)
{
#ifdef TCP_KEEPIDLE
    const auto set = [descriptor](int option, int value) {
        if (setsockopt(int(descriptor), IPPROTO_TCP, option, &value, sizeof value) != 0)
            qCDebug(netLog) << "the system does not take keep-alive option" << option;
    };
    set(TCP_KEEPIDLE, int(keepAlive.idle.count()));
    set(TCP_KEEPINTVL, int(keepAlive.interval.count()));
    set(TCP_KEEPCNT, keepAlive.probes);
#else
    Q_UNUSED(descriptor)
    Q_UNUSED(keepAlive)
#endif
}

} // namespace

LineChannel::LineChannel(TlsPolicy policy, QObject *parent)
    : QObject(parent)
    , m_policy(std::move(policy))
    , m_socket(makeSocket())
    , m_race([this] { return makeSocket(); }, this)
{
}

LineChannel::~LineChannel()
{
    Q_ASSERT_X(m_waits == 0, "LineChannel", "deleted under a wait: close() and await it first");
    m_socket->disconnect(this);
    if (m_lookup >= 0)
        QHostInfo::abortHostLookup(m_lookup);
}

std::unique_ptr<QSslSocket> LineChannel::makeSocket() const
{
    auto socket = std::make_unique<QSslSocket>();
    socket->setReadBufferSize(socketBuffer);
    socket->setSslConfiguration(m_policy.configuration());
    return socket;
}

/// The connection is this one from now on.
void LineChannel::adopt(std::unique_ptr<QSslSocket> socket)
{
    m_socket = std::move(socket);
    const auto look = [this] { Q_EMIT moved(); };
    connect(m_socket.get(), &QSslSocket::encrypted, this, look);
    connect(m_socket.get(), &QSslSocket::readyRead, this, look);
    connect(m_socket.get(), &QSslSocket::bytesWritten, this, look);
    connect(m_socket.get(), &QSslSocket::encryptedBytesWritten, this, look);
    connect(m_socket.get(), &QSslSocket::errorOccurred, this, &LineChannel::onSocketError);
    connect(m_socket.get(), &QSslSocket::sslErrors, this, &LineChannel::onCertificateProblems);
}

void LineChannel::setReadTimeout(std::chrono::milliseconds limit)
{
    m_timeout = limit;
}

QCoro::Task<Result<void>> LineChannel::open(ServerSettings server)
{
    Q_ASSERT(m_server.host.isEmpty());
    m_server = std::move(server);

    const QString host = asciiHost(m_server.host);
    if (host.isEmpty() || m_server.port == 0)
        co_return failure(fail(ErrorKind::InvalidInput, Step::Resolve));
    if (m_server.encryption == Encryption::None && !isLoopbackName(host))
        co_return failure(fail(ErrorKind::EncryptionMissing, Step::Connect));
    if (m_failure)
        co_return failure(*m_failure);

    const auto addresses = co_await resolve(host, QDeadlineTimer(resolveLimit));
    if (!addresses)
        co_return failure(addresses.error());
    Q_EMIT stepPassed(Step::Resolve, listed(*addresses));
    ++m_waits;
    auto winner = co_await m_race.run(*addresses, m_server.port, QDeadlineTimer(m_connectLimit));
    --m_waits;
    if (m_failure)
        co_return failure(*m_failure);
    if (!winner)
        co_return failure(fail(winner.error()));
    adopt(std::move(*winner));
    m_socket->setPeerVerifyName(host);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    setProbes(m_socket->socketDescriptor(), m_keepAlive);
    Q_EMIT stepPassed(Step::Connect, listed({m_socket->peerAddress()}));

    switch (m_server.encryption) {
    case Encryption::ImplicitTls:
        if (m_socket->bytesAvailable() != 0) // The server speaks first, so it does not do TLS on this port.
            co_return failure(fail(MailError{
                .kind = ErrorKind::TlsHandshake, .step = Step::Tls, .subject = u"no TLS: the server speaks first"_s}));
        co_return co_await handshake();
    case Encryption::StartTls:
        break;
    case Encryption::None:
        // Whatever the name resolved to: what counts is where the connection ended.
        if (!m_socket->peerAddress().isLoopback())
            co_return failure(fail(ErrorKind::EncryptionMissing, Step::Connect));
        break;
    }
    co_return Result<void>();
}

/// RFC 8305 3. An address is its own answer.
QCoro::Task<Result<QList<QHostAddress>>> LineChannel::resolve(QString host, QDeadlineTimer deadline)
{
    if (const QHostAddress literal(host); !literal.isNull())
        co_return QList<QHostAddress>{literal};
    const auto answer = std::make_shared<std::optional<QHostInfo>>(); // one that comes too late is still written
    m_lookup = QHostInfo::lookupHost(host, this, [this, answer](const QHostInfo &info) {
        answer->emplace(info);
        Q_EMIT moved();
    });
    const auto answered = co_await waitUntil([answer] { return answer->has_value(); }, deadline);
    QHostInfo::abortHostLookup(std::exchange(m_lookup, -1));
    if (!answered) {
        MailError error = answered.error();
        error.step = Step::Resolve;
        co_return failure(error);
    }
    const QHostInfo &info = **answer;
    if (info.error() == QHostInfo::HostNotFound)
        co_return failure(fail(ErrorKind::HostNotFound, Step::Resolve));
    if (info.addresses().isEmpty()) // nobody could be asked
        co_return failure(fail(ErrorKind::Offline, Step::Resolve));
    co_return info.addresses();
}

QCoro::Task<Result<void>> LineChannel::startTls()
{
    if (m_failure)
        co_return failure(*m_failure);
    // QSslSocket keeps plain bytes across startClientEncryption() and hands them out as if they had been encrypted.
    if (m_socket->isEncrypted() || !m_buffer.isEmpty() || m_socket->bytesAvailable() != 0
        || m_socket->encryptedBytesAvailable() != 0)
        co_return failure(fail(ErrorKind::Protocol, Step::StartTls));
    co_return co_await handshake();
}

QCoro::Task<Result<void>> LineChannel::handshake()
{
    m_socket->startClientEncryption();
    auto encrypted = co_await waitUntil([this] { return m_socket->isEncrypted(); });
    if (!encrypted) {
        encrypted.error().step = Step::Tls;
        co_return failure(encrypted.error());
    }
    // Nothing has been said yet. Where Qt had objections, an exception holds for this very certificate.
    const QSslCertificate peer = m_socket->peerCertificate();
    if (m_socket->sslHandshakeErrors().isEmpty() && !TlsPolicy::isFor(peer, asciiHost(m_server.host)))
        co_return failure(fail(TlsPolicy::describe({QSslError(QSslError::HostNameMismatch, peer)}, peer)));
    qCDebug(netLog) << "TLS" << m_socket->sessionProtocol() << "to port" << m_server.port;
    Q_EMIT stepPassed(Step::Tls, tlsDetail());
    co_return Result<void>();
}

QCoro::Task<Result<QByteArray>> LineChannel::readLine(qsizetype limit)
{
    while (true) {
        const qsizetype end = m_buffer.indexOf('\n', m_scanned);
        const qsizetype length = end < 0 ? m_buffer.size() : end;
        if (length > limit + 1) // one for CR
            co_return failure(fail(ErrorKind::Protocol));
        if (end >= 0) {
            QByteArray line = m_buffer.first(end > 0 && m_buffer.at(end - 1) == '\r' ? end - 1 : end);
            m_buffer.remove(0, end + 1);
            m_scanned = 0;
            co_return line;
        }
        m_scanned = m_buffer.size();
        if (receive())
            continue;
        if (m_failure)
            co_return failure(*m_failure);
        // The verdict, whichever it is, is drawn from the buffer and m_failure above.
        (void)co_await waitUntil([this] { return m_socket->bytesAvailable() > 0; });
    }
}

QCoro::Task<Result<QByteArray>> LineChannel::readSome()
{
    while (m_buffer.isEmpty() && !receive()) {
        if (m_failure)
            co_return failure(*m_failure);
        (void)co_await waitUntil([this] { return m_socket->bytesAvailable() > 0; });
    }
    m_scanned = 0;
    co_return std::exchange(m_buffer, QByteArray());
}

QCoro::Task<Result<void>> LineChannel::readUntil(std::function<bool(QByteArrayView &bytes)> take)
{
    m_scanned = 0;
    while (true) {
        if (!m_buffer.isEmpty()) {
            QByteArrayView left = m_buffer;
            const bool complete = take(left);
            m_buffer.remove(0, m_buffer.size() - left.size());
            if (complete)
                co_return Result<void>();
        }
        if (receive())
            continue;
        if (m_failure)
            co_return failure(*m_failure);
        // The verdict, whichever it is, is drawn from the buffer and m_failure above.
        (void)co_await waitUntil([this] { return m_socket->bytesAvailable() > 0; });
    }
}

void LineChannel::write(const QByteArray &bytes)
{
    if (m_failure || bytes.isEmpty())
        return;
    m_sent += quint64(bytes.size());
    m_socket->write(bytes);
}

QCoro::Task<Result<void>> LineChannel::flush()
{
    while (!m_failure && unsent() > 0) {
        const qint64 before = unsent();
        (void)co_await waitUntil([this, before] { return unsent() < before; });
    }
    if (m_failure)
        co_return failure(*m_failure);
    co_return Result<void>();
}

void LineChannel::close()
{
    fail(ErrorKind::Cancelled);
    m_race.cancel();
}

bool LineChannel::isOpen() const
{
    return !m_failure && m_socket->state() == QAbstractSocket::ConnectedState;
}

bool LineChannel::isEncrypted() const
{
    return m_socket->isEncrypted();
}

bool LineChannel::isSecure() const
{
    return m_socket->isEncrypted() || m_socket->peerAddress().isLoopback();
}

QString LineChannel::tlsDetail() const
{
    const QSslCipher cipher = m_socket->sessionCipher();
    if (cipher.isNull())
        return {};
    QString version = cipher.protocolString();
    version.replace("TLSv"_L1, "TLS "_L1);
    return version + ", "_L1 + cipher.name();
}

QSslCertificate LineChannel::peerCertificate() const
{
    return m_socket->peerCertificate();
}

QString LineChannel::endpoint() const
{
    return m_server.endpoint();
}

QHostAddress LineChannel::localAddress() const
{
    return m_socket->localAddress();
}

quint64 LineChannel::bytesReceived() const
{
    return m_received;
}

quint64 LineChannel::bytesSent() const
{
    return m_sent;
}

/// Looks first, so that nothing which came before the wait is missed; every move only makes it look again.
QCoro::Task<Result<void>> LineChannel::waitUntil(std::function<bool()> ready)
{
    return waitUntil(std::move(ready), QDeadlineTimer(m_timeout));
}

QCoro::Task<Result<void>> LineChannel::waitUntil(std::function<bool()> ready, QDeadlineTimer deadline)
{
    ++m_waits;
    const auto leave = qScopeGuard([this] { --m_waits; });
    while (!m_failure && !ready()) {
        if (deadline.hasExpired())
            fail(ErrorKind::Timeout);
        else
            co_await qCoro(this, &LineChannel::moved, std::chrono::milliseconds(deadline.remainingTime()));
    }
    if (m_failure)
        co_return failure(*m_failure);
    co_return Result<void>();
}

/// Takes what the socket has. False when that is nothing.
bool LineChannel::receive()
{
    const qint64 available = m_socket->bytesAvailable();
    if (available <= 0)
        return false;
    // Asking for one byte more than there is makes QSslSocket decrypt the next records meanwhile.
    const qsizetype held = m_buffer.size();
    m_buffer.resizeForOverwrite(held + available + 1);
    const qint64 count = m_socket->read(m_buffer.data() + held, available + 1);
    m_buffer.truncate(held + qMax(count, qint64(0)));
    m_received += quint64(qMax(count, qint64(0)));
    return count > 0;
}

void LineChannel::onSocketError(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::SocketTimeoutError:
        fail(ErrorKind::Timeout);
        break;
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        // The library's reason tells a server that speaks no TLS from one that speaks only old versions.
        fail(MailError{.kind = ErrorKind::TlsHandshake, .subject = cleanServerText(m_socket->errorString().toUtf8())});
        break;
    default:
        fail(ErrorKind::ConnectionLost);
        break;
    }
}

void LineChannel::onCertificateProblems(const QList<QSslError> &errors)
{
    const QSslCertificate peer = m_socket->peerCertificate();
    if (m_policy.accepts(m_server.host, m_server.port, peer, errors))
        m_socket->ignoreSslErrors(errors);
    else
        fail(TlsPolicy::describe(errors, peer));
}

MailError LineChannel::fail(ErrorKind kind, Step step)
{
    return fail(MailError{.kind = kind, .step = step});
}

/// Ends the connection, keeps the first reason, and wakes every wait.
MailError LineChannel::fail(MailError error)
{
    if (!m_failure) {
        error.endpoint = endpoint();
        m_failure = std::move(error);
        qCDebug(netLog).noquote() << m_failure->summary();
        // What arrived before a loss is still good. What is there when we give up ourselves is not wanted.
        if (m_failure->kind != ErrorKind::ConnectionLost) {
            m_socket->abort();
            m_buffer.clear();
            m_scanned = 0;
        }
        Q_EMIT ended();
    }
    Q_EMIT moved();
    return *m_failure;
}

qint64 LineChannel::unsent() const
{
    return m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite();
}

} // namespace postaci
