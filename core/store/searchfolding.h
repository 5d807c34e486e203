// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace postaci {

/// The folding that both sides of a search go through: small letters without marks, I, ı, İ and i alike, everything
/// that is neither letter nor digit a space. Changing it needs a migration that indexes everything again.
QString foldForSearch(const QString &text);

} // namespace postaci
