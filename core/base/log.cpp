// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/base/log.h"

namespace postaci {

Q_LOGGING_CATEGORY(settingsLog, "postaci.settings", QtWarningMsg)
Q_LOGGING_CATEGORY(netLog, "postaci.net", QtWarningMsg)
Q_LOGGING_CATEGORY(smtpLog, "postaci.smtp", QtWarningMsg)
Q_LOGGING_CATEGORY(pop3Log, "postaci.pop3", QtWarningMsg)
Q_LOGGING_CATEGORY(imapLog, "postaci.imap", QtWarningMsg)
Q_LOGGING_CATEGORY(mimeLog, "postaci.mime", QtWarningMsg)
Q_LOGGING_CATEGORY(storeLog, "postaci.store", QtWarningMsg)
Q_LOGGING_CATEGORY(discoveryLog, "postaci.discovery", QtWarningMsg)
Q_LOGGING_CATEGORY(syncLog, "postaci.sync", QtWarningMsg)
Q_LOGGING_CATEGORY(uiLog, "postaci.ui", QtWarningMsg)

} // namespace postaci
