// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/smtp/smtpsession.h"
#include "tests/support/await.h"
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

inline const QByteArray simpleMessage = "Subject: x\r\n\r\ntext\r\n";

inline Submission simpleMail(
    const QStringList &recipients = {QStringLiteral("b@x.test")}, const QByteArray &message = simpleMessage)
{
    return {.sender = QStringLiteral("a@x.test"), .recipients = recipients, .message = message};
}

/// The script of one whole simpleMail(), without pipelining.
inline Script wholeMail(const QByteArray &parameters = {})
{
    return Script()
        .expect("MAIL FROM:<a@x.test>" + parameters)
        .send("250 2.1.0 ok\r\n")
        .expect("RCPT TO:<b@x.test>")
        .send("250 2.1.5 ok\r\n")
        .expect("DATA")
        .send("354 go\r\n")
        .receiveUntil("\r\n.\r\n", "mail")
        .send("250 2.0.0 queued as 4711\r\n");
}

/// A session that has played smtpLogin().
inline std::unique_ptr<SmtpSession> loggedIn(const ScriptedServer &server, const SmtpSession::TimeLimits &limits = {})
{
    auto session = std::make_unique<SmtpSession>(testTlsPolicy());
    session->setTimeLimits(limits);
    const auto opened = await(session->open(smtpSettings(server, Encryption::None), smtpCredentials()));
    if (!opened)
        QTest::qFail(describe(opened) + ' ' + server.failure(), __FILE__, __LINE__);
    return session;
}

} // namespace postaci
