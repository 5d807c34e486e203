// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/folder.h"

#include <QHash>
#include <QList>

namespace postaci {

/// Whose turn it is when an account looks through its folders by itself: first those in which something happens.
///
/// A folder that is for something (Inbox, Sent …) or that has changed in the last looks comes every time; any other one
/// each `quietLooks` times, so that a hundred folders of old mail cost a server little.
class FolderTurns {
public:
    explicit FolderTurns(int quietLooks)
        : m_quietLooks(qMax(1, quietLooks))
    {
    }

    /// The next look begins.
    void begin() { ++m_look; }
    void noteChange(FolderId folder) { m_changed.insert(folder, m_look); }

    bool isDue(const Folder &folder) const;
    /// Everything comes: the first look, and each `quietLooks` after it.
    bool isThorough() const { return m_look % m_quietLooks == 0; }
    /// The inbox first, then those that have changed lately; the rest stays in its order.
    void sort(QList<Folder> &folders) const;

private:
    bool isLively(FolderId folder) const;

    int m_quietLooks;
    int m_look = -1;
    QHash<FolderId, int> m_changed; ///< In which look.
};

} // namespace postaci
