// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/responseframer.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace postaci {

namespace {

constexpr qsizetype longestTag = 64;
constexpr qsizetype longestNumber = 10; // digits of 2^32-1

/// RFC 9051 knows the space only; some servers are generous with it, and some send tabs.
bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isControl(char c)
{
    return uchar(c) < 0x20 || c == 0x7f;
}

QByteArrayView skipSpaces(QByteArrayView text)
{
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    return text;
}

/// Takes the word at the front, up to a space or parenthesis.
QByteArrayView takeWord(QByteArrayView &text)
{
    qsizetype length = 0;
    while (length < text.size() && !isSpace(text[length]) && text[length] != '(' && text[length] != ')')
        ++length;
    const QByteArrayView word = text.first(length);
    text = text.sliced(length);
    return word;
}

bool isPlainWord(QByteArrayView word)
{
    return !word.isEmpty()
        && std::none_of(word.begin(), word.end(), [](char c) { return isControl(c) || std::strchr("\"{}%*\\", c); });
}

/// Where the response code ends that begins with `text`'s first bracket; -1 when it is only text with a bracket.
qsizetype codeEnd(QByteArrayView text)
{
    bool quoted = false;
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (quoted && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && text[i] == ']')
            return i;
    }
    return text.indexOf(']'); // a quote that never ends was none
}

/// Kinds whose content is acted on; these must be well-formed.
bool isUnderstood(QByteArrayView name)
{
    for (const char *known : {"FETCH", "LIST", "SEARCH", "ESEARCH", "VANISHED", "CAPABILITY", "EXISTS", "EXPUNGE"}) {
        if (name == known)
            return true;
    }
    return false;
}

} // namespace

void ResponseFramer::feed(QByteArrayView bytes)
{
    discardRead();
    m_buffer.append(bytes);
}

QByteArray ResponseFramer::takeRest()
{
    const QByteArray rest = m_buffer.sliced(m_position);
    m_buffer.clear();
    m_position = 0;
    m_scanned = 0;
    return rest;
}

/// Keeps the buffer from growing; moving the rest down only when most of it has been read keeps this cheap.
void ResponseFramer::discardRead()
{
    if (m_position < m_buffer.size() / 2)
        return;
    m_buffer.remove(0, m_position);
    m_scanned = qMax(qsizetype(0), m_scanned - m_position);
    m_position = 0;
}

Result<std::optional<ImapResponse>> ResponseFramer::next()
{
    while (!m_illegal) {
        if (m_literalLeft > 0) {
            const QByteArrayView arrived = QByteArrayView(m_buffer).sliced(m_position);
            const QByteArrayView part = arrived.first(qMin(m_literalLeft, arrived.size()));
            m_response.tokens.back().bytes.append(part);
            m_position += part.size();
            m_literalLeft -= part.size();
            if (m_literalLeft > 0)
                return std::nullopt;
        }

        m_scanned = qMax(m_scanned, m_position);
        const qsizetype end = m_buffer.indexOf('\n', m_scanned);
        m_scanned = end < 0 ? m_buffer.size() : end;
        if (m_lineBytes + (m_scanned - m_position) > m_limits.line) {
            m_illegal = ErrorKind::Protocol;
            break;
        }
        if (end < 0)
            return std::nullopt;

        QByteArrayView line = QByteArrayView(m_buffer).sliced(m_position, end - m_position);
        m_lineBytes += line.size();
        m_position = end + 1;
        if (line.endsWith('\r'))
            line.chop(1);

        const Verdict verdict = m_midResponse ? readData(line) : begin(line);
        m_midResponse = verdict == Verdict::LiteralFollows;
        switch (verdict) {
        case Verdict::LiteralFollows:
            break;
        case Verdict::Complete:
            m_lineBytes = 0;
            m_literalBytes = 0;
            return std::exchange(m_response, ImapResponse());
        case Verdict::Illegal:
            m_illegal = ErrorKind::Protocol;
            break;
        case Verdict::TooLarge:
            m_illegal = isMailContent() ? ErrorKind::MessageTooLarge : ErrorKind::Protocol;
            break;
        }
    }
    m_buffer.clear();
    return failure({.kind = *m_illegal});
}

ResponseFramer::Verdict ResponseFramer::begin(QByteArrayView line)
{
    m_response = ImapResponse();
    m_depth = 0;
    if (line.startsWith('+')) {
        if (line.size() > 1 && !isSpace(line[1]))
            return Verdict::Illegal;
        m_response.kind = ImapResponse::Kind::Continuation;
        m_response.text = skipSpaces(line.sliced(1)).toByteArray();
        return Verdict::Complete;
    }

    const QByteArrayView tag = takeWord(line);
    if (line.isEmpty() || !isSpace(line.front())) // a tag alone is no verdict
        return Verdict::Illegal;
    line = skipSpaces(line);
    if (tag == "*")
        return beginUntagged(line);

    if (!isPlainWord(tag) || tag.size() > longestTag)
        return Verdict::Illegal;
    m_response.kind = ImapResponse::Kind::Tagged;
    m_response.tag = tag.toByteArray();
    m_response.name = takeWord(line).toByteArray().toUpper();
    if (m_response.name != "OK" && m_response.name != "NO" && m_response.name != "BAD")
        return Verdict::Illegal;
    return readStatus(line);
}

