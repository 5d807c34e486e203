// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/htmlrules.h"

namespace postaci {

using namespace Qt::StringLiterals;

HtmlRule htmlRule(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_META:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_BASE:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_FRAMESET:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_NOFRAMES:
        return {HtmlTreatment::Drop};
    case GUMBO_TAG_B:
    case GUMBO_TAG_STRONG:
        return {HtmlTreatment::Inline, "b"_L1};
    case GUMBO_TAG_I:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_VAR:
        return {HtmlTreatment::Inline, "i"_L1};
    case GUMBO_TAG_U:
    case GUMBO_TAG_INS:
        return {HtmlTreatment::Inline, "u"_L1};
    case GUMBO_TAG_S:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_DEL:
        return {HtmlTreatment::Inline, "s"_L1};
    case GUMBO_TAG_SUB:
        return {HtmlTreatment::Inline, "sub"_L1};
    case GUMBO_TAG_SUP:
        return {HtmlTreatment::Inline, "sup"_L1};
    case GUMBO_TAG_SMALL:
        return {HtmlTreatment::Inline, "small"_L1};
    case GUMBO_TAG_BIG:
        return {HtmlTreatment::Inline, "big"_L1};
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_SAMP:
        return {HtmlTreatment::Inline, "code"_L1};
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_BUTTON:
        return {HtmlTreatment::Inline, "span"_L1};
    case GUMBO_TAG_P:
        return {HtmlTreatment::Block, "p"_L1};
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FIGCAPTION:
        return {HtmlTreatment::Block, "div"_L1};
    case GUMBO_TAG_CENTER:
        return {HtmlTreatment::Block, "center"_L1};
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_LISTING:
    case GUMBO_TAG_XMP:
    case GUMBO_TAG_PLAINTEXT:
        return {HtmlTreatment::Block, "pre"_L1};
    case GUMBO_TAG_H1:
        return {HtmlTreatment::Block, "h1"_L1};
    case GUMBO_TAG_H2:
        return {HtmlTreatment::Block, "h2"_L1};
    case GUMBO_TAG_H3:
        return {HtmlTreatment::Block, "h3"_L1};
    case GUMBO_TAG_H4:
        return {HtmlTreatment::Block, "h4"_L1};
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
        return {HtmlTreatment::Block, "h5"_L1};
    case GUMBO_TAG_UL:
        return {HtmlTreatment::Block, "ul"_L1};
    case GUMBO_TAG_OL:
        return {HtmlTreatment::Block, "ol"_L1};
    case GUMBO_TAG_LI:
        return {HtmlTreatment::Block, "li"_L1};
    case GUMBO_TAG_DL:
        return {HtmlTreatment::Block, "dl"_L1};
    case GUMBO_TAG_DT:
        return {HtmlTreatment::Block, "dt"_L1};
    case GUMBO_TAG_DD:
        return {HtmlTreatment::Block, "dd"_L1};
    case GUMBO_TAG_TABLE:
        return {HtmlTreatment::Table, "table"_L1};
    case GUMBO_TAG_TR:
        return {HtmlTreatment::Row, "tr"_L1};
    case GUMBO_TAG_TD:
        return {HtmlTreatment::Cell, "td"_L1};
    case GUMBO_TAG_TH:
        return {HtmlTreatment::Cell, "th"_L1};
    case GUMBO_TAG_BLOCKQUOTE:
        return {HtmlTreatment::Quote, "blockquote"_L1};
    case GUMBO_TAG_BR:
        return {HtmlTreatment::Void, "br"_L1};
    case GUMBO_TAG_HR:
        return {HtmlTreatment::Void, "hr"_L1};
    case GUMBO_TAG_A:
        return {HtmlTreatment::Link, "a"_L1};
    case GUMBO_TAG_IMG:
        return {HtmlTreatment::Image, "img"_L1};
    default:
        return {};
    }
}

} // namespace postaci
