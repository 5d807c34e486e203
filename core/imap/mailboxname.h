// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>

namespace postaci {

/// Mailbox names between people and the wire: modified UTF-7 (RFC 3501 5.1.3).
///
/// Two names that differ on the server differ as paths, and encodeMailboxName(decodeMailboxName(name)) is always
/// `name`, so that rename and delete hit the right mailbox. A name that is not the modified UTF-7 which we would write
/// ourselves (raw UTF-8, broken base64) keeps its printable ASCII; every other byte becomes a character of U+F700 to
/// U+F7FF.
QByteArray encodeMailboxName(QStringView path);

/// INBOX comes out in this spelling, however it was written (RFC 9051 5.1).
QString decodeMailboxName(QByteArrayView name);

} // namespace postaci
