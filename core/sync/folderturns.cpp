// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/folderturns.h"

#include <algorithm>

namespace postaci {

bool FolderTurns::isLively(FolderId folder) const
{
    const auto changed = m_changed.constFind(folder);
    return changed != m_changed.cend() && m_look - *changed < m_quietLooks;
}

bool FolderTurns::isDue(const Folder &folder) const
{
    const bool isForSomething
        = folder.role != FolderRole::None && folder.role != FolderRole::All && folder.role != FolderRole::Flagged;
    return isForSomething || isLively(folder.id) || isThorough();
}

void FolderTurns::sort(QList<Folder> &folders) const
{
    std::ranges::stable_sort(folders, {}, [this](const Folder &folder) {
        return folder.role == FolderRole::Inbox ? 0 : isLively(folder.id) ? 1 : 2;
    });
}

} // namespace postaci
