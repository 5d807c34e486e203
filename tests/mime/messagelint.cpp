// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/mime/messagelint.h"

#include <QHash>
#include <QRegularExpression>
#include <QUtf8StringView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

QString at(const char *fault, QByteArrayView where)
{
    return QString::fromLatin1(fault) + ": "_L1
        + QString::fromUtf8(where.first(std::min(where.size(), qsizetype(200))));
}

/// RFC 2047 2: at most 75 characters, whole characters, apart from other text, never in quotes or angle brackets.
QString lintEncodedWords(const QByteArray &value)
{
    static const QRegularExpression word(uR"(=\?([^? ]*)\?([^? ]*)\?([^? ]*)\?=)"_s);
    bool quoted = false;
    bool angle = false;
    QString outside;
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (quoted && value[i] == '\\') {
            ++i;
            continue;
        }
        if (value[i] == '"')
            quoted = !quoted;
        if (!quoted && (value[i] == '<' || value[i] == '>'))
            angle = value[i] == '<';
        if ((quoted || angle) && value.mid(i, 2) == "=?")
            return at("encoded word in quotes or brackets", value);
    }
    const QString text = QString::fromLatin1(value);
    for (auto match = word.globalMatch(text); match.hasNext();) {
        const auto one = match.next();
        if (one.capturedLength() > 75)
            return at("encoded word too long", one.captured().toLatin1());
        const bool endsBefore = one.capturedStart() == 0 || text[one.capturedStart() - 1] == u' ';
        const bool endsAfter
            = one.capturedEnd() == text.size() || text[one.capturedEnd()] == u' ' || text[one.capturedEnd()] == u',';
        if (!endsBefore || !endsAfter)
            return at("encoded word glued to text", value);
        QByteArray decoded;
        if (one.captured(2) == "B"_L1)
            decoded = QByteArray::fromBase64(one.captured(3).toLatin1());
        else if (one.captured(2) == "Q"_L1)
            decoded = QByteArray::fromPercentEncoding(one.captured(3).toLatin1(), '=');
        if (one.captured(1) != "UTF-8"_L1 || decoded.isEmpty() || !QUtf8StringView(decoded).isValidUtf8())
            return at("encoded word is broken", one.captured().toLatin1());
    }
    return {};
}

using Fields = QList<std::pair<QByteArray, QByteArray>>; // lower-case name, unfolded value

QString lintHeader(const QByteArray &header, bool utf8Allowed, Fields &fields)
{
    for (const QByteArray &line : header.split('\n')) {
        const QByteArray text = line.endsWith('\r') ? line.chopped(1) : line;
        if (text.trimmed().isEmpty())
            return at("line of spaces in a header", header);
        if (!utf8Allowed && std::any_of(text.begin(), text.end(), [](char c) { return uchar(c) >= 0x80; }))
            return at("raw bytes in a header", text);
        if (std::any_of(text.begin(), text.end(), [](char c) { return uchar(c) < 0x20 || c == 0x7f; }))
            return at("control character in a header", text);
        // A line may only be long where nothing allowed a fold.
        const qsizetype value = text.startsWith(' ') ? 1 : text.indexOf(": ") + 2;
        if (text.size() > 78 && text.indexOf(' ', value) >= 0)
            return at("header line not folded", text);
        if (text.startsWith(' ')) {
            if (fields.isEmpty())
                return at("fold before the first field", text);
            fields.last().second += text;
            continue;
        }
        static const QRegularExpression field(uR"(^[A-Za-z-]+:( |$))"_s);
        if (!field.match(QString::fromUtf8(text)).hasMatch())
            return at("not a field", text);
        fields.append({text.first(text.indexOf(':')).toLower(), text.sliced(text.indexOf(':') + 1).trimmed()});
    }
    for (const auto &[name, value] : std::as_const(fields)) {
        // The atoms of an id may look like anything.
        const bool isId = name == "message-id" || name == "references" || name == "in-reply-to" || name == "content-id";
        if (const QString fault = isId ? QString() : lintEncodedWords(value); !fault.isEmpty())
            return fault;
    }
    return {};
}

QByteArray parameter(const QByteArray &value, const QByteArray &name)
{
    const qsizetype begin = value.indexOf("; " + name + '=');
    if (begin < 0)
        return {};
    QByteArray rest = value.sliced(begin + name.size() + 3);
    if (rest.startsWith('"'))
        return rest.sliced(1, rest.indexOf('"', 1) - 1);
    return rest.first(rest.indexOf(';') < 0 ? rest.size() : rest.indexOf(';'));
}

QString lintEntity(const QByteArray &entity, bool utf8Allowed, bool isMessage);

