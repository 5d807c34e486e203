// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/htmlcleaner.h"

#include "core/mime/htmlrules.h"
#include "core/mime/htmlstyle.h"
#include "core/mime/htmltotext.h"
#include "core/mime/htmltree.h"

#include <QList>
#include <QUrl>

#include <algorithm>
#include <optional>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr int maxElementDepth = 100; ///< Deeper elements go, their text stays.
constexpr int maxFrames = 8; ///< Levels of tables and quote bars together, which are tables too.
constexpr int maxCells = 10'000; ///< Of one table, counting those that a span or a longer row makes.
constexpr int maxSpan = 50;
constexpr int maxPixels = 2000; ///< Width and height of pictures.
constexpr qsizetype maxLink = 16 * 1024;
constexpr int maxWord = 2000; ///< Characters without a place to break.

/// The address of a link that may be opened, or nothing. Browsers ignore line breaks and tabs in a scheme: so must we.
QString safeLink(QString href)
{
    href.removeIf([](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7f; });
    href = href.trimmed();
    if (href.isEmpty() || href.size() > maxLink)
        return {};
    const QUrl url(href, QUrl::TolerantMode);
    const QString scheme = url.scheme();
    const bool web = (scheme == "http"_L1 || scheme == "https"_L1) && !url.host().isEmpty();
    const bool direct = (scheme == "mailto"_L1 || scheme == "tel"_L1) && !url.path().isEmpty();
    return url.isValid() && (web || direct) ? QString::fromLatin1(url.toEncoded()) : QString();
}

bool isRemote(const QString &url)
{
    const QString start = url.trimmed().left(8).toLower();
    return start.startsWith("http:"_L1) || start.startsWith("https:"_L1) || start.startsWith("//"_L1)
        || start.startsWith("ftp:"_L1);
}

/// Rows times columns, with nothing of nested tables.
qint64 cellCount(const GumboNode *table)
{
    const auto spanOf
        = [](const GumboNode *cell) { return std::clamp(htmlAttribute(cell, "colspan").toInt(), 1, maxSpan); };
    qint64 rows = 0;
    qint64 columns = 0;
    const auto countRow = [&](const GumboNode *row) {
        ++rows;
        qint64 width = 0;
        const GumboVector &cells = row->v.element.children;
        for (unsigned i = 0; i < cells.length; ++i) {
            const auto *cell = static_cast<const GumboNode *>(cells.data[i]);
            if (cell->type == GUMBO_NODE_ELEMENT)
                width += spanOf(cell);
        }
        columns = std::max(columns, width);
    };
    const auto countRows = [&](const GumboNode *parent, const auto &self) -> void {
        const GumboVector &children = parent->v.element.children;
        for (unsigned i = 0; i < children.length; ++i) {
            const auto *child = static_cast<const GumboNode *>(children.data[i]);
            if (child->type != GUMBO_NODE_ELEMENT)
                continue;
            if (child->v.element.tag == GUMBO_TAG_TR)
                countRow(child);
            else if (parent->v.element.tag == GUMBO_TAG_TABLE)
                self(child, self); // thead, tbody, tfoot
        }
    };
    countRows(table, countRows);
    return rows * columns;
}

/// Appends text with places to break; `run` is the length of the word under way.
void appendBreakable(QString &out, QStringView text, int &run)
{
    for (const QChar c : text) {
        if (run >= maxWord && !c.isLowSurrogate() && !c.isMark()) {
            out += QChar(0x200b);
            run = 0;
        }
        run = c.isSpace() ? 0 : run + 1;
        out += c;
    }
}

/// Writes the tree anew.
class HtmlWriter {
public:
    explicit HtmlWriter(const HtmlCleanOptions &options)
        : m_options(options)
    {
    }

    bool enter(const GumboNode *node);
    void leave(const GumboNode *node);

    CleanHtml result;

private:
    /// An element that was gone into: what ends it, and what held before it.
    struct Open {
        QString end;
        HtmlColor background;
        bool isTable = false;
        bool isFrame = false;
        bool isLink = false;
    };

    void open(const GumboNode *node, const HtmlRule &rule, HtmlBox box, const QString &attributes = {});
    void openTable(const GumboNode *node, const HtmlRule &rule);
    void openQuote(const GumboNode *node);
    void writeImage(const GumboNode *node);
    void writeText(const QString &text);
    QString style(const GumboNode *node, HtmlBox box);
    QString alignment(const GumboNode *node) const;
    QString size(const GumboNode *node, const char *name, int limit) const;
    bool inWrittenTable() const { return !m_tables.isEmpty() && m_tables.last(); }

    const HtmlCleanOptions &m_options;
    QList<Open> m_open;
    QList<bool> m_tables; ///< The tables around; false: one that is written as plain blocks.
    HtmlColor m_background = 0xffffff;
    int m_frames = 0;
    int m_links = 0;
    int m_word = 0; ///< Length of the word under way, across elements.
};

