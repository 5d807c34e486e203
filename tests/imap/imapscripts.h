// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"
#include "tests/support/scriptedserver.h"

namespace postaci {

inline const QByteArray plainCapabilities
    = "IMAP4rev1 SASL-IR AUTH=PLAIN LITERAL+ UIDPLUS MOVE IDLE ESEARCH SPECIAL-USE LIST-EXTENDED";

/// TLS, greeting and a successful login on a server with these capabilities.
inline Script loggedIn(const QByteArray &capabilities = plainCapabilities)
{
    return Script()
        .startTls(TestCertificate::Good)
        .send("* OK [CAPABILITY " + capabilities + "] ready\r\n")
        .expect("{tag} AUTHENTICATE PLAIN {*}")
        .send("{tag} OK [CAPABILITY " + capabilities + "] welcome\r\n");
}

/// The same, and QRESYNC is enabled.
inline Script withQresync()
{
    return loggedIn(plainCapabilities + " CONDSTORE ENABLE QRESYNC")
        .expect("{tag} ENABLE QRESYNC")
        .send("* ENABLED CONDSTORE QRESYNC\r\n{tag} OK done\r\n");
}

/// The same, with INBOX of `exists` messages selected.
inline Script selected(int exists = 3, const QByteArray &capabilities = plainCapabilities)
{
    return loggedIn(capabilities)
        .expect("{tag} SELECT \"INBOX\"{*}")
        .send("* " + QByteArray::number(exists)
            + " EXISTS\r\n"
              "* OK [UIDVALIDITY 17] .\r\n* OK [UIDNEXT 100] .\r\n"
              "* OK [PERMANENTFLAGS (\\Seen \\Answered \\*)] .\r\n"
              "{tag} OK [READ-WRITE] done\r\n");
}

inline ServerSettings settingsFor(const ScriptedServer &server, Encryption encryption = Encryption::ImplicitTls)
{
    return {.host = server.host(), .port = server.port(), .encryption = encryption, .userName = QStringLiteral("ayse")};
}

inline const Credentials credentials{.userName = QStringLiteral("ayse"), .secret = QStringLiteral("çok gizli")};

} // namespace postaci
