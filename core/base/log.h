// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QLoggingCategory>

/// One category for each area, named after its folder. Silent below Warning unless QT_LOGGING_RULES says otherwise.
/// What may be logged: host, port, step, kind of error, counts, times. Never: passwords, tokens, addresses, subjects,
/// mail text, or what a server said.
namespace postaci {

Q_DECLARE_LOGGING_CATEGORY(settingsLog)
Q_DECLARE_LOGGING_CATEGORY(netLog)
Q_DECLARE_LOGGING_CATEGORY(smtpLog)
Q_DECLARE_LOGGING_CATEGORY(pop3Log)
Q_DECLARE_LOGGING_CATEGORY(imapLog)
Q_DECLARE_LOGGING_CATEGORY(mimeLog)
Q_DECLARE_LOGGING_CATEGORY(storeLog)
Q_DECLARE_LOGGING_CATEGORY(discoveryLog)
Q_DECLARE_LOGGING_CATEGORY(syncLog)
Q_DECLARE_LOGGING_CATEGORY(uiLog)

} // namespace postaci
