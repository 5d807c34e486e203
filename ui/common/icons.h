// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>

class QWidget;

namespace postaci {

/// Makes the bundled Breeze icons the fall-back of the desktop's own theme. Call after the QApplication is made.
void setUpIcons();

/// An icon by its freedesktop name, "mail-reply-sender". Drawn in the colour of the palette's text, so that it can be
/// seen on light and dark backgrounds; parts that have a colour of their own keep it.
QIcon themeIcon(const QString &name);

/// The side of an icon that stands in a line of the widget's text; grows with it.
int textIconSide(const QWidget &widget);

/// A one-colour icon in a colour of one's own, square. Kept in the pixmap cache.
QPixmap tintedIcon(const QString &name, int side, const QColor &colour, qreal devicePixelRatio);

/// The program's own mark.
QIcon applicationIcon();

} // namespace postaci
