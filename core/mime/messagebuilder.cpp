// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/messagebuilder.h"

#include "core/mime/bodytree.h"
#include "core/mime/filename.h"
#include "core/mime/flowedtext.h"
#include "core/mime/headertext.h"
#include "core/mime/headerwriter.h"
#include "core/mime/messagebody.h"

#include <QCryptographicHash>
#include <QLocale>
#include <QRegularExpression>
#include <QUuid>

#include <algorithm>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxLine = 998; // RFC 5322 2.1.1

/// A finished part: its Content-… fields and its content, both with CR LF.
struct Part {
    QByteArray header;
    QByteArray content;
};

QByteArray base64(const QByteArray &content)
{
    constexpr qsizetype bytes = 57; // 76 characters
    QByteArray out;
    for (qsizetype i = 0; i < content.size(); i += bytes)
        out += content.sliced(i, std::min(bytes, content.size() - i)).toBase64() + "\r\n";
    return out;
}

/// Text with LF (RFC 2045 6.7). GMime's encoder goes over 76 characters where a line ends in a space.
QByteArray quotedPrintable(const QByteArray &text)
{
    constexpr qsizetype maxEncodedLine = 76;
    QByteArray out;
    out.reserve(text.size() * 3 / 2);
    qsizetype column = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') {
            out += "\r\n";
            column = 0;
            continue;
        }
        const bool last = i + 1 == text.size() || text[i + 1] == '\n';
        const bool plain = (c > ' ' && c < 0x7f && c != '=') || ((c == ' ' || c == '\t') && !last);
        const QByteArray token = plain ? QByteArray(1, c) : '=' + QByteArray(1, c).toHex().toUpper();
        if (column + token.size() > maxEncodedLine - (last ? 0 : 1)) {
            out += "=\r\n";
            column = 0;
        }
        out += token;
        column += token.size();
    }
    return out;
}

bool isSevenBit(const QByteArray &content)
{
    qsizetype line = 0;
    for (const char c : content) {
        if (uchar(c) >= 0x80 || c == '\0' || ++line > maxLine)
            return false;
        if (c == '\n')
            line = 0;
    }
    return true;
}

/// Text with LF as a text part: as it is if every server can carry that, else in the shorter of the two encodings.
Part textPart(const QByteArray &subtype, QString text)
{
    text.removeIf([](QChar c) { return (c.unicode() < 0x20 && c != u'\n' && c != u'\t') || c == u'\x7f'; });
    HeaderWriter::Parameters parameters{{"charset", u"utf-8"_s}};
    if (subtype == "plain") {
        text = wrapFlowed(text);
        parameters.append({"format", u"flowed"_s});
    }
    const QByteArray utf8 = text.toUtf8() + '\n';
    Part part;
    QByteArray method = "7bit";
    if (isSevenBit(utf8)) {
        part.content = QByteArray(utf8).replace("\n", "\r\n");
    } else {
        const auto high = std::count_if(utf8.begin(), utf8.end(), [](char c) { return uchar(c) >= 0x80; });
        method = high * 3 < utf8.size() ? "quoted-printable" : "base64";
        part.content = method == "base64" ? base64(QByteArray(utf8).replace("\n", "\r\n")) : quotedPrintable(utf8);
    }
    HeaderWriter header;
    header.addStructured("Content-Type", "text/" + subtype, parameters);
    header.addStructured("Content-Transfer-Encoding", method);
    part.header = header.bytes();
    return part;
}

/// Whether a message can be carried inside another as it is, byte for byte; it may not be encoded (RFC 2046 5.2.1).
bool isCarriedAsIs(const QByteArray &message)
{
    return isSevenBit(message) && message.count('\n') == message.count("\r\n")
        && message.count('\r') == message.count('\n');
}

Part filePart(const DraftAttachment &file)
{
    static const QRegularExpression pattern(uR"(^[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}$)"_s);
    QByteArray type = file.mediaType.toLower();
    const bool asIs = type == "message/rfc822" && isCarriedAsIs(file.content);
    const bool composite = type.startsWith("multipart/") || (type.startsWith("message/") && !asIs);
    if (composite || !pattern.match(QString::fromLatin1(type)).hasMatch())
        type = "application/octet-stream";
    const QString name = safeFileName(file.fileName);

    HeaderWriter header;
    header.addStructured("Content-Type", type);
    header.addStructured("Content-Transfer-Encoding", asIs ? "7bit" : "base64");
    header.addStructured("Content-Disposition", file.contentId.isEmpty() ? "attachment" : "inline",
        {{"filename", name.isEmpty() ? u"file"_s : name}});
    if (!file.contentId.isEmpty())
        header.addMessageIds("Content-ID", {file.contentId});
    return {header.bytes(), asIs ? file.content : base64(file.content)};
}

