// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/messagebody.h"

#include "core/mime/bodytree.h"
#include "core/mime/charset.h"
#include "core/mime/filename.h"
#include "core/mime/flowedtext.h"
#include "core/mime/headerparser.h"
#include "core/mime/headertext.h"
#include "core/mime/htmltotext.h"

#include <QMimeDatabase>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

/// Which parts are read and which are saved: RFC 8621 4.1.4.
struct Selection {
    QList<int> text;
    QList<int> html;
    QList<int> attachments;
};

bool isMedia(const QByteArray &type)
{
    return type.startsWith("image/") || type.startsWith("audio/") || type.startsWith("video/");
}

/// The recursion is bounded by maxBodyDepth.
class PartSelector {
public:
    explicit PartSelector(const QList<BodyPart> &parts)
        : m_parts(parts)
    {
    }

    Selection select()
    {
        walk({0}, "mixed", false, true, true);
        return std::move(m_selection);
    }

private:
    void walk(const QList<int> &siblings, const QByteArray &kind, bool inAlternative, bool toText, bool toHtml);

    const QList<BodyPart> &m_parts;
    Selection m_selection;
};

void PartSelector::walk(
    const QList<int> &siblings, const QByteArray &kind, bool inAlternative, bool toText, bool toHtml)
{
    const qsizetype textBefore = m_selection.text.size();
    const qsizetype htmlBefore = m_selection.html.size();
    // The part that is read comes first in multipart/related, but for programs that put the pictures there.
    const auto readable = [this](int index) { return !isMedia(m_parts[index].type); };
    const auto root = std::find_if(siblings.begin(), siblings.end(), readable);
    for (const int index : siblings) {
        const BodyPart &part = m_parts[index];
        if (!part.children.isEmpty()) {
            const QByteArray subKind = part.type.sliced(qstrlen("multipart/"));
            walk(part.children, subKind, inAlternative || subKind == "alternative", toText, toHtml);
            continue;
        }
        const bool isPlain = part.type == "text/plain" || part.isMultipart(); // A multipart that holds no part.
        const bool isHtml = part.type == "text/html";
        const bool first = root != siblings.end() && index == *root;
        const bool readHere
            = !part.isAttachment && (isPlain || isHtml) && (first || (kind != "related" && part.fileName.isEmpty()));
        if (!readHere) {
            // An alternative that only Gmail shows.
            if (part.type != "text/x-amp-html")
                m_selection.attachments.append(index);
        } else if (kind == "alternative") {
            if (isPlain && toText)
                m_selection.text.append(index);
            else if (isHtml && toHtml)
                m_selection.html.append(index);
        } else {
            // Inside an alternative, what follows belongs to the branch it stands in.
            if (inAlternative && isPlain)
                toHtml = false;
            if (inAlternative && isHtml)
                toText = false;
            if (toText)
                m_selection.text.append(index);
            if (toHtml)
                m_selection.html.append(index);
        }
    }
    if (kind != "alternative")
        return;
    // Only one form was there: it serves for both.
    if (toText && m_selection.text.size() == textBefore)
        m_selection.text.append(m_selection.html.sliced(htmlBefore));
    else if (toHtml && m_selection.html.size() == htmlBefore)
        m_selection.html.append(m_selection.text.sliced(textBefore));
}

QString withLineFeeds(QString text)
{
    text.replace("\r\n"_L1, "\n"_L1);
    text.replace(u'\r', u'\n');
    text.removeIf([](QChar c) { return c.unicode() < 0x20 && c != u'\n' && c != u'\t' && c != u'\f'; });
    return text;
}

