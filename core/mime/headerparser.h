// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/messageheader.h"

#include <QByteArray>

namespace postaci {

/// Reads the fields of Envelope from a raw header block (RFC 5322, 2047, 6532). Never fails: what cannot be read is
/// left empty. Pure; any thread. Control characters and line breaks never reach the result.
Envelope parseEnvelope(const QByteArray &header);

/// Addresses typed by the user or taken from a mailto link, "Ayşe <a@x.tr>, b@y.tr". Entries without a usable address
/// come back with an empty `address` and the text as `name`.
AddressList parseAddresses(const QString &text);
/// For the screen: quoted where needed, not encoded.
QString formatAddress(const Address &address);
QString formatAddresses(const AddressList &addresses);

} // namespace postaci
