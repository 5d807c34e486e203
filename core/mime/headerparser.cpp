// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/headerparser.h"

#include "core/mime/gmimeglue.h"
#include "core/mime/headertext.h"

#include <QTimeZone>

#include <algorithm>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxReferences = 1000;

/// Programs put raw commas, colons and brackets into encoded words; RFC 2047 5 (3) wants them escaped, and the address
/// parser would take them for its own.
QByteArray withEscapedWords(const QByteArray &value)
{
    QByteArray result;
    qsizetype done = 0;
    for (qsizetype word = value.indexOf("=?"); word >= 0; word = value.indexOf("=?", word)) {
        const qsizetype charsetEnd = value.indexOf('?', word + 2);
        const qsizetype text = charsetEnd + 3;
        if (charsetEnd < 0 || text >= value.size())
            break;
        word += 2;
        if ((value[charsetEnd + 1] | 0x20) != 'q' || value[charsetEnd + 2] != '?')
            continue;
        const qsizetype end = value.indexOf("?=", text);
        if (end < 0)
            break;
        result.append(value.constData() + done, text - done);
        for (qsizetype i = text; i < end; ++i) {
            if (QByteArrayView("()<>[]:;@\\,.\"").contains(value[i]))
                result += '=' + QByteArray(1, value[i]).toHex().toUpper();
            else
                result += value[i];
        }
        done = end;
        word = end + 2;
    }
    if (done == 0)
        return value;
    result.append(value.constData() + done, value.size() - done);
    return result;
}

/// What GMime's address parser needs: groups end where they should and do not nest (it would recurse), and entries
/// may be separated by ';' as some programs do.
QByteArray withFlatGroups(QByteArray value)
{
    if (!value.contains(':') && !value.contains(';'))
        return value;
    bool quoted = false;
    bool group = false;
    int comments = 0;
    int colons = 0;
    for (qsizetype i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (c == ':' && ++colons > 100) {
            // Whatever the quotes said so far: no honest list has this.
            value.replace(':', ' ');
            return value;
        }
        if (c == '\\' && (quoted || comments > 0))
            ++i;
        else if (c == '"' && comments == 0)
            quoted = !quoted;
        else if (c == '(' && !quoted)
            ++comments;
        else if (c == ')' && !quoted && comments > 0)
            --comments;
        else if (quoted || comments > 0)
            continue;
        else if (c == ':')
            group = true;
        else if (c == ';' && !std::exchange(group, false))
            value[i] = ',';
    }
    return value;
}

/// Whether an internationalised domain could pass for another one: labels that mix Latin letters with others.
bool isMixedScript(QStringView domain)
{
    if (isAscii(domain))
        return false;
    for (const QStringView label : domain.tokenize(u'.')) {
        bool latin = false;
        bool other = false;
        for (const QChar c : label) {
            if (!c.isLetter())
                continue;
            (c.script() == QChar::Script_Latin ? latin : other) = true;
        }
        if (latin && other)
            return true;
    }
    return false;
}

QString mailboxAddress(InternetAddressMailbox *mailbox)
{
    const QString address = QString::fromUtf8(internet_address_mailbox_get_addr(mailbox));
    const QStringView domain = QStringView(address).sliced(address.lastIndexOf(u'@') + 1);
    if (isMixedScript(domain))
        return cleanName(QString::fromUtf8(internet_address_mailbox_get_idn_addr(mailbox)));
    return cleanName(address);
}

void appendAll(AddressList &list, InternetAddressList *addresses)
{
    const int count = internet_address_list_length(addresses);
    for (int i = 0; i < count && list.size() < maxAddresses; ++i) {
        InternetAddress *address = internet_address_list_get_address(addresses, i);
        const QString name = cleanName(QString::fromUtf8(internet_address_get_name(address)));
        if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
            const QString mailbox = mailboxAddress(INTERNET_ADDRESS_MAILBOX(address));
            if (mailbox.contains(u'@'))
                list.append({name, mailbox});
            else
                list.append({formatAddress({name, cleanName(decodeHeaderText(mailbox.toUtf8()))}), {}});
            continue;
        }
        InternetAddressList *members = internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address));
        if (members && internet_address_list_length(members) > 0)
            appendAll(list, members);
        else
            list.append({name, {}}); // "undisclosed-recipients:;"
    }
}

