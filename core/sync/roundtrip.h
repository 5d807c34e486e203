// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/folder.h"

#include <QMetaType>
#include <QString>

namespace postaci {

/// What the test mail to oneself says: it may be seen on other devices before it is removed.
struct RoundTripText {
    QString subject;
    QString text;
};

/// How far the test mail is, for the screen.
enum class RoundTripStage {
    Connecting,
    Sending,
    Waiting, ///< For its arrival.
    Removing,
};

/// A test mail that went out and came back.
struct RoundTrip {
    QString folder; ///< Path of the folder in which it arrived.
    FolderRole role = FolderRole::Inbox; ///< Of that folder: Junk means that a filter takes one's own mail for spam.
    qint64 milliseconds = 0; ///< From the server's word that it has the mail until it was seen.
    bool removed = false; ///< Else it is still there.
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::RoundTripStage)
Q_DECLARE_METATYPE(postaci::RoundTrip)
