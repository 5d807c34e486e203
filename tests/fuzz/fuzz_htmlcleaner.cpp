// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/htmlcleaner.h"
#include "core/mime/htmltotext.h"
#include "tests/mime/htmllint.h"

#include <cstdlib>

using namespace postaci;

/// Whatever HTML comes in, what goes out is what only our own writer writes.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString html = QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size));
    if (!lintCleanHtml(cleanHtml(html, {.contentIds = {"a"}}).html).isEmpty())
        std::abort();
    (void)htmlToText(html);
    (void)flatHtmlToText(html);
    return 0;
}
