// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever answers on a port: the talk ends, and it never ends well without encryption.

#include "core/discovery/probeconversation.h"

#include <cstdint>
#include <cstdlib>

using namespace postaci;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const Protocol protocol = Protocol(data[0] % 3);
    const Encryption encryption = data[0] & 4 ? Encryption::StartTls : Encryption::ImplicitTls;
    ProbeConversation conversation(protocol, encryption, "[192.0.2.7]");
    bool encrypted = encryption == Encryption::ImplicitTls;
    const QByteArray bytes(reinterpret_cast<const char *>(data) + 1, qsizetype(size) - 1);
    for (const QByteArray &line : bytes.split('\n')) {
        auto move = conversation.addLine(line);
        if (move.kind == ProbeConversation::Move::Kind::StartTls) {
            if (encrypted)
                std::abort();
            encrypted = true;
            move = conversation.encrypted();
        }
        if (move.kind == ProbeConversation::Move::Kind::Done && !encrypted)
            std::abort();
        if (move.kind == ProbeConversation::Move::Kind::Done || move.kind == ProbeConversation::Move::Kind::Failed)
            break;
    }
    return 0;
}
