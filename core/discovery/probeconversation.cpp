// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/probeconversation.h"

#include <algorithm>
#include <utility>

namespace postaci {

namespace {

bool startsWith(QByteArrayView line, QByteArrayView word)
{
    return line.size() >= word.size() && line.first(word.size()).compare(word, Qt::CaseInsensitive) == 0
        && (line.size() == word.size() || line[word.size()] == ' ');
}

/// The code of an SMTP reply line, 0 when it is none.
int replyCode(QByteArrayView line)
{
    if (line.size() < 3 || (line.size() > 3 && line[3] != ' ' && line[3] != '-'))
        return 0;
    bool isNumber = false;
    const int code = line.first(3).toInt(&isNumber);
    return isNumber && code >= 200 && code < 600 ? code : 0;
}

bool isLastLine(QByteArrayView line)
{
    return line.size() == 3 || line[3] == ' ';
}

} // namespace

ProbeConversation::ProbeConversation(Protocol protocol, Encryption encryption, QByteArray ehloName)
    : m_protocol(protocol)
    , m_ehloName(std::move(ehloName))
    , m_encrypted(encryption == Encryption::ImplicitTls)
{
}

ProbeConversation::Move ProbeConversation::addLine(QByteArrayView line)
{
    if (m_state == State::Over || ++m_lines > linesLimit || line.size() > lineLimit)
        return fail();
    switch (m_protocol) {
    case Protocol::Imap:
        return imapLine(line);
    case Protocol::Smtp:
        return smtpLine(line);
    case Protocol::Pop3:
        return popLine(line);
    case Protocol::Local: // No server speaks it.
        return fail();
    }
    Q_UNREACHABLE_RETURN(fail());
}

ProbeConversation::Move ProbeConversation::encrypted()
{
    if (m_state != State::StartTls || m_encrypted)
        return fail();
    m_encrypted = true;
    m_listing = false;
    return askCapabilities();
}

ProbeConversation::Move ProbeConversation::imapLine(QByteArrayView line)
{
    switch (m_state) {
    case State::Greeting:
        if (startsWith(line, "* OK") || startsWith(line, "* PREAUTH"))
            return askCapabilities();
        return fail(startsWith(line, "* BYE") ? ErrorKind::TryLater : ErrorKind::Protocol);
    case State::Capabilities:
        if (startsWith(line, "* CAPABILITY")) {
            m_capabilities = line.sliced(12).toByteArray().toUpper().simplified().split(' ');
            return read();
        }
        if (startsWith(line, "*"))
            return read();
        if (!startsWith(line, "a OK"))
            return fail();
        return capabilitiesRead(m_capabilities.contains("IMAP4REV1") || m_capabilities.contains("IMAP4REV2"),
            "c LOGOUT\r\n", "b STARTTLS\r\n");
    case State::StartTls:
        if (startsWith(line, "*"))
            return read();
        if (startsWith(line, "b OK"))
            return {.kind = Move::Kind::StartTls, .step = Step::StartTls};
        return fail(ErrorKind::EncryptionMissing);
    case State::Over:
        break;
    }
    return fail();
}

ProbeConversation::Move ProbeConversation::smtpLine(QByteArrayView line)
{
    const int code = replyCode(line);
    if (code == 0)
        return fail();
    switch (m_state) {
    case State::Greeting:
        if (code != 220)
            return fail(code / 100 == 4 ? ErrorKind::TryLater : ErrorKind::Refused);
        return isLastLine(line) ? askCapabilities() : read();
    case State::Capabilities: {
        if (code != 250)
            return fail(code / 100 == 4 ? ErrorKind::TryLater : ErrorKind::Refused);
        if (line.size() > 4)
            m_capabilities.append(
                line.sliced(4).toByteArray().toUpper().simplified().split(' ').first().split('=').first());
        if (!isLastLine(line))
            return read();
        // In clear a server may hide AUTH; over TLS there is no reason to.
        return capabilitiesRead(!m_encrypted || m_capabilities.contains("AUTH"), "QUIT\r\n", "STARTTLS\r\n");
    }
    case State::StartTls:
        if (!isLastLine(line))
            return read();
        if (code == 220)
            return {.kind = Move::Kind::StartTls, .step = Step::StartTls};
        return fail(ErrorKind::EncryptionMissing);
    case State::Over:
        break;
    }
    return fail();
}

ProbeConversation::Move ProbeConversation::popLine(QByteArrayView line)
{
    switch (m_state) {
    case State::Greeting:
        return startsWith(line, "+OK") ? askCapabilities() : fail();
    case State::Capabilities:
        if (m_listing && line != QByteArrayView(".")) {
            m_capabilities.append(line.toByteArray().toUpper().simplified().split(' ').first());
            return read();
        }
        if (!m_listing && startsWith(line, "+OK")) {
            m_listing = true;
            return read();
        }
        // A server without CAPA is still one; STARTTLS it cannot do.
        if (m_listing || startsWith(line, "-ERR"))
            return capabilitiesRead(true, "QUIT\r\n", "STLS\r\n");
        return fail();
    case State::StartTls:
        if (startsWith(line, "+OK"))
            return {.kind = Move::Kind::StartTls, .step = Step::StartTls};
        return fail(ErrorKind::EncryptionMissing);
    case State::Over:
        break;
    }
    return fail();
}

ProbeConversation::Move ProbeConversation::read(QByteArray bytes)
{
    return {.kind = Move::Kind::Read, .bytes = std::move(bytes)};
}

ProbeConversation::Move ProbeConversation::askCapabilities()
{
    m_state = State::Capabilities;
    m_capabilities.clear();
    switch (m_protocol) {
    case Protocol::Imap:
        return read("a CAPABILITY\r\n");
    case Protocol::Smtp:
        return read("EHLO " + m_ehloName + "\r\n");
    case Protocol::Pop3:
        return read("CAPA\r\n");
    case Protocol::Local:
        return fail();
    }
    Q_UNREACHABLE_RETURN(fail());
}

ProbeConversation::Move ProbeConversation::capabilitiesRead(
    bool isServer, const QByteArray &goodbye, const QByteArray &startTls)
{
    if (!isServer)
        return fail();
    if (m_encrypted) {
        m_state = State::Over;
        return {.kind = Move::Kind::Done, .bytes = goodbye, .step = Step::Capabilities};
    }
    if (!m_capabilities.contains(m_protocol == Protocol::Pop3 ? "STLS" : "STARTTLS"))
        return fail(ErrorKind::EncryptionMissing);
    m_state = State::StartTls;
    return read(startTls);
}

ProbeConversation::Move ProbeConversation::fail(ErrorKind error)
{
    const Step step = m_state == State::Greeting ? Step::Greeting
        : m_state == State::Capabilities         ? Step::Capabilities
                                                 : Step::StartTls;
    m_state = State::Over;
    return {.kind = Move::Kind::Failed, .error = error, .step = step};
}

} // namespace postaci
