// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

class QWidget;

namespace postaci {

/// Makes a window higher where its wrapped texts need more than it has, after a text has come or changed: a layout
/// alone knows what they need at one width only. Never lower.
void growToFit(QWidget &window);

} // namespace postaci
