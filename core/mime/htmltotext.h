// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace postaci {

/// Text of an HTML document for search, quoting and the plain view: paragraphs and line breaks as LF, list items with
/// a bullet, quotes with "> ", hidden elements left out. Pure, any thread; bounded like cleanHtml().
QString htmlToText(const QString &html);

/// The same for a document that is beyond what can be parsed: tags become line breaks or spaces.
QString flatHtmlToText(const QString &html);

} // namespace postaci
