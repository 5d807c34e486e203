// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/outgoing.h"

#include "core/mime/headerparser.h"
#include "core/mime/messagebuilder.h"

#include <QLocale>

#include <algorithm>

namespace postaci {

namespace {

tl::unexpected<MailError> invalid(const QString &subject)
{
    return failure({.kind = ErrorKind::InvalidInput, .step = Step::Recipient, .subject = subject});
}

/// Header block with its last CR LF, without the empty line.
QByteArray headerOf(const QByteArray &message)
{
    if (message.startsWith("\r\n"))
        return {};
    const qsizetype end = message.indexOf("\r\n\r\n");
    return end < 0 ? message : message.first(end + 2);
}

void addRecipients(QList<Recipient> &recipients, const QStringList &addresses)
{
    for (const QString &address : addresses) {
        const bool known = std::any_of(recipients.cbegin(), recipients.cend(),
            [&address](const Recipient &r) { return r.address.compare(address, Qt::CaseInsensitive) == 0; });
        if (!known)
            recipients.append({.address = address});
    }
}

QStringList addressesOf(const AddressList &list)
{
    QStringList result;
    for (const Address &address : list)
        result.append(address.address);
    return result;
}

/// Whether a server can be asked for the mail by this Message-ID.
bool isSearchable(const QByteArray &messageIdHeader)
{
    return !messageIdHeader.isEmpty() && std::all_of(messageIdHeader.cbegin(), messageIdHeader.cend(), [](char c) {
        return uchar(c) > 0x20 && uchar(c) < 0x7f;
    });
}

QByteArray rfc5322Date(const QDateTime &now)
{
    return QLocale::c().toString(now.toUTC(), u"ddd, dd MMM yyyy HH:mm:ss").toLatin1() + " +0000";
}

} // namespace

Result<OutgoingMail> prepareDraft(const Draft &draft, const QDateTime &now)
{
    OutgoingMail mail;
    const AddressList everybody = draft.to + draft.cc + draft.bcc;
    for (const Address &address : everybody) {
        if (address.address.isEmpty())
            return invalid(address.name);
    }
    addRecipients(mail.item.recipients, addressesOf(everybody));
    if (mail.item.recipients.isEmpty())
        return invalid({});

    const QByteArray messageId = makeMessageId(draft.from.address);
    auto wire = buildMessage(draft, BccField::Omit, now, messageId);
    if (!wire)
        return failure(wire.error());
    auto copy = draft.bcc.isEmpty() ? wire : buildMessage(draft, BccField::Keep, now, messageId);
    if (!copy)
        return failure(copy.error());

    mail.item.account = draft.account;
    mail.item.sender = draft.from.address;
    mail.item.messageIdHeader = messageId;
    mail.item.subject = draft.subject;
    mail.item.size = wire->bytes.size();
    mail.item.queuedAt = now;
    mail.item.nextTry = now;
    mail.item.original = draft.original;
    mail.item.originalForwarded = draft.kind == DraftKind::Forward;
    mail.wireMessage = std::move(wire->bytes);
    mail.sentCopy = std::move(copy->bytes);
    return mail;
}

Result<OutgoingMail> prepareRaw(AccountId account, const QByteArray &message, const QString &sender,
    const QStringList &recipients, const QDateTime &now)
{
    OutgoingMail mail;
    QByteArray copy = withCrLf(message);
    Envelope envelope = parseEnvelope(headerOf(copy) + "\r\n");

    mail.item.sender = !sender.isEmpty() || envelope.from.isEmpty() ? sender : envelope.from.first().address;
    if (mail.item.sender.isEmpty())
        return failure({.kind = ErrorKind::InvalidInput, .step = Step::Sender});
    if (recipients.isEmpty())
        addRecipients(mail.item.recipients, addressesOf(envelope.to + envelope.cc + envelope.bcc));
    else
        addRecipients(mail.item.recipients, recipients);
    for (const Recipient &recipient : std::as_const(mail.item.recipients)) {
        if (recipient.address.isEmpty())
            return invalid({});
    }
    if (mail.item.recipients.isEmpty())
        return invalid({});

    QByteArray added;
    if (!isSearchable(envelope.messageIdHeader)) {
        envelope.messageIdHeader = makeMessageId(mail.item.sender);
        copy = withoutField(copy, "Message-ID");
        added += "Message-ID: <" + envelope.messageIdHeader + ">\r\n";
    }
    if (!envelope.date.isValid()) {
        copy = withoutField(copy, "Date");
        added += "Date: " + rfc5322Date(now) + "\r\n";
    }
    copy.prepend(added);

    mail.item.account = account;
    mail.item.messageIdHeader = envelope.messageIdHeader;
    mail.item.subject = envelope.subject;
    mail.item.queuedAt = now;
    mail.item.nextTry = now;
    mail.wireMessage = withoutField(copy, "Bcc");
    mail.item.size = mail.wireMessage.size();
    mail.sentCopy = std::move(copy);
    return mail;
}

QByteArray withCrLf(const QByteArray &text)
{
    QByteArray result;
    result.reserve(text.size() + text.size() / 32 + 2);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text.at(i);
        if (c == '\r') {
            result += "\r\n";
            if (i + 1 < text.size() && text.at(i + 1) == '\n')
                ++i;
        } else if (c == '\n') {
            result += "\r\n";
        } else {
            result += c;
        }
    }
    if (!result.isEmpty() && !result.endsWith("\r\n"))
        result += "\r\n";
    return result;
}

QByteArray withoutField(const QByteArray &message, QByteArrayView name)
{
    QByteArray kept;
    kept.reserve(message.size());
    bool dropping = false;
    qsizetype at = 0;
    while (at < message.size()) {
        qsizetype end = message.indexOf("\r\n", at);
        end = end < 0 ? message.size() : end + 2;
        const QByteArrayView line = QByteArrayView(message).sliced(at, end - at);
        if (line == "\r\n")
            break;
        if (line.front() != ' ' && line.front() != '\t') {
            const qsizetype colon = line.indexOf(':');
            dropping = colon >= 0 && line.first(colon).trimmed().compare(name, Qt::CaseInsensitive) == 0;
        }
        if (!dropping)
            kept += line;
        at = end;
    }
    return kept + message.sliced(at);
}

} // namespace postaci
