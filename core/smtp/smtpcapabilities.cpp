// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/smtp/smtpcapabilities.h"

#include "core/smtp/smtpreply.h"

namespace postaci {

SmtpCapabilities SmtpCapabilities::parse(const SmtpReply &ehloReply)
{
    SmtpCapabilities result;
    for (const QByteArray &line : ehloReply.lines.sliced(1)) { // the first is the greeting
        // Servers of old write "AUTH=LOGIN", some both ways.
        QByteArray upper = line.toUpper();
        if (upper.startsWith("AUTH="))
            upper[4] = ' ';
        const QList<QByteArray> words = upper.simplified().split(' ');
        const QByteArray &keyword = words.first();
        if (keyword == "STARTTLS") {
            result.startTls = true;
        } else if (keyword == "PIPELINING") {
            result.pipelining = true;
        } else if (keyword == "8BITMIME") {
            result.eightBitMime = true;
        } else if (keyword == "SMTPUTF8") {
            result.smtpUtf8 = true;
        } else if (keyword == "ENHANCEDSTATUSCODES") {
            result.enhancedStatusCodes = true;
        } else if (keyword == "CHUNKING") {
            result.chunking = true;
        } else if (keyword == "SIZE") {
            bool isNumber = false;
            const qint64 limit = words.value(1).toLongLong(&isNumber);
            result.sizeLimit = isNumber && limit > 0 ? limit : 0;
        } else if (keyword == "AUTH") {
            for (const QByteArray &mechanism : words.sliced(1)) {
                if (!result.mechanisms.contains(mechanism))
                    result.mechanisms.append(mechanism);
            }
        }
    }
    return result;
}

} // namespace postaci
