// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>
#include <QtGlobal>

namespace postaci {

Q_NAMESPACE

/// What went wrong, as something a caller can decide on. The sentence for people is made in ui/common/errortext.
enum class ErrorKind {
    Protocol, ///< The answer makes no sense. Every verdict starts here, never at success.
    Offline, ///< No network at all.
    HostNotFound,
    ConnectionRefused,
    ConnectionLost, ///< Closed by the other side or by the network while in use.
    Timeout,
    TlsHandshake, ///< No common protocol or cipher, or no TLS on this port.
    CertificateUntrusted, ///< Unknown issuer or self-signed.
    CertificateExpired, ///< Expired, or not yet valid.
    CertificateName, ///< Valid for another host.
    EncryptionMissing, ///< STARTTLS was chosen and the server does not do it (RFC 8314): never a step down.
    AuthenticationFailed,
    AppPasswordNeeded,
    OAuthNeeded,
    NoCommonMechanism, ///< None of the server's SASL mechanisms can be used here.
    CredentialsMissing, ///< No password is known; ask the user.
    Refused, ///< A lasting NO, BAD or 5xx that fits nothing more exact.
    TryLater, ///< A passing NO or 4xx.
    MailboxFull, ///< OVERQUOTA (RFC 5530), 4.2.2, 5.2.2.
    MessageTooLarge, ///< Larger than SIZE (RFC 1870), or 5.3.4.
    SenderRefused,
    RecipientRefused,
    NotFound, ///< The mailbox or message is not there any more.
    OnlyHeader, ///< The rest of the message is still on the server, and comes when it is asked for.
    AlreadyExists,
    ReadOnly,
    InvalidInput, ///< The user's or caller's value cannot be sent, for instance an address with a line break.
    FileUnreadable,
    Cancelled,
    Storage, ///< The local database or disk failed.
    StorageNewer, ///< The profile was written by a newer program.
    InUse, ///< The profile is open in another instance.
};
Q_ENUM_NS(ErrorKind)

/// What was being done, in the order in which a session does it.
enum class Step {
    None,
    Resolve,
    Connect,
    Tls,
    Greeting,
    Capabilities,
    StartTls,
    Login,
    ListFolders,
    SelectFolder,
    FetchHeaders,
    FetchBody,
    ChangeFlags,
    MoveMessages,
    DeleteMessages,
    ChangeFolders,
    Append,
    Idle,
    Sender,
    Recipient,
    Content,
    EndOfContent, ///< After the final dot: the server may or may not have taken the mail (RFC 5321 4.5.3.2.6).
    OpenStore,
    ReadStore,
    WriteStore,
    ReadFile,
    ReadSecret,
    WriteSecret,
    SignIn, ///< In the browser.
    RefreshToken, ///< A new access token without the user.
};
Q_ENUM_NS(Step)

/// One failure, as a value that crosses threads. Holds no secret and no mail content.
struct MailError {
    ErrorKind kind = ErrorKind::Protocol;
    Step step = Step::None;
    QString endpoint; ///< "host:port", where a server was involved.
    QString serverText; ///< The server's own words, cleaned and at most 300 characters: show as plain text only.
    int replyCode = 0; ///< SMTP reply code, 0 elsewhere.
    QByteArray enhancedCode; ///< RFC 3463 status ("5.7.8") or RFC 5530 response code ("OVERQUOTA").
    QString subject; ///< What it was about: a recipient, a mailbox, a file name, a certificate's names.
    QByteArray certificate; ///< DER of the server's certificate when kind is one of Certificate….

    /// Whether the same request may succeed later without anybody changing anything.
    bool isTransient() const;
    /// Whether the connection is gone (as opposed to a refusal over a healthy one).
    bool isConnectionFailure() const;
    /// One line for the log, in English, without the server's text.
    QString summary() const;

    friend bool operator==(const MailError &, const MailError &) = default;
};

/// Server text made harmless: one line, no control or direction characters, at most 300 characters.
QString cleanServerText(QByteArrayView raw);

} // namespace postaci

Q_DECLARE_METATYPE(postaci::MailError)
