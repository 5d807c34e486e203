// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/integration/enginefixture.h"
#include "tests/support/scriptedserver.h"

/// Pieces of conversations with a POP3 server, and an account at it.
namespace postaci {

using namespace Qt::StringLiterals;

inline Script login(const QByteArray &capabilities = "PIPELINING\r\nUIDL\r\nTOP\r\n")
{
    return Script()
        .send("+OK ready\r\n")
        .expect("CAPA")
        .send("+OK\r\n" + capabilities + "USER\r\n.\r\n")
        .expect("USER user")
        .send("+OK\r\n")
        .expect("PASS secret")
        .send("+OK logged in\r\n");
}

/// Up to the listing: one line for each message, "NUMBER SIZE" and "NUMBER ID".
inline Script maildrop(const QByteArrayList &sizes, const QByteArrayList &ids)
{
    const auto block = [](const QByteArrayList &lines) {
        return "+OK\r\n" + (lines.isEmpty() ? QByteArray() : lines.join("\r\n") + "\r\n") + ".\r\n";
    };
    return login().expect("LIST").send(block(sizes)).expect("UIDL").send(block(ids));
}

inline QByteArray mail(const QByteArray &subject)
{
    return sampleMail(subject, subject + "@example.net", "metin\r\n.nokta\r\n");
}

inline QByteArray onTheWire(QByteArray message)
{
    return "+OK\r\n" + message.replace("\r\n.", "\r\n..") + ".\r\n";
}

inline Script answers(const QByteArray &command, const QByteArray &answer)
{
    return Script().expect(command).send(answer);
}

inline Script retrieved(int number, const QByteArray &subject)
{
    return answers("RETR " + QByteArray::number(number), onTheWire(mail(subject)));
}

inline Script topped(int number, const QByteArray &subject)
{
    const QByteArray whole = mail(subject);
    return answers("TOP " + QByteArray::number(number) + " 0", onTheWire(whole.first(whole.indexOf("\r\n\r\n") + 4)));
}

inline Script quits()
{
    return answers("QUIT", "+OK bye\r\n");
}

inline Account pop3AccountAt(const ScriptedServer &server)
{
    Account account;
    account.identity.address = u"ayse@example.test"_s;
    account.incoming = {.protocol = Protocol::Pop3,
        .host = server.host(),
        .port = server.port(),
        .encryption = Encryption::None,
        .userName = u"user"_s};
    account.outgoing = {.protocol = Protocol::Smtp,
        .host = server.host(),
        .port = ScriptedServer::closedPort(),
        .encryption = Encryption::None,
        .userName = u"user"_s};
    return account;
}

} // namespace postaci
