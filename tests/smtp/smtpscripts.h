// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"
#include "tests/support/scriptedserver.h"

namespace postaci {

inline ServerSettings smtpSettings(const ScriptedServer &server, Encryption encryption)
{
    return {.protocol = Protocol::Smtp, .host = server.host(), .port = server.port(), .encryption = encryption};
}

inline Credentials smtpCredentials()
{
    return {.userName = QStringLiteral("user"), .secret = QStringLiteral("secret"), .method = AuthMethod::Password};
}

/// The greeting and the answer to EHLO, with these extensions.
inline Script smtpHello(const QList<QByteArray> &extensions)
{
    QByteArray answer = "250-mx.example.test\r\n";
    for (const QByteArray &extension : extensions)
        answer += "250-" + extension + "\r\n";
    return Script().send("220 mx.example.test ESMTP\r\n").expect("EHLO [127.0.0.1]").send(answer + "250 HELP\r\n");
}

/// The same up to and including a login with smtpCredentials(), in clear.
inline Script smtpLogin(QList<QByteArray> extensions)
{
    extensions.append("AUTH PLAIN");
    return smtpHello(extensions).expect("AUTH PLAIN AHVzZXIAc2VjcmV0").send("235 2.7.0 welcome\r\n");
}

} // namespace postaci
