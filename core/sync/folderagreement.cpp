// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/folderagreement.h"

namespace postaci {

FolderAgreement compare(const Tables &tables, const Folder &folder, const FolderStatus &status)
{
    const FolderSyncState state = tables.folders.syncState(folder.id);
    if (!state.headersComplete || status.uidValidity == 0 || status.uidValidity != state.uidValidity
        || status.uidNext == 0 || status.uidNext != state.uidNext || folder.total != qint64(status.messages))
        return FolderAgreement::Unknown;
    // What the server has not been told yet makes the counts differ, or agree by chance.
    if (!tables.pendingOps.forFolder(folder.id).isEmpty() || tables.messages.unplacedCount(folder.id) > 0)
        return FolderAgreement::Unknown;
    if (status.highestModSeq != 0 && state.highestModSeq != 0)
        return status.highestModSeq == state.highestModSeq ? FolderAgreement::Complete : FolderAgreement::Unknown;
    return qint64(status.unseen) == folder.unread ? FolderAgreement::Counts : FolderAgreement::Unknown;
}

} // namespace postaci
