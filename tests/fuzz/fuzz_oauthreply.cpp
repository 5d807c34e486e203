// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/oauthreply.h"

#include <algorithm>
#include <cstdlib>

using namespace postaci;

namespace {

bool isSendable(const QString &token)
{
    return std::all_of(token.begin(), token.end(), [](QChar c) { return c.unicode() >= 0x20 && c.unicode() <= 0x7e; });
}

} // namespace

/// Whatever an issuer answers or a page in the browser asks: tokens can be sent as they are, an error is one, and a
/// redirect has either a code or an error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    for (const int status : {200, 400, 503}) {
        const Result<OAuthTokens> tokens = parseTokenReply(status, bytes);
        if (tokens) {
            if (status != 200 || tokens->accessToken.isEmpty() || !isSendable(tokens->accessToken)
                || !isSendable(tokens->refreshToken))
                std::abort();
        } else if (tokens.error().serverText.size() > 300
            || (status == 503 && tokens.error().kind != ErrorKind::TryLater)) {
            std::abort();
        }
    }
    for (const QByteArray &head : {bytes, "GET /?" + bytes + " HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n"}) {
        const auto request = parseLoopbackRequest(head);
        if (!request || !request->redirect)
            continue;
        if (request->redirect->code.isEmpty() == request->redirect->error.isEmpty()
            || !isSendable(request->redirect->code))
            std::abort();
        if (!request->redirect->error.isEmpty() && errorOf(*request->redirect).serverText.size() > 300)
            std::abort();
    }
    return 0;
}
