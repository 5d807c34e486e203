// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever is typed: a domain that is used for searching is a host name in ACE form, and what was made fit stays so.

#include "core/discovery/addressinput.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace postaci;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const AddressInput input = parseAddress(QString::fromUtf8(reinterpret_cast<const char *>(data), qsizetype(size)));
    if (!input.isUsable()) {
        if (!input.address.isEmpty())
            std::abort();
        return 0;
    }
    const auto isNameCharacter
        = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-' || c == u'.'; };
    if (!std::all_of(input.domain.begin(), input.domain.end(), isNameCharacter) || !input.domain.contains(u'.')
        || input.domain.size() > 253 || input.localPart.isEmpty())
        std::abort();
    if (parseAddress(input.address).domain != input.domain || domainOf(input.address) != input.domain)
        std::abort();
    return 0;
}
