// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/draft.h"
#include "core/mail/messageheader.h"
#include "core/mime/messagebody.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace postaci {

enum class ReplyTo { Sender, All };

/// A draft that answers a message: recipients (Reply-To honoured, Mail-Followup-To not; `own` addresses left out of
/// "reply all"), "Re: " once, threading fields (RFC 5322 3.6.4), and the text quoted under `attribution`, a line from
/// the ui such as "On 1 May Ayşe wrote:". The account is the caller's to set.
Draft makeReply(const MessageHeader &original, const MessageBody &body, const Address &from, const QStringList &own,
    ReplyTo to, const QString &attribution);

/// A draft that passes a message on: its text under `headline` (from the ui: who wrote when to whom) and its
/// attachments. `raw` is the message that `body` was made from.
Draft makeForward(const MessageHeader &original, const MessageBody &body, const QByteArray &raw, const Address &from,
    const QString &headline);

} // namespace postaci
