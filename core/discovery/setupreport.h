// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/mail/account.h"
#include "core/mail/certificatefacts.h"

#include <QList>
#include <QMetaType>
#include <QString>
#include <QUrl>

#include <optional>

namespace postaci {

/// How an account is checked.
struct CheckOptions {
    bool guessed = false; ///< The settings are guesses: another form of the user name may be tried once.
    bool receiveOnly = false; ///< The outgoing server is left alone.
};

/// One rung of the ladder: what was tried and how it went. `Running` comes when it begins, once; a rung that is
/// `Running` for a second time (another port, another user name) begins the ladder of its side anew.
struct CheckStep {
    enum class State { Running, Passed, Failed };

    bool outgoing = false; ///< SMTP; else the incoming server.
    QString endpoint; ///< "host:port"
    Step step = Step::None; ///< Resolve, Connect, Tls, Greeting, Capabilities, StartTls, Login, ListFolders, Sender.
    State state = State::Running;
    QString detail; ///< Technical, in English: address, TLS version, mechanism. Never a secret.
    std::optional<MailError> error; ///< When Failed.
    qint64 milliseconds = 0;
};

/// Why a set-up failed, as classes that a person understands and that each have one next step. Every class has its
/// sentence in ui/wizard/setuptext.
enum class SetupProblem {
    Offline,
    CaptivePortal,
    NoSuchHost,
    Unreachable, ///< No answer, or refused.
    PortBlocked, ///< This port gets no answer and another one does.
    Bridge, ///< The provider's own program on this computer is not running.
    TlsName,
    TlsDate,
    TlsClock, ///< The certificate is fine: this computer's clock is not.
    TlsUntrusted,
    TlsVersion, ///< Only outdated encryption.
    EncryptionMissing,
    AuthWrong,
    AuthAppPassword,
    AuthOAuthOnly,
    AuthTokenRefused, ///< Signed in with the browser, and not let into the mailbox all the same.
    AuthWebLogin, ///< The provider wants the user to confirm in a browser.
    AuthImapOff, ///< Probably switched off at the provider.
    AuthCode, ///< Wants its own authorisation code (QQ, 163).
    AuthExpired,
    AuthBlocked, ///< Too many tries.
    AdminOff, ///< Switched off by the user's organisation.
    NoLoginOffered, ///< The server takes no login here.
    SmtpDiffers, ///< The same password works for receiving and not for sending.
    TooManyConnections,
    SenderRefused,
    MailboxFull,
    TryLater, ///< Greylisting and other passing refusals.
    WrongProtocol, ///< Something else answers on this port.
    Timeout,
    Refused, ///< With the server's sentence; nothing more exact is known.
    Local, ///< Not the server: store, keychain, input.
};

/// The one next step that the screen offers as a button.
enum class SetupFix {
    Retry,
    RetypePassword,
    UseCertificateName, ///< `proposal` holds the name, tested.
    UseOtherServer, ///< `proposal`: another port or encryption that was seen to answer.
    ShowCertificate, ///< Details, with the exception behind them.
    OpenPage, ///< `page`: make an app password, switch IMAP on, confirm.
    SignInWithBrowser,
    ReceiveOnly, ///< Save without a working outgoing server.
    EditSettings,
};

/// A failed rung, understood.
struct Diagnosis {
    bool outgoing = false;
    SetupProblem problem = SetupProblem::Refused;
    SetupFix fix = SetupFix::EditSettings;
    MailError error;
    QUrl page; ///< https; with SetupFix::OpenPage.
    std::optional<ServerSettings> proposal;
    std::optional<CertificateFacts> certificate; ///< The one that was refused; its bytes are in error.certificate.
};

/// What a check of both servers found out.
struct SetupReport {
    Account account; ///< As it was asked for, or with what worked instead (another port, user name).
    QList<CheckStep> steps; ///< Ended ones, in the order in which they ended.
    std::optional<Diagnosis> incoming; ///< Null: works.
    std::optional<Diagnosis> outgoing;
    /// What had to be gone round: `problem` with the server that was asked for, `proposal` is the one in `account`.
    QList<Diagnosis> notes;
    bool cancelled = false;
    qint64 milliseconds = 0;

    bool works() const { return !cancelled && !incoming && !outgoing; }
    bool canReceive() const { return !cancelled && !incoming; }
    /// The first failure, for who wants only one.
    std::optional<MailError> error() const
    {
        if (cancelled)
            return MailError{.kind = ErrorKind::Cancelled};
        return incoming ? std::optional(incoming->error) : outgoing ? std::optional(outgoing->error) : std::nullopt;
    }
};

/// The rungs of a server's ladder (ListFolders stands for POP3's list of messages too) from bottom to top, as they
/// follow from its settings: what the screen draws before anything is known.
QList<Step> ladderOf(const ServerSettings &server);

} // namespace postaci

Q_DECLARE_METATYPE(postaci::CheckStep)
Q_DECLARE_METATYPE(postaci::SetupReport)
