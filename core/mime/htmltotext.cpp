// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/htmltotext.h"

#include "core/mime/htmlcleaner.h"
#include "core/mime/htmltree.h"

#include <QStringTokenizer>

#include <algorithm>
#include <array>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

/// Collects text with the line breaks and spaces that a browser would show.
class TextWriter {
public:
    bool enter(const GumboNode *node);
    void leave(const GumboNode *node);
    QString finish();

private:
    void addText(const QString &text);
    void breakLine(int lines);
    void startLine();

    QString m_text;
    int m_breaks = 0; ///< Line breaks owed before the next text.
    bool m_space = false; ///< A space owed before the next text of the line.
    int m_preformatted = 0;
    int m_quotes = 0;
    int m_gapQuotes = 0; ///< The least quote level since the last text: that of the empty line between.
    bool m_lineOpen = false;
    QString m_bullet;
    QList<int> m_lists; ///< Number of the next item; -1: a bullet list.
};

/// Empty lines around a block: 2 for a paragraph's gap, 1 for a new line, 0 for none.
int breaksAround(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_PRE:
        return 2;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_CENTER:
        return 1;
    default:
        return 0;
    }
}

bool isUnreadable(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
        return true;
    default:
        return false;
    }
}

QString quoteMarks(int level)
{
    return QString(std::min(level, 20), u'>');
}

bool TextWriter::enter(const GumboNode *node)
{
    switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_WHITESPACE:
    case GUMBO_NODE_CDATA:
        addText(QString::fromUtf8(node->v.text.text));
        return false;
    case GUMBO_NODE_ELEMENT:
        break;
    default:
        return false;
    }
    const GumboTag tag = node->v.element.tag;
    if (isUnreadable(tag) || isHiddenHtml(node))
        return false;
    breakLine(breaksAround(tag) == 2 && !m_lists.isEmpty() ? 1 : breaksAround(tag));
    switch (tag) {
    case GUMBO_TAG_BR:
        startLine();
        m_text += u'\n';
        m_lineOpen = false;
        break;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
        m_space = true;
        break;
    case GUMBO_TAG_PRE:
        ++m_preformatted;
        break;
    case GUMBO_TAG_BLOCKQUOTE:
        ++m_quotes;
        break;
    case GUMBO_TAG_UL:
        m_lists.append(-1);
        break;
    case GUMBO_TAG_OL:
        m_lists.append(1);
        break;
    case GUMBO_TAG_LI:
        if (m_lists.isEmpty() || m_lists.last() < 0)
            m_bullet = u"• "_s;
        else
            m_bullet = QString::number(m_lists.last()++) + ". "_L1;
        break;
    default:
        break;
    }
    return true;
}

void TextWriter::leave(const GumboNode *node)
{
    const GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_PRE)
        --m_preformatted;
    if (tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL)
        m_lists.removeLast();
    breakLine(breaksAround(tag) == 2 && !m_lists.isEmpty() ? 1 : breaksAround(tag));
    if (tag == GUMBO_TAG_BLOCKQUOTE)
        --m_quotes;
}

/// Ends the line, so that `lines` breaks stand between what came and what comes.
void TextWriter::breakLine(int lines)
{
    if (lines == 0)
        return;
    m_space = false;
    if (m_lineOpen) {
        m_text += u'\n';
        m_lineOpen = false;
    }
    m_breaks = std::max(m_breaks, lines - 1);
    m_gapQuotes = std::min(m_gapQuotes, m_quotes);
}

void TextWriter::startLine()
{
    if (m_lineOpen)
        return;
    for (; m_breaks > 0; --m_breaks) {
        if (!m_text.isEmpty())
            m_text += quoteMarks(std::min(m_gapQuotes, m_quotes)) + u'\n';
    }
    m_gapQuotes = m_quotes;
    if (m_quotes > 0)
        m_text += quoteMarks(m_quotes) + u' ';
    m_text += m_bullet;
    m_bullet.clear();
    m_lineOpen = true;
}

