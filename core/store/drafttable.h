// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/draft.h"
#include "core/store/connection.h"

#include <QDateTime>
#include <QList>

#include <optional>

namespace postaci {

/// Unsent drafts, whole, with their attachments.
class DraftTable {
public:
    explicit DraftTable(Connection &connection);

    /// A line of the drafts list.
    struct Summary {
        DraftId id;
        AccountId account;
        QString subject;
        QString recipients;
        QDateTime changedAt; ///< UTC
    };

    QList<Summary> all() const;
    std::optional<Draft> find(DraftId id) const;

    /// Inserts when draft.id is none, or was removed meanwhile: what was written is never lost. Returns the id.
    DraftId save(const Draft &draft, const QDateTime &now);
    void remove(DraftId id);

private:
    Connection &m_connection;
};

} // namespace postaci
