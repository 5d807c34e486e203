// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/namepattern.h"

#include <QLatin1StringView>
#include <QString>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// Not a public suffix list: only the ends under which providers with many countries are known to have names.
bool isCountryEnd(QStringView end)
{
    const auto isCountry = [](QStringView label) {
        return label.size() == 2
            && std::all_of(label.begin(), label.end(), [](QChar c) { return c >= u'a' && c <= u'z'; });
    };
    static constexpr std::array wide{"com"_L1, "net"_L1, "org"_L1, "cat"_L1};
    static constexpr std::array second{"co"_L1, "com"_L1, "net"_L1, "org"_L1, "ne"_L1, "or"_L1};
    const qsizetype dot = end.indexOf(u'.');
    if (dot < 0)
        return isCountry(end) || std::find(wide.begin(), wide.end(), end) != wide.end();
    return std::find(second.begin(), second.end(), end.first(dot)) != second.end() && isCountry(end.sliced(dot + 1));
}

} // namespace

bool matchesMxPattern(QStringView pattern, QStringView name)
{
    // A star that did not fit is tried again one character further; only the last one ever has to be.
    qsizetype p = 0;
    qsizetype n = 0;
    qsizetype star = -1;
    qsizetype retry = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == u'*') {
            star = p++;
            retry = n;
        } else if (p < pattern.size() && pattern[p] == name[n]) {
            ++p;
            ++n;
        } else if (star >= 0) {
            p = star + 1;
            n = ++retry;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == u'*')
        ++p;
    return p == pattern.size();
}

bool matchesDomainPattern(QStringView pattern, QStringView domain)
{
    if (!pattern.endsWith(".*"_L1))
        return matchesMxPattern(pattern, domain);
    const QStringView front = pattern.chopped(2);
    for (qsizetype dot = domain.indexOf(u'.'); dot > 0; dot = domain.indexOf(u'.', dot + 1)) {
        if (isCountryEnd(domain.sliced(dot + 1)) && matchesMxPattern(front, domain.first(dot)))
            return true;
    }
    return false;
}

bool isAnchoredPattern(QStringView pattern)
{
    const QStringView end = pattern.sliced(pattern.lastIndexOf(u'*') + 1);
    // Without a star the whole name is fixed.
    const QStringView labels = end.size() == pattern.size() ? end : end.sliced(qMin<qsizetype>(1, end.size()));
    return (end.size() == pattern.size() || end.startsWith(u'.')) && labels.contains(u'.') && !labels.startsWith(u'.')
        && !labels.endsWith(u'.');
}

} // namespace postaci
