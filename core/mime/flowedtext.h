// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

namespace postaci {

// Plain text whose paragraphs are wrapped in transit and come out whole (RFC 3676). Both directions take and give LF.

/// Wraps paragraphs at 76 characters, at spaces. Lines that begin with '>' are quotes and are left as they are.
/// Trailing spaces are lost, but for the signature separator "-- ".
QString wrapFlowed(const QString &text);

/// Joins what was wrapped. `deleteSpace` is the DelSp parameter.
QString unwrapFlowed(const QString &text, bool deleteSpace);

} // namespace postaci
