// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/imap/uidset.h"

#include <algorithm>
#include <limits>

namespace postaci {

namespace {

std::optional<quint32> parseUid(QByteArrayView text)
{
    bool inRange = false;
    const quint32 uid = text.toUInt(&inRange);
    const bool digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return inRange && digits && uid > 0 ? std::optional(uid) : std::nullopt;
}

qsizetype writtenSize(UidRange range)
{
    const qsizetype first = QByteArray::number(range.first).size();
    return range.first == range.last ? first + 1 : first + QByteArray::number(range.last).size() + 2;
}

} // namespace

QList<UidRange> rangesOf(QList<quint32> uids)
{
    std::sort(uids.begin(), uids.end());
    QList<UidRange> ranges;
    for (const quint32 uid : std::as_const(uids)) {
        if (uid == 0)
            continue;
        if (!ranges.isEmpty() && (ranges.back().last == uid || ranges.back().last + 1 == uid))
            ranges.back().last = uid;
        else
            ranges.append({.first = uid, .last = uid});
    }
    return ranges;
}

QList<QList<UidRange>> splitBySize(const QList<UidRange> &ranges, qsizetype bytes)
{
    QList<QList<UidRange>> groups;
    qsizetype used = 0;
    for (const UidRange range : ranges) {
        const qsizetype size = writtenSize(range);
        if (groups.isEmpty() || used + size > bytes) {
            groups.append(QList<UidRange>());
            used = 0;
        }
        groups.back().append(range);
        used += size;
    }
    return groups;
}

bool contains(const QList<UidRange> &ranges, quint32 uid)
{
    return std::any_of(ranges.begin(), ranges.end(),
        [uid](UidRange range) { return range.first <= uid && (range.last == 0 || uid <= range.last); });
}

std::optional<QList<UidRange>> parseUidRanges(QByteArrayView text)
{
    QList<UidRange> ranges;
    while (true) {
        const qsizetype comma = text.indexOf(',');
        const QByteArrayView part = comma < 0 ? text : text.first(comma);
        const qsizetype colon = part.indexOf(':');
        const std::optional<quint32> first = parseUid(colon < 0 ? part : part.first(colon));
        const std::optional<quint32> last = colon < 0 ? first : parseUid(part.sliced(colon + 1));
        if (!first || !last)
            return std::nullopt;
        ranges.append({.first = std::min(*first, *last), .last = std::max(*first, *last)});
        if (comma < 0)
            return ranges;
        text = text.sliced(comma + 1);
    }
}

std::optional<QList<quint32>> parseUidSet(QByteArrayView text, qsizetype limit)
{
    const auto ranges = parseUidRanges(text);
    if (!ranges)
        return std::nullopt;
    QList<quint32> uids;
    for (const UidRange range : *ranges) {
        if (qint64(range.last) - range.first >= limit - uids.size())
            return std::nullopt;
        for (quint64 uid = range.first; uid <= range.last; ++uid) // 64 bits: 4294967295 has a successor
            uids.append(quint32(uid));
    }
    return uids;
}

} // namespace postaci
