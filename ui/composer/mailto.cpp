// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/mailto.h"

#include "core/mime/headerparser.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

constexpr qsizetype lengthLimit = 100'000;
constexpr qsizetype recipientsLimit = 100;
constexpr qsizetype subjectLimit = 1'000;
constexpr qsizetype ignoredLimit = 20;

/// "+" stays what it is (RFC 6068 section 5). Bytes that are no UTF-8 become U+FFFD.
QString decoded(QByteArrayView encoded)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(encoded.toByteArray()));
}

bool isControl(QChar c)
{
    return c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

QString headerValue(QByteArrayView encoded)
{
    QString value = decoded(encoded);
    for (QChar &c : value) {
        if (isControl(c))
            c = u' ';
    }
    return value.simplified();
}

QString bodyText(QByteArrayView encoded)
{
    QString text = decoded(encoded);
    text.replace("\r\n"_L1, "\n"_L1);
    text.replace(u'\r', u'\n');
    text.removeIf([](QChar c) { return isControl(c) && c != u'\n' && c != u'\t'; });
    return text;
}

void addAddresses(AddressList &list, QByteArrayView encoded)
{
    for (const Address &address : parseAddresses(headerValue(encoded))) {
        if (list.size() < recipientsLimit && !(address.name.isEmpty() && address.address.isEmpty()))
            list.append(address);
    }
}

QByteArray messageIdValue(QByteArrayView encoded)
{
    QByteArray id = headerValue(encoded).toLatin1();
    if (id.startsWith('<') && id.endsWith('>'))
        id = id.sliced(1, id.size() - 2);
    for (const char c : std::as_const(id)) {
        if (c <= ' ' || c >= 0x7f || c == '<' || c == '>')
            return {};
    }
    return id.contains('@') ? id : QByteArray();
}

} // namespace

std::optional<Mailto> parseMailto(const QByteArray &link)
{
    constexpr QByteArrayView scheme = "mailto:";
    if (link.size() > lengthLimit || link.left(scheme.size()).compare(scheme, Qt::CaseInsensitive) != 0)
        return {};
    QByteArray rest = link.sliced(scheme.size());
    if (const qsizetype fragment = rest.indexOf('#'); fragment >= 0)
        rest.truncate(fragment);
    const qsizetype question = rest.indexOf('?');
    const QByteArray to = question < 0 ? rest : rest.first(question);

    Mailto mail;
    // Commas between addresses are not encoded, those inside an address are: split first.
    for (const QByteArray &address : to.split(','))
        addAddresses(mail.to, address);
    if (question < 0)
        return mail;

    for (const QByteArray &field : rest.sliced(question + 1).split('&')) {
        const qsizetype equals = field.indexOf('=');
        const QString name = headerValue(equals < 0 ? field : field.first(equals)).toLower();
        const QByteArray value = equals < 0 ? QByteArray() : field.sliced(equals + 1);
        if (name == "to"_L1)
            addAddresses(mail.to, value);
        else if (name == "cc"_L1)
            addAddresses(mail.cc, value);
        else if (name == "bcc"_L1)
            addAddresses(mail.bcc, value);
        else if (name == "subject"_L1)
            mail.subject = headerValue(value).left(subjectLimit);
        else if (name == "body"_L1)
            mail.body += (mail.body.isEmpty() ? QString() : u"\n"_s) + bodyText(value);
        else if (name == "in-reply-to"_L1)
            mail.inReplyTo = messageIdValue(value);
        else if (!name.isEmpty() && mail.ignored.size() < ignoredLimit)
            mail.ignored.append(name.left(40));
    }
    return mail;
}

Draft draftFor(const Mailto &link)
{
    Draft draft;
    draft.to = link.to;
    draft.cc = link.cc;
    draft.bcc = link.bcc;
    draft.subject = link.subject;
    draft.text = link.body;
    draft.inReplyTo = link.inReplyTo;
    if (!link.inReplyTo.isEmpty())
        draft.references = {link.inReplyTo};
    return draft;
}

} // namespace postaci
