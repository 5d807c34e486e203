// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/mboxreader.h"

#include "core/mime/lineends.h"

#include <QIODevice>
#include <QList>
#include <QTimeZone>

#include <algorithm>
#include <array>

namespace postaci {

namespace {

constexpr qsizetype pieceSize = 256 * 1024;
/// A longer line is read in pieces.
constexpr qsizetype longestLine = 64 * 1024;
/// As much of the line below a separator as is looked at.
constexpr qsizetype glance = 128;

constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

QByteArrayView withoutEnd(QByteArrayView line)
{
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

/// "Mon Jan  2 15:04:05 2006" anywhere in the line, with or without a zone, as ctime() and its imitators write it.
QDateTime separatorTime(QByteArrayView line)
{
    QList<QByteArray> words = withoutEnd(line).toByteArray().simplified().split(' ');
    for (qsizetype i = 1; i + 2 < words.size(); ++i) {
        const auto *month = std::find_if(months.begin(), months.end(),
            [&](const char *name) { return words.at(i).compare(name, Qt::CaseInsensitive) == 0; });
        if (month == months.end())
            continue;
        const int day = words.at(i + 1).toInt();
        const QTime time = QTime::fromString(QString::fromLatin1(words.at(i + 2).left(8)),
            words.at(i + 2).count(':') == 1 ? QStringLiteral("H:mm") : QStringLiteral("H:mm:ss"));
        for (qsizetype j = i + 3; j < words.size() && j < i + 6; ++j) {
            const int year = words.at(j).size() == 4 ? words.at(j).toInt() : 0;
            const QDate date(year, int(month - months.begin()) + 1, day);
            if (year > 1900 && date.isValid() && time.isValid())
                return QDateTime(date, time, QTimeZone::UTC);
        }
    }
    return {};
}

/// `Name: …` (RFC 5322 2.2).
bool isField(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return false;
    const QByteArrayView name = line.first(colon);
    return std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

bool isQuoted(QByteArrayView line)
{
    const auto *text = std::find_if(line.begin(), line.end(), [](char c) { return c != '>'; });
    return text != line.begin() && QByteArrayView(text, line.end()).startsWith("From ");
}

QByteArray unquoted(const QByteArray &text)
{
    QByteArray result;
    result.reserve(text.size());
    for (qsizetype start = 0; start < text.size();) {
        const qsizetype newline = text.indexOf('\n', start);
        const qsizetype end = newline < 0 ? text.size() : newline + 1;
        const QByteArrayView line = QByteArrayView(text).sliced(start, end - start);
        result += isQuoted(line) ? line.sliced(1) : line;
        start = end;
    }
    return result;
}

void addStatus(Flags &flags, QByteArrayView field)
{
    const qsizetype colon = field.indexOf(':');
    if (colon <= 0)
        return;
    const QByteArrayView name = field.first(colon);
    const QByteArray value = field.sliced(colon + 1).trimmed().toByteArray();
    const auto is = [&](const char *other) { return name.compare(QByteArrayView(other), Qt::CaseInsensitive) == 0; };
    if (is("Status")) {
        flags.setFlag(Flag::Seen, flags.testFlag(Flag::Seen) || value.contains('R'));
    } else if (is("X-Status")) {
        for (const auto &[letter, flag] : {std::pair('A', Flag::Answered), std::pair('F', Flag::Flagged),
                 std::pair('T', Flag::Draft), std::pair('D', Flag::Deleted)})
            flags.setFlag(flag, flags.testFlag(flag) || value.contains(letter));
    } else if (is("X-Mozilla-Status")) {
        const uint bits = value.toUInt(nullptr, 16);
        for (const auto &[bit, flag] :
            {std::pair(0x0001U, Flag::Seen), std::pair(0x0002U, Flag::Answered), std::pair(0x0004U, Flag::Flagged),
                std::pair(0x0008U, Flag::Deleted), std::pair(0x1000U, Flag::Forwarded)})
            flags.setFlag(flag, flags.testFlag(flag) || (bits & bit) != 0);
    }
}

/// Flags from the header; the two lines that mboxEntry() puts before it are taken away.
Flags takeStatus(QByteArray &message)
{
    Flags flags;
    for (qsizetype start = 0; start < message.size();) {
        const qsizetype newline = message.indexOf('\n', start);
        const qsizetype end = newline < 0 ? message.size() : newline;
        const QByteArrayView line = withoutEnd(QByteArrayView(message).sliced(start, end - start));
        if (line.isEmpty())
            break;
        addStatus(flags, line);
        start = end + 1;
    }
    const qsizetype first = message.indexOf('\n');
    const qsizetype second = first < 0 ? -1 : message.indexOf('\n', first + 1);
    if (second > 0 && message.startsWith("Status: ")
        && QByteArrayView(message).sliced(first + 1).startsWith("X-Status: "))
        message.remove(0, second + 1);
    return flags;
}

} // namespace

MboxReader::MboxReader(QIODevice &file, qint64 limit)
    : m_file(file)
    , m_limit(limit)
    , m_offset(file.isSequential() ? 0 : file.pos())
{
}

bool MboxReader::isMbox(QByteArrayView start)
{
    while (!start.isEmpty() && (start.front() == '\n' || start.front() == '\r'))
        start = start.sliced(1);
    return start.startsWith("From ");
}

/// Sees to it that `wanted` bytes lie behind the current place, if the file has them. Moves the buffer.
bool MboxReader::fill(qsizetype wanted)
{
    while (m_buffer.size() - m_at < wanted && !m_ended) {
        if (m_at > 0) {
            m_buffer.remove(0, m_at);
            m_offset += m_at;
            m_at = 0;
        }
        const qsizetype before = m_buffer.size();
        m_buffer.resize(before + qMax(pieceSize, wanted));
        const qint64 read = m_file.read(m_buffer.data() + before, m_buffer.size() - before);
        m_buffer.resize(before + qMax<qint64>(read, 0));
        m_ended = read <= 0;
        m_failed = m_failed || read < 0;
    }
    return m_buffer.size() - m_at >= wanted;
}

MboxReader::Line MboxReader::line()
{
    for (qsizetype seen = 0;;) {
        const qsizetype newline = m_buffer.indexOf('\n', m_at + seen);
        if (newline >= 0)
            return {.size = newline + 1 - m_at};
        seen = m_buffer.size() - m_at;
        if (seen >= longestLine)
            return {.size = seen, .isWhole = false};
        if (!fill(seen + 1))
            return {.size = seen};
    }
}

/// Whether the line at the current place, which begins with "From ", stands between two messages.
bool MboxReader::isSeparator(qsizetype size, bool afterBlank)
{
    fill(size + glance);
    const bool hasTime = separatorTime(view(size)).isValid();
    if (hasTime && afterBlank)
        return true;
    const QByteArrayView rest = QByteArrayView(m_buffer).sliced(m_at + size);
    const bool fieldBelow = isField(rest.first(qMin(rest.size(), glance)));
    return fieldBelow && (hasTime || afterBlank);
}

/// Whether a separator, or the end of the file, comes so many bytes after the current place.
bool MboxReader::leadsToSeparator(qint64 length)
{
    if (length < 0 || m_file.isSequential() || length > m_file.size() - position())
        return false;
    const qint64 back = m_file.pos();
    QByteArray there;
    if (m_file.seek(position() + length))
        there = m_file.read(8);
    if (!m_file.seek(back))
        m_ended = m_failed = true;
    for (int lines = 0; lines < 2 && (there.startsWith('\n') || there.startsWith("\r\n")); ++lines)
        there.remove(0, there.indexOf('\n') + 1);
    return there.isEmpty() || there.startsWith("From ");
}

void MboxReader::append(Text &text, QByteArrayView bytes) const
{
    text.tooLarge = text.tooLarge || text.bytes.size() + bytes.size() > m_limit;
    if (text.tooLarge)
        text.bytes.clear();
    else
        text.bytes += bytes;
}

/// The body whose size the header tells. False: the file ends before.
bool MboxReader::takeCounted(qint64 length, Text &text)
{
    Text body;
    for (qint64 left = length; left > 0;) {
        if (!fill(1))
            return false;
        const qsizetype size = qMin<qint64>(left, m_buffer.size() - m_at);
        append(body, view(size));
        m_at += size;
        left -= size;
    }
    // Where a line of "From " stands unquoted nothing is quoted (mboxcl2).
    const bool isQuotedText = !body.bytes.startsWith("From ") && !body.bytes.contains("\nFrom ");
    if (body.tooLarge)
        text.tooLarge = true;
    append(text, isQuotedText ? unquoted(body.bytes) : body.bytes);
    return true;
}

std::optional<MboxMessage> MboxReader::next()
{
    if (!m_started) {
        while (fill(1) && (view(1).front() == '\n' || view(1).front() == '\r'))
            ++m_at;
        m_started = true;
    }
    if (!fill(5) || !view(5).startsWith("From "))
        return {};
    const Line separator = line();
    MboxMessage message;
    message.received = separatorTime(view(separator.size));
    m_at += separator.size;

    Text text;
    bool inHeader = true;
    bool afterBlank = false;
    bool lineBegins = true;
    qint64 length = -1;
    for (Line next = line(); next.size > 0; next = line()) {
        if (lineBegins && view(next.size).startsWith("From ") && isSeparator(next.size, afterBlank))
            break;
        const QByteArrayView bytes = view(next.size);
        const bool isBlank = lineBegins && withoutEnd(bytes).isEmpty();
        if (inHeader && lineBegins && bytes.size() < glance
            && QByteArrayView("content-length:")
                    .compare(bytes.first(qMin<qsizetype>(15, bytes.size())), Qt::CaseInsensitive)
                == 0) {
            bool isNumber = false;
            length = withoutEnd(bytes).sliced(15).trimmed().toLongLong(&isNumber);
            length = isNumber ? length : -1;
        }
        append(text, lineBegins && isQuoted(bytes) ? bytes.sliced(1) : bytes);
        m_at += next.size;
        afterBlank = isBlank;
        lineBegins = next.isWhole;
        if (!inHeader || !isBlank)
            continue;
        inHeader = false;
        const bool fits = length >= 0 && m_counted.value_or(true) && leadsToSeparator(length);
        m_counted = m_counted.value_or(fits);
        if (fits && takeCounted(length, text)) {
            // What is left up to the separator is its own.
            while (fill(1) && (view(1).front() == '\n' || view(1).front() == '\r'))
                ++m_at;
            afterBlank = false;
            break;
        }
    }
    m_counted = m_counted.value_or(false);
    if (m_failed)
        return {}; // What there is of it may be a part.

    QByteArray &raw = text.bytes;
    if (afterBlank && raw.endsWith('\n')) { // The one before the separator.
        raw.chop(raw.endsWith("\r\n") ? 2 : 1);
    }
    message.tooLarge = text.tooLarge;
    if (!text.tooLarge) {
        message.flags = takeStatus(raw);
        message.raw = withMailLineEnds(std::move(raw));
    }
    return message;
}

} // namespace postaci
