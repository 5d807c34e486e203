// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/draft.h"
#include "core/mail/outboxitem.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

namespace postaci {

/// A mail ready for the outbox: its row and the two forms of its bytes, which are never made again. Message-ID and
/// Date are fixed here, so that a repeated attempt is recognisable as the same mail.
struct OutgoingMail {
    OutboxItem item;
    QByteArray wireMessage; ///< Without Bcc, CR LF line ends.
    QByteArray sentCopy; ///< With Bcc.
};

/// Meant for a worker thread. InvalidInput when nobody is addressed or an address cannot be written.
[[nodiscard]] Result<OutgoingMail> prepareDraft(const Draft &draft, const QDateTime &now);

/// A finished message from elsewhere: line ends become CR LF, Message-ID and Date are added where missing, Bcc never
/// goes on the wire. An empty sender or recipient list is taken from the fields. Meant for a worker thread.
[[nodiscard]] Result<OutgoingMail> prepareRaw(AccountId account, const QByteArray &message, const QString &sender,
    const QStringList &recipients, const QDateTime &now);

/// Every line ended by CR LF (RFC 5322 2.3): a bare CR or LF becomes one.
QByteArray withCrLf(const QByteArray &text);
/// Without the fields of this name (with their folded lines) in the header block.
QByteArray withoutField(const QByteArray &message, QByteArrayView name);

} // namespace postaci
