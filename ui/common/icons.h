// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QIcon>
#include <QString>

namespace postaci {

/// Makes the bundled Breeze icons the fall-back of the desktop's own theme, in their light or dark variant, whichever
/// the application's palette needs. Call after the QApplication is made and again when its palette changed.
void setUpIcons();

/// An icon by its freedesktop name, "mail-reply-sender".
QIcon themeIcon(const QString &name);

/// The program's own mark.
QIcon applicationIcon();

} // namespace postaci