void TextWriter::addText(const QString &text)
{
    for (const QChar c : text) {
        if (m_preformatted > 0 && c == u'\n') {
            startLine();
            m_text += u'\n';
            m_lineOpen = false;
        } else if (m_preformatted == 0 && (c == u' ' || c == u'\n' || c == u'\t' || c == u'\r' || c == u'\f')) {
            m_space = true;
        } else if (c.unicode() >= 0x20 || c == u'\t') {
            // A new line swallows the space before its text.
            const bool space = m_space && m_lineOpen;
            startLine();
            if (space)
                m_text += u' ';
            m_space = false;
            m_text += c == QChar::Nbsp ? u' ' : c;
        }
    }
}

QString TextWriter::finish()
{
    while (m_text.endsWith(u'\n') || m_text.endsWith(u' '))
        m_text.chop(1);
    return m_text;
}

QString withoutTags(const QString &html)
{
    QString text;
    text.reserve(html.size() / 2);
    const QStringView all(html);
    qsizetype position = 0;
    while (position < all.size()) {
        const qsizetype tag = all.indexOf(u'<', position);
        text += all.sliced(position, (tag < 0 ? all.size() : tag) - position);
        if (tag < 0)
            break;
        const QStringView rest = all.sliced(tag + 1);
        if (rest.isEmpty() || !(rest[0].isLetter() || rest[0] == u'/' || rest[0] == u'!' || rest[0] == u'?')) {
            text += u'<';
            position = tag + 1;
            continue;
        }
        QLatin1StringView end = ">"_L1;
        if (rest.startsWith("!--"_L1))
            end = "-->"_L1;
        else if (rest.startsWith("style"_L1, Qt::CaseInsensitive))
            end = "</style>"_L1;
        else if (rest.startsWith("script"_L1, Qt::CaseInsensitive))
            end = "</script>"_L1;
        const qsizetype behind = all.indexOf(end, tag, Qt::CaseInsensitive);
        position = behind < 0 ? all.size() : behind + end.size();
        constexpr std::array blocks{
            "br"_L1, "p"_L1, "/p"_L1, "div"_L1, "/div"_L1, "tr"_L1, "li"_L1, "h"_L1, "/h"_L1, "td"_L1};
        const bool isBlock = std::any_of(blocks.begin(), blocks.end(), [&rest](QLatin1StringView name) {
            return rest.startsWith(name, Qt::CaseInsensitive)
                && (rest.size() == name.size() || !rest[name.size()].isLetter());
        });
        text += isBlock ? u'\n' : u' ';
    }
    return text;
}

} // namespace

QString htmlToText(const QString &html)
{
    const HtmlTree tree(html);
    if (!tree.root())
        return flatHtmlToText(html);
    TextWriter writer;
    walkHtml(tree.root(), writer);
    return writer.finish();
}

QString flatHtmlToText(const QString &html)
{
    // Character references are gumbo's work; text without a tag takes it no time.
    const QString text = withoutTags(html).left(2 * maxHtmlSize).replace(u'<', "&lt;"_L1);
    QString result;
    for (qsizetype begin = 0; begin < text.size();) {
        qsizetype end = std::min(begin + maxHtmlSize / 2, text.size());
        if (end < text.size())
            end = std::max(text.lastIndexOf(u'\n', end), begin) + 1;
        if (end == begin + 1)
            end = std::min(begin + maxHtmlSize / 2, text.size());
        const HtmlTree piece(u"<pre>\n"_s + text.sliced(begin, end - begin));
        TextWriter writer;
        walkHtml(piece.root(), writer);
        for (const QStringView line : QStringTokenizer(writer.finish(), u'\n')) {
            const QString words = line.toString().simplified();
            if (!words.isEmpty())
                result += words + u'\n';
        }
        begin = end;
    }
    return result.chopped(result.isEmpty() ? 0 : 1);
}

} // namespace postaci
