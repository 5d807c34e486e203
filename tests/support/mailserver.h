// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"
#include "core/net/oauthclient.h"
#include "core/net/tlspolicy.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QTemporaryDir>

namespace postaci {

/// The real Dovecot and Postfix, for one test program: scripts/mailserver in a temporary directory. Label: server.
///
///     MailServer m_server;
///     void initTestCase() { QVERIFY2(m_server.start(), m_server.failure()); }
///     void sends()
///     {
///         REQUIRE_POSTFIX(m_server);
///         …m_server.smtp(Encryption::StartTls), m_server.credentials(), m_server.tlsPolicy()…
///     }
///
/// Everything ends with the object, and also when the test program is killed. It takes a third of a second to start.
/// What another mail program of the same user does is OtherClient's.
class MailServer {
public:
    /// The people who live there.
    static constexpr int ayse = 0;
    static constexpr int mehmet = 1;
    static constexpr int deniz = 2; ///< Has a password with quotes, a backslash and Turkish letters.
    static constexpr int full = 3; ///< Whose mailbox takes nothing more.

    MailServer();
    ~MailServer();
    Q_DISABLE_COPY_MOVE(MailServer)

    /// After stop() it comes back on the same ports with the same mail.
    [[nodiscard]] bool start(int messagesOfAyse = 0);
    /// The same, where IMAP lacks these capabilities.
    [[nodiscard]] bool startWithout(const QStringList &capabilities);
    /// The same, where mailboxes have rights (RFC 4314): doveadm({"acl", "set", …}).
    [[nodiscard]] bool startWithRights();
    /// The same with Courier IMAP beside it, whose port is "courierimaps" and whose mailboxes are its own.
    [[nodiscard]] bool startWithCourier();
    /// The same with an OAuth 2 issuer (tests/support/mailserver/oauth.py), whose tokens Dovecot and Postfix take by
    /// these mechanisms.
    [[nodiscard]] bool startWithOAuth(const QString &mechanisms = QStringLiteral("oauthbearer,xoauth2"));
    void stop();
    /// Why start() or doveadm() failed, with the end of the servers' logs.
    QByteArray failure() const { return m_failure; }

    /// Postfix needs root; Dovecot does not.
    bool hasPostfix() const { return m_ports.contains("submission"); }

    ServerSettings imap(Encryption encryption = Encryption::ImplicitTls, int user = ayse) const;
    ServerSettings pop3(Encryption encryption = Encryption::ImplicitTls, int user = ayse) const;
    ServerSettings smtp(Encryption encryption = Encryption::ImplicitTls, int user = ayse) const;
    Account account(int user = ayse) const;
    Credentials credentials(int user = ayse) const;
    QString address(int user = ayse) const { return m_users[user].userName; }
    QString password(int user = ayse) const { return m_users[user].secret; }
    TlsPolicy tlsPolicy() const;
    /// As a program that is registered at the issuer.
    OAuthClient oauthClient() const;
    /// The same account as account(), for a user who signs in with the browser.
    Account oauthAccount(int user = ayse) const;
    static QString oauthIssuer() { return QStringLiteral("example.test"); }
    /// Changes what the issuer does, see oauth.py; returns "settings" and "counts".
    QJsonObject controlIssuer(const QJsonObject &change = {}) const;
    /// How often the issuer was asked, as in controlIssuer()'s "counts".
    int issuerCount(const QString &what) const { return controlIssuer()[u"counts"][what].toInt(); }
    QString caFile() const;

    QString host() const { return QStringLiteral("localhost"); }
    /// imap imaps pop3 pop3s lmtp smtp submission submissions courierimaps; 0 when there is none.
    quint16 port(const QByteArray &name) const { return m_ports.value(name); }

    QString unknownRecipient() const { return QStringLiteral("yok@example.test"); } ///< 550 5.1.1
    QString laterRecipient() const { return QStringLiteral("sonra@example.test"); } ///< 450 4.2.1

    /// Puts a message into the user's INBOX by LMTP, as mail from outside. Lines end in CR LF.
    [[nodiscard]] bool deliver(const QByteArray &message, int user = ayse);
    /// Runs doveadm, for what no client can do: {"mailbox", "update", "--uid-validity", …}.
    [[nodiscard]] bool doveadm(const QStringList &arguments, QByteArray *output = nullptr);

private:
    ServerSettings settings(Protocol protocol, Encryption encryption, int user, const QByteArray &clearPort,
        const QByteArray &tlsPort) const;
    bool start(const QStringList &options);
    bool run(const QString &program, const QStringList &arguments, QByteArray *output);

    QTemporaryDir m_directory;
    QHash<QByteArray, quint16> m_ports;
    QList<Credentials> m_users;
    OAuthClient m_oauthClient;
    QUrl m_issuerControl;
    QByteArray m_failure;
};

} // namespace postaci

/// Skips a test where there is no Postfix, with a line that says so; fails it where nothing may be skipped.
#define REQUIRE_POSTFIX(server)                                                                                        \
    do {                                                                                                               \
        if (!(server).hasPostfix()) {                                                                                  \
            if (qEnvironmentVariableIsSet("CI"))                                                                       \
                QFAIL("Postfix did not start: it needs root");                                                         \
            QSKIP("needs Postfix, which needs root");                                                                  \
        }                                                                                                              \
    } while (false)
