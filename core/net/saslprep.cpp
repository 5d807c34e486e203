// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/net/saslprep.h"

#include <QList>

#include <algorithm>

namespace postaci {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

constexpr Range spaces[]{// RFC 3454 C.1.2
    {0xA0, 0xA0}, {0x1680, 0x1680}, {0x2000, 0x200B}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}};

constexpr Range nothing[]{// B.1
    {0xAD, 0xAD}, {0x34F, 0x34F}, {0x1806, 0x1806}, {0x180B, 0x180D}, {0x200C, 0x200D}, {0x2060, 0x2060},
    {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}};

constexpr Range forbidden[]{// C.2 without the plain controls, C.6 to C.9
    {0x340, 0x341}, {0x6DD, 0x6DD}, {0x70F, 0x70F}, {0x180E, 0x180E}, {0x200E, 0x200F}, {0x2028, 0x202E},
    {0x2061, 0x2063}, {0x206A, 0x206F}, {0x2FF0, 0x2FFB}, {0xFFF9, 0xFFFD}, {0x1D173, 0x1D17A}, {0xE0001, 0xE0001},
    {0xE0020, 0xE007F}};

template <std::size_t size> bool isIn(char32_t c, const Range (&ranges)[size])
{
    return std::any_of(std::begin(ranges), std::end(ranges), [c](Range r) { return r.first <= c && c <= r.last; });
}

bool isForbidden(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_PrivateUse:
    case QChar::Other_Surrogate:
        return true;
    default:
        return QChar::isNonCharacter(c) || isIn(c, forbidden);
    }
}

bool isRightToLeft(char32_t c)
{
    const QChar::Direction direction = QChar::direction(c);
    return direction == QChar::DirR || direction == QChar::DirAL;
}

/// RFC 3454 6: the two directions are not mixed.
bool isOneDirection(const QList<char32_t> &text)
{
    if (std::none_of(text.begin(), text.end(), isRightToLeft))
        return true;
    return isRightToLeft(text.first()) && isRightToLeft(text.last())
        && std::none_of(text.begin(), text.end(), [](char32_t c) { return QChar::direction(c) == QChar::DirL; });
}

} // namespace

std::optional<QString> saslPrep(const QString &text)
{
    QString mapped;
    for (const uint c : text.toUcs4()) {
        if (isIn(c, spaces))
            mapped += QLatin1Char(' ');
        else if (!isIn(c, nothing))
            mapped += QString::fromUcs4(reinterpret_cast<const char32_t *>(&c), 1);
    }
    const QString normal = mapped.normalized(QString::NormalizationForm_KC, QChar::Unicode_3_2);
    QList<char32_t> points;
    for (const uint c : normal.toUcs4())
        points.append(c);
    if (std::any_of(points.begin(), points.end(), isForbidden) || !isOneDirection(points))
        return std::nullopt;
    return normal;
}

} // namespace postaci
