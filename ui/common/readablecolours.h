// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QColor>

namespace postaci {

/// The contrast ratio of WCAG 2.1, 1 to 21. `colour` may be translucent.
double contrastOn(const QColor &back, const QColor &colour);

/// Sees to it, now and whenever the desktop's colours change, that quiet text (QPalette::PlaceholderText) and links can
/// be read on the window: some themes say nothing about them, and Qt's own colours are for light windows. What is
/// readable stays as the theme has it. Call after the QApplication is made.
void keepColoursReadable();

} // namespace postaci
