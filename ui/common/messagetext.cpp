// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/messagetext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(postaci::MessageText)
};

QString shownAddresses(const AddressList &addresses)
{
    // More than a few never fit anyway.
    QStringList names;
    for (const Address &address : addresses.first(qMin(addresses.size(), qsizetype(5))))
        names.append(shownName(address));
    return QLocale().createSeparatedList(names);
}

} // namespace

QString harmless(const QString &text)
{
    QString clean = text.simplified();
    clean.removeIf([](QChar c) {
        const char16_t u = c.unicode();
        return (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069) || u == 0x200e || u == 0x200f || u == 0x061c
            || c.category() == QChar::Other_Control;
    });
    return clean;
}

QString shownSubject(const Envelope &envelope)
{
    const QString subject = harmless(envelope.subject);
    return subject.isEmpty() ? Text::tr("(no subject)") : subject;
}

QString shownSenders(const Envelope &envelope)
{
    const QString senders = shownAddresses(envelope.from);
    return senders.isEmpty() ? Text::tr("(no sender)") : senders;
}

QString shownRecipients(const Envelope &envelope)
{
    const QString recipients = shownAddresses(envelope.to + envelope.cc + envelope.bcc);
    return recipients.isEmpty() ? Text::tr("(no recipient)") : recipients;
}

QString shownName(const Address &address)
{
    // "support@bank.example" <thief@example>: a name that looks like an address is not to be taken for one.
    const QString name = harmless(address.name);
    const bool pretends = name.contains(u'@') && name.compare(address.address, Qt::CaseInsensitive) != 0;
    return name.isEmpty() || (pretends && !address.address.isEmpty()) ? harmless(address.address) : name;
}

QString shownAddress(const Address &address)
{
    const QString name = harmless(address.name);
    const QString mailbox = harmless(address.address);
    if (name.isEmpty() || name == mailbox)
        return mailbox;
    // Isolated (UAX 9), so that a right-to-left name does not turn the address around.
    return QChar(0x2068) + name + QChar(0x2069) + u" <"_s + mailbox + u'>';
}

QString shortDate(const QDateTime &date, const QDateTime &now)
{
    if (!date.isValid())
        return {};
    const QLocale locale;
    const QDateTime local = date.toLocalTime();
    const qint64 days = local.date().daysTo(now.date());
    if (days == 0)
        return locale.toString(local.time(), QLocale::ShortFormat);
    if (days > 0 && days < 7)
        return locale.toString(local.date(), u"ddd"_s) + u' ' + locale.toString(local.time(), QLocale::ShortFormat);
    if (local.date().year() == now.date().year())
        return locale.toString(local.date(), u"d MMM"_s);
    return locale.toString(local.date(), QLocale::ShortFormat);
}

QString longDate(const QDateTime &date)
{
    if (!date.isValid())
        return {};
    const QLocale locale;
    const QDateTime local = date.toLocalTime();
    return locale.toString(local.date(), QLocale::LongFormat) + u' '
        + locale.toString(local.time(), QLocale::ShortFormat);
}

QString shownSize(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, bytes < 1'000'000 ? 0 : 1, QLocale::DataSizeSIFormat);
}

QString sizeToFetch(const MessageHeader &header)
{
    constexpr qint64 much = 1'000'000;
    return header.hasBody || header.size < much ? QString() : shownSize(header.size);
}

QString spokenRow(const MessageHeader &header, bool recipients)
{
    QStringList parts;
    if (!header.flags.testFlag(Flag::Seen))
        parts.append(Text::tr("Unread"));
    if (header.flags.testFlag(Flag::Flagged))
        parts.append(Text::tr("Flagged"));
    if (header.flags.testFlag(Flag::Answered))
        parts.append(Text::tr("Answered"));
    if (header.flags.testFlag(Flag::Forwarded))
        parts.append(Text::tr("Forwarded"));
    parts.append(recipients ? Text::tr("to %1").arg(shownRecipients(header.envelope))
                            : Text::tr("from %1").arg(shownSenders(header.envelope)));
    parts.append(Text::tr("subject %1").arg(shownSubject(header.envelope)));
    const QDateTime date = header.envelope.date.isValid() ? header.envelope.date : header.received;
    parts.append(Text::tr("date %1").arg(longDate(date)));
    if (header.envelope.hasAttachments)
        parts.append(Text::tr("with attachment"));
    if (const QString size = sizeToFetch(header); !size.isEmpty())
        parts.append(Text::tr("%1 still on the server").arg(size));
    return parts.join(u", "_s);
}

} // namespace postaci
