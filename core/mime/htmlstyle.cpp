// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/htmlstyle.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>
#include <QStringTokenizer>

#include <algorithm>
#include <cmath>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxStyle = 4096;
constexpr int maxSpace = 64; ///< Pixels of a margin or padding.
constexpr int minFont = 9; ///< Pixels; smaller text is for machines.
constexpr int maxFont = 40;

const QHash<QString, HtmlColor> &colorNames()
{
    static const QHash<QString, HtmlColor> names{
        {u"black"_s, 0x000000},
        {u"silver"_s, 0xc0c0c0},
        {u"gray"_s, 0x808080},
        {u"grey"_s, 0x808080},
        {u"white"_s, 0xffffff},
        {u"maroon"_s, 0x800000},
        {u"red"_s, 0xff0000},
        {u"purple"_s, 0x800080},
        {u"fuchsia"_s, 0xff00ff},
        {u"magenta"_s, 0xff00ff},
        {u"green"_s, 0x008000},
        {u"lime"_s, 0x00ff00},
        {u"olive"_s, 0x808000},
        {u"yellow"_s, 0xffff00},
        {u"navy"_s, 0x000080},
        {u"blue"_s, 0x0000ff},
        {u"teal"_s, 0x008080},
        {u"aqua"_s, 0x00ffff},
        {u"cyan"_s, 0x00ffff},
        {u"orange"_s, 0xffa500},
        {u"brown"_s, 0xa52a2a},
        {u"pink"_s, 0xffc0cb},
        {u"gold"_s, 0xffd700},
        {u"crimson"_s, 0xdc143c},
        {u"darkblue"_s, 0x00008b},
        {u"darkgreen"_s, 0x006400},
        {u"darkred"_s, 0x8b0000},
        {u"darkgray"_s, 0xa9a9a9},
        {u"darkgrey"_s, 0xa9a9a9},
        {u"dimgray"_s, 0x696969},
        {u"lightgray"_s, 0xd3d3d3},
        {u"lightgrey"_s, 0xd3d3d3},
        {u"lightblue"_s, 0xadd8e6},
        {u"lightgreen"_s, 0x90ee90},
        {u"lightyellow"_s, 0xffffe0},
        {u"whitesmoke"_s, 0xf5f5f5},
        {u"royalblue"_s, 0x4169e1},
        {u"steelblue"_s, 0x4682b4},
    };
    return names;
}

/// Relative luminance (WCAG 2).
double luminance(HtmlColor color)
{
    const auto channel = [](HtmlColor value) {
        const double c = value / 255.0;
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(color >> 16) + 0.7152 * channel(color >> 8 & 0xff) + 0.0722 * channel(color & 0xff);
}

bool isOneOf(QStringView value, std::initializer_list<QLatin1StringView> words)
{
    return std::any_of(words.begin(), words.end(), [value](QLatin1StringView word) { return value == word; });
}

QString spaces(const QString &property, QStringView value)
{
    // top, right, bottom, left, with one to three of them missing
    const QStringList given = value.toString().split(u' ', Qt::SkipEmptyParts);
    if (given.isEmpty() || given.size() > 4)
        return {};
    const qsizetype n = given.size();
    const QString sides[] = {given[0], given[n > 1 ? 1 : 0], given[n > 2 ? 2 : 0], given[n > 3 ? 3 : n > 1 ? 1 : 0]};
    const QLatin1StringView names[] = {"-top"_L1, "-right"_L1, "-bottom"_L1, "-left"_L1};
    QString css;
    for (int i = 0; i < 4; ++i) {
        if (const auto length = parseHtmlLength(sides[i]))
            css += property + names[i] + u':' + QString::number(std::clamp(*length, 0, maxSpace)) + "px;"_L1;
    }
    return css;
}

QString border(const QString &property, const QString &value)
{
    static const QRegularExpression pattern(
        uR"(^(\d{1,2})(?:\.\d+)?(?:px|pt)\s+(solid|dashed|dotted|double)\s+(\S+|rgba?\([^)]*\))$)"_s);
    const auto match = pattern.match(value);
    const auto color = parseHtmlColor(match.captured(3));
    if (!match.hasMatch() || !color)
        return {};
    return property + u':' + QString::number(std::min(match.captured(1).toInt(), 8)) + "px "_L1 + match.captured(2)
        + u' ' + formatHtmlColor(*color) + u';';
}

QString declaration(const QString &property, const QString &value, HtmlBox box)
{
    const auto kept = [&] { return property + u':' + value + u';'; };
    if (property == "font-weight"_L1) {
        const bool number = value.size() == 3 && value.endsWith("00"_L1) && value[0] >= u'1' && value[0] <= u'9';
        return number || isOneOf(value, {"bold"_L1, "bolder"_L1, "normal"_L1, "lighter"_L1}) ? kept() : QString();
    }
    if (property == "font-style"_L1)
        return isOneOf(value, {"italic"_L1, "oblique"_L1, "normal"_L1}) ? kept() : QString();
    if (property == "font-size"_L1) {
        const auto size = parseHtmlLength(value);
        if (size && !value.endsWith("em"_L1))
            return u"font-size:"_s + QString::number(std::clamp(*size, minFont, maxFont)) + "px;"_L1;
        return isOneOf(value, {"small"_L1, "medium"_L1, "large"_L1, "x-large"_L1, "x-small"_L1}) ? kept() : QString();
    }
    if (property == "font-family"_L1) // The reader's font, but for code.
        return value.contains("mono"_L1) || value.contains("courier"_L1) || value.contains("consolas"_L1)
            ? u"font-family:monospace;"_s
            : QString();
    if (property == "text-decoration"_L1 || property == "text-decoration-line"_L1)
        return isOneOf(value, {"underline"_L1, "line-through"_L1, "none"_L1}) ? u"text-decoration:"_s + value + u';'
                                                                              : QString();
    if (property == "vertical-align"_L1)
        return isOneOf(value, {"top"_L1, "middle"_L1, "bottom"_L1, "sub"_L1, "super"_L1}) ? kept() : QString();
    if (property == "white-space"_L1)
        return isOneOf(value, {"pre"_L1, "pre-wrap"_L1, "normal"_L1}) ? kept() : QString();
    if (box == HtmlBox::Inline)
        return {};
    if (property == "text-align"_L1)
        return isOneOf(value, {"left"_L1, "right"_L1, "center"_L1, "justify"_L1}) ? kept() : QString();
    if (property == "list-style-type"_L1)
        return isOneOf(value,
                   {"none"_L1, "disc"_L1, "circle"_L1, "square"_L1, "decimal"_L1, "lower-alpha"_L1, "upper-alpha"_L1,
                       "lower-roman"_L1, "upper-roman"_L1})
            ? kept()
            : QString();
    const QString space = box == HtmlBox::Cell ? u"padding"_s : u"margin"_s;
    if (property == space)
        return spaces(property, value);
    if (property.startsWith(space + u'-')
        && isOneOf(QStringView(property).sliced(space.size()), {"-top"_L1, "-right"_L1, "-bottom"_L1, "-left"_L1})) {
        const auto length = parseHtmlLength(value);
        return length ? property + u':' + QString::number(std::clamp(*length, 0, maxSpace)) + "px;"_L1 : QString();
    }
    if (box == HtmlBox::Cell
        && (property == "border"_L1
            || isOneOf(property, {"border-top"_L1, "border-right"_L1, "border-bottom"_L1, "border-left"_L1})))
        return border(property, value);
    return {};
}

} // namespace

