// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace postaci {

/// What KIMAP and the KDE libraries below it need once in a program, on the thread of the application object, before
/// the first session anywhere. Later calls do nothing.
void prepareKimap();

} // namespace postaci
