// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/diagnosis.h"

#include <QTimeZone>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

enum class Side { Both, Incoming, Outgoing };

/// What a server says, in lower case, and what it means. All of `words` must occur; empty ones do.
struct Sentence {
    std::array<const char *, 2> words;
    SetupProblem problem;
    Side side = Side::Both;
};

/// Of an answer to a login, or instead of a greeting. In this order: what is more exact comes first. The provider whose
/// words these are is named where it is only one.
constexpr Sentence loginSentences[] = {
    // One's own organisation: these speak of passwords too, so they come before them.
    {{"smtpclientauthentication is disabled"}, SetupProblem::AdminOff}, // Microsoft 365
    {{"imap access is disabled for your domain"}, SetupProblem::AdminOff}, // Google Workspace
    {{"security defaults policy"}, SetupProblem::AdminOff}, // Microsoft 365
    {{"did not meet the criteria"}, SetupProblem::AdminOff}, // Microsoft 365
    {{"disabled by", "administrator"}, SetupProblem::AdminOff},
    {{"disabled by", "policy"}, SetupProblem::AdminOff},
    {{"disabled for your domain"}, SetupProblem::AdminOff},

    // Only with a token.
    {{"basic authentication is disabled"}, SetupProblem::AuthOAuthOnly}, // Microsoft
    {{"basic authentication is not supported"}, SetupProblem::AuthOAuthOnly}, // Microsoft
    {{"basicauthblocked"}, SetupProblem::AuthOAuthOnly}, // Outlook.com
    {{"logonfailed:basicauth"}, SetupProblem::AuthOAuthOnly}, // Microsoft
    {{"modern authentication"}, SetupProblem::AuthOAuthOnly},
    {{"oauth"}, SetupProblem::AuthOAuthOnly},

    // Authorisation codes of the large Chinese providers, before "password" in any other sense.
    {{"authorization code"}, SetupProblem::AuthCode}, // QQ
    {{"authorisation code"}, SetupProblem::AuthCode},
    {{"authorized code"}, SetupProblem::AuthCode},
    {{"授权码"}, SetupProblem::AuthCode},
    {{"weixin token"}, SetupProblem::AuthCode}, // QQ
    {{"unsafe login"}, SetupProblem::AuthCode}, // 163, 126

    // A password for programs.
    {{"application-specific password"}, SetupProblem::AuthAppPassword}, // Gmail, Zoho
    {{"application specific password"}, SetupProblem::AuthAppPassword},
    {{"app-specific password"}, SetupProblem::AuthAppPassword}, // iCloud
    {{"app specific password"}, SetupProblem::AuthAppPassword},
    {{"app password"}, SetupProblem::AuthAppPassword}, // Fastmail, Yahoo
    {{"application password"}, SetupProblem::AuthAppPassword}, // Mail.ru
    {{"parol prilozheniya"}, SetupProblem::AuthAppPassword}, // Mail.ru
    {{"пароль приложения"}, SetupProblem::AuthAppPassword}, // Yandex, Mail.ru
    {{"uygulama şifresi"}, SetupProblem::AuthAppPassword},
    {{"uygulama parolası"}, SetupProblem::AuthAppPassword},
    {{"invalidsecondfactor"}, SetupProblem::AuthAppPassword}, // Gmail

    // A look with a browser.
    {{"via your web browser"}, SetupProblem::AuthWebLogin}, // Gmail
    {{"web login required"}, SetupProblem::AuthWebLogin}, // Gmail
    {{"verify your account"}, SetupProblem::AuthWebLogin}, // Mail.ru, Yahoo
    {{"log in to your account on the web"}, SetupProblem::AuthWebLogin},
    {{"sign in to your account on the web"}, SetupProblem::AuthWebLogin},
    {{"unusual", "sign-in"}, SetupProblem::AuthWebLogin},
    {{"suspicious", "login"}, SetupProblem::AuthWebLogin},

    // Switched off by the user, or never on.
    {{"not enabled for imap"}, SetupProblem::AuthImapOff, Side::Incoming}, // Gmail
    {{"imap is disabled"}, SetupProblem::AuthImapOff, Side::Incoming}, // Yandex
    {{"imap access is disabled"}, SetupProblem::AuthImapOff, Side::Incoming},
    {{"imap disabled"}, SetupProblem::AuthImapOff, Side::Incoming},
    {{"imap", "not enabled"}, SetupProblem::AuthImapOff, Side::Incoming},
    {{"imap", "deactivated"}, SetupProblem::AuthImapOff, Side::Incoming}, // GMX, web.de
    {{"imap", "nicht aktiviert"}, SetupProblem::AuthImapOff, Side::Incoming},
    {{"pop3", "not enabled"}, SetupProblem::AuthImapOff, Side::Incoming},
    {{"pop3", "disabled"}, SetupProblem::AuthImapOff, Side::Incoming},
    {{"not enabled for pop"}, SetupProblem::AuthImapOff, Side::Incoming}, // Gmail
    {{"authenticated but not connected"}, SetupProblem::AuthImapOff}, // Outlook.com
    {{"access rights to this service"}, SetupProblem::AuthImapOff}, // Yandex
    {{"user has no permission"}, SetupProblem::AuthImapOff}, // 163
    {{"service is not open"}, SetupProblem::AuthImapOff}, // QQ
    {{"mail client access"}, SetupProblem::AuthImapOff},
    {{"access to this service", "disabled"}, SetupProblem::AuthImapOff},
    {{"external access", "disabled"}, SetupProblem::AuthImapOff},

    // Connections before tries: both are "too many".
    {{"simultaneous connections"}, SetupProblem::TooManyConnections}, // Gmail
    {{"concurrent connections"}, SetupProblem::TooManyConnections}, // Microsoft
    {{"too many connections"}, SetupProblem::TooManyConnections}, // Postfix
    {{"number of connections"}, SetupProblem::TooManyConnections}, // Dovecot
    {{"too many sessions"}, SetupProblem::TooManyConnections},
    {{"connection limit"}, SetupProblem::TooManyConnections},
    {{"connections from your ip"}, SetupProblem::TooManyConnections},

    // Locked, for a while or for good.
    {{"too many", "attempts"}, SetupProblem::AuthBlocked}, // Gmail, Yahoo
    {{"too many", "login"}, SetupProblem::AuthBlocked},
    {{"too many", "failures"}, SetupProblem::AuthBlocked},
    {{"too many", "auth"}, SetupProblem::AuthBlocked},
    {{"account", "locked"}, SetupProblem::AuthBlocked},
    {{"user is locked"}, SetupProblem::AuthBlocked}, // 163
    {{"temporarily blocked"}, SetupProblem::AuthBlocked},
    {{"temporarily locked"}, SetupProblem::AuthBlocked},
    {{"account", "blocked"}, SetupProblem::AuthBlocked}, // Mail.ru
    {{"login frequency limited"}, SetupProblem::AuthBlocked}, // QQ
    {{"command or bandwidth limits"}, SetupProblem::AuthBlocked}, // Gmail
    {{"rate limit"}, SetupProblem::AuthBlocked}, // Yahoo
    {{"ip", "blocked"}, SetupProblem::AuthBlocked},

    {{"password", "expired"}, SetupProblem::AuthExpired},
    {{"credentials", "expired"}, SetupProblem::AuthExpired},

    {{"authentication not enabled"}, SetupProblem::NoLoginOffered}, // Postfix
    {{"auth", "not advertised"}, SetupProblem::NoLoginOffered}, // Exim
    {{"authentication not available"}, SetupProblem::NoLoginOffered},

    {{"temporary authentication failure"}, SetupProblem::TryLater}, // Dovecot, Postfix
    {{"temporary system error"}, SetupProblem::TryLater}, // Gmail
    {{"try again later"}, SetupProblem::TryLater},
    {{"please try again"}, SetupProblem::TryLater},
};