/// An entry that RFC 5322 does not allow but that mail arrives from, such as "a..b@docomo.example".
Address lenientAddress(const QByteArray &value)
{
    const qsizetype open = value.lastIndexOf('<');
    const qsizetype close = value.indexOf('>', open + 1);
    const QByteArray inner
        = (open < 0 ? value : value.sliced(open + 1, (close < 0 ? value.size() : close) - open - 1)).trimmed();
    const bool usable = inner.indexOf('@') > 0 && !inner.endsWith('@')
        && std::none_of(inner.begin(), inner.end(), [](char c) { return QByteArrayView(" <>()\",;:").contains(c); });
    if (!usable)
        return {cleanName(decodeHeaderText(value)), {}};
    return {open > 0 ? cleanName(decodeHeaderText(value.first(open).trimmed())) : QString(),
        cleanName(QString::fromUtf8(inner))};
}

void appendAddresses(AddressList &list, const QByteArray &value)
{
    const QByteArray flat = withFlatGroups(withEscapedWords(value));
    if (flat.isEmpty())
        return;
    const GObjectPtr<InternetAddressList> parsed(internet_address_list_parse(gmimeOptions(), flat.constData()));
    if (parsed && internet_address_list_length(parsed.get()) > 0)
        appendAll(list, parsed.get());
    else if (list.size() < maxAddresses)
        list.append(lenientAddress(value));
}

QByteArray cleanMessageId(QByteArray id)
{
    id.removeIf([](char c) { return uchar(c) <= ' ' || c == '<' || c == '>' || c == 0x7f; });
    return id.size() > maxMessageIdSize ? QByteArray() : id;
}

QList<QByteArray> messageIds(const QByteArray &value)
{
    QList<QByteArray> ids;
    GMimeReferences *references = g_mime_references_parse(gmimeOptions(), value.constData());
    const int count = g_mime_references_length(references);
    for (int i = 0; i < count; ++i) {
        QByteArray id = cleanMessageId(g_mime_references_get_message_id(references, i));
        if (!id.isEmpty())
            ids.append(std::move(id));
    }
    g_mime_references_free(references);
    // The first one names the thread, the last ones the parents.
    if (ids.size() > maxReferences)
        ids.remove(1, ids.size() - maxReferences);
    return ids;
}

QDateTime dateTime(const QByteArray &value)
{
    GDateTime *date = g_mime_utils_header_decode_date(value.constData());
    if (!date) // Not RFC 5322, but seen.
        return QDateTime::fromString(QString::fromLatin1(value), Qt::ISODate).toUTC();
    const qint64 seconds = g_date_time_to_unix(date);
    g_date_time_unref(date);
    return QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::UTC);
}

QByteArray charsetOf(const QByteArray &contentType)
{
    if (!contentType.contains('='))
        return {};
    const GObjectPtr<GMimeContentType> type(g_mime_content_type_parse(gmimeOptions(), contentType.constData()));
    return g_mime_content_type_get_parameter(type.get(), "charset");
}

/// A guess for the list, until the body is known.
bool promisesAttachments(const QByteArray &contentType)
{
    const QByteArray type = contentType.split(';').first().trimmed().toLower();
    return type == "multipart/mixed" || type.startsWith("image/") || type.startsWith("audio/")
        || type.startsWith("video/") || (type.startsWith("application/") && !type.contains("pkcs7"));
}

} // namespace

Envelope parseEnvelope(const QByteArray &header)
{
    return EnvelopeParser().parse(header);
}

