// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHashFunctions>
#include <QMetaType>

#include <compare>

namespace postaci {

/// A row of the store, typed so that a folder's number cannot be taken for a message's. 0 is "none"; a number is
/// never used again after its row was deleted.
template <class Tag> struct RowId {
    qint64 value = 0;

    explicit operator bool() const { return value != 0; }
    friend auto operator<=>(const RowId &, const RowId &) = default;
    friend size_t qHash(RowId id, size_t seed = 0) { return ::qHash(id.value, seed); }
};

using AccountId = RowId<struct AccountTag>;
using FolderId = RowId<struct FolderTag>;
/// A message in one folder of this profile (not the Message-ID header, which is called messageIdHeader everywhere).
using MessageId = RowId<struct MessageTag>;
using DraftId = RowId<struct DraftTag>;
using OutboxId = RowId<struct OutboxTag>;
using PendingOpId = RowId<struct PendingOpTag>;
using UndoStepId = RowId<struct UndoStepTag>;

} // namespace postaci

Q_DECLARE_METATYPE(postaci::AccountId)
Q_DECLARE_METATYPE(postaci::FolderId)
Q_DECLARE_METATYPE(postaci::MessageId)
Q_DECLARE_METATYPE(postaci::DraftId)
Q_DECLARE_METATYPE(postaci::OutboxId)
