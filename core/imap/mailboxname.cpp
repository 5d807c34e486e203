// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/mailboxname.h"

#include <QStringDecoder>
#include <QStringEncoder>

#include <optional>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr char16_t rawByte = 0xF700; ///< Private use: this and the byte.

bool isPrintable(char16_t c)
{
    return c >= 0x20 && c <= 0x7e;
}

bool isRawByte(char16_t c)
{
    return c >= rawByte && c <= rawByte + 0xff;
}

QByteArray base64Run(QStringView text)
{
    QStringEncoder utf16(QStringEncoder::Utf16BE);
    const QByteArray bytes = utf16(text);
    return '&' + bytes.toBase64(QByteArray::OmitTrailingEquals).replace('/', ',') + '-';
}

/// What a compliant writer meant; nothing when this is none.
std::optional<QString> decodeModifiedUtf7(QByteArrayView name)
{
    QString path;
    for (qsizetype i = 0; i < name.size(); ++i) {
        if (name[i] != '&') {
            path += QLatin1Char(name[i]);
            continue;
        }
        const qsizetype end = name.indexOf('-', i);
        if (end < 0)
            return std::nullopt;
        const QByteArray run = name.sliced(i + 1, end - i - 1).toByteArray().replace(',', '/');
        const auto bytes = QByteArray::fromBase64Encoding(run, QByteArray::AbortOnBase64DecodingErrors);
        if (!bytes)
            return std::nullopt;
        QStringDecoder utf16(QStringDecoder::Utf16BE, QStringDecoder::Flag::ConvertInitialBom);
        path += run.isEmpty() ? u"&"_s : QString(utf16(*bytes));
        i = end;
    }
    return path;
}

} // namespace

QByteArray encodeMailboxName(QStringView path)
{
    QByteArray name;
    for (qsizetype i = 0; i < path.size();) {
        const char16_t c = path[i].unicode();
        if (c == u'&') {
            name += "&-";
            ++i;
        } else if (isPrintable(c)) {
            name += char(c);
            ++i;
        } else if (isRawByte(c)) {
            name += char(c - rawByte);
            ++i;
        } else {
            qsizetype end = i;
            while (end < path.size() && !isPrintable(path[end].unicode()) && !isRawByte(path[end].unicode()))
                ++end;
            name += base64Run(path.sliced(i, end - i));
            i = end;
        }
    }
    return name;
}

QString decodeMailboxName(QByteArrayView name)
{
    if (name.compare("INBOX", Qt::CaseInsensitive) == 0)
        return u"INBOX"_s;

    // NUL and lone surrogates would not survive the way to the store and back.
    const std::optional<QString> path = decodeModifiedUtf7(name);
    if (path && path->isValidUtf16() && !path->contains(QChar::Null) && encodeMailboxName(*path) == name)
        return *path;

    QString escaped;
    for (const char byte : name) {
        const bool plain = isPrintable(uchar(byte)) && byte != '&';
        escaped += plain ? QChar(QLatin1Char(byte)) : QChar(char16_t(rawByte + uchar(byte)));
    }
    return escaped;
}

} // namespace postaci
