// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace postaci {

/// A name from a message made safe as a file name on every platform (RFC 2183 2.3): one component, no control,
/// direction or other invisible characters, none of `<>:"/\|?*`, no leading dot, no trailing dot or space, no name of a
/// Windows device, at most 200 bytes of UTF-8 with the extension kept, and NFC. Empty when nothing is left.
QString safeFileName(const QString &name);

} // namespace postaci
