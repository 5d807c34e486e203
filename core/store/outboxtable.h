// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/outboxitem.h"
#include "core/store/connection.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace postaci {

/// Mails on their way out, with the exact bytes that go over the wire and those of the copy in Sent.
class OutboxTable {
public:
    explicit OutboxTable(Connection &connection);

    QList<OutboxItem> all() const;
    std::optional<OutboxItem> find(OutboxId id) const;
    QByteArray wireMessage(OutboxId id) const;
    QByteArray sentCopy(OutboxId id) const;

    OutboxId insert(const OutboxItem &item, const QByteArray &wireMessage, const QByteArray &sentCopy);
    /// State, recipients' states and what follows from an attempt; the envelope and the bytes are fixed.
    void update(const OutboxItem &item);
    void remove(OutboxId id);

private:
    void writeRecipients(OutboxId id, const QList<Recipient> &recipients);

    Connection &m_connection;
};

} // namespace postaci
