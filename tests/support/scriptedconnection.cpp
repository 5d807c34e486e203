// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/scriptedconnection.h"

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QMutexLocker>
#include <QRegularExpression>
#include <QThread>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr int slice = 20; // ms; how soon a wait notices that the server is to stop

QByteArray visible(QByteArray bytes)
{
    if (bytes.size() > 500)
        bytes = bytes.first(500) + "… (" + QByteArray::number(bytes.size()) + " bytes)";
    return bytes.replace("\r", "\\r").replace("\n", "\\n");
}

/// The pattern as a regular expression, and the names of its groups in order ("" for {*}).
QRegularExpression compile(const QByteArray &pattern, QByteArrayList *names)
{
    static const QRegularExpression placeholder(u"\\{(\\*|[A-Za-z]+)\\}"_s);
    const QString text = QString::fromLatin1(pattern); // byte for byte
    QString expression;
    qsizetype from = 0;
    for (auto it = placeholder.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        expression += QRegularExpression::escape(text.sliced(from, match.capturedStart() - from));
        const bool anything = match.captured(1) == "*"_L1;
        expression += anything ? u"(.*)"_s : u"([^ ]+)"_s;
        names->append(anything ? QByteArray() : match.captured(1).toLatin1());
        from = match.capturedEnd();
    }
    expression += QRegularExpression::escape(text.sliced(from));
    return QRegularExpression(
        QRegularExpression::anchoredPattern(expression), QRegularExpression::DotMatchesEverythingOption);
}

} // namespace

void endWaits(qintptr descriptor)
{
#ifdef Q_OS_WIN
    ::shutdown(SOCKET(descriptor), SD_BOTH);
#else
    ::shutdown(int(descriptor), SHUT_RDWR);
#endif
}

ScriptedConnection::ScriptedConnection(ScriptedServerState &state, int index)
    : m_state(state)
    , m_index(index)
{
}

void ScriptedConnection::run(qintptr descriptor)
{
    m_socket.setSocketDescriptor(descriptor);
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (m_index >= m_state.scripts.size()) {
        reset();
        return;
    }
    const Script script = m_state.scripts[m_index];
    const Script::Step *current = nullptr;
    try {
        for (size_t i = 0; i < script.m_steps.size(); ++i) {
            current = &script.m_steps[i];
            {
                const QMutexLocker lock(&m_state.mutex);
                m_state.connections[m_index].step = int(i);
            }
            current->play(*this);
            if (m_ended)
                break;
        }
    } catch (const Failure &failure) {
        const QMutexLocker lock(&m_state.mutex);
        if (m_state.failure.isEmpty() && !m_state.stopping)
            m_state.failure = "connection " + QByteArray::number(m_index + 1) + ", step "
                + QByteArray::number(m_state.connections[m_index].step + 1) + " (" + visible(current->label)
                + "): " + visible(failure.text);
        m_state.changed();
        m_socket.abort();
        return;
    }
    {
        const QMutexLocker lock(&m_state.mutex);
        m_state.connections[m_index].finished = true;
        m_state.changed();
    }
    while (waitForBytes() != Arrival::Closed && !m_state.stopping) { }
    m_socket.abort();
}

QByteArray ScriptedConnection::fillIn(const QByteArray &text) const
{
    QByteArray filled = text;
    for (const auto &[name, value] : m_captured.asKeyValueRange())
        filled.replace("{" + name + "}", value);
    return filled;
}

void ScriptedConnection::remember(const QByteArray &name, const QByteArray &value)
{
    m_captured.insert(name, value);
    const QMutexLocker lock(&m_state.mutex);
    m_state.connections[m_index].captured.insert(name, value);
}

void ScriptedConnection::send(const QByteArray &bytes)
{
    const qsizetype segment = m_segment > 0 ? m_segment : std::max<qsizetype>(bytes.size(), 1);
    for (qsizetype at = 0; at < bytes.size(); at += segment) {
        QByteArray part = bytes.sliced(at, std::min(segment, bytes.size() - at));
        if (m_cutAfter && part.size() >= *m_cutAfter) {
            sendSegment(part.first(*m_cutAfter));
            cut();
            m_ended = true;
            return;
        }
        if (m_cutAfter)
            *m_cutAfter -= part.size();
        sendSegment(part);
        if (m_segment > 0 && m_pace == Script::Pace::OneByOne)
            QThread::usleep(200); // paces the segments, or the kernel hands them over as one
    }
}

void ScriptedConnection::sendSegment(const QByteArray &bytes)
{
    m_socket.write(bytes);
    flush();
}

void ScriptedConnection::flush()
{
    const QDeadlineTimer deadline(m_state.patience);
    while (m_socket.bytesToWrite() > 0 || m_socket.encryptedBytesToWrite() > 0) {
        if (m_state.stopping || deadline.hasExpired())
            throw Failure{"the client did not take what was sent"};
        if (!m_socket.waitForBytesWritten(slice) && m_socket.state() != QAbstractSocket::ConnectedState)
            throw Failure{"the client closed before it had taken everything"};
    }
}

