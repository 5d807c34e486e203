// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pop3/pop3capabilities.h"

namespace postaci {

Pop3Capabilities Pop3Capabilities::parse(QByteArrayView body)
{
    Pop3Capabilities capabilities;
    const QList<QByteArray> lines = body.toByteArray().toUpper().split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> words = line.simplified().split(' ');
        const QByteArray &name = words.first();
        if (name == "STLS")
            capabilities.startTls = true;
        else if (name == "USER")
            capabilities.user = true;
        else if (name == "TOP")
            capabilities.top = true;
        else if (name == "UIDL")
            capabilities.uidl = true;
        else if (name == "PIPELINING")
            capabilities.pipelining = true;
        else if (name == "UTF8")
            capabilities.utf8 = true;
        else if (name == "SASL")
            capabilities.mechanisms = words.sliced(1);
    }
    return capabilities;
}

} // namespace postaci