/// Of an answer to MAIL or RCPT.
constexpr Sentence senderSentences[] = {
    {{"smtpclientauthentication is disabled"}, SetupProblem::AdminOff}, // Microsoft 365
    {{"basic authentication is not supported"}, SetupProblem::AuthOAuthOnly}, // Microsoft
    {{"client was not authenticated"}, SetupProblem::NoLoginOffered}, // Exchange
    {{"authentication required"}, SetupProblem::NoLoginOffered},
    {{"must issue a starttls"}, SetupProblem::EncryptionMissing}, // RFC 3207
    {{"greylist"}, SetupProblem::TryLater}, {{"graylist"}, SetupProblem::TryLater},
    {{"daily", "limit"}, SetupProblem::TryLater}, // Gmail
    {{"too many connections"}, SetupProblem::TooManyConnections}, {{"over quota"}, SetupProblem::MailboxFull},
    {{"quota exceeded"}, SetupProblem::MailboxFull}, {{"mailbox full"}, SetupProblem::MailboxFull},
    {{"mailbox is full"}, SetupProblem::MailboxFull}, {{"relay"}, SetupProblem::SenderRefused},
    {{"not owned by"}, SetupProblem::SenderRefused}, // Postfix, Yandex
    {{"not allowed to send"}, SetupProblem::SenderRefused},
    {{"sendasdenied"}, SetupProblem::SenderRefused}, // Microsoft
};

