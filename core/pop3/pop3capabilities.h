// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>

namespace postaci {

/// What a POP3 server says it can do (RFC 2449).
struct Pop3Capabilities {
    QList<QByteArray> mechanisms; ///< SASL (RFC 5034), upper case.
    bool startTls = false; ///< STLS (RFC 2595).
    bool user = false; ///< USER and PASS.
    bool top = false;
    bool uidl = false;
    bool pipelining = false;
    bool utf8 = false; ///< RFC 6856

    /// From the body of the CAPA response, lines ending in CR LF. Unknown words are skipped. Pure.
    static Pop3Capabilities parse(QByteArrayView body);

    friend bool operator==(const Pop3Capabilities &, const Pop3Capabilities &) = default;
};

} // namespace postaci
