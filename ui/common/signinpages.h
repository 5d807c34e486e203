// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/signin.h"

namespace postaci {

/// What the browser shows after MailEngine::signInWithBrowser(), in the language of the moment.
SignInPages signInPages();

} // namespace postaci
