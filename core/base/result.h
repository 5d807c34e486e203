// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"

#include <tl/expected.hpp>

#include <utility>

namespace postaci {

/// A value, or the reason why there is none. Functions that return one are marked [[nodiscard]].
template <class T> using Result = tl::expected<T, MailError>;

/// Fails a function that returns Result<T>: `return failure({.kind = ErrorKind::Timeout, .step = Step::Login});`
inline tl::unexpected<MailError> failure(MailError error)
{
    return tl::unexpected<MailError>(std::move(error));
}

} // namespace postaci
