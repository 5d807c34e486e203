// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"

#include <QString>

namespace postaci {

/// A failure in the user's language.
struct ErrorText {
    QString sentence; ///< What happened, in plain words.
    QString hint; ///< What to do about it.
};

ErrorText errorText(const MailError &error);

/// "The server said: …", or empty. Plain text: never show it as rich text or as a link.
QString serverWords(const MailError &error);

/// For a details box: where it happened, codes, the server's words. Plain text.
QString errorDetails(const MailError &error);

/// What is being done at a step, for instance "Signing in".
QString stepText(Step step);

} // namespace postaci
