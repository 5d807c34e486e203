// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/ids.h"
#include "core/store/connection.h"

#include <QByteArray>

#include <optional>

namespace postaci {

/// Raw messages, byte for byte as the server has them, in a database file of their own. Only those that the message
/// table knows of (hasBody) are seen: see Connection.
class BodyTable {
public:
    explicit BodyTable(Connection &connection);

    std::optional<QByteArray> raw(MessageId id) const;

    /// Its text waits from now on: see SearchIndex::textsWaiting().
    void put(MessageId id, const QByteArray &raw);
    void remove(MessageId id);

private:
    friend class MessageTable;

    void putBytes(MessageId id, const QByteArray &raw);

    Connection &m_connection;
};

} // namespace postaci
