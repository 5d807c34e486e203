// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/smtp/smtpreply.h"

#include <algorithm>
#include <array>
#include <utility>

namespace postaci {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// One to three digits from `at`; the position after them, or -1.
qsizetype skipNumber(QByteArrayView text, qsizetype at)
{
    qsizetype end = at;
    while (end < text.size() && end - at < 3 && isDigit(text[end]))
        ++end;
    return end > at ? end : -1;
}

/// RFC 3463 section 2: class "." subject "." detail, where the class must be that of the reply code.
QByteArrayView enhancedCodeOf(QByteArrayView text, char replyClass)
{
    if (text.size() < 5 || text[0] != replyClass || replyClass == '3' || text[1] != '.')
        return {};
    const qsizetype subjectEnd = skipNumber(text, 2);
    if (subjectEnd < 0 || subjectEnd >= text.size() || text[subjectEnd] != '.')
        return {};
    const qsizetype end = skipNumber(text, subjectEnd + 1);
    if (end < 0 || (end < text.size() && text[end] != ' '))
        return {};
    return text.first(end);
}

struct Meaning {
    const char *enhancedCode;
    ErrorKind kind;
};

/// The enhanced codes that say more than their reply code (IANA's registry of RFC 5248, and what large providers send).
constexpr std::array meanings{
    Meaning{"4.2.2", ErrorKind::MailboxFull}, Meaning{"5.1.1", ErrorKind::RecipientRefused},
    Meaning{"5.1.2", ErrorKind::RecipientRefused}, Meaning{"5.1.3", ErrorKind::RecipientRefused},
    Meaning{"5.1.6", ErrorKind::RecipientRefused}, Meaning{"5.1.7", ErrorKind::SenderRefused},
    Meaning{"5.1.8", ErrorKind::SenderRefused}, Meaning{"5.1.10", ErrorKind::RecipientRefused},
    Meaning{"5.2.1", ErrorKind::RecipientRefused}, Meaning{"5.2.2", ErrorKind::MailboxFull},
    Meaning{"5.2.3", ErrorKind::MessageTooLarge}, Meaning{"5.3.4", ErrorKind::MessageTooLarge},
    Meaning{"5.7.8", ErrorKind::AuthenticationFailed}, Meaning{"5.7.9", ErrorKind::AppPasswordNeeded},
    Meaning{"5.7.10", ErrorKind::EncryptionMissing}, Meaning{"5.7.11", ErrorKind::EncryptionMissing},
    Meaning{"5.7.14", ErrorKind::AppPasswordNeeded}, // Gmail: "log in via your web browser"
};

/// A lasting refusal (5xx) whose enhanced code, if any, says nothing special.
ErrorKind refusalAt(Step step, int code)
{
    if (code == 530) // authentication required
        return ErrorKind::AuthenticationFailed;
    switch (step) {
    case Step::StartTls:
        return ErrorKind::EncryptionMissing;
    case Step::Login:
        if (code == 504)
            return ErrorKind::NoCommonMechanism;
        if (code == 538)
            return ErrorKind::EncryptionMissing;
        return code >= 500 && code <= 503 ? ErrorKind::Refused : ErrorKind::AuthenticationFailed;
    case Step::Sender:
        if (code == 552) // RFC 1870 6.2
            return ErrorKind::MessageTooLarge;
        return code == 503 ? ErrorKind::Refused : ErrorKind::SenderRefused;
    case Step::Recipient:
        if (code == 552) // RFC 5321 4.2.2
            return ErrorKind::MailboxFull;
        return code == 503 ? ErrorKind::Refused : ErrorKind::RecipientRefused;
    case Step::Content:
        return code == 552 ? ErrorKind::MessageTooLarge : ErrorKind::Refused;
    default:
        return ErrorKind::Refused;
    }
}

ErrorKind kindOf(const SmtpReply &reply, Step step)
{
    if (reply.code < 400)
        return ErrorKind::Protocol;
    // Microsoft says 5.7.139 for a wrong password as well as for an account that takes only tokens.
    if (reply.enhancedCode == "5.7.139" && reply.text().toLower().contains("basic authentication is disabled"))
        return ErrorKind::OAuthNeeded;
    const auto meaning = std::find_if(
        meanings.begin(), meanings.end(), [&](const Meaning &m) { return reply.enhancedCode == m.enhancedCode; });
    if (meaning != meanings.end())
        return meaning->kind;
    return reply.code < 500 ? ErrorKind::TryLater : refusalAt(step, reply.code);
}

} // namespace

MailError SmtpReply::error(Step step) const
{
    return {
        .kind = kindOf(*this, step),
        .step = step,
        .serverText = cleanServerText(text()),
        .replyCode = code,
        .enhancedCode = enhancedCode,
    };
}

Result<std::optional<SmtpReply>> SmtpReplyParser::addLine(QByteArrayView line)
{
    SmtpReply reply = std::exchange(m_reply, SmtpReply());
    const auto malformed = failure({.kind = ErrorKind::Protocol});

    if (line.size() < 3 || line.size() > lineLimit || line[0] < '2' || line[0] > '5' || !isDigit(line[1])
        || !isDigit(line[2]))
        return malformed;
    const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    const char separator = line.size() > 3 ? line[3] : ' ';
    if ((separator != ' ' && separator != '-') || (reply.code != 0 && reply.code != code)
        || reply.lines.size() >= linesLimit)
        return malformed;

    QByteArrayView text = line.sliced(std::min<qsizetype>(line.size(), 4));
    if (const QByteArrayView enhanced = enhancedCodeOf(text, line[0]); !enhanced.isEmpty()) {
        if (reply.lines.isEmpty())
            reply.enhancedCode = enhanced.toByteArray();
        text = text.sliced(enhanced.size()).trimmed();
    }
    reply.code = code;
    reply.lines.append(text.toByteArray());
    if (separator == ' ')
        return reply;
    m_reply = std::move(reply);
    return std::nullopt;
}

} // namespace postaci
