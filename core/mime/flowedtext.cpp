// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/flowedtext.h"

#include <QStringTokenizer>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype lineLength = 76;

/// Lines that something on the way could take for a quote, an mbox separator or an already stuffed line.
void appendStuffed(QString &out, QStringView line)
{
    if (line.startsWith(u' ') || line.startsWith(u'>') || line.startsWith("From "_L1))
        out += u' ';
    out += line;
    out += u'\n';
}

/// Where to break a longer line: behind its last space that fits, else behind the next one.
qsizetype breakPosition(QStringView line)
{
    qsizetype space = line.first(lineLength).lastIndexOf(u' ');
    // Breaking behind the first dashes would make a signature separator.
    if (space < 0 || line.first(space + 1) == "-- "_L1)
        space = line.indexOf(u' ', lineLength);
    return space < 0 ? line.size() : space + 1;
}

qsizetype quoteDepth(QStringView line)
{
    qsizetype depth = 0;
    while (depth < line.size() && line[depth] == u'>')
        ++depth;
    return depth;
}

} // namespace

QString wrapFlowed(const QString &text)
{
    QString out;
    out.reserve(text.size() + text.size() / 32);
    for (QStringView line : QStringView(text).tokenize(u'\n')) {
        if (line != "-- "_L1) {
            while (line.endsWith(u' '))
                line.chop(1);
        }
        if (line.startsWith(u'>')) {
            out += line;
            out += u'\n';
            continue;
        }
        do {
            const qsizetype end = line.size() > lineLength ? breakPosition(line) : line.size();
            appendStuffed(out, line.first(end));
            line = line.sliced(end);
        } while (!line.isEmpty());
    }
    out.chop(1);
    return out;
}

QString unwrapFlowed(const QString &text, bool deleteSpace)
{
    QString out;
    out.reserve(text.size());
    qsizetype flowingDepth = -1; // Quote depth of the paragraph that the next line may go on; -1: none is open.
    for (const QStringView line : QStringView(text).tokenize(u'\n')) {
        const qsizetype depth = quoteDepth(line);
        QStringView content = line.sliced(depth);
        if (content.startsWith(u' '))
            content = content.sliced(1);
        const bool signature = content == "-- "_L1;
        if (flowingDepth >= 0 && (flowingDepth != depth || signature)) {
            out += u'\n';
            flowingDepth = -1;
        }
        if (flowingDepth < 0 && depth > 0)
            out += line.first(line.size() - content.size()); // The quote marks as they came.
        const bool flows = content.endsWith(u' ') && !signature;
        out += flows && deleteSpace ? content.chopped(1) : content;
        flowingDepth = flows ? depth : -1;
        if (!flows)
            out += u'\n';
    }
    if (flowingDepth < 0)
        out.chop(1);
    return out;
}

} // namespace postaci
