// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

namespace postaci {

/// Whether a name of a mail exchanger fits a pattern in which each `*` stands for any characters, or none. Both in
/// lower case, without a final dot.
bool matchesMxPattern(QStringView pattern, QStringView name);

/// The same for the domain of an address, except for a pattern that ends in ".*": there it stands for what registries
/// sell names under: "com", "de", "co.uk", "com.tr". So "yahoo.*" is not "yahoo.example.com".
bool matchesDomainPattern(QStringView pattern, QStringView domain);

/// A pattern whose fixed end is at least two whole labels: nobody else can have a name that fits.
bool isAnchoredPattern(QStringView pattern);

} // namespace postaci