QString formatHtmlColor(HtmlColor color)
{
    return u'#' + QString::number(color, 16).rightJustified(6, u'0');
}

std::optional<HtmlColor> parseHtmlColor(QStringView text)
{
    const QString value = text.trimmed().toString().toLower();
    if (value.startsWith(u'#')) {
        bool ok = false;
        const uint number = QStringView(value).sliced(1).toUInt(&ok, 16);
        if (!ok || (value.size() != 4 && value.size() != 7))
            return {};
        return value.size() == 7 ? number
                                 : (number >> 8) * 0x110000 + (number >> 4 & 0xf) * 0x1100 + (number & 0xf) * 0x11;
    }
    if (value.startsWith("rgb"_L1)) {
        static const QRegularExpression pattern(
            uR"(^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]+)%?)?\s*\)$)"_s);
        const auto match = pattern.match(value);
        // Half transparent is taken as solid, nearly transparent as nothing.
        if (!match.hasMatch() || (match.hasCaptured(4) && match.captured(4).toDouble() < 0.2))
            return {};
        const auto channel = [&match](int group) { return std::min(match.captured(group).toUInt(), 255u); };
        return channel(1) << 16 | channel(2) << 8 | channel(3);
    }
    const auto name = colorNames().constFind(value);
    if (name == colorNames().constEnd())
        return {};
    return *name;
}

std::optional<int> parseHtmlLength(QStringView text)
{
    static const QRegularExpression pattern(uR"(^([+-]?\d{0,6}(?:\.\d{0,6})?)(px|pt|pc|cm|mm|in|em|ex|rem)?$)"_s);
    const auto match = pattern.matchView(text.trimmed());
    bool ok = false;
    const double number = match.captured(1).toDouble(&ok);
    if (!ok)
        return {};
    const QString unit = match.captured(2);
    const double factor = unit == "pt"_L1                        ? 4.0 / 3
        : unit == "pc"_L1 || unit == "em"_L1 || unit == "rem"_L1 ? 16
        : unit == "ex"_L1                                        ? 8
        : unit == "cm"_L1                                        ? 96 / 2.54
        : unit == "mm"_L1                                        ? 96 / 25.4
        : unit == "in"_L1                                        ? 96
                                                                 : 1;
    return int(std::lround(number * factor));
}

bool isUnreadable(HtmlColor text, HtmlColor background)
{
    const double a = luminance(text) + 0.05;
    const double b = luminance(background) + 0.05;
    return std::max(a, b) / std::min(a, b) < 1.35;
}

HtmlStyle parseHtmlStyle(const QString &style, HtmlBox box)
{
    HtmlStyle result;
    for (QStringView piece : QStringView(style).first(std::min(style.size(), maxStyle)).tokenize(u';')) {
        const qsizetype colon = piece.indexOf(u':');
        if (colon <= 0)
            continue;
        const QString property = piece.first(colon).trimmed().toString().toLower();
        QString value = piece.sliced(colon + 1).trimmed().toString().toLower();
        if (const qsizetype important = value.indexOf(u'!'); important >= 0)
            value = value.first(important).trimmed();
        if (value.contains("url("_L1)) {
            if (value.contains("http"_L1) || value.contains("//"_L1))
                ++result.remoteReferences;
            continue;
        }
        if (property == "color"_L1)
            result.color = parseHtmlColor(value);
        else if (property == "background-color"_L1 || property == "background"_L1)
            result.background = parseHtmlColor(value);
        else if (property.startsWith("border"_L1) && isOneOf(value, {"none"_L1, "0"_L1, "0px"_L1}))
            result.hasNoBorder = true;
        else
            result.text += declaration(property, value, box);
    }
    return result;
}

} // namespace postaci
