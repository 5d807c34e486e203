// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/imap/imaptypes.h"
#include "core/store/tables.h"

#include <QList>
#include <QSet>

#include <optional>

namespace postaci {

/// The next operations that can be told to the server in one command: the first that is not skipped, with those right
/// behind it that want the same in the same folder. One that was broken off earlier comes alone.
QList<PendingOp> nextBatch(const QList<PendingOp> &waiting, const QSet<FolderId> &skippedFolders,
    const QSet<PendingOpId> &skippedOps, qsizetype most);

/// The server has done these: their rows go, moved messages get their new numbers, and so do later operations on them.
/// Inside one transaction.
void completeOps(Tables &tables, const QList<PendingOp> &ops, const std::optional<CopiedUids> &copied);

/// The message is in its folder on the server under this number (0: it was gone here before it was put there). Its row
/// and later operations on it learn the number. Inside one transaction.
void completePut(Tables &tables, const PendingOp &op, quint32 uidValidity, quint32 uid);

} // namespace postaci
