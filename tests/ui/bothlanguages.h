// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/settings/settings.h"
#include "ui/common/language.h"

#include <QTemporaryDir>

#include <utility>

namespace postaci {

/// What a function returns in English and in Turkish.
template <class F> auto inBothLanguages(F function)
{
    const QTemporaryDir folder;
    Settings settings(folder.path());
    Language language(settings);
    language.apply(QStringLiteral("en"));
    auto english = function();
    language.apply(QStringLiteral("tr"));
    auto turkish = function();
    return std::pair(english, turkish);
}

} // namespace postaci
