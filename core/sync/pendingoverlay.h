// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/flags.h"
#include "core/store/pendingoptable.h"

#include <QHash>
#include <QList>
#include <QSet>

namespace postaci {

/// What the user did in a folder that its server has not heard of: laid over whatever a sync reads there, so that an
/// action never seems to come undone.
class PendingOverlay {
public:
    /// `ops` of this folder in their order; those made under another numbering are told by Message-ID alone.
    PendingOverlay(const QList<PendingOp> &ops, quint32 uidValidity);

    Flags flags(quint32 uid, Flags onServer) const;
    /// Moved away or deleted here.
    bool isGone(quint32 uid, const QByteArray &messageIdHeader) const;
    /// How many messages of the server are gone here.
    qsizetype goneCount() const { return m_gone.size(); }
    QList<quint32> goneUids() const;

private:
    struct Change {
        Flags add;
        Flags remove;
    };

    QHash<quint32, QList<Change>> m_changes;
    QSet<quint32> m_gone;
    QSet<QByteArray> m_goneByMessageId;
};

} // namespace postaci
