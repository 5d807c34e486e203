// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/gate/fetchdata.h"
#include "core/imap/gate/responseframer.h"
#include "core/imap/gate/rewrite.h"
#include "core/imap/imapstatus.h"
#include "core/imap/mailboxname.h"

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

/// What is made of the responses: nothing may crash, and KIMAP gets one line at most.
bool isHarmless(const ImapResponse &response)
{
    (void)FetchData::read(response);
    (void)copiedUids(response);
    (void)appendedUid(response);
    (void)errorOf(response, Step::Login);
    for (const ImapToken &token : response.tokens) {
        if (encodeMailboxName(decodeMailboxName(token.bytes)) != token.bytes && token.bytes.toUpper() != "INBOX")
            return false;
    }
    const QByteArray line = responseForKimap(response);
    return line.count('\n') == (line.isEmpty() ? 0 : 1) && !line.contains('\0');
}

} // namespace

/// However a stream is cut into pieces, the same comes out.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(data, qsizetype(size));
    const auto whole = frame(bytes, qMax(qsizetype(1), bytes.size()));
    if (frame(bytes, 1) != whole)
        std::abort();
    for (const ImapResponse &response : whole.first) {
        if (!isHarmless(response))
            std::abort();
    }
    return 0;
}
