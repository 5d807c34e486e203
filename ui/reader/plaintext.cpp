// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/reader/plaintext.h"

#include <KTextToHTML>

using namespace Qt::StringLiterals;

namespace postaci {

int quoteDepth(QStringView line)
{
    int depth = 0;
    qsizetype i = 0;
    for (; i < line.size(); ++i) {
        if (line[i] == u'>')
            ++depth;
        else if (line[i] != u' ' || depth == 0)
            break;
    }
    // mbox writers put ">" in front of "From ": no quote.
    if (depth == 1 && line.startsWith(u">From "))
        return 0;
    return depth;
}

QString plainTextToHtml(const QString &text, const QList<QColor> &quoteColours)
{
    const QStringList lines = text.split(u'\n');
    QString html;
    QStringList run;
    int depth = 0;
    const auto flush = [&] {
        if (run.isEmpty())
            return;
        const QString body = KTextToHTML::convertToHtml(run.join(u'\n'), KTextToHTML::PreserveSpaces);
        if (depth > 0 && !quoteColours.isEmpty())
            html += u"<div style=\"color:%1\">%2</div>"_s.arg(
                quoteColours.at((depth - 1) % quoteColours.size()).name(), body);
        else
            html += u"<div>"_s + body + u"</div>"_s;
        run.clear();
    };
    for (const QString &line : lines) {
        const int lineDepth = quoteDepth(line);
        if (lineDepth != depth)
            flush();
        depth = lineDepth;
        run.append(line);
    }
    flush();
    return html;
}

} // namespace postaci
