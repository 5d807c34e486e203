// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/address.h"
#include "core/mail/ids.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

namespace postaci {

/// The numbers of these enums are stored: never change or reuse one.
enum class Protocol {
    Imap = 0,
    Pop3 = 1,
    Smtp = 2,
    Local = 3, ///< No server at all: the account that holds the folders "On this computer".
};

enum class Encryption {
    ImplicitTls = 0, ///< TLS from the first byte: 993, 995, 465 (RFC 8314).
    StartTls = 1, ///< Mandatory once chosen.
    None = 2, ///< Loopback only.
};

enum class AuthMethod {
    Password = 0, ///< The best SASL mechanism that both sides know.
    OAuth2 = 1,
    None = 2, ///< A relay that asks for no login.
};

/// How to reach one server.
struct ServerSettings {
    Protocol protocol = Protocol::Imap;
    QString host; ///< As the user reads it (Unicode); ACE form is made when connecting.
    quint16 port = 0;
    Encryption encryption = Encryption::ImplicitTls;
    AuthMethod auth = AuthMethod::Password;
    QString userName;

    QString endpoint() const { return host + QLatin1Char(':') + QString::number(port); }

    friend bool operator==(const ServerSettings &, const ServerSettings &) = default;
};

/// A certificate that the user looked at and accepted: for one host and port, and compared whole (RFC 8314 4.4).
struct CertificateException {
    QString host;
    quint16 port = 0;
    QByteArray certificate; ///< DER

    friend bool operator==(const CertificateException &, const CertificateException &) = default;
};

/// What a POP3 server is to do with mail that is here too. As it stands: keep it.
struct ServerCopies {
    int days = -1; ///< Deleted so many days after the mail came here; 0: at once; negative: never because of its age.
    bool deletedWithOurs = false; ///< Deleted once the mail is deleted for good here.

    friend bool operator==(const ServerCopies &, const ServerCopies &) = default;
};

/// Which messages of an IMAP account are fetched whole before anybody opens them. The numbers are stored.
enum class WholeMessages {
    Recent = 0, ///< Those of the last month and the newest of each folder, unless they are large.
    LastDays = 1, ///< Those of the last Account::wholeMessagesDays days.
    All = 2,
    WhenOpened = 3, ///< None.
};

/// A secret for one login. Lives in memory only as long as it is needed; never stored or logged.
struct Credentials {
    QString userName;
    QString secret; ///< Password, or OAuth access token.
    AuthMethod method = AuthMethod::Password;
};

struct Account {
    AccountId id;
    QString name; ///< What the folder pane shows; the address unless the user changed it.
    Address identity; ///< Sender of new mail.
    ServerSettings incoming;
    ServerSettings outgoing;
    QString oauthIssuer; ///< Id of who signs in for AuthMethod::OAuth2; empty without.
    bool serverFilesSent = false; ///< The provider puts a copy in Sent by itself (Gmail, Microsoft 365).
    QList<CertificateException> exceptions; ///< For every connection of this account, and for no other's.
    ServerCopies serverCopies; ///< POP3 only.
    /// POP3 only: of messages with more bytes than this the header comes, and the rest when the user asks for it; 0:
    /// all come whole.
    qint64 wholeUpTo = 0;
    WholeMessages wholeMessages = WholeMessages::Recent; ///< IMAP only.
    int wholeMessagesDays = 90; ///< For WholeMessages::LastDays.
    /// How often the server is asked for news, in minutes; pollAutomatically, or pollByHand.
    int pollMinutes = pollAutomatically;

    static constexpr int pollAutomatically = 0; ///< At once where the server tells by itself, else every few minutes.
    static constexpr int pollByHand = -1; ///< Only when the user asks.

    /// Whether its folders are here only: the server has nothing but a maildrop, or there is none.
    bool isLocal() const { return incoming.protocol == Protocol::Pop3 || isOnThisComputer(); }
    /// Whether it only holds folders: it receives and sends nothing, and has no identity.
    bool isOnThisComputer() const { return incoming.protocol == Protocol::Local; }

    /// Whether the user signs in with the browser.
    bool usesOAuth() const { return incoming.auth == AuthMethod::OAuth2 || outgoing.auth == AuthMethod::OAuth2; }

    friend bool operator==(const Account &, const Account &) = default;
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::Account)
