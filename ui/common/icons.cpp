// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/icons.h"

#include <BreezeIcons>
#include <QGuiApplication>
#include <QPalette>

using namespace Qt::StringLiterals;

namespace postaci {

void setUpIcons()
{
    BreezeIcons::initIcons();
    const QPalette palette = QGuiApplication::palette();
    const bool dark = palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
    const QString wanted = dark ? u"breeze-dark"_s : u"breeze"_s;
    if (QIcon::fallbackThemeName() != wanted)
        QIcon::setFallbackThemeName(wanted);
}

QIcon themeIcon(const QString &name)
{
    return QIcon::fromTheme(name);
}

QIcon applicationIcon()
{
    return QIcon(u":/icons/postaci.svg"_s);
}

} // namespace postaci
