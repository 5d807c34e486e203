// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/lineends.h"

namespace postaci {

QByteArray withMailLineEnds(QByteArray text)
{
    if (text.contains("\r\n"))
        return text;
    return text.replace('\n', "\r\n");
}

QByteArray withFileLineEnds(const QByteArray &message)
{
    if (message.contains("\r\r\n"))
        return message;
    for (qsizetype at = message.indexOf('\n'); at >= 0; at = message.indexOf('\n', at + 1)) {
        if (at == 0 || message.at(at - 1) != '\r')
            return message;
    }
    return QByteArray(message).replace("\r\n", "\n");
}

QByteArray messageFromFile(QByteArray content)
{
    if (content.startsWith("\xEF\xBB\xBF"))
        content.remove(0, 3);
    if (content.startsWith("From ")) {
        const qsizetype end = content.indexOf('\n');
        content.remove(0, end < 0 ? content.size() : end + 1);
    }
    return withMailLineEnds(std::move(content));
}

} // namespace postaci
