// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>
#include <QList>
#include <QString>

namespace postaci {

/// The depth of a quoted line, "> > text" is 2 (RFC 3676 4.5).
int quoteDepth(QStringView line);

/// Plain text as a fragment for QTextBrowser::setHtml(): everything escaped, addresses as links, quoted lines in
/// `quoteColours`, one for each depth, then over again. Pure; any thread.
QString plainTextToHtml(const QString &text, const QList<QColor> &quoteColours);

} // namespace postaci
