// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/messageheader.h"

#include <QByteArray>
#include <QHash>

namespace postaci {

constexpr qsizetype maxAddresses = 10'000; ///< Of one field; more are left out.

/// Reads the fields of Envelope from a raw header block (RFC 5322, 2047, 6532). Never fails: what cannot be read is
/// left empty. Pure; any thread. Control characters and line breaks never reach the result. Fields that appear more
/// than once: all addresses are kept, in order; of any other the first counts.
Envelope parseEnvelope(const QByteArray &header);

/// When the last server on the way took the message, UTC: the date of its topmost Received field (RFC 5321 4.4).
/// Invalid without one. Pure; any thread.
QDateTime deliveryTime(const QByteArray &header);

/// parseEnvelope() for the headers of one folder, where the same senders and recipients come again and again: each
/// address field is read once. Keeps what it has read, so use one for some hundred messages. One thread.
class EnvelopeParser {
public:
    Envelope parse(const QByteArray &header);

private:
    QHash<QByteArray, AddressList> m_lists; ///< By the field's value.
};

/// Addresses typed by the user or taken from a mailto link, "Ayşe <a@x.tr>, b@y.tr"; commas, semicolons and line
/// breaks separate. Entries without a usable address come back with an empty `address` and the text as `name`.
AddressList parseAddresses(const QString &text);
/// For the screen: quoted where needed, not encoded. parseAddresses() reads it back.
QString formatAddress(const Address &address);
QString formatAddresses(const AddressList &addresses);

} // namespace postaci