template <size_t N>
std::optional<SetupProblem> problemSaid(const Sentence (&sentences)[N], const QString &text, bool outgoing)
{
    const QString said = text.toLower();
    for (const Sentence &sentence : sentences) {
        if (sentence.side == (outgoing ? Side::Incoming : Side::Outgoing))
            continue;
        const bool all = std::all_of(sentence.words.begin(), sentence.words.end(),
            [&said](const char *word) { return !word || said.contains(QString::fromUtf8(word)); });
        if (all)
            return sentence.problem;
    }
    return std::nullopt;
}

/// RFC 5530 for IMAP, RFC 3463 and 5248 for SMTP, with what large providers made of them.
std::optional<SetupProblem> problemCoded(const QByteArray &code)
{
    struct Coded {
        const char *code;
        SetupProblem problem;
    };
    static constexpr Coded known[] = {
        {"WEBALERT", SetupProblem::AuthWebLogin}, // Gmail
        {"EXPIRED", SetupProblem::AuthExpired}, {"CONTACTADMIN", SetupProblem::AuthBlocked},
        {"LIMIT", SetupProblem::AuthBlocked}, {"INUSE", SetupProblem::TooManyConnections},
        {"UNAVAILABLE", SetupProblem::TryLater}, {"SERVERBUG", SetupProblem::TryLater},
        {"PRIVACYREQUIRED", SetupProblem::EncryptionMissing}, {"OVERQUOTA", SetupProblem::MailboxFull},
        {"SYS/TEMP", SetupProblem::TryLater}, // RFC 3206 (POP3)
        {"LOGIN-DELAY", SetupProblem::TryLater}, // RFC 2449 (POP3)
        {"IN-USE", SetupProblem::TooManyConnections}, // RFC 2449 (POP3)
        {"5.7.9", SetupProblem::AuthAppPassword}, // Gmail
        {"5.7.10", SetupProblem::EncryptionMissing}, {"5.7.11", SetupProblem::EncryptionMissing},
        {"5.7.14", SetupProblem::AuthWebLogin}, // Gmail
        {"5.7.30", SetupProblem::AuthOAuthOnly}, // Microsoft
        {"4.7.12", SetupProblem::AuthExpired}, // RFC 5248: a password transition is needed
    };
    for (const Coded &entry : known) {
        if (code == entry.code)
            return entry.problem;
    }
    return std::nullopt;
}

bool wantsAuthorisationCode(const Provider *provider)
{
    return provider && provider->has(Provider::Hint::AuthorizationCode);
}

/// What a plain "wrong" most likely means here.
SetupProblem wrongPasswordAt(const DiagnosisContext &context, bool outgoing)
{
    const Provider *provider = context.provider;
    if (provider && provider->oauthOnly)
        return SetupProblem::AuthOAuthOnly;
    if (wantsAuthorisationCode(provider))
        return SetupProblem::AuthCode;
    // The same password has just been taken by the other server: it is not the password.
    if (context.otherSideWorks && context.samePassword) {
        if (outgoing)
            return SetupProblem::SmtpDiffers;
        if (provider && provider->has(Provider::Hint::EnableImap))
            return SetupProblem::AuthImapOff;
        return SetupProblem::AuthWrong;
    }
    if (provider && provider->appPassword == Provider::AppPassword::Always)
        return SetupProblem::AuthAppPassword;
    if (provider && provider->has(Provider::Hint::EnableImap))
        return SetupProblem::AuthImapOff;
    return SetupProblem::AuthWrong;
}

