// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/pendingoverlay.h"

#include "core/sync/uidlists.h"

namespace postaci {

PendingOverlay::PendingOverlay(const QList<PendingOp> &ops, quint32 uidValidity)
{
    for (const PendingOp &op : ops) {
        if (op.state == PendingOp::State::Failed)
            continue;
        const bool sameNumbering = op.uid != 0 && uidValidity != 0 && op.uidValidity == uidValidity;
        if (op.kind == PendingOp::Kind::ChangeFlags && sameNumbering)
            m_changes[op.uid].append({op.add, op.remove});
        if (op.kind != PendingOp::Kind::Move && op.kind != PendingOp::Kind::Delete)
            continue;
        if (sameNumbering)
            m_gone.insert(op.uid);
        else if (!op.messageIdHeader.isEmpty())
            m_goneByMessageId.insert(op.messageIdHeader);
    }
}

Flags PendingOverlay::flags(quint32 uid, Flags onServer) const
{
    const auto changes = m_changes.constFind(uid);
    if (changes == m_changes.cend())
        return onServer;
    for (const Change &change : *changes)
        onServer = (onServer & ~change.remove) | change.add;
    return onServer;
}

bool PendingOverlay::isGone(quint32 uid, const QByteArray &messageIdHeader) const
{
    return m_gone.contains(uid) || (!messageIdHeader.isEmpty() && m_goneByMessageId.contains(messageIdHeader));
}

QList<quint32> PendingOverlay::goneUids() const
{
    return uids::sorted(QList<quint32>(m_gone.cbegin(), m_gone.cend()));
}

} // namespace postaci