Envelope EnvelopeParser::parse(const QByteArray &header)
{
    gmimeOptions();
    const QByteArrayView block = QByteArrayView(header).first(std::min(header.size(), maxHeaderBlock));
    const bool cut = block.size() < header.size();
    QByteArrayView date, subject, messageId, inReplyTo, references, contentType;
    QList<std::pair<AddressList Envelope::*, QByteArrayView>> addresses;

    const auto first = [](QByteArrayView &target, QByteArrayView body) {
        if (target.isNull())
            target = body.isEmpty() ? QByteArrayView("") : body;
    };
    HeaderReader reader(block);
    for (HeaderField field; reader.next(field);) {
        switch (field.name.size()) {
        case 2:
            if (field.is("To"))
                addresses.append({&Envelope::to, field.body});
            else if (field.is("Cc"))
                addresses.append({&Envelope::cc, field.body});
            break;
        case 3:
            if (field.is("Bcc"))
                addresses.append({&Envelope::bcc, field.body});
            break;
        case 4:
            if (field.is("From"))
                addresses.append({&Envelope::from, field.body});
            else if (field.is("Date"))
                first(date, field.body);
            break;
        case 7:
            if (field.is("Subject"))
                first(subject, field.body);
            break;
        case 8:
            if (field.is("Reply-To"))
                addresses.append({&Envelope::replyTo, field.body});
            break;
        case 10:
            if (field.is("Message-ID"))
                first(messageId, field.body);
            else if (field.is("References"))
                first(references, field.body);
            break;
        case 11:
            if (field.is("In-Reply-To"))
                first(inReplyTo, field.body);
            break;
        case 12:
            if (field.is("Content-Type"))
                first(contentType, field.body);
            break;
        default:
            break;
        }
    }

    const auto shown = [](QByteArrayView body) { return body.first(std::min(body.size(), maxHeaderField)); };
    Envelope envelope;
    const QByteArray type = headerValue(shown(contentType));
    const auto charset = [&type] { return charsetOf(type); };
    envelope.hasAttachments = promisesAttachments(type);
    envelope.subject = decodeHeaderText(headerValue(shown(subject), charset));
    envelope.date = dateTime(headerValue(shown(date)));
    envelope.messageIdHeader = cleanMessageId(headerValue(shown(messageId)));
    const QList<QByteArray> parents = messageIds(headerValue(shown(inReplyTo)));
    if (!parents.isEmpty())
        envelope.inReplyTo = parents.first();
    envelope.references = messageIds(headerValue(references.last(std::min(references.size(), maxHeaderField))));
    for (const auto &[list, body] : std::as_const(addresses)) {
        QByteArray value = headerValue(body, charset);
        if (cut && body.end() == block.end()) // Half an address may be somebody else's.
            value.truncate(std::max(value.lastIndexOf(','), qsizetype(0)));
        auto known = m_lists.constFind(value);
        if (known == m_lists.cend()) {
            AddressList read;
            appendAddresses(read, value);
            known = m_lists.insert(value, read);
        }
        AddressList &target = envelope.*list;
        if (target.isEmpty())
            target = *known; // Shared, not copied.
        else
            target.append(known->first(std::min(known->size(), maxAddresses - target.size())));
    }
    return envelope;
}

QDateTime deliveryTime(const QByteArray &header)
{
    gmimeOptions();
    HeaderReader reader(QByteArrayView(header).first(std::min(header.size(), maxHeaderBlock)));
    for (HeaderField field; reader.next(field);) {
        if (!field.is("Received"))
            continue;
        const QByteArray value = headerValue(field.body.first(std::min(field.body.size(), maxHeaderField)));
        const qsizetype date = value.lastIndexOf(';') + 1;
        return date > 0 ? dateTime(value.sliced(date).trimmed()) : QDateTime();
    }
    return {};
}

AddressList parseAddresses(const QString &text)
{
    AddressList list;
    const auto take = [&list](const QString &entry) {
        QString clean = cleanName(entry);
        if (clean.startsWith("mailto:"_L1, Qt::CaseInsensitive))
            clean.remove(0, 7);
        appendAddresses(list, clean.toUtf8());
    };
    bool quoted = false;
    bool angle = false;
    qsizetype begin = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'\\' && quoted) {
            ++i;
        } else if (c == u'"') {
            quoted = !quoted;
        } else if (!quoted && (c == u'<' || c == u'>')) {
            angle = c == u'<';
        } else if (c == u'\n' || (!quoted && !angle && (c == u',' || c == u';'))) {
            take(text.sliced(begin, i - begin));
            begin = i + 1;
            quoted = angle = false;
        }
    }
    take(text.sliced(begin));
    return list;
}

QString formatAddress(const Address &address)
{
    if (address.name.isEmpty() || address.address.isEmpty())
        return address.name + address.address;
    QString name = address.name;
    const bool quotes
        = std::any_of(name.cbegin(), name.cend(), [](QChar c) { return "()<>[]:;@\\,.\""_L1.contains(c); });
    if (quotes) {
        name.replace(u'\\', "\\\\"_L1).replace(u'"', "\\\""_L1);
        name = u'"' + name + u'"';
    }
    return name + " <"_L1 + address.address + u'>';
}

QString formatAddresses(const AddressList &addresses)
{
    QStringList parts;
    for (const Address &address : addresses)
        parts.append(formatAddress(address));
    return parts.join(", "_L1);
}

} // namespace postaci