SetupProblem refusedLogin(const MailError &error, const DiagnosisContext &context, bool outgoing)
{
    if (const auto said = problemSaid(loginSentences, error.serverText, outgoing)) {
        // "…, password is incorrect, …" among five reasons is no more than "wrong".
        if (*said == SetupProblem::AuthImapOff && wantsAuthorisationCode(context.provider))
            return SetupProblem::AuthCode;
        return *said;
    }
    if (const auto coded = problemCoded(error.enhancedCode))
        return *coded;
    switch (error.kind) {
    case ErrorKind::AppPasswordNeeded:
        return SetupProblem::AuthAppPassword;
    case ErrorKind::OAuthNeeded:
        return SetupProblem::AuthOAuthOnly;
    case ErrorKind::NoCommonMechanism:
        return SetupProblem::NoLoginOffered;
    case ErrorKind::EncryptionMissing:
        return SetupProblem::EncryptionMissing;
    case ErrorKind::AuthenticationFailed:
        return wrongPasswordAt(context, outgoing);
    case ErrorKind::TryLater:
        return SetupProblem::AuthBlocked;
    default:
        return SetupProblem::Refused;
    }
}

SetupProblem loginProblem(const MailError &error, const DiagnosisContext &context, bool outgoing)
{
    const SetupProblem problem = refusedLogin(error, context, outgoing);
    if (context.server.auth != AuthMethod::OAuth2 || error.kind != ErrorKind::AuthenticationFailed)
        return problem;
    switch (problem) { // There was no password that could be wrong.
    case SetupProblem::AuthWrong:
    case SetupProblem::AuthAppPassword:
    case SetupProblem::AuthOAuthOnly:
    case SetupProblem::AuthCode:
    case SetupProblem::AuthExpired:
    case SetupProblem::SmtpDiffers:
        return SetupProblem::AuthTokenRefused;
    default:
        return problem;
    }
}

SetupProblem senderProblem(const MailError &error, const DiagnosisContext &context)
{
    if (const auto said = problemSaid(senderSentences, error.serverText, true))
        return *said;
    switch (error.kind) {
    case ErrorKind::MailboxFull:
        return SetupProblem::MailboxFull;
    case ErrorKind::TryLater:
        return SetupProblem::TryLater;
    case ErrorKind::SenderRefused:
    case ErrorKind::RecipientRefused:
        return SetupProblem::SenderRefused;
    case ErrorKind::AuthenticationFailed: // 530
        return context.server.auth == AuthMethod::None ? SetupProblem::NoLoginOffered : SetupProblem::SenderRefused;
    case ErrorKind::EncryptionMissing:
        return SetupProblem::EncryptionMissing;
    case ErrorKind::OAuthNeeded:
        return SetupProblem::AuthOAuthOnly;
    default:
        return SetupProblem::Refused;
    }
}

bool isCertificateError(const MailError &error)
{
    return error.kind == ErrorKind::CertificateName || error.kind == ErrorKind::CertificateExpired
        || error.kind == ErrorKind::CertificateUntrusted;
}

/// Whether certificates for one and the same name stand where two servers of the table should: somebody on the way
/// answers for everybody.
bool isCaptivePortal(const MailError &error, const DiagnosisContext &context)
{
    return context.provider && isCertificateError(error) && error.kind != ErrorKind::CertificateExpired
        && context.otherSide && isCertificateError(*context.otherSide) && !error.subject.isEmpty()
        && context.otherSide->subject == error.subject && context.otherSide->endpoint != error.endpoint;
}

/// Whether it is this computer's clock: set to before this program was written, or to before either server's
/// certificate was made. (Two that have run out are the work of one forgetful administrator more often than of a clock
/// that is fast.)
bool isClockWrong(const DiagnosisContext &context)
{
    static const QDateTime written(QDate(2026, 1, 1), QTime(0, 0), QTimeZone::UTC);
    if (!context.now.isValid())
        return false;
    const auto isFromTheFuture = [&context](const std::optional<CertificateFacts> &certificate) {
        return certificate && certificate->validFrom > context.now;
    };
    return context.now < written || (isFromTheFuture(context.certificate) && isFromTheFuture(context.otherCertificate));
}

bool isNotTls(const MailError &error)
{
    return error.subject.startsWith("no TLS"_L1) || error.subject.contains("wrong version number"_L1)
        || error.subject.contains("packet length too long"_L1) || error.subject.contains("http request"_L1);
}

