// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/mailserver.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QList>
#include <QSslSocket>

namespace postaci {

/// Another mail program of the same user: changes the mailbox behind our back, and says what is really on the server.
/// Plain IMAP over an implicit TLS connection, blocking, sharing no code with the program under test.
///
///     OtherClient phone(m_server);
///     phone.append("INBOX", mail, "\\Seen");
///     QTRY_COMPARE(phone.messages("Sent").size(), 1);
///
/// Whatever does not work fails the test.
class OtherClient {
public:
    struct Message {
        quint32 uid = 0;
        QByteArrayList flags; ///< Sorted, without \Recent.
        QByteArray raw; ///< With CR LF, byte for byte.
        QByteArray sha256() const { return QCryptographicHash::hash(raw, QCryptographicHash::Sha256).toHex(); }
    };

    explicit OtherClient(
        const MailServer &server, int user = MailServer::ayse, const QByteArray &port = QByteArrayLiteral("imaps"));

    /// Everything in the folder, by UID.
    QList<Message> messages(const QByteArray &folder);
    /// The same, with nothing in `raw` but the line with the Message-ID.
    QList<Message> messageIds(const QByteArray &folder);
    QByteArrayList folders();

    /// @return the new message's UID
    quint32 append(const QByteArray &folder, const QByteArray &raw, const QByteArray &flags = {});
    /// Many at once, which is a hundred times as fast (MULTIAPPEND, RFC 3502).
    struct New {
        QByteArray raw;
        QByteArray flags;
    };
    void appendAll(const QByteArray &folder, const QList<New> &messages);
    /// @param change "+FLAGS", "-FLAGS" or "FLAGS"
    void store(const QByteArray &folder, const QByteArray &uids, const QByteArray &change, const QByteArray &flags);
    void expunge(const QByteArray &folder, const QByteArray &uids);
    void move(const QByteArray &folder, const QByteArray &uids, const QByteArray &target);
    /// The same, where others are at work too: false when the server refused because some are gone.
    bool tryMove(const QByteArray &folder, const QByteArray &uids, const QByteArray &target);

    /// One command without its tag; what came before the tagged OK.
    QByteArray command(const QByteArray &line);

private:
    QList<Message> fetch(const QByteArray &folder, const QByteArray &section);
    void select(const QByteArray &folder);
    /// Everything before the tagged answer, which is in m_tagged.
    QByteArray exchange(const QByteArray &line);
    QByteArray readLine();
    QByteArray read(qsizetype size);
    /// One whole response: its lines and the literals between them.
    QByteArray readResponse();
    void fail(const QByteArray &text);

    QSslSocket m_socket;
    bool m_takesLiterals = false; ///< Without being asked first (LITERAL+, RFC 7888).
    QByteArray m_selected;
    QByteArray m_tagged; ///< The last command's own answer.
    int m_tag = 0;
    bool m_failed = false;
};

} // namespace postaci
