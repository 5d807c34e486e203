// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/store/searchfolding.h"

#include <QList>

#include <algorithm>
#include <array>

namespace postaci {

namespace {

/// Letters with a stroke or joined, which Unicode does not take apart.
char32_t baseLetter(char32_t c)
{
    switch (c) {
    case U'ı':
        return U'i';
    case U'ø':
        return U'o';
    case U'đ':
        return U'd';
    case U'ł':
        return U'l';
    default:
        return c;
    }
}

QString foldAnything(const QString &text)
{
    QString folded;
    folded.reserve(text.size());
    // NFKD parts letters from their marks (ş is s and a cedilla) and resolves forms such as ﬁ and full-width letters.
    const QList<uint> letters = text.normalized(QString::NormalizationForm_KD).toUcs4();
    for (const char32_t c : letters) {
        if (QChar::isMark(c))
            continue;
        if (QChar::isLetterOrNumber(c))
            folded += QChar::fromUcs4(baseLetter(QChar::toLower(c)));
        else
            folded += u' ';
    }
    return folded;
}

/// Latin with Latin-1 Supplement and Extended-A: nearly all mail. 0: becomes more than one letter.
constexpr char16_t tableSize = 0x180;

std::array<char16_t, tableSize> makeTable()
{
    std::array<char16_t, tableSize> table{};
    for (char16_t c = 0; c < tableSize; ++c) {
        const QString folded = foldAnything(QString(QChar(c)));
        table[c] = folded.size() == 1 ? folded.front().unicode() : u'\0';
    }
    return table;
}

} // namespace

QString foldForSearch(const QString &text)
{
    static const std::array<char16_t, tableSize> table = makeTable();
    QString folded(text.size(), Qt::Uninitialized);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text.at(i).unicode();
        if (c >= tableSize || table[c] == 0)
            return foldAnything(text);
        folded[i] = QChar(table[c]);
    }
    return folded;
}

} // namespace postaci
