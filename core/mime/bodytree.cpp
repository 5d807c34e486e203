// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/bodytree.h"

#include "core/mime/gmimeglue.h"
#include "core/mime/headertext.h"

#include <algorithm>

namespace postaci {

namespace {

constexpr qsizetype maxBoundary = 1000;

QByteArrayView withoutTrailingSpace(QByteArrayView line)
{
    while (!line.isEmpty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r' || line.back() == '\n'))
        line.chop(1);
    return line;
}

/// Of the two forms that some programs write, an ASCII one for old readers and RFC 2231, the better.
QString fileNameOf(GMimeParamList *parameters)
{
    QString name;
    for (int i = 0; i < g_mime_param_list_length(parameters); ++i) {
        GMimeParam *parameter = g_mime_param_list_get_parameter_at(parameters, i);
        if (qstricmp(g_mime_param_get_name(parameter), "filename") != 0)
            continue;
        const QString other = QString::fromUtf8(g_mime_param_get_value(parameter));
        if (name.isEmpty() || (isAscii(name) && !isAscii(other)))
            name = other;
    }
    return name;
}

class TreeBuilder {
public:
    explicit TreeBuilder(QByteArrayView raw)
        : m_raw(raw)
    {
    }

    BodyTree build();

private:
    struct Multipart {
        int part;
        QByteArray boundary;
    };
    struct Delimiter {
        int level = -1; ///< Index in m_open; -1: the line is no delimiter.
        bool closing = false;
    };

    void addPart(int parent);
    void endParts(qsizetype end);
    void readFields(BodyPart &part, QByteArrayView header, QByteArray &boundary);
    Delimiter delimiterAt(qsizetype lineBegin) const;
    qsizetype lineEnd(qsizetype lineBegin) const;
    qsizetype headerEnd(qsizetype begin) const;

    QByteArrayView m_raw;
    qsizetype m_position = 0;
    QByteArray m_rootCharset;
    QList<Multipart> m_open; ///< The multiparts that the current position is in, outermost first.
    QList<int> m_unended; ///< Parts whose end is not known yet, outermost first.
    BodyTree m_tree;
};

BodyTree TreeBuilder::build()
{
    addPart(-1);
    while (!m_open.isEmpty() && m_position < m_raw.size()) {
        const qsizetype lineBegin = m_position;
        const Delimiter delimiter = delimiterAt(lineBegin);
        if (delimiter.level < 0) {
            m_position = lineEnd(lineBegin);
            continue;
        }
        // The line break before a delimiter belongs to it.
        qsizetype end = lineBegin;
        if (end > 0 && m_raw[end - 1] == '\n')
            --end;
        if (end > 0 && m_raw[end - 1] == '\r')
            --end;
        const int multipart = m_open[delimiter.level].part;
        m_open.resize(delimiter.level + 1);
        while (!m_unended.isEmpty() && m_unended.last() != multipart)
            m_tree.parts[m_unended.takeLast()].bodyEnd = end;
        m_position = lineEnd(lineBegin);
        if (delimiter.closing) {
            m_open.removeLast();
            m_unended.removeLast();
            m_tree.parts[multipart].bodyEnd = m_position;
        } else if (m_tree.parts.size() >= maxBodyParts) {
            m_tree.incomplete = true;
            break;
        } else {
            addPart(multipart);
        }
    }
    endParts(m_raw.size());
    return std::move(m_tree);
}

void TreeBuilder::addPart(int parent)
{
    const qsizetype begin = m_position;
    const qsizetype headerLimit = headerEnd(begin);
    BodyPart part;
    part.parent = parent;
    if (parent >= 0 && m_tree.parts[parent].type == "multipart/digest")
        part.type = "message/rfc822";
    QByteArray boundary;
    readFields(part, m_raw.sliced(begin, headerLimit - begin), boundary);
    part.bodyBegin = m_position;

    const int index = int(m_tree.parts.size());
    if (parent >= 0)
        m_tree.parts[parent].children.append(index);
    if (part.isMultipart()) {
        if (boundary.isEmpty() || boundary.size() > maxBoundary)
            part.type = "text/plain"; // Show what is there.
        else if (m_open.size() < maxBodyDepth)
            m_open.append({index, boundary});
        else {
            part.type = "application/octet-stream"; // Too deep: it can be saved.
            m_tree.incomplete = true;
        }
    }
    m_tree.parts.append(part);
    m_unended.append(index);
}

void TreeBuilder::endParts(qsizetype end)
{
    for (const int part : std::as_const(m_unended))
        m_tree.parts[part].bodyEnd = end;
    m_unended.clear();
    for (BodyPart &part : m_tree.parts)
        part.bodyEnd = std::max(part.bodyEnd, part.bodyBegin);
}

/// Reads the fields that matter here and moves behind the header.
void TreeBuilder::readFields(BodyPart &part, QByteArrayView header, QByteArray &boundary)
{
    QByteArrayView type, disposition, encoding, contentId;
    HeaderReader reader(header);
    for (HeaderField field; reader.next(field);) {
        if (!field.name.startsWith('C') && !field.name.startsWith('c'))
            continue;
        const auto take = [&field](QByteArrayView &target) {
            if (target.isNull() && !field.body.isEmpty())
                target = field.body.first(std::min(field.body.size(), maxHeaderField));
        };
        if (field.is("Content-Type"))
            take(type);
        else if (field.is("Content-Disposition"))
            take(disposition);
        else if (field.is("Content-Transfer-Encoding"))
            take(encoding);
        else if (field.is("Content-ID"))
            take(contentId);
    }
    m_position += reader.position();

    const auto charset = [this] { return m_rootCharset; };
    if (type.contains('/')) { // RFC 2045 5.2: anything else is no type.
        const GObjectPtr<GMimeContentType> parsed(
            g_mime_content_type_parse(gmimeOptions(), headerValue(type, charset).constData()));
        const auto parameter
            = [&parsed](const char *name) { return QByteArray(g_mime_content_type_get_parameter(parsed.get(), name)); };
        const GText name(g_mime_content_type_get_mime_type(parsed.get()));
        part.type = QByteArray(name.get()).toLower();
        part.charset = parameter("charset");
        part.flowed = parameter("format").toLower() == "flowed";
        part.deleteSpace = parameter("delsp").toLower() == "yes";
        part.fileName = QString::fromUtf8(parameter("name"));
        boundary = withoutTrailingSpace(parameter("boundary")).toByteArray();
        if (m_tree.parts.isEmpty())
            m_rootCharset = part.charset;
    }
    if (!disposition.isNull()) {
        const GObjectPtr<GMimeContentDisposition> parsed(
            g_mime_content_disposition_parse(gmimeOptions(), headerValue(disposition, charset).constData()));
        const char *kind = g_mime_content_disposition_get_disposition(parsed.get());
        part.isAttachment = kind && qstricmp(kind, "inline") != 0; // RFC 2183 2.8: unknown ones too.
        const QString name = fileNameOf(g_mime_content_disposition_get_parameters(parsed.get()));
        if (!name.isEmpty())
            part.fileName = name;
    }
    part.encoding = headerValue(encoding).toLower();
    part.contentId = headerValue(contentId);
    part.contentId.removeIf([](char c) { return c == '<' || c == '>' || c == ' '; });
}

TreeBuilder::Delimiter TreeBuilder::delimiterAt(qsizetype lineBegin) const
{
    QByteArrayView line = m_raw.sliced(lineBegin, std::min(m_raw.size() - lineBegin, 2 * maxBoundary));
    if (!line.startsWith("--"))
        return {};
    const qsizetype newline = line.indexOf('\n');
    line = withoutTrailingSpace(line.first(newline < 0 ? line.size() : newline)).sliced(2);
    for (int level = int(m_open.size()) - 1; level >= 0; --level) {
        const QByteArray &boundary = m_open[level].boundary;
        if (line == boundary)
            return {level, false};
        if (line.size() == boundary.size() + 2 && line.endsWith("--") && line.startsWith(boundary))
            return {level, true};
    }
    return {};
}

qsizetype TreeBuilder::lineEnd(qsizetype lineBegin) const
{
    const qsizetype newline = m_raw.indexOf('\n', lineBegin);
    return newline < 0 ? m_raw.size() : newline + 1;
}

/// Behind the empty line, or at a delimiter where there is none.
qsizetype TreeBuilder::headerEnd(qsizetype begin) const
{
    qsizetype line = begin;
    while (line < m_raw.size()) {
        if (delimiterAt(line).level >= 0)
            return line;
        const qsizetype end = lineEnd(line);
        if (withoutTrailingSpace(m_raw.sliced(line, end - line)).isEmpty() && m_raw[line] != ' ' && m_raw[line] != '\t')
            return end;
        line = end;
    }
    return line;
}

/// Runs the content through GMime's decoder, a piece at a time.
template <class Sink> void decode(QByteArrayView raw, const BodyPart &part, Sink sink)
{
    gmimeOptions();
    QByteArrayView content = raw.sliced(part.bodyBegin, part.bodyEnd - part.bodyBegin);
    const GMimeContentEncoding encoding = g_mime_content_encoding_from_string(part.encoding.constData());
    if (encoding != GMIME_CONTENT_ENCODING_BASE64 && encoding != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
        && encoding != GMIME_CONTENT_ENCODING_UUENCODE) {
        sink(content);
        return;
    }
    QByteArray lines;
    if (encoding == GMIME_CONTENT_ENCODING_UUENCODE) // Its decoder knows LF only.
        content = lines = content.toByteArray().replace("\r\n", "\n");
    const GObjectPtr<GMimeFilter> decoder(g_mime_filter_basic_new(encoding, FALSE));
    char *out = nullptr;
    size_t size = 0;
    size_t unused = 0;
    while (!content.isEmpty()) {
        const QByteArrayView piece = content.first(std::min(content.size(), qsizetype(64 * 1024)));
        content = content.sliced(piece.size());
        g_mime_filter_filter(
            decoder.get(), const_cast<char *>(piece.data()), size_t(piece.size()), 0, &out, &size, &unused);
        sink(QByteArrayView(out, qsizetype(size)));
    }
    char nothing = 0;
    g_mime_filter_complete(decoder.get(), &nothing, 0, 0, &out, &size, &unused);
    sink(QByteArrayView(out, qsizetype(size)));
}

} // namespace

BodyTree parseBodyTree(QByteArrayView raw)
{
    return TreeBuilder(raw).build();
}

QByteArray decodedContent(QByteArrayView raw, const BodyPart &part)
{
    QByteArray content;
    content.reserve(part.bodyEnd - part.bodyBegin);
    decode(raw, part, [&content](QByteArrayView piece) { content.append(piece); });
    return content;
}

qint64 decodedSize(QByteArrayView raw, const BodyPart &part)
{
    qint64 size = 0;
    decode(raw, part, [&size](QByteArrayView piece) { size += piece.size(); });
    return size;
}

} // namespace postaci
