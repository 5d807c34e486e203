// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// For the sources of core/mime only: no public header includes gumbo.
#include <gumbo.h>

#include <QLatin1StringView>

namespace postaci {

/// What becomes of an element.
enum class HtmlTreatment {
    Drop, ///< With everything in it.
    Unwrap, ///< Its content stays.
    Inline,
    Block,
    Cell, ///< td, th
    Row, ///< tr, and what else a table has between itself and its cells
    Table,
    Quote,
    Void, ///< br, hr
    Link,
    Image,
};

struct HtmlRule {
    HtmlTreatment treatment = HtmlTreatment::Unwrap;
    QLatin1StringView name = {}; ///< What it is written as.
};

/// The list of elements that cleanHtml() knows. What is not in it loses its tags.
HtmlRule htmlRule(GumboTag tag);

} // namespace postaci
