// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/imap/imapsession.h"
#include "core/imap/kimapdriver.h"

#include <utility>

namespace KIMAP {
class IdleJob;
}

namespace postaci {

/// What the parts of ImapSession share; each part is a file: imapsession.cpp for the connection and the waiting,
/// imapsession_folders.cpp, imapsession_messages.cpp.
struct ImapSession::Private {
    explicit Private(TlsPolicy policy)
        : kimap(std::move(policy))
    {
    }

    KimapDriver kimap;
    ImapCapabilities capabilities;
    QString selected;
    quint32 selectedUidValidity = 0;
    bool sizesAreEstimates = false;
    KIMAP::IdleJob *idleJob = nullptr; ///< Under way, and not told to stop yet.
    bool idleStopRequested = false;
    bool idleChanged = false;
    bool idleIsUseless = false; ///< The server refuses IDLE, or ends it at once.

    /// CONDSTORE, which QRESYNC includes (RFC 7162).
    bool keepsModSeqs() const { return capabilities.has("CONDSTORE") || capabilities.has("QRESYNC"); }
    bool can(QByteArrayView capability) const { return capabilities.has(capability) || capabilities.has("IMAP4REV2"); }
};

/// How KIMAP is to call a mailbox; fails with InvalidInput for a name that cannot go into a command.
Result<QString> mailboxFor(const QString &path, Step step);

/// Each message once, ascending: of one that changes meanwhile the server tells twice, and the later is true.
QList<FetchedFlags> newestOf(QList<FetchedFlags> flags);

} // namespace postaci
