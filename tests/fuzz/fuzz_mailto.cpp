// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Links from the web: whatever they hold, nothing gets into a header that could end it, and nothing is attached.

#include "ui/composer/mailto.h"

#include <cstdint>
#include <cstdlib>

using namespace postaci;

static void check(const QString &value)
{
    for (const QChar c : value) {
        if (c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            std::abort();
    }
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto mail = parseMailto("mailto:" + QByteArray(reinterpret_cast<const char *>(data), qsizetype(size)));
    if (!mail)
        return 0;
    const Draft draft = draftFor(*mail);
    for (const Address &address : draft.to + draft.cc + draft.bcc) {
        check(address.name);
        check(address.address);
    }
    check(draft.subject);
    check(QString::fromLatin1(draft.inReplyTo));
    if (!draft.attachments.isEmpty() || draft.text.contains(QLatin1Char('\r')))
        std::abort();
    return 0;
}
