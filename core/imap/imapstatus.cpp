// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/imapstatus.h"

#include "core/imap/uidset.h"

namespace postaci {

namespace {

std::optional<ErrorKind> kindOfCode(QByteArrayView code)
{
    struct Known {
        const char *code;
        ErrorKind kind;
    };
    static constexpr Known known[] = {
        {"AUTHENTICATIONFAILED", ErrorKind::AuthenticationFailed},
        {"AUTHORIZATIONFAILED", ErrorKind::AuthenticationFailed},
        {"EXPIRED", ErrorKind::AuthenticationFailed},
        {"WEBALERT", ErrorKind::AuthenticationFailed}, // Gmail: sign in with a browser first
        {"PRIVACYREQUIRED", ErrorKind::EncryptionMissing},
        {"UNAVAILABLE", ErrorKind::TryLater},
        {"INUSE", ErrorKind::TryLater},
        {"SERVERBUG", ErrorKind::TryLater},
        {"EXPUNGEISSUED", ErrorKind::TryLater},
        {"LIMIT", ErrorKind::TryLater}, // most often: too many connections
        {"OVERQUOTA", ErrorKind::MailboxFull},
        {"TOOBIG", ErrorKind::MessageTooLarge},
        {"TRYCREATE", ErrorKind::NotFound},
        {"NONEXISTENT", ErrorKind::NotFound},
        {"ALREADYEXISTS", ErrorKind::AlreadyExists},
        {"READ-ONLY", ErrorKind::ReadOnly},
        {"CANNOT", ErrorKind::InvalidInput},
    };
    for (const Known &entry : known) {
        if (code == entry.code)
            return entry.kind;
    }
    return std::nullopt;
}

/// Gmail, Yahoo, iCloud and others say it in words only, most of them under [ALERT].
bool asksForAppPassword(const QByteArray &text)
{
    const QByteArray words = text.toLower();
    return words.contains("application-specific password") || words.contains("app-specific password")
        || words.contains("app password") || words.contains("application password");
}

bool speaksOfTooManyConnections(const QByteArray &text)
{
    const QByteArray words = text.toLower();
    const bool many = words.contains("too many") || words.contains("maximum number") || words.contains("limit");
    return words.contains("simultaneous connections") || words.contains("concurrent connections")
        || (many && (words.contains("connections") || words.contains("sessions")));
}

} // namespace

bool meansTooManyConnections(const MailError &error)
{
    return error.enhancedCode == "LIMIT" || error.enhancedCode == "INUSE"
        || speaksOfTooManyConnections(error.serverText.toUtf8());
}

MailError errorOf(const ImapResponse &status, Step step)
{
    MailError error{.kind = ErrorKind::Refused,
        .step = step,
        .serverText = cleanServerText(status.text),
        .enhancedCode = status.code.left(64)};
    if (step == Step::Login && status.name == "NO")
        error.kind = asksForAppPassword(status.text)  ? ErrorKind::AppPasswordNeeded
            : speaksOfTooManyConnections(status.text) ? ErrorKind::TryLater // nothing is wrong with the password
                                                      : ErrorKind::AuthenticationFailed;
    if (status.name == "BYE")
        error.kind = ErrorKind::ConnectionLost;
    else if (const auto kind = kindOfCode(status.code); kind && error.kind != ErrorKind::AppPasswordNeeded)
        error.kind = *kind;
    return error;
}

std::optional<CopiedUids> copiedUids(const ImapResponse &status)
{
    constexpr qsizetype most = 1'000'000;
    const QList<QByteArray> words = status.codeArguments.split(' ');
    if (status.code != "COPYUID" || words.size() != 3)
        return std::nullopt;
    const quint32 uidValidity = words.at(0).toUInt();
    const auto source = parseUidSet(words.at(1), most);
    const auto destination = parseUidSet(words.at(2), most);
    if (uidValidity == 0 || !source || !destination || source->size() != destination->size())
        return std::nullopt;
    return CopiedUids{.uidValidity = uidValidity, .source = *source, .destination = *destination};
}

std::optional<quint32> appendedUid(const ImapResponse &status)
{
    const QList<QByteArray> words = status.codeArguments.split(' ');
    if (status.code != "APPENDUID" || words.size() != 2)
        return std::nullopt;
    const auto uids = parseUidSet(words.at(1), 1);
    return uids ? std::optional(uids->front()) : std::nullopt;
}

} // namespace postaci