ScriptedConnection::Arrival ScriptedConnection::waitForBytes()
{
    const QDeadlineTimer deadline(m_state.patience);
    while (m_socket.bytesAvailable() == 0) {
        if (m_state.stopping || deadline.hasExpired())
            return Arrival::Silence;
        if (!m_socket.waitForReadyRead(slice) && m_socket.state() != QAbstractSocket::ConnectedState
            && m_socket.bytesAvailable() == 0)
            return Arrival::Closed;
    }
    const QByteArray bytes = m_socket.readAll();
    m_pending += bytes;
    const QMutexLocker lock(&m_state.mutex);
    auto &received = m_state.received;
    if (!received.isEmpty() && received.last().connection == m_index
        && received.last().encrypted == m_socket.isEncrypted())
        received.last().bytes += bytes;
    else
        received.append({.connection = m_index, .encrypted = m_socket.isEncrypted(), .bytes = bytes});
    m_state.changed();
    return Arrival::Bytes;
}

bool ScriptedConnection::receiveMore()
{
    const Arrival arrival = waitForBytes();
    if (arrival == Arrival::Silence)
        throw Failure{"nothing more came; not yet matched: " + m_pending};
    return arrival == Arrival::Bytes;
}

QByteArray ScriptedConnection::take(qsizetype size)
{
    while (m_pending.size() < size)
        if (!receiveMore())
            throw Failure{"the client closed after " + m_pending};
    const QByteArray taken = m_pending.first(size);
    m_pending.remove(0, size);
    return taken;
}

QByteArray ScriptedConnection::takeUntil(const QByteArray &end)
{
    qsizetype at = -1;
    while ((at = m_pending.indexOf(end)) < 0)
        if (!receiveMore())
            throw Failure{"the client closed after " + m_pending};
    const QByteArray taken = take(at);
    take(end.size());
    return taken;
}

QByteArray ScriptedConnection::takeLine()
{
    const QByteArray line = takeUntil("\n");
    if (!line.endsWith('\r'))
        throw Failure{"the line does not end in CR LF: " + line};
    return line.chopped(1);
}

void ScriptedConnection::matchLine(const QByteArray &pattern)
{
    QByteArrayList names;
    const QRegularExpression expression = compile(pattern, &names);
    const QByteArray line = takeLine();
    const QRegularExpressionMatch match = expression.match(QString::fromLatin1(line));
    if (!match.hasMatch())
        throw Failure{"received " + line};
    for (qsizetype i = 0; i < names.size(); ++i)
        if (!names[i].isEmpty())
            remember(names[i], match.captured(int(i) + 1).toLatin1());
}

void ScriptedConnection::startTls(TestCertificate certificate)
{
    if (!m_pending.isEmpty())
        throw Failure{"sent in clear before the handshake: " + m_pending};
    m_socket.setSslConfiguration(serverTls(certificate));
    m_socket.startServerEncryption();
    if (!m_socket.waitForEncrypted(int(m_state.patience.count())))
        throw Failure{m_socket.errorString().toUtf8()};
}

void ScriptedConnection::expectTlsRefusal(TestCertificate certificate)
{
    m_socket.setSslConfiguration(serverTls(certificate));
    m_socket.startServerEncryption();
    // Whether a client that says no has finished the handshake by then depends on its library.
    if (m_socket.waitForEncrypted(int(m_state.patience.count())))
        stall(true);
    else if (m_socket.state() == QAbstractSocket::ConnectedState)
        throw Failure{"neither a handshake nor its end: " + m_socket.errorString().toUtf8()};
}

void ScriptedConnection::pause(const QByteArray &name)
{
    const QDeadlineTimer deadline(m_state.patience);
    const QMutexLocker lock(&m_state.mutex);
    m_state.connections[m_index].pausedAt = name;
    m_state.changed();
    while (!m_state.resumedNames.contains(name)) {
        if (m_state.stopping || deadline.hasExpired())
            throw Failure{"never resumed"};
        m_state.resumed.wait(&m_state.mutex, QDeadlineTimer(slice));
    }
    m_state.connections[m_index].pausedAt.clear();
}

void ScriptedConnection::stall(bool judge)
{
    while (true) {
        if (judge && !m_pending.isEmpty())
            throw Failure{"received " + m_pending};
        m_pending.clear();
        if (!receiveMore())
            return;
    }
}

void ScriptedConnection::close()
{
    flush();
    m_socket.disconnectFromHost();
    if (m_socket.state() != QAbstractSocket::UnconnectedState)
        m_socket.waitForDisconnected(int(m_state.patience.count()));
}

void ScriptedConnection::cut()
{
    flush();
    // Not abort(): with something unread that would be a RST, and the client could lose what was sent before.
#ifdef Q_OS_WIN
    ::shutdown(SOCKET(m_socket.socketDescriptor()), SD_SEND);
#else
    ::shutdown(int(m_socket.socketDescriptor()), SHUT_WR);
#endif
}

void ScriptedConnection::reset()
{
    flush();
    const linger atOnce{1, 0};
#ifdef Q_OS_WIN
    ::setsockopt(SOCKET(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char *>(&atOnce),
        sizeof atOnce);
#else
    ::setsockopt(int(m_socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
#endif
    m_socket.abort();
}

} // namespace postaci
