// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/headertext.h"

#include "core/mime/charset.h"
#include "core/mime/gmimeglue.h"

#include <QUtf8StringView>

#include <algorithm>

namespace postaci {

namespace {

bool isFieldName(QByteArrayView name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) { return c > 32 && c < 127; });
}

QByteArrayView withoutLineEnd(QByteArrayView line)
{
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
}

bool isControl(char c)
{
    return uchar(c) < 0x20 || c == 0x7f;
}

/// Gives the encoded words of a value charset names that GMime's decoder reads as decodeBytes() would.
QByteArray withKnownCharsets(const QByteArray &value)
{
    qsizetype word = value.indexOf("=?");
    if (word < 0)
        return value;
    QByteArray result;
    result.reserve(value.size() + 32);
    qsizetype done = 0;
    for (; word >= 0; word = value.indexOf("=?", word)) {
        const qsizetype begin = word + 2;
        const qsizetype end = value.indexOf('?', begin);
        if (end < 0)
            break;
        word = begin;
        const QByteArrayView label = QByteArrayView(value).sliced(begin, end - begin);
        if (label.size() > 40 || label.compare("utf-8", Qt::CaseInsensitive) == 0)
            continue;
        const qsizetype language = label.indexOf('*'); // RFC 2231 5
        const QByteArray converter = converterName(language < 0 ? label : label.first(language));
        result.append(value.constData() + done, begin - done);
        result.append(converter.isEmpty() ? QByteArrayLiteral("x-guess") : converter);
        done = end;
        word = end;
    }
    result.append(value.constData() + done, value.size() - done);
    return result;
}

} // namespace

bool HeaderReader::next(HeaderField &field)
{
    while (m_position < m_block.size()) {
        const QByteArrayView rest = m_block.sliced(m_position);
        qsizetype lineEnd = rest.indexOf('\n') + 1;
        if (lineEnd == 0)
            lineEnd = rest.size();
        const QByteArrayView line = withoutLineEnd(rest.first(lineEnd));
        if (line.isEmpty()) {
            m_position += lineEnd;
            return false;
        }
        const qsizetype colon = line.indexOf(':');
        const QByteArrayView name = colon > 0 ? line.first(colon).trimmed() : QByteArrayView();
        if (!isFieldName(name)) {
            // An mbox separator may come first; anything else there means that the header is missing.
            if (m_first && !line.startsWith("From ") && !line.startsWith(">From "))
                return false;
            m_first = false;
            m_position += lineEnd;
            continue;
        }
        m_first = false;
        qsizetype end = lineEnd;
        while (end < rest.size() && (rest[end] == ' ' || rest[end] == '\t')) {
            const qsizetype newline = rest.indexOf('\n', end);
            end = newline < 0 ? rest.size() : newline + 1;
        }
        field.name = name;
        field.body = withoutLineEnd(rest.sliced(colon + 1, end - colon - 1));
        m_position += end;
        return true;
    }
    return false;
}

QByteArray headerValue(QByteArrayView body, const std::function<QByteArray()> &charset)
{
    QByteArray line(body.size(), Qt::Uninitialized);
    char *out = line.data();
    char seen = 0;
    bool control = false;
    bool escape = false;
    for (qsizetype i = 0; i < body.size(); ++i) {
        const char c = body[i];
        if (c == '\n' || (c == '\r' && i + 1 < body.size() && body[i + 1] == '\n'))
            continue;
        *out++ = c == '\t' || c == '\r' ? ' ' : c;
        seen |= c;
        escape = escape || c == '\x1b';
        control = control || isControl(out[-1]);
    }
    line.truncate(out - line.constData());
    if (escape || (seen & 0x80)) {
        const QByteArray label = charset ? charset() : QByteArray();
        if (!QUtf8StringView(line).isValidUtf8() || (escape && converterName(label).startsWith("iso-2022")))
            line = decodeBytes(line, label).toUtf8();
    }
    if (control)
        line.removeIf(isControl);
    return withKnownCharsets(line).trimmed();
}

QString decodeHeaderText(const QByteArray &value)
{
    if (!value.contains("=?"))
        return cleanText(QString::fromUtf8(value));
    const GText decoded(g_mime_utils_header_decode_text(gmimeOptions(), value.constData()));
    return cleanText(QString::fromUtf8(decoded.get()));
}

bool isAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

QString cleanText(const QString &text)
{
    const auto isBad = [](QChar c) {
        return c.unicode() < 0x20 || (c.unicode() >= 0x7f && c.unicode() <= 0x9f) || c.unicode() == 0x2028
            || c.unicode() == 0x2029 || c == QChar::ByteOrderMark;
    };
    if (std::none_of(text.begin(), text.end(), isBad))
        return text.trimmed();
    QString clean;
    clean.reserve(text.size());
    for (const QChar c : text) {
        if (!isBad(c))
            clean += c;
        else if ((c.isSpace() || c == QChar(0x85)) && !clean.endsWith(u' '))
            clean += u' ';
    }
    return clean.trimmed();
}

QString cleanName(const QString &text)
{
    const auto isDirection = [](QChar c) {
        return (c.unicode() >= 0x202a && c.unicode() <= 0x202e) || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069);
    };
    QString clean = cleanText(text);
    if (std::any_of(clean.cbegin(), clean.cend(), isDirection))
        clean = clean.removeIf(isDirection).trimmed();
    return clean;
}

} // namespace postaci