QByteArray charsetInHtml(const QByteArray &html)
{
    static const QRegularExpression pattern(
        uR"(<meta[^>]{0,200}charset\s*=\s*["']?([A-Za-z0-9_:.-]{1,40}))"_s, QRegularExpression::CaseInsensitiveOption);
    return pattern.match(QString::fromLatin1(html.first(std::min(html.size(), qsizetype(4096)))))
        .captured(1)
        .toLatin1();
}

QString partText(QByteArrayView raw, const BodyPart &part)
{
    const QByteArray content = decodedContent(raw, part);
    QByteArray charset = part.charset;
    if (charset.isEmpty() && part.type == "text/html")
        charset = charsetInHtml(content);
    QString text = withLineFeeds(decodeBytes(content, charset));
    if (part.flowed && part.type != "text/html")
        text = unwrapFlowed(text, part.deleteSpace);
    return text;
}

QString preformatted(const QString &text)
{
    return u"<div style=\"white-space: pre-wrap\">"_s + text.toHtmlEscaped() + u"</div>"_s;
}

/// The content ids that HTML refers to (RFC 2392).
QSet<QByteArray> referredIds(const QStringList &html)
{
    static const QRegularExpression pattern(
        uR"(\bcid:([^\s"'<>)]{1,500}))"_s, QRegularExpression::CaseInsensitiveOption);
    QSet<QByteArray> ids;
    for (const QString &part : html) {
        for (auto match = pattern.globalMatch(part); match.hasNext();)
            ids.insert(QByteArray::fromPercentEncoding(match.next().captured(1).replace("&amp;"_L1, "&"_L1).toUtf8()));
    }
    return ids;
}

QString attachmentName(QByteArrayView raw, const BodyPart &part, int index)
{
    QString name = safeFileName(part.fileName);
    if (!name.isEmpty())
        return name;
    if (part.type == "message/rfc822") {
        const QByteArray header
            = raw.sliced(part.bodyBegin, std::min(part.bodyEnd - part.bodyBegin, maxHeaderField)).toByteArray();
        name = safeFileName(parseEnvelope(header).subject);
        return safeFileName((name.isEmpty() ? u"part-%1"_s.arg(index) : name) + ".eml"_L1);
    }
    const QString suffix = part.type == "text/calendar" // The database prefers what came before iCalendar.
        ? u"ics"_s
        : QMimeDatabase().mimeTypeForName(QString::fromLatin1(part.type)).preferredSuffix();
    return u"part-%1"_s.arg(index) + (suffix.isEmpty() ? QString() : u'.' + suffix);
}

} // namespace

MessageBody parseMessage(const QByteArray &raw)
{
    const BodyTree tree = parseBodyTree(raw);
    const Selection selection = PartSelector(tree.parts).select();
    MessageBody body;
    body.incomplete = tree.incomplete;
    body.envelope = parseEnvelope(QByteArray::fromRawData(raw.constData(), tree.parts.first().bodyBegin));

    qsizetype room = maxBodyText;
    const auto take = [&](int index) {
        QString text = partText(raw, tree.parts[index]);
        if (text.size() > room)
            body.incomplete = true;
        text.truncate(room);
        room -= text.size();
        return text;
    };
    const auto isHtml = [&tree](int index) { return tree.parts[index].type == "text/html"; };

    if (std::any_of(selection.html.begin(), selection.html.end(), isHtml)) {
        for (const int index : selection.html) {
            const QString text = take(index);
            body.html.append(isHtml(index) ? text : preformatted(text));
        }
    }
    body.hasPlainPart = !selection.text.isEmpty() && std::none_of(selection.text.begin(), selection.text.end(), isHtml);
    room = maxBodyText;
    for (const int index : selection.text) {
        if (!body.text.isEmpty() && !body.text.endsWith(u'\n'))
            body.text += u'\n';
        const QString text = take(index);
        body.text += isHtml(index) ? htmlToText(text) : text;
    }

    const QSet<QByteArray> referred = referredIds(body.html);
    for (const int index : selection.attachments) {
        const BodyPart &part = tree.parts[index];
        Attachment attachment;
        attachment.part = index;
        attachment.fileName = attachmentName(raw, part, index);
        attachment.mediaType = part.type;
        attachment.contentId = part.contentId;
        attachment.size = decodedSize(raw, part);
        attachment.isInline = !part.contentId.isEmpty() && referred.contains(part.contentId);
        body.attachments.append(attachment);
    }
    body.envelope.hasAttachments = std::any_of(
        body.attachments.begin(), body.attachments.end(), [](const Attachment &a) { return !a.isInline; });
    return body;
}

Result<QByteArray> attachmentContent(const QByteArray &raw, int part)
{
    const BodyTree tree = parseBodyTree(raw);
    if (part < 0 || part >= tree.parts.size() || !tree.parts[part].children.isEmpty())
        return failure({.kind = ErrorKind::NotFound});
    return decodedContent(raw, tree.parts[part]);
}

} // namespace postaci
