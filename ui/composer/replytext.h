// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/messageheader.h"

#include <QString>

namespace postaci {

/// The line above quoted text, in the user's language: "On 1 May 2025 10:00, Ayşe wrote:".
QString attributionLine(const Envelope &envelope);

/// What stands above a forwarded message: who wrote when to whom about what.
QString forwardHeadline(const Envelope &envelope);

} // namespace postaci
