// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/mime/filename.h"

#include <QStringList>

#include <algorithm>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxNameBytes = 200; ///< File systems allow 255; programs like to append " (2)" or ".part".
constexpr qsizetype maxExtension = 20;

bool isDeviceName(QStringView name)
{
    const QStringView stem
        = name.first(std::min(name.size(), name.indexOf(u'.') < 0 ? name.size() : name.indexOf(u'.'))).trimmed();
    const auto is = [stem](QLatin1StringView device) { return stem.compare(device, Qt::CaseInsensitive) == 0; };
    if (is("con"_L1) || is("prn"_L1) || is("aux"_L1) || is("nul"_L1))
        return true;
    return stem.size() == 4 && stem.back().isDigit()
        && (stem.startsWith("com"_L1, Qt::CaseInsensitive) || stem.startsWith("lpt"_L1, Qt::CaseInsensitive));
}

QString shortened(const QString &name)
{
    if (name.toUtf8().size() <= maxNameBytes)
        return name;
    const qsizetype dot = name.lastIndexOf(u'.');
    const QString extension = dot > 0 && name.size() - dot <= maxExtension ? name.sliced(dot) : QString();
    QString stem = name.chopped(extension.size());
    stem.truncate(maxNameBytes);
    while (!stem.isEmpty() && stem.toUtf8().size() + extension.toUtf8().size() > maxNameBytes)
        stem.chop(stem.back().isLowSurrogate() ? 2 : 1);
    return stem + extension;
}

} // namespace

QString safeFileName(const QString &name)
{
    // Paths of any platform: only the last component counts.
    QString safe = name.sliced(std::max(name.lastIndexOf(u'/'), name.lastIndexOf(u'\\')) + 1);
    safe.removeIf([](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
            || c.category() == QChar::Other_NotAssigned;
    });
    safe = safe.normalized(QString::NormalizationForm_C);
    for (QChar &c : safe) {
        if ("<>:\"|?*"_L1.contains(c))
            c = u'_';
    }
    // Runs of spaces push the true extension out of sight.
    safe = safe.simplified();
    while (safe.startsWith(u'.') || safe.startsWith(u' '))
        safe.removeFirst();
    if (isDeviceName(safe))
        safe.prepend(u'_');
    safe = shortened(safe);
    while (safe.endsWith(u'.') || safe.endsWith(u' '))
        safe.chop(1);
    return safe;
}

} // namespace postaci