bool HtmlWriter::enter(const GumboNode *node)
{
    switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_WHITESPACE:
    case GUMBO_NODE_CDATA:
        writeText(QString::fromUtf8(node->v.text.text));
        return false;
    case GUMBO_NODE_ELEMENT:
        break;
    default:
        return false;
    }
    const GumboElement &element = node->v.element;
    const HtmlRule rule
        = element.tag_namespace == GUMBO_NAMESPACE_HTML ? htmlRule(element.tag) : HtmlRule{HtmlTreatment::Drop};
    if (rule.treatment == HtmlTreatment::Drop || isHiddenHtml(node))
        return false;
    if (isRemote(htmlAttribute(node, "background")))
        ++result.blockedRemote;

    const bool tooDeep = m_open.size() >= maxElementDepth;
    switch (rule.treatment) {
    case HtmlTreatment::Void:
        result.html += u'<' + rule.name + u'>';
        return false;
    case HtmlTreatment::Image:
        writeImage(node);
        return false;
    default:
        break;
    }
    if (tooDeep || rule.treatment == HtmlTreatment::Unwrap) {
        m_open.append({.end = {}, .background = m_background});
        return true;
    }
    switch (rule.treatment) {
    case HtmlTreatment::Table:
        openTable(node, rule);
        break;
    case HtmlTreatment::Quote:
        openQuote(node);
        break;
    case HtmlTreatment::Link: {
        const QString href = m_links > 0 ? QString() : safeLink(htmlAttribute(node, "href"));
        open(node, {HtmlTreatment::Inline, href.isEmpty() ? "span"_L1 : "a"_L1}, HtmlBox::Inline,
            href.isEmpty() ? QString() : " href=\""_L1 + href.toHtmlEscaped() + u'"');
        m_open.last().isLink = !href.isEmpty();
        m_links += m_open.last().isLink;
        break;
    }
    case HtmlTreatment::Row:
        if (inWrittenTable())
            open(node, rule, HtmlBox::Block, alignment(node));
        else
            open(node, {HtmlTreatment::Block, "div"_L1}, HtmlBox::Inline);
        break;
    case HtmlTreatment::Cell:
        if (inWrittenTable()) {
            open(node, rule, HtmlBox::Cell,
                alignment(node) + size(node, "width", 1000) + size(node, "colspan", maxSpan)
                    + size(node, "rowspan", maxSpan));
        } else {
            result.html += u' ';
            open(node, {HtmlTreatment::Inline, "span"_L1}, HtmlBox::Inline);
        }
        break;
    case HtmlTreatment::Block:
        open(node, rule, HtmlBox::Block,
            alignment(node) + (rule.name == "ol"_L1 ? size(node, "start", 100'000) : QString()));
        break;
    default:
        open(node, rule, HtmlBox::Inline);
    }
    return true;
}

void HtmlWriter::leave(const GumboNode *)
{
    const Open element = m_open.takeLast();
    result.html += element.end;
    m_background = element.background;
    if (element.isTable)
        m_tables.removeLast();
    m_frames -= element.isFrame;
    m_links -= element.isLink;
}

void HtmlWriter::open(const GumboNode *node, const HtmlRule &rule, HtmlBox box, const QString &attributes)
{
    Open element{.end = "</"_L1 + rule.name + u'>', .background = m_background};
    result.html += u'<' + rule.name + attributes + style(node, box) + u'>';
    m_open.append(std::move(element));
}

void HtmlWriter::openTable(const GumboNode *node, const HtmlRule &rule)
{
    const auto written = std::count(m_tables.begin(), m_tables.end(), true);
    const bool write = written < maxHtmlTables && m_frames < maxFrames && cellCount(node) <= maxCells;
    if (write) {
        const bool hasBorder = htmlAttribute(node, "border").toInt() > 0;
        open(node, rule, HtmlBox::Inline,
            (hasBorder ? u" border=\"1\""_s : QString()) + size(node, "cellpadding", 40) + size(node, "cellspacing", 40)
                + size(node, "width", 1000) + alignment(node));
    } else {
        open(node, {HtmlTreatment::Block, "div"_L1}, HtmlBox::Inline);
    }
    m_open.last().isTable = true;
    m_open.last().isFrame = write;
    m_frames += write;
    m_tables.append(write);
}

/// QTextBrowser draws no border beside a block, but it does draw cells.
void HtmlWriter::openQuote(const GumboNode *node)
{
    const HtmlStyle given = parseHtmlStyle(htmlAttribute(node, "style"), HtmlBox::Block);
    if (given.hasNoBorder || m_frames >= maxFrames) {
        open(node, {HtmlTreatment::Block, "blockquote"_L1}, HtmlBox::Inline);
        return;
    }
    result.html
        += "<table width=\"100%\" cellspacing=\"0\" cellpadding=\"0\"><tr><td width=\"3\" style=\"background-color:"_L1
        + m_options.quoteBarColor.toHtmlEscaped() + ";\"></td><td style=\"padding-left:8px;\">"_L1;
    m_open.append({.end = u"</td></tr></table>"_s, .background = m_background, .isFrame = true});
    ++m_frames;
}

void HtmlWriter::writeText(const QString &text)
{
    QString breakable;
    breakable.reserve(text.size());
    appendBreakable(breakable, text, m_word);
    result.html += breakable.toHtmlEscaped();
}

void HtmlWriter::writeImage(const GumboNode *node)
{
    const QString source = htmlAttribute(node, "src").trimmed();
    if (source.startsWith("cid:"_L1, Qt::CaseInsensitive)) {
        const QByteArray id = QByteArray::fromPercentEncoding(source.sliced(4).toUtf8());
        if (m_options.contentIds.contains(id)) {
            result.html += "<img src=\"cid:"_L1 + QString::fromLatin1(id.toPercentEncoding("@$!*+")) + u'"'
                + size(node, "width", maxPixels) + size(node, "height", maxPixels) + u'>';
            return;
        }
    }
    if (isRemote(source) || !htmlAttribute(node, "srcset").isEmpty())
        ++result.blockedRemote;
    const QString alternative = htmlAttribute(node, "alt").simplified();
    if (!alternative.isEmpty())
        result.html += u'[' + alternative.left(200).toHtmlEscaped() + u']';
}

QString HtmlWriter::style(const GumboNode *node, HtmlBox box)
{
    HtmlStyle given = parseHtmlStyle(htmlAttribute(node, "style"), box);
    result.blockedRemote += given.remoteReferences;
    // Outlook's paragraphs get their missing gap from a style sheet.
    if (box == HtmlBox::Block && htmlAttribute(node, "class").startsWith("Mso"_L1) && !given.text.contains("margin"_L1))
        given.text += "margin-top:0px;margin-bottom:0px;"_L1;
    if (m_options.keepColors) {
        if (!given.background)
            given.background = parseHtmlColor(htmlAttribute(node, "bgcolor"));
        if (!given.color && node->v.element.tag == GUMBO_TAG_FONT)
            given.color = parseHtmlColor(htmlAttribute(node, "color"));
        if (given.background) {
            m_background = *given.background;
            given.text += "background-color:"_L1 + formatHtmlColor(*given.background) + u';';
        }
        // White on a background picture that is not there, or on purpose.
        if (given.color && !isUnreadable(*given.color, m_background))
            given.text += "color:"_L1 + formatHtmlColor(*given.color) + u';';
    }
    return given.text.isEmpty() ? QString() : " style=\""_L1 + given.text + u'"';
}

QString HtmlWriter::alignment(const GumboNode *node) const
{
    QString attributes;
    const auto keep = [&](const char *name, std::initializer_list<QLatin1StringView> values) {
        const QString value = htmlAttribute(node, name).toLower();
        for (const QLatin1StringView allowed : values) {
            if (value == allowed)
                attributes += u' ' + QLatin1StringView(name) + "=\""_L1 + allowed + u'"';
        }
    };
    keep("align", {"left"_L1, "right"_L1, "center"_L1, "justify"_L1});
    keep("valign", {"top"_L1, "middle"_L1, "bottom"_L1});
    keep("dir", {"ltr"_L1, "rtl"_L1});
    return attributes;
}

/// A number, or a percentage, with an upper limit.
QString HtmlWriter::size(const GumboNode *node, const char *name, int limit) const
{
    QString value = htmlAttribute(node, name).trimmed();
    const bool percent = value.endsWith(u'%');
    if (percent)
        value.chop(1);
    const int number = parseHtmlLength(value).value_or(-1);
    if (number < 0 || (number == 0 && qstrncmp(name, "cell", 4) != 0))
        return {};
    return u' ' + QLatin1StringView(name) + "=\""_L1 + QString::number(std::min(number, percent ? 100 : limit))
        + (percent ? u"%\""_s : u"\""_s);
}

} // namespace

CleanHtml cleanHtml(const QString &html, const HtmlCleanOptions &options)
{
    const HtmlTree tree(html);
    if (tree.root()) {
        HtmlWriter writer(options);
        walkHtml(tree.root(), writer);
        return writer.result;
    }
    const QString text = withBreaks(flatHtmlToText(html).left(maxHtmlSize));
    return {.html = u"<div style=\"white-space:pre-wrap;\">"_s + text.toHtmlEscaped() + u"</div>"_s, .flattened = true};
}

QString withBreaks(const QString &text)
{
    QString result;
    result.reserve(text.size());
    int run = 0;
    appendBreakable(result, text, run);
    return result;
}

CleanHtml cleanHtml(const QStringList &parts, const HtmlCleanOptions &options)
{
    CleanHtml all;
    for (const QString &part : parts) {
        const CleanHtml clean = cleanHtml(part, options);
        all.html += (all.html.isEmpty() ? QString() : u"<hr>"_s) + clean.html;
        all.blockedRemote += clean.blockedRemote;
        all.flattened = all.flattened || clean.flattened;
    }
    return all;
}

} // namespace postaci
