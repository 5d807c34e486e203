// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/charset.h"

#include "core/mime/gmimeglue.h"

#include <QHash>
#include <QUtf8StringView>

#include <cerrno>

namespace postaci {

namespace {

constexpr char turkish[] = "windows-1254";

const QHash<QByteArray, QByteArray> &labels()
{
    static const QHash<QByteArray, QByteArray> table{
        {"utf-8", {}},
        {"utf8", {}},
        {"unicode-1-1-utf-8", {}},
        {"us-ascii", {}},
        {"ascii", {}},
        {"ansi_x3.4-1968", {}},
        {"8bit", {}},
        {"binary", {}},
        {"default", {}},
        {"unknown", {}},
        {"unknown-8bit", {}},
        {"x-unknown", {}},
        {"iso-8859-1", "windows-1252"},
        {"iso8859-1", "windows-1252"},
        {"iso_8859-1", "windows-1252"},
        {"latin1", "windows-1252"},
        {"cp1252", "windows-1252"},
        {"iso-8859-9", turkish},
        {"iso8859-9", turkish},
        {"iso_8859-9", turkish},
        {"latin5", turkish},
        {"cp1254", turkish},
        {"x-cp1254", turkish},
        {"iso-8859-8-i", "iso-8859-8"},
        {"iso-8859-8-e", "iso-8859-8"},
        {"iso-8859-11", "cp874"},
        {"windows-874", "cp874"},
        {"gb2312", "gb18030"},
        {"gbk", "gb18030"},
        {"x-gbk", "gb18030"},
        {"euc-cn", "gb18030"},
        {"euc-kr", "cp949"},
        {"ks_c_5601-1987", "cp949"},
        {"shift_jis", "cp932"},
        {"shift-jis", "cp932"},
        {"x-sjis", "cp932"},
        {"unicode-1-1-utf-7", "utf-7"},
    };
    return table;
}

bool isLatin(const QByteArray &converter)
{
    return converter == "windows-1252" || converter == turkish;
}

/// False: there is no such charset.
bool convert(QByteArrayView bytes, const QByteArray &converter, QByteArray &utf8)
{
    gmimeOptions();
    const iconv_t descriptor = g_mime_iconv_open("UTF-8", converter.constData());
    if (descriptor == iconv_t(-1))
        return false;
    char *in = const_cast<char *>(bytes.data());
    size_t inLeft = size_t(bytes.size());
    utf8.clear();
    utf8.reserve(bytes.size() + bytes.size() / 4);
    char buffer[4096];
    bool flushing = false;
    for (;;) {
        char *out = buffer;
        size_t outLeft = sizeof buffer;
        const size_t result = flushing ? g_mime_iconv(descriptor, nullptr, nullptr, &out, &outLeft)
                                       : g_mime_iconv(descriptor, &in, &inLeft, &out, &outLeft);
        const int error = errno;
        utf8.append(buffer, out - buffer);
        if (flushing && result != size_t(-1))
            break;
        if (result != size_t(-1)) {
            flushing = true; // Stateful charsets may hold back a character.
        } else if (error != E2BIG) {
            if (flushing || inLeft == 0)
                break;
            utf8 += "\xef\xbf\xbd";
            ++in;
            --inLeft;
        }
    }
    g_mime_iconv_close(descriptor);
    return true;
}

} // namespace

QByteArray converterName(QByteArrayView label)
{
    const QByteArray key = label.trimmed().toByteArray().toLower();
    if (key.isEmpty())
        return {};
    const auto known = labels().constFind(key);
    return known == labels().constEnd() ? key : *known;
}

QString decodeBytes(QByteArrayView bytes, QByteArrayView label)
{
    if (bytes.startsWith("\xef\xbb\xbf"))
        bytes = bytes.sliced(3);
    QByteArray converter = converterName(label);
    if ((converter.isEmpty() || isLatin(converter)) && QUtf8StringView(bytes).isValidUtf8())
        return QString::fromUtf8(bytes);
    QByteArray utf8;
    if (converter.isEmpty() || !convert(bytes, converter, utf8)) {
        if (QUtf8StringView(bytes).isValidUtf8())
            return QString::fromUtf8(bytes);
        if (!convert(bytes, turkish, utf8))
            return QString::fromLatin1(bytes);
    }
    QString text = QString::fromUtf8(utf8);
    if (text.startsWith(QChar::ByteOrderMark))
        text.removeFirst();
    return text;
}

} // namespace postaci
