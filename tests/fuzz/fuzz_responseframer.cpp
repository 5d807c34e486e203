// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/responseframer.h"

#include <cstdlib>

using namespace postaci;

namespace {

/// The responses, and whether the stream ended as illegal.
std::pair<QList<ImapResponse>, bool> frame(QByteArrayView bytes, qsizetype step)
{
    ResponseFramer framer({.line = 4096, .literal = 512, .body = 4096, .depth = 20});
    QList<ImapResponse> responses;
    for (qsizetype i = 0; i < bytes.size(); i += step) {
        framer.feed(bytes.sliced(i, qMin(step, bytes.size() - i)));
        while (true) {
            auto response = framer.next();
            if (!response)
                return {responses, true};
            if (!*response)
                break;
            responses.append(**response);
        }
    }
    return {responses, false};
}

} // namespace

/// However a stream is cut into pieces, the same comes out.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(data, qsizetype(size));
    if (frame(bytes, 1) != frame(bytes, qMax(qsizetype(1), bytes.size())))
        std::abort();
    return 0;
}
