// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/smtp/smtpcapabilities.h"
#include "core/smtp/smtpreply.h"

#include <cstdlib>

using namespace postaci;

/// Whatever a server sends, a reply keeps its promises: a code in range, at least one line, and an error that is one.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SmtpReplyParser parser;
    for (const QByteArray &line :
        QByteArray::fromRawData(reinterpret_cast<const char *>(data), qsizetype(size)).split('\n')) {
        const auto reply = parser.addLine(line);
        if (!reply || !*reply)
            continue;
        if ((*reply)->code < 200 || (*reply)->code > 599 || (*reply)->lines.isEmpty())
            std::abort();
        if (!(*reply)->enhancedCode.isEmpty() && (*reply)->enhancedCode[0] - '0' != (*reply)->code / 100)
            std::abort();
        if ((*reply)->error(Step::Recipient).serverText.size() > 300)
            std::abort();
        (void)SmtpCapabilities::parse(**reply);
    }
    return 0;
}
