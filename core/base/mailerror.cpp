// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/mailerror.h"

#include <QMetaEnum>
#include <QStringDecoder>

namespace postaci {

bool MailError::isConnectionFailure() const
{
    switch (kind) {
    case ErrorKind::Offline:
    case ErrorKind::HostNotFound:
    case ErrorKind::ConnectionRefused:
    case ErrorKind::ConnectionLost:
    case ErrorKind::Timeout:
        return true;
    default:
        return false;
    }
}

bool MailError::isTransient() const
{
    return isConnectionFailure() || kind == ErrorKind::TryLater || kind == ErrorKind::MailboxFull;
}

QString MailError::summary() const
{
    QString line = QLatin1String(QMetaEnum::fromType<ErrorKind>().valueToKey(int(kind))) + QLatin1String(" at ")
        + QLatin1String(QMetaEnum::fromType<Step>().valueToKey(int(step)));
    if (!endpoint.isEmpty())
        line += QLatin1Char(' ') + endpoint;
    if (replyCode)
        line += QLatin1Char(' ') + QString::number(replyCode);
    if (!enhancedCode.isEmpty())
        line += QLatin1Char(' ') + QLatin1String(enhancedCode);
    return line;
}

QString cleanServerText(QByteArrayView raw)
{
    constexpr qsizetype limit = 300;
    // Old servers answer in Latin-1; RFC 6855 and SMTPUTF8 ones in UTF-8.
    QStringDecoder utf8(QStringDecoder::Utf8);
    QString text = utf8(raw.first(qMin(raw.size(), limit * 8)));
    if (utf8.hasError())
        text = QString::fromLatin1(raw.first(qMin(raw.size(), limit * 8)));

    QString clean;
    clean.reserve(qMin(text.size(), limit));
    bool gap = false;
    for (const QChar c : std::as_const(text)) {
        if (c.isSpace() || c.category() == QChar::Other_Control) {
            gap = !clean.isEmpty();
            continue;
        }
        // Direction overrides and invisible characters could make the text look like something else.
        if (c.category() == QChar::Other_Format)
            continue;
        if (gap)
            clean += QLatin1Char(' ');
        gap = false;
        clean += c;
        if (clean.size() >= limit) {
            if (clean.back().isHighSurrogate())
                clean.chop(1);
            break;
        }
    }
    return clean.left(limit);
}

} // namespace postaci

#include "moc_mailerror.cpp"