SetupProblem connectionProblem(const MailError &error, const DiagnosisContext &context)
{
    switch (error.kind) {
    case ErrorKind::Offline:
        return SetupProblem::Offline;
    case ErrorKind::HostNotFound:
        // Names of the table exist: when neither does, it is the network.
        return context.provider && context.otherSide && context.otherSide->kind == ErrorKind::HostNotFound
            ? SetupProblem::Offline
            : SetupProblem::NoSuchHost;
    case ErrorKind::ConnectionRefused:
    case ErrorKind::ConnectionLost:
        if (context.provider && context.provider->has(Provider::Hint::Bridge))
            return SetupProblem::Bridge;
        return context.proposal && context.proposal->host == context.server.host
                && error.kind == ErrorKind::ConnectionRefused
            ? SetupProblem::PortBlocked
            : SetupProblem::Unreachable;
    case ErrorKind::Timeout:
        if (error.step > Step::Connect)
            return SetupProblem::Timeout;
        if (error.step == Step::Resolve) // nobody tells names, or nobody tells this one
            return context.otherSideWorks || (context.otherSide && context.otherSide->step > Step::Resolve)
                ? SetupProblem::NoSuchHost
                : SetupProblem::Offline;
        return context.proposal && context.proposal->host == context.server.host ? SetupProblem::PortBlocked
                                                                                 : SetupProblem::Unreachable;
    case ErrorKind::TlsHandshake:
        return isNotTls(error) ? SetupProblem::WrongProtocol : SetupProblem::TlsVersion;
    case ErrorKind::CertificateName:
        return isCaptivePortal(error, context) ? SetupProblem::CaptivePortal : SetupProblem::TlsName;
    case ErrorKind::CertificateUntrusted:
        return isCaptivePortal(error, context) ? SetupProblem::CaptivePortal : SetupProblem::TlsUntrusted;
    case ErrorKind::CertificateExpired:
        return isClockWrong(context) ? SetupProblem::TlsClock : SetupProblem::TlsDate;
    case ErrorKind::EncryptionMissing:
        return SetupProblem::EncryptionMissing;
    case ErrorKind::Protocol:
        return SetupProblem::WrongProtocol;
    case ErrorKind::TryLater:
        return SetupProblem::TryLater;
    case ErrorKind::MailboxFull:
        return SetupProblem::MailboxFull;
    case ErrorKind::CredentialsMissing:
    case ErrorKind::InvalidInput:
    case ErrorKind::FileUnreadable:
    case ErrorKind::Storage:
    case ErrorKind::StorageNewer:
    case ErrorKind::InUse:
    case ErrorKind::Cancelled:
        return SetupProblem::Local;
    default:
        return SetupProblem::Refused;
    }
}

bool isLocal(const MailError &error)
{
    return error.kind == ErrorKind::InvalidInput || error.kind == ErrorKind::CredentialsMissing
        || error.kind == ErrorKind::Storage || error.kind == ErrorKind::Cancelled;
}

SetupProblem problemOf(const MailError &error, const DiagnosisContext &context, bool outgoing)
{
    if (isLocal(error))
        return SetupProblem::Local;
    // A server that hangs up with a word (BYE, 421, 554) has said why.
    const bool wasRefused = !error.serverText.isEmpty() || !error.enhancedCode.isEmpty();
    switch (error.step) {
    case Step::Login:
        if (!error.isConnectionFailure() || wasRefused)
            return loginProblem(error, context, outgoing);
        return connectionProblem(error, context);
    case Step::Sender:
    case Step::Recipient:
        if (!error.isConnectionFailure() || wasRefused)
            return senderProblem(error, context);
        return connectionProblem(error, context);
    case Step::Greeting:
    case Step::Capabilities:
    case Step::ListFolders:
        if (const auto said = problemSaid(loginSentences, error.serverText, outgoing); said && wasRefused)
            return *said;
        if (const auto coded = problemCoded(error.enhancedCode))
            return *coded;
        return connectionProblem(error, context);
    default:
        return connectionProblem(error, context);
    }
}

