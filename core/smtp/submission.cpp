// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/smtp/submission.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// RFC 5321 4.5.3.1.3, without the angle brackets.
constexpr qsizetype pathLimit = 254;

bool isAtomCharacter(QChar c)
{
    return c.unicode() >= 0x80 || c.isLetterOrNumber() || u"!#$%&'*+-/=?^_`{|}~."_s.contains(c);
}

/// A quoted string without space or control characters, or a run of atoms. More dots than the grammar allows pass: such
/// addresses exist.
bool isLocalPart(QStringView text)
{
    if (!text.startsWith(u'"'))
        return !text.isEmpty() && std::all_of(text.begin(), text.end(), isAtomCharacter);
    if (text.size() < 2 || !text.endsWith(u'"'))
        return false;
    const QStringView inner = text.sliced(1, text.size() - 2);
    bool escaped = false;
    for (const QChar c : inner) {
        if (c == u'"' && !escaped)
            return false;
        escaped = c == u'\\' && !escaped;
    }
    return !escaped;
}

/// The domain as it goes over the wire; empty when it is none.
QByteArray wireDomain(const QString &domain)
{
    if (domain.startsWith(u'[') && domain.endsWith(u']')) { // RFC 5321 4.1.3
        const QString literal = domain.sliced(1, domain.size() - 2);
        const bool six = literal.startsWith("IPv6:"_L1, Qt::CaseInsensitive);
        const QHostAddress address(six ? literal.sliced(5) : literal);
        const auto expected = six ? QAbstractSocket::IPv6Protocol : QAbstractSocket::IPv4Protocol;
        return address.protocol() == expected && address.scopeId().isEmpty() ? domain.toLatin1() : QByteArray();
    }
    const bool plain = std::all_of(domain.begin(), domain.end(),
        [](QChar c) { return c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'-' || c == u'.' || c == u'_'); });
    if (domain.isEmpty() || domain.startsWith(u'.') || domain.endsWith(u'.') || domain.contains(".."_L1))
        return {};
    return plain ? domain.toLatin1() : QUrl::toAce(domain);
}

bool isForbidden(QChar c)
{
    return c.isSpace() || c == u'<' || c == u'>' || c.category() == QChar::Other_Control
        || c.category() == QChar::Other_Format || c.category() == QChar::Other_NotAssigned;
}

MailError invalid(Step step, const QString &subject = {})
{
    return {.kind = ErrorKind::InvalidInput, .step = step, .subject = cleanServerText(subject.toUtf8())};
}

/// CR only before LF, LF only after CR, no NUL, no line over the limit. Anything else is how one mail becomes two
/// ("SMTP smuggling"), since servers differ in what they take for a line end.
bool hasCleanLines(QByteArrayView message)
{
    qsizetype start = 0;
    for (qsizetype i = 0; i < message.size(); ++i) {
        switch (message[i]) {
        case '\0':
        case '\n':
            return false;
        case '\r':
            if (i - start > SmtpEnvelope::lineLimit || i + 1 == message.size() || message[i + 1] != '\n')
                return false;
            start = ++i + 1;
            break;
        default:
            break;
        }
    }
    return message.size() - start <= SmtpEnvelope::lineLimit;
}

} // namespace

bool needsSmtpUtf8(QByteArrayView address)
{
    return std::any_of(address.begin(), address.end(), [](char c) { return uchar(c) >= 0x80; });
}

Result<QByteArray> envelopeAddress(const QString &address)
{
    const QString text = address.normalized(QString::NormalizationForm_C);
    const qsizetype at = text.lastIndexOf(u'@');
    if (at <= 0 || std::any_of(text.begin(), text.end(), isForbidden) || !text.isValidUtf16()
        || !isLocalPart(QStringView(text).first(at)))
        return failure(invalid(Step::Recipient, address));
    const QByteArray domain = wireDomain(text.sliced(at + 1));
    QByteArray wire = text.first(at).toUtf8() + '@' + domain;
    if (domain.isEmpty() || wire.size() > pathLimit)
        return failure(invalid(Step::Recipient, address));
    return wire;
}

Result<SmtpEnvelope> SmtpEnvelope::make(const Submission &submission)
{
    SmtpEnvelope envelope;
    if (!submission.sender.isEmpty()) {
        const Result<QByteArray> sender = envelopeAddress(submission.sender);
        if (!sender)
            return failure(invalid(Step::Sender, submission.sender));
        envelope.sender = *sender;
    }
    if (submission.recipients.isEmpty())
        return failure(invalid(Step::Recipient));
    for (const QString &address : submission.recipients) {
        const Result<QByteArray> recipient = envelopeAddress(address);
        if (!recipient)
            return tl::unexpected(recipient.error());
        envelope.recipients.append(*recipient);
    }
    if (submission.message.isEmpty() || !hasCleanLines(submission.message))
        return failure(invalid(Step::Content));
    envelope.hasEightBitBytes
        = std::any_of(submission.message.begin(), submission.message.end(), [](char c) { return uchar(c) >= 0x80; });
    return envelope;
}

QByteArray dotStuffed(QByteArrayView lines)
{
    QByteArray stuffed = lines.toByteArray();
    if (stuffed.startsWith('.'))
        stuffed.prepend('.');
    return stuffed.replace("\r\n.", "\r\n..");
}

} // namespace postaci
