// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/mail/ids.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>

#include <optional>

namespace postaci {

/// What an account is doing, for the status line.
struct AccountState {
    enum class Activity {
        Offline, ///< Not connected, waiting for the next try or for the user.
        Connecting,
        ListingFolders,
        FetchingHeaders,
        FetchingBodies,
        ReplayingActions,
        Sending,
        Idle, ///< Connected, nothing to do.
    };

    AccountId account;
    Activity activity = Activity::Offline;
    QString folder; ///< Path, where one is concerned.
    qint64 done = 0; ///< Messages, or bytes when Sending.
    qint64 total = 0; ///< 0: unknown.
    std::optional<MailError> error; ///< Why it is offline.
    bool isPaused = false; ///< By the user: MailEngine::setPaused().
    QDateTime nextTry; ///< UTC; invalid: none is due by itself.
    bool passwordNeeded = false;
    bool signInNeeded = false; ///< In the browser: MailEngine::signInWithBrowser(), then providePassword().

    /// Nothing is tried until the user has done something.
    bool waitsForUser() const { return passwordNeeded || signInNeeded; }

    friend bool operator==(const AccountState &, const AccountState &) = default;
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::AccountState)
