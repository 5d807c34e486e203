// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/address.h"
#include "core/mail/flags.h"
#include "core/mail/ids.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace postaci {

/// The header fields of a message that the program keeps, decoded and cleaned by core/mime.
struct Envelope {
    QDateTime date; ///< Date field, UTC; invalid when missing or unreadable.
    QString subject;
    AddressList from; ///< More than one is legal, and suspicious.
    AddressList replyTo;
    AddressList to;
    AddressList cc;
    AddressList bcc;
    QByteArray messageIdHeader; ///< Without angle brackets.
    QByteArray inReplyTo; ///< Likewise, the first one.
    QList<QByteArray> references; ///< Likewise, oldest first.
    bool hasAttachments = false; ///< From Content-Type only until the body is known.

    friend bool operator==(const Envelope &, const Envelope &) = default;
};

/// A row of the message list.
struct MessageHeader {
    MessageId id;
    FolderId folder;
    quint32 uid = 0; ///< 0: not on the server yet, or moved here and not yet seen there.
    Flags flags;
    QDateTime received; ///< INTERNALDATE, UTC. The list is ordered by this.
    qint64 size = 0; ///< RFC822.SIZE, bytes.
    bool hasBody = false; ///< The raw message is in the store.
    Envelope envelope;

    friend bool operator==(const MessageHeader &, const MessageHeader &) = default;
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::MessageHeader)
