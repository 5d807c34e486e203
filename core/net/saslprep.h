// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <optional>

namespace postaci {

/// The form of a password in which SCRAM compares it (RFC 5802 2.2), however it was typed: SASLprep (RFC 4013), a
/// profile of stringprep (RFC 3454), for a query: unassigned code points stay. Nothing for what it forbids. Pure.
std::optional<QString> saslPrep(const QString &text);

} // namespace postaci
