// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pop3/pop3block.h"
#include "core/pop3/pop3capabilities.h"
#include "core/pop3/pop3listing.h"
#include "core/pop3/pop3reply.h"

#include <cstdlib>

using namespace postaci;

/// A block comes out the same however its bytes arrive, and never longer than it went in; an error is always one.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input = QByteArray::fromRawData(reinterpret_cast<const char *>(data), qsizetype(size));
    Pop3Block whole;
    QByteArrayView rest = input;
    const bool complete = whole.take(rest);
    const qsizetype taken = input.size() - rest.size();
    const QByteArray content = whole.content();
    if (content.size() > taken)
        std::abort();

    Pop3Block pieces;
    for (qsizetype i = 0; i < taken; ++i) {
        QByteArrayView byte = QByteArrayView(input).sliced(i, 1);
        if (pieces.take(byte) != (complete && i == taken - 1) || !byte.isEmpty())
            std::abort();
    }
    if (pieces.content() != content)
        std::abort();

    (void)Pop3Capabilities::parse(input);
    (void)parsePop3Listing(input, content);
    if (const auto reply = Pop3Reply::parse(input); reply && reply->error(Step::Login).serverText.size() > 300)
        std::abort();
    return 0;
}
