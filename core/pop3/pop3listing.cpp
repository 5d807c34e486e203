// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pop3/pop3listing.h"

#include <QMap>

#include <optional>

namespace postaci {

namespace {

constexpr qsizetype uidLimit = 1000;

struct Line {
    int number = 0;
    QByteArrayView value;
};

/// "number SP value", anything after the value left alone: RFC 1939 5 lets a server add to a scan listing.
std::optional<Line> parseLine(QByteArrayView line)
{
    const qsizetype space = line.indexOf(' ');
    bool ok = false;
    const int number = line.first(space < 0 ? line.size() : space).toInt(&ok);
    if (!ok || number < 1)
        return std::nullopt;
    QByteArrayView value = space < 0 ? QByteArrayView() : line.sliced(space + 1).trimmed();
    if (const qsizetype end = value.indexOf(' '); end >= 0)
        value = value.first(end);
    return Line{number, value};
}

/// Calls `visit` with each line. False: one of them makes no sense, or comes twice.
template <class F> bool forEachLine(QByteArrayView body, F visit)
{
    while (!body.isEmpty()) {
        const qsizetype end = body.indexOf('\n');
        const QByteArrayView raw = body.first(end < 0 ? body.size() : end);
        body = end < 0 ? QByteArrayView() : body.sliced(end + 1);
        const auto line = parseLine(raw.endsWith('\r') ? raw.chopped(1) : raw);
        if (!line || !visit(*line))
            return false;
    }
    return true;
}

} // namespace

Result<QList<Pop3Entry>> parsePop3Listing(QByteArrayView list, QByteArrayView uidl)
{
    QMap<int, Pop3Entry> entries;
    const bool sizesRead = forEachLine(list, [&entries](const Line &line) {
        bool ok = false;
        const qint64 size = line.value.toLongLong(&ok);
        const bool isNew = !entries.contains(line.number);
        entries.insert(line.number, {.number = line.number, .size = ok && size > 0 ? size : 0});
        return isNew;
    });
    const bool uidsRead = forEachLine(uidl, [&entries](const Line &line) {
        Pop3Entry &entry = entries[line.number];
        if (!entry.uid.isEmpty())
            return false;
        entry.number = line.number;
        if (line.value.size() <= uidLimit)
            entry.uid = line.value.toByteArray();
        return true;
    });
    if (!sizesRead || !uidsRead)
        return failure({.kind = ErrorKind::Protocol});
    return entries.values();
}

} // namespace postaci