SetupFix fixFor(SetupProblem problem, const MailError &error, const DiagnosisContext &context, const QUrl &page)
{
    const auto pageOr = [&page](SetupFix otherwise) { return page.isEmpty() ? otherwise : SetupFix::OpenPage; };
    switch (problem) {
    case SetupProblem::Offline:
    case SetupProblem::CaptivePortal:
    case SetupProblem::Bridge:
    case SetupProblem::TlsClock:
    case SetupProblem::TlsDate:
    case SetupProblem::AuthBlocked:
    case SetupProblem::TooManyConnections:
    case SetupProblem::MailboxFull:
    case SetupProblem::TryLater:
    case SetupProblem::Timeout:
        return SetupFix::Retry;
    case SetupProblem::NoSuchHost:
        return SetupFix::EditSettings;
    case SetupProblem::Unreachable:
    case SetupProblem::PortBlocked:
    case SetupProblem::WrongProtocol:
    case SetupProblem::EncryptionMissing:
    case SetupProblem::TlsVersion:
        if (context.proposal)
            return SetupFix::UseOtherServer;
        return problem == SetupProblem::Unreachable && context.provider ? SetupFix::Retry : SetupFix::EditSettings;
    case SetupProblem::TlsName:
        if (context.proposal)
            return SetupFix::UseCertificateName;
        return context.provider ? SetupFix::Retry : SetupFix::EditSettings; // the table's names are right
    case SetupProblem::TlsUntrusted:
        // The certificate's own name may be one that somebody vouches for.
        return context.proposal ? SetupFix::UseCertificateName : SetupFix::ShowCertificate;
    case SetupProblem::AuthWrong:
    case SetupProblem::AuthExpired:
        return SetupFix::RetypePassword;
    case SetupProblem::AuthAppPassword:
    case SetupProblem::AuthCode:
        return pageOr(SetupFix::RetypePassword);
    case SetupProblem::AuthImapOff:
    case SetupProblem::AuthWebLogin:
        return pageOr(SetupFix::Retry);
    case SetupProblem::AuthOAuthOnly:
    case SetupProblem::AuthTokenRefused:
        return SetupFix::SignInWithBrowser; // where there is no issuer, the screen says what that means
    case SetupProblem::AdminOff:
        return context.server.protocol == Protocol::Smtp && context.otherSideWorks ? SetupFix::ReceiveOnly
                                                                                   : SetupFix::EditSettings;
    case SetupProblem::NoLoginOffered:
    case SetupProblem::SmtpDiffers:
    case SetupProblem::SenderRefused:
        return SetupFix::EditSettings;
    case SetupProblem::Refused:
        return error.isTransient() ? SetupFix::Retry : SetupFix::EditSettings;
    case SetupProblem::Local:
        return error.kind == ErrorKind::CredentialsMissing ? SetupFix::RetypePassword
            : error.kind == ErrorKind::InvalidInput        ? SetupFix::EditSettings
                                                           : SetupFix::Retry;
    }
    Q_UNREACHABLE_RETURN(SetupFix::EditSettings);
}

/// Where the user can do something about it, from the table only: never a link of a server's.
QUrl pageFor(SetupProblem problem, const Provider *provider)
{
    if (!provider)
        return {};
    switch (problem) {
    case SetupProblem::AuthAppPassword:
        return provider->appPasswordUrl.isEmpty() ? provider->helpUrl : provider->appPasswordUrl;
    case SetupProblem::AuthCode:
    case SetupProblem::AuthImapOff:
    case SetupProblem::AuthWebLogin:
        return provider->helpUrl;
    default:
        return {};
    }
}

} // namespace

Diagnosis diagnose(const MailError &error, const DiagnosisContext &context)
{
    Diagnosis diagnosis;
    diagnosis.outgoing = context.server.protocol == Protocol::Smtp;
    diagnosis.error = error;
    diagnosis.problem = problemOf(error, context, diagnosis.outgoing);
    diagnosis.page = pageFor(diagnosis.problem, context.provider);
    diagnosis.fix = fixFor(diagnosis.problem, error, context, diagnosis.page);
    if (diagnosis.fix == SetupFix::UseCertificateName || diagnosis.fix == SetupFix::UseOtherServer)
        diagnosis.proposal = context.proposal;
    if (diagnosis.fix != SetupFix::OpenPage)
        diagnosis.page.clear();
    return diagnosis;
}

bool isPlainlyWrongPassword(const MailError &error)
{
    if (error.step != Step::Login || error.kind != ErrorKind::AuthenticationFailed)
        return false;
    const QByteArray &code = error.enhancedCode;
    const bool plainCode = code.isEmpty() || code == "AUTHENTICATIONFAILED" || code == "AUTHORIZATIONFAILED"
        || code == "ALERT" || code == "AUTH" || code == "5.7.8" || code == "5.7.0" || code == "5.7.3"
        || code == "5.7.1";
    return plainCode && !problemSaid(loginSentences, error.serverText, false)
        && !problemSaid(loginSentences, error.serverText, true);
}

} // namespace postaci
