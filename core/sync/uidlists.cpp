// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/uidlists.h"

#include <algorithm>

namespace postaci::uids {

QList<quint32> sorted(QList<quint32> list)
{
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    if (!list.isEmpty() && list.first() == 0)
        list.removeFirst();
    return list;
}

QList<quint32> without(const QList<quint32> &from, const QList<quint32> &taken)
{
    QList<quint32> result;
    std::set_difference(from.cbegin(), from.cend(), taken.cbegin(), taken.cend(), std::back_inserter(result));
    return result;
}

QList<UidRange> takeNewest(QList<quint32> &list, qsizetype most, qsizetype mostRanges)
{
    QList<UidRange> ranges;
    qsizetype keep = list.size();
    while (keep > 0 && list.size() - keep < most) {
        const quint32 uid = list.at(keep - 1);
        if (!ranges.isEmpty() && ranges.first().first == uid + 1)
            ranges.first().first = uid;
        else if (ranges.size() < mostRanges)
            ranges.prepend({uid, uid});
        else
            break;
        --keep;
    }
    list.resize(keep);
    return ranges;
}

QList<UidRange> toRanges(const QList<quint32> &list)
{
    QList<UidRange> ranges;
    for (const quint32 uid : list) {
        if (!ranges.isEmpty() && ranges.last().last + 1 == uid)
            ranges.last().last = uid;
        else
            ranges.append({uid, uid});
    }
    return ranges;
}

} // namespace postaci::uids
