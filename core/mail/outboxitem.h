// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/mail/ids.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace postaci {

/// The life of a mail on its way out. The numbers are stored: never change or reuse one.
enum class OutboxState {
    Queued = 0,
    Sending = 1, ///< Committed before the first byte goes out. Found at start: treat as Unknown.
    Unknown = 2, ///< The connection was lost after the final dot. Never sent again without asking.
    Sent = 3,
    Failed = 4, ///< Refused for good; kept, with the reason, until the user decides.
};

enum class RecipientState { Pending = 0, Accepted = 1, Refused = 2 };

/// One envelope recipient and what the server said to it.
struct Recipient {
    QString address;
    RecipientState state = RecipientState::Pending;
    MailError error; ///< Meaningful when Refused.

    friend bool operator==(const Recipient &, const Recipient &) = default;
};

/// A mail in the outbox. Its bytes and Message-ID are fixed when it is queued (RFC 5321 envelope beside them).
struct OutboxItem {
    OutboxId id;
    AccountId account;
    OutboxState state = OutboxState::Queued;
    QString sender;
    QList<Recipient> recipients;
    QByteArray messageIdHeader;
    QString subject; ///< For the outbox list.
    qint64 size = 0; ///< Bytes of the message; the bytes themselves are read separately.
    QDateTime queuedAt; ///< UTC
    QDateTime nextTry; ///< UTC; meaningful when Queued.
    int attempts = 0;
    MailError lastError; ///< Meaningful after a failed attempt.
    MessageId original; ///< Gets \Answered or $Forwarded once this is sent.
    bool originalForwarded = false;

    friend bool operator==(const OutboxItem &, const OutboxItem &) = default;
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::OutboxItem)
