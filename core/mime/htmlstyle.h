// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>

#include <optional>

namespace postaci {

using HtmlColor = quint32; ///< 0xrrggbb

/// "#rrggbb"
QString formatHtmlColor(HtmlColor color);

/// A colour of HTML or CSS: #rgb, #rrggbb, rgb(), rgba() or one of the common names. Nothing for "inherit",
/// "transparent" and whatever else QTextBrowser would paint black.
std::optional<HtmlColor> parseHtmlColor(QStringView text);

/// A length of HTML or CSS in pixels; nothing for percentages and units that depend on more than the value.
std::optional<int> parseHtmlLength(QStringView text);

/// Whether text in one colour could not be read on the other.
bool isUnreadable(HtmlColor text, HtmlColor background);

/// What a style attribute may say, value by value; unset is empty.
struct HtmlStyle {
    QString text; ///< Declarations without colours, clean, ready to be written.
    std::optional<HtmlColor> color;
    std::optional<HtmlColor> background;
    bool hasNoBorder = false; ///< Says so.
    int remoteReferences = 0; ///< url(http…)
};

/// What a declaration is for: boxes and cells take more of them.
enum class HtmlBox { Inline, Block, Cell };

/// Reads a style attribute and keeps what QTextBrowser shows well: font weight, style and size, decoration, alignment,
/// margins and padding within bounds, borders of cells.
HtmlStyle parseHtmlStyle(const QString &style, HtmlBox box);

} // namespace postaci
