// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/otherclient.h"

#include <QRegularExpression>
#include <QSslConfiguration>
#include <QTest>

#include <algorithm>

namespace postaci {

namespace {

constexpr int patience = 20'000; // ms

QByteArray quoted(QByteArray text)
{
    return '"' + text.replace('\\', "\\\\").replace('"', "\\\"") + '"';
}

/// The size of the literal that the line announces at its end, or -1.
qsizetype literalSize(const QByteArray &line)
{
    if (!line.endsWith("}\r\n"))
        return -1;
    const qsizetype open = line.lastIndexOf('{');
    bool ok = false;
    const qsizetype size = line.sliced(open + 1, line.size() - open - 4).toLongLong(&ok);
    return ok ? size : -1;
}

} // namespace

OtherClient::OtherClient(const MailServer &server, int user, const QByteArray &port)
{
    QSslConfiguration configuration = m_socket.sslConfiguration();
    configuration.addCaCertificates(server.tlsPolicy().extraRoots);
    m_socket.setSslConfiguration(configuration);
    m_socket.connectToHostEncrypted(server.host(), server.port(port));
    if (!m_socket.waitForEncrypted(patience)) {
        fail(m_socket.errorString().toUtf8());
        return;
    }
    readLine();
    // AUTHENTICATE, because a password with letters beyond ASCII must not be in LOGIN's quotes.
    const QByteArray secret = '\0' + server.address(user).toUtf8() + '\0' + server.password(user).toUtf8();
    const QByteArray told = ' ' + command("CAPABILITY").simplified() + ' ';
    m_takesLiterals = told.contains(" LITERAL+ ");
    if (told.contains(" SASL-IR ")) {
        command("AUTHENTICATE PLAIN " + secret.toBase64());
    } else {
        m_socket.write("q0 AUTHENTICATE PLAIN\r\n");
        while (!m_failed && !readLine().startsWith('+')) { }
        m_socket.write(secret.toBase64() + "\r\n");
        QByteArray line;
        do {
            line = readLine();
        } while (!m_failed && !line.startsWith("q0 "));
        if (!line.startsWith("q0 OK"))
            fail(line);
    }
}

QList<OtherClient::Message> OtherClient::messages(const QByteArray &folder)
{
    return fetch(folder, "");
}

QList<OtherClient::Message> OtherClient::messageIds(const QByteArray &folder)
{
    return fetch(folder, "HEADER.FIELDS (MESSAGE-ID)");
}

QList<OtherClient::Message> OtherClient::fetch(const QByteArray &folder, const QByteArray &section)
{
    select(folder);
    static const QRegularExpression fetch(
        QStringLiteral("\\* \\d+ FETCH \\(UID (\\d+) FLAGS \\(([^)]*)\\) BODY\\[[^]]*\\] \\{(\\d+)\\}\r\n"));
    QList<Message> found;
    const QByteArray all = command("UID FETCH 1:* (UID FLAGS BODY.PEEK[" + section + "])");
    const QString text = QString::fromLatin1(all); // byte for byte
    for (qsizetype at = 0;;) {
        const QRegularExpressionMatch match = fetch.match(text, at);
        if (!match.hasMatch())
            break;
        Message message;
        message.uid = match.captured(1).toUInt();
        message.flags = match.captured(2).toLatin1().split(' ');
        message.flags.removeAll("");
        message.flags.removeAll("\\Recent");
        std::sort(message.flags.begin(), message.flags.end());
        message.raw = all.sliced(match.capturedEnd(), match.captured(3).toLongLong());
        at = match.capturedEnd() + message.raw.size();
        found.append(message);
    }
    return found;
}

QByteArrayList OtherClient::folders()
{
    QByteArrayList names;
    for (const QByteArray &line : command("LIST \"\" *").split('\n')) {
        const qsizetype separator = line.indexOf(") \"/\" ");
        if (separator < 0)
            continue;
        QByteArray name = line.sliced(separator + 6).trimmed();
        if (name.startsWith('"'))
            name = name.sliced(1, name.size() - 2).replace("\\\"", "\"").replace("\\\\", "\\");
        names.append(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

quint32 OtherClient::append(const QByteArray &folder, const QByteArray &raw, const QByteArray &flags)
{
    if (m_takesLiterals) {
        command("APPEND " + quoted(folder) + " (" + flags + ") {" + QByteArray::number(raw.size()) + "+}\r\n" + raw);
    } else {
        const QByteArray tag = 'q' + QByteArray::number(++m_tag);
        m_socket.write(
            tag + " APPEND " + quoted(folder) + " (" + flags + ") {" + QByteArray::number(raw.size()) + "}\r\n");
        while (!m_failed && !readLine().startsWith('+')) { }
        m_socket.write(raw + "\r\n");
        do {
            m_tagged = readLine();
        } while (!m_failed && !m_tagged.startsWith(tag + ' '));
        if (!m_tagged.startsWith(tag + " OK"))
            fail(m_tagged);
    }
    static const QRegularExpression uid(QStringLiteral("\\[APPENDUID \\d+ (\\d+)\\]"));
    return uid.match(QString::fromLatin1(m_tagged)).captured(1).toUInt();
}

void OtherClient::appendAll(const QByteArray &folder, const QList<New> &messages)
{
    QByteArray line = "APPEND " + quoted(folder);
    for (const New &message : messages)
        line += " (" + message.flags + ") {" + QByteArray::number(message.raw.size()) + "+}\r\n" + message.raw;
    if (!messages.isEmpty())
        command(line);
}

void OtherClient::store(
    const QByteArray &folder, const QByteArray &uids, const QByteArray &change, const QByteArray &flags)
{
    select(folder);
    command("UID STORE " + uids + ' ' + change + " (" + flags + ')');
}

void OtherClient::expunge(const QByteArray &folder, const QByteArray &uids)
{
    store(folder, uids, "+FLAGS", "\\Deleted");
    command("UID EXPUNGE " + uids);
}

void OtherClient::move(const QByteArray &folder, const QByteArray &uids, const QByteArray &target)
{
    select(folder);
    command("UID MOVE " + uids + ' ' + quoted(target));
}

bool OtherClient::tryMove(const QByteArray &folder, const QByteArray &uids, const QByteArray &target)
{
    select(folder);
    exchange("UID MOVE " + uids + ' ' + quoted(target));
    const bool moved = m_tagged.sliced(m_tagged.indexOf(' ') + 1).startsWith("OK");
    if (!moved && !m_tagged.contains("[EXPUNGEISSUED]"))
        fail(m_tagged);
    return moved;
}

void OtherClient::select(const QByteArray &folder)
{
    if (m_selected == folder) {
        command("NOOP");
        return;
    }
    command("SELECT " + quoted(folder));
    m_selected = folder;
}

QByteArray OtherClient::command(const QByteArray &line)
{
    const QByteArray untagged = exchange(line);
    if (!m_failed && !m_tagged.sliced(m_tagged.indexOf(' ') + 1).startsWith("OK"))
        fail(line.left(100) + " → " + m_tagged);
    return untagged;
}

QByteArray OtherClient::exchange(const QByteArray &line)
{
    const QByteArray tag = 'q' + QByteArray::number(++m_tag);
    m_socket.write(tag + ' ' + line + "\r\n");
    QByteArray untagged;
    while (!m_failed) {
        const QByteArray response = readResponse();
        if (response.startsWith(tag + ' ')) {
            m_tagged = response;
            break;
        }
        untagged += response;
    }
    return untagged;
}

QByteArray OtherClient::readResponse()
{
    QByteArray response = readLine();
    for (qsizetype size = literalSize(response); size >= 0 && !m_failed;) {
        response += read(size);
        const QByteArray rest = readLine();
        response += rest;
        size = literalSize(rest);
    }
    return response;
}

QByteArray OtherClient::readLine()
{
    while (!m_socket.canReadLine())
        if (!m_socket.waitForReadyRead(patience)) {
            fail(m_socket.errorString().toUtf8());
            return {};
        }
    return m_socket.readLine();
}

QByteArray OtherClient::read(qsizetype size)
{
    while (m_socket.bytesAvailable() < size)
        if (!m_socket.waitForReadyRead(patience)) {
            fail(m_socket.errorString().toUtf8());
            return {};
        }
    return m_socket.read(size);
}

void OtherClient::fail(const QByteArray &text)
{
    m_failed = true;
    QTest::qFail(("OtherClient: " + text).constData(), __FILE__, __LINE__);
}

} // namespace postaci