QString lintMultipart(const QByteArray &body, const QByteArray &boundary)
{
    const QByteArray delimiter = "--" + boundary;
    if (boundary.isEmpty() || boundary.size() > 70)
        return at("boundary", boundary);
    if (!body.startsWith(delimiter + "\r\n") || !body.endsWith("\r\n" + delimiter + "--\r\n"))
        return at("multipart not delimited", body);
    if (body.count(delimiter + "--\r\n") != 1)
        return at("closing delimiter", boundary);
    QByteArray inner = body.sliced(delimiter.size() + 2).chopped(delimiter.size() + 6);
    for (;;) {
        const qsizetype next = inner.indexOf("\r\n" + delimiter + "\r\n");
        if (const QString fault = lintEntity(next < 0 ? inner : inner.first(next), false, false); !fault.isEmpty())
            return fault;
        if (next < 0)
            return {};
        inner = inner.sliced(next + delimiter.size() + 4);
    }
}

QString lintText(const QByteArray &body, const QByteArray &type)
{
    const bool flowed = parameter(type, "format") == "flowed";
    for (const QByteArray &line : body.split('\n')) {
        const QByteArray text = line.endsWith('\r') ? line.chopped(1) : line;
        if (flowed && text.size() > 78 && text.trimmed().contains(' ') && !text.startsWith('>'))
            return at("flowed line not wrapped", text);
        if (flowed && text.startsWith("From "))
            return at("line not stuffed", text);
    }
    return {};
}

QString lintEntity(const QByteArray &entity, bool utf8Allowed, bool isMessage)
{
    const qsizetype end = entity.indexOf("\r\n\r\n");
    if (end < 0)
        return at("no empty line", entity);
    Fields fields;
    if (const QString fault = lintHeader(entity.first(end), utf8Allowed, fields); !fault.isEmpty())
        return fault;
    const QByteArray body = entity.sliced(end + 4);

    QHash<QByteArray, QByteArray> values;
    for (const auto &[name, value] : std::as_const(fields)) {
        if (values.contains(name))
            return at("field twice", name);
        values[name] = value;
    }
    if (isMessage) {
        for (const char *name : {"from", "date", "message-id", "mime-version", "subject"}) {
            if (!values.contains(name))
                return at("field missing", name);
        }
        static const QRegularExpression date(
            uR"(^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d [+-]\d{4}$)"_s);
        static const QRegularExpression id(uR"(^<[^<>@\s]+@[^<>@\s]+>$)"_s);
        if (!date.match(QString::fromLatin1(values["date"])).hasMatch())
            return at("date", values["date"]);
        if (!id.match(QString::fromLatin1(values["message-id"])).hasMatch())
            return at("message id", values["message-id"]);
        if (values["mime-version"] != "1.0")
            return at("version", values["mime-version"]);
    }
    const QByteArray type = values.value("content-type");
    const QByteArray encoding = values.value("content-transfer-encoding", "7bit");
    if (type.startsWith("multipart/"))
        return encoding == "7bit" ? lintMultipart(body, parameter(type, "boundary"))
                                  : at("encoded multipart", encoding);
    if (type.isEmpty() || !values.contains("content-transfer-encoding"))
        return at("part without type or encoding", entity);
    if (encoding == "7bit") {
        if (std::any_of(body.begin(), body.end(), [](char c) { return uchar(c) >= 0x80 || c == 0; }))
            return at("8-bit content called 7bit", body);
        return type.startsWith("text/plain") ? lintText(body, type) : QString();
    }
    static const QRegularExpression base64(uR"(^[A-Za-z0-9+/]{0,76}={0,2}$)"_s);
    static const QRegularExpression quoted(uR"(^([!-<>-~ \t]|=[0-9A-F]{2}){0,76}(=)?$)"_s);
    if (encoding != "base64" && encoding != "quoted-printable")
        return at("encoding", encoding);
    for (const QByteArray &line : body.split('\n')) {
        const QString text = QString::fromLatin1(line.endsWith('\r') ? line.chopped(1) : line);
        if (text.size() > 76 || !(encoding == "base64" ? base64 : quoted).match(text).hasMatch())
            return at("encoded line", line);
        if (encoding != "base64" && (text.endsWith(u' ') || text.endsWith(u'\t')))
            return at("space at the end of an encoded line", line);
    }
    return {};
}

} // namespace

QString lintMessage(const QByteArray &message, bool utf8Allowed)
{
    if (message.count('\r') != message.count("\r\n") || message.count('\n') != message.count("\r\n"))
        return u"bare CR or LF"_s;
    if (!message.endsWith("\r\n"))
        return u"no line break at the end"_s;
    for (const QByteArray &line : message.split('\n')) {
        if (line.size() > 999)
            return at("line over 998 bytes", line);
    }
    return lintEntity(message, utf8Allowed, true);
}
