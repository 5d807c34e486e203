// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QSet>
#include <QString>
#include <QStringList>

namespace postaci {

struct HtmlCleanOptions {
    QSet<QByteArray>
        contentIds; ///< Pictures that the reader can supply; any other `cid:` becomes its alternative text.
    bool keepColors = true; ///< False: text and background in the reader's own colours, for a dark theme.
    QString quoteBarColor = QStringLiteral("#8a94a6");
};

struct CleanHtml {
    QString html; ///< A fragment for QTextBrowser::setHtml().
    int blockedRemote = 0; ///< Pictures and backgrounds that would have come from the network.
    bool flattened = false; ///< Too large or too deeply nested: only its text is shown.
};

/// Limits of what goes to QTextBrowser, whose layout time doubles with each level of nested tables.
constexpr qsizetype maxHtmlSize = 1024 * 1024; ///< UTF-16 units.
constexpr int maxHtmlNodes = 20'000;
constexpr int maxHtmlTables = 4; ///< Levels.

/// HTML that came by mail, made safe and simple for a QTextBrowser. Nothing of the input is copied: the document is
/// parsed (HTML5) and written anew from a list of known elements, attributes and CSS properties. The result has no
/// script, style sheet, form, frame or embedded object; `src` is only ever "cid:" of a known content id; links are
/// http, https, mailto or tel. Pure, any thread; takes less than a second whatever the input.
CleanHtml cleanHtml(const QString &html, const HtmlCleanOptions &options = {});
/// The HTML parts of one message, each cleaned by itself, one after another.
CleanHtml cleanHtml(const QStringList &parts, const HtmlCleanOptions &options = {});

/// Text with a place to break (U+200B) in every word of more than 2,000 characters, for a QTextDocument: laying
/// out half a million characters without one takes it ten seconds and more.
QString withBreaks(const QString &text);

} // namespace postaci