/// The boundary comes from the Message-ID, which nobody could know before: no content can hold it.
Part multipart(const QByteArray &subtype, const QList<Part> &parts, const QByteArray &messageId)
{
    const QByteArray boundary
        = "=_" + QCryptographicHash::hash(messageId + subtype, QCryptographicHash::Sha256).toHex().left(32);
    HeaderWriter header;
    header.addStructured("Content-Type", "multipart/" + subtype, {{"boundary", QString::fromLatin1(boundary)}});
    QByteArray content;
    for (const Part &part : parts)
        content += "--" + boundary + "\r\n" + part.header + "\r\n" + part.content + "\r\n";
    content += "--" + boundary + "--\r\n";
    return {header.bytes(), content};
}

Part body(const Draft &draft, const QByteArray &messageId)
{
    QList<Part> pictures;
    QList<Part> files;
    for (DraftAttachment file : draft.attachments) {
        if (draft.html.isEmpty())
            file.contentId.clear();
        (file.contentId.isEmpty() ? files : pictures).append(filePart(file));
    }

    Part text = textPart("plain", draft.text);
    if (!draft.html.isEmpty()) {
        Part html = textPart("html", draft.html);
        if (!pictures.isEmpty())
            html = multipart("related", QList<Part>{html} + pictures, messageId);
        text = multipart("alternative", {text, html}, messageId);
    }
    return files.isEmpty() ? text : multipart("mixed", QList<Part>{text} + files, messageId);
}

QByteArray dateValue(const QDateTime &date)
{
    const QDateTime local = date.toLocalTime();
    const int minutes = local.offsetFromUtc() / 60;
    const QByteArray zone = (minutes < 0 ? '-' : '+')
        + QByteArray::number(std::abs(minutes) / 60 * 100 + std::abs(minutes) % 60).rightJustified(4, '0');
    return QLocale::c().toString(local, u"ddd, d MMM yyyy hh:mm:ss "_s).toLatin1() + zone;
}

QString withoutLastLineFeed(const QString &text)
{
    return text.endsWith(u'\n') ? text.chopped(1) : text;
}

} // namespace

Result<BuiltMessage> buildMessage(const Draft &draft, BccField bcc, const QDateTime &date, QByteArray messageIdHeader)
{
    BuiltMessage built;
    for (const Address &address : AddressList{draft.from} + draft.to + draft.cc + draft.bcc) {
        const Result<QByteArray> written = writtenAddress(address.address);
        if (!written)
            return failure(written.error());
        built.needsSmtpUtf8 = built.needsSmtpUtf8
            || std::any_of(written->begin(), written->end(), [](char c) { return uchar(c) >= 0x80; });
    }
    built.messageIdHeader = messageIdHeader.isEmpty() ? makeMessageId(draft.from.address) : std::move(messageIdHeader);

    HeaderWriter header;
    header.addAddresses("From", {draft.from});
    header.addAddresses("To", draft.to);
    header.addAddresses("Cc", draft.cc);
    if (bcc == BccField::Keep)
        header.addAddresses("Bcc", draft.bcc);
    else if (draft.to.isEmpty() && draft.cc.isEmpty() && !draft.bcc.isEmpty())
        header.addStructured("To", "undisclosed-recipients:;");
    header.addText("Subject", draft.subject);
    header.addStructured("Date", dateValue(date));
    header.addMessageIds("Message-ID", {built.messageIdHeader});
    header.addMessageIds("In-Reply-To", {draft.inReplyTo});
    header.addMessageIds("References", draft.references);
    header.addStructured("MIME-Version", "1.0");

    const Part content = body(draft, built.messageIdHeader);
    built.bytes = header.bytes() + content.header + "\r\n" + content.content;
    return built;
}

QByteArray makeMessageId(const QString &senderAddress)
{
    const Result<QByteArray> address = writtenAddress(senderAddress);
    const QByteArray domain = address ? address->sliced(address->lastIndexOf('@') + 1) : QByteArray("postaci.invalid");
    return QUuid::createUuid().toByteArray(QUuid::WithoutBraces) + '@' + domain;
}

Draft parseDraft(const QByteArray &raw)
{
    const MessageBody message = parseMessage(raw);
    const Envelope &envelope = message.envelope;
    Draft draft;
    draft.from = envelope.from.value(0);
    draft.to = envelope.to;
    draft.cc = envelope.cc;
    draft.bcc = envelope.bcc;
    draft.subject = envelope.subject;
    draft.text = withoutLastLineFeed(message.text);
    draft.html = withoutLastLineFeed(message.html.join(u'\n'));
    draft.inReplyTo = envelope.inReplyTo;
    draft.references = envelope.references;
    draft.kind = draft.inReplyTo.isEmpty() ? DraftKind::New : DraftKind::Reply;
    const BodyTree tree = parseBodyTree(raw);
    for (const Attachment &attachment : message.attachments)
        draft.attachments.append(
            {attachment.fileName, attachment.mediaType, decodedContent(raw, tree.parts[attachment.part]),
                attachment.isInline ? attachment.contentId : QByteArray()});
    return draft;
}

} // namespace postaci