ResponseFramer::Verdict ResponseFramer::beginUntagged(QByteArrayView line)
{
    QByteArrayView word = takeWord(line);
    if (!word.isEmpty() && (isDigit(word.front()) || word.front() == '-')) {
        bool inRange = false;
        m_response.number = word.toUInt(&inRange);
        if (!inRange)
            return Verdict::Illegal;
        line = skipSpaces(line);
        word = takeWord(line);
    }
    if (!isPlainWord(word))
        return Verdict::Illegal;
    m_response.name = word.toByteArray().toUpper();
    return m_response.isStatus() ? readStatus(line) : readData(line);
}

ResponseFramer::Verdict ResponseFramer::readStatus(QByteArrayView rest)
{
    rest = skipSpaces(rest);
    if (rest.startsWith('[')) {
        const qsizetype end = codeEnd(rest);
        if (end > 1) {
            QByteArrayView code = rest.sliced(1, end - 1);
            m_response.code = takeWord(code).toByteArray().toUpper();
            m_response.codeArguments = skipSpaces(code).toByteArray();
            rest = skipSpaces(rest.sliced(end + 1));
        }
    }
    m_response.text = rest.toByteArray();
    return Verdict::Complete;
}

ResponseFramer::Verdict ResponseFramer::readData(QByteArrayView fragment)
{
    const bool first = !m_midResponse;
    Verdict verdict = tokenise(fragment);
    if (verdict == Verdict::Complete && m_depth > 0)
        verdict = Verdict::Illegal;
    if (verdict == Verdict::Illegal && first && !isUnderstood(m_response.name)) {
        m_response.tokens.clear();
        return Verdict::Complete;
    }
    return verdict;
}

/// Adds the tokens of one line, or of what follows a literal, to the response.
ResponseFramer::Verdict ResponseFramer::tokenise(QByteArrayView fragment)
{
    using Kind = ImapToken::Kind;
    qsizetype i = 0;
    while (i < fragment.size()) {
        const char c = fragment[i];
        if (isSpace(c)) {
            ++i;
        } else if (c == '(') {
            if (++m_depth > m_limits.depth)
                return Verdict::Illegal;
            m_response.tokens.append(ImapToken{.kind = Kind::Open});
            ++i;
        } else if (c == ')') {
            if (--m_depth < 0)
                return Verdict::Illegal;
            m_response.tokens.append(ImapToken{.kind = Kind::Close});
            ++i;
        } else if (c == '"') {
            QByteArray text;
            for (++i; i < fragment.size() && fragment[i] != '"'; ++i) {
                if (fragment[i] == '\\')
                    ++i;
                if (i < fragment.size())
                    text.append(fragment[i]);
            }
            if (i >= fragment.size() || text.contains('\0'))
                return Verdict::Illegal;
            m_response.tokens.append(ImapToken{.kind = Kind::Quoted, .bytes = text});
            ++i;
        } else if (c == '{' || (c == '~' && fragment.sliced(i).startsWith("~{"))) {
            const QByteArrayView size = fragment.sliced(i + (c == '~' ? 2 : 1));
            return size.endsWith('}') ? readLiteralSize(size.chopped(1)) : Verdict::Illegal;
        } else {
            const qsizetype end = atomEnd(fragment, i);
            if (end < 0)
                return Verdict::Illegal;
            m_response.tokens.append(ImapToken{.kind = Kind::Atom, .bytes = fragment.sliced(i, end - i).toByteArray()});
            i = end;
        }
    }
    return Verdict::Complete;
}

/// RFC 9051 4.3: digits only. A sign, or a number that wraps around, would turn a mail's text into responses.
ResponseFramer::Verdict ResponseFramer::readLiteralSize(QByteArrayView digits)
{
    if (digits.isEmpty() || digits.size() > longestNumber || !std::all_of(digits.begin(), digits.end(), isDigit))
        return Verdict::Illegal;
    const qint64 size = digits.toLongLong();
    if (size + m_literalBytes > (isMailContent() ? m_limits.body : m_limits.literal))
        return Verdict::TooLarge;
    m_literalBytes += size;
    m_literalLeft = size;
    m_response.tokens.append(ImapToken{.kind = ImapToken::Kind::Literal});
    m_response.tokens.back().bytes.reserve(qMin(size, qint64(m_limits.literal)));
    return Verdict::LiteralFollows;
}

/// An atom ends at a space or parenthesis; in FETCH data the section of a body item belongs to it, `]` included.
qsizetype ResponseFramer::atomEnd(QByteArrayView fragment, qsizetype start) const
{
    const bool mayHaveSection = m_depth == 1 && m_response.name == "FETCH";
    bool inSection = false;
    bool quoted = false;
    for (qsizetype i = start; i < fragment.size(); ++i) {
        const char c = fragment[i];
        if (isControl(c) && c != '\t')
            return -1;
        if (inSection) {
            if (c == '"')
                quoted = !quoted;
            else if (!quoted && c == '{')
                return -1;
            else if (!quoted && c == ']')
                inSection = false;
        } else if (isSpace(c) || c == '(' || c == ')') {
            return i;
        } else if (c == '"' || c == '{') {
            return -1;
        } else if (mayHaveSection && c == '[') {
            inSection = true;
        }
    }
    return inSection ? -1 : fragment.size();
}

/// Whether the literal that begins here, or the last one, is the value of BODY[…], BINARY[…] or RFC822….
bool ResponseFramer::isMailContent() const
{
    if (m_response.name != "FETCH" || m_depth != 1 || m_response.tokens.isEmpty())
        return false;
    const QByteArray item = m_response.tokens.back().bytes.left(7).toUpper();
    return item.startsWith("BODY[") || item == "BINARY[" || item.startsWith("RFC822");
}

} // namespace postaci
