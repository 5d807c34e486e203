// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/mboxwriter.h"

#include "core/mime/lineends.h"

#include <QLocale>
#include <QTimeZone>

#include <algorithm>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

bool needsQuote(QByteArrayView line)
{
    const auto *text = std::find_if(line.begin(), line.end(), [](char c) { return c != '>'; });
    return QByteArrayView(text, line.end()).startsWith("From ");
}

/// One word: nothing that ends the line, and no gap where a reader looks for the date.
QByteArray separatorSender(const QByteArray &sender)
{
    const bool fits = !sender.isEmpty() && sender.size() <= 320
        && std::all_of(sender.cbegin(), sender.cend(), [](char c) { return c > ' ' && c < '\x7f'; });
    return fits ? sender : QByteArray("MAILER-DAEMON");
}

} // namespace

QByteArray mboxEntry(const QByteArray &message, Flags flags, const QByteArray &sender, const QDateTime &received)
{
    const QDateTime time = received.isValid() ? received.toUTC() : QDateTime::fromMSecsSinceEpoch(0, QTimeZone::UTC);
    const QByteArray text = withFileLineEnds(message);
    QByteArray entry;
    entry.reserve(text.size() + text.size() / 64 + 256);
    entry += "From " + separatorSender(sender) + ' '
        + QLocale::c().toString(time, u"ddd MMM d HH:mm:ss yyyy"_s).toLatin1() + '\n';
    entry += "Status: ";
    if (flags.testFlag(Flag::Seen))
        entry += 'R';
    entry += "O\nX-Status: ";
    for (const auto &[flag, letter] : {std::pair(Flag::Answered, 'A'), std::pair(Flag::Draft, 'T'),
             std::pair(Flag::Flagged, 'F'), std::pair(Flag::Deleted, 'D')}) {
        if (flags.testFlag(flag))
            entry += letter;
    }
    entry += '\n';
    for (qsizetype start = 0; start < text.size();) {
        const qsizetype newline = text.indexOf('\n', start);
        const qsizetype end = newline < 0 ? text.size() : newline + 1;
        const QByteArrayView line = QByteArrayView(text).sliced(start, end - start);
        if (needsQuote(line))
            entry += '>';
        entry += line;
        start = end;
    }
    if (!text.isEmpty() && !text.endsWith('\n'))
        entry += '\n';
    entry += '\n';
    return entry;
}

} // namespace postaci
