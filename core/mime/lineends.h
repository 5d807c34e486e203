// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>

/// Files on disk end their lines with LF as a rule, mail with CR LF (RFC 5322 2.1).
namespace postaci {

/// With CR LF where no line has that; as it is where some line does, so that nothing is altered without need.
QByteArray withMailLineEnds(QByteArray text);

/// With LF, if withMailLineEnds() gives back exactly the same bytes; as it is otherwise.
QByteArray withFileLineEnds(const QByteArray &message);

/// The message in an .eml file: without a byte order mark or a line that an mbox would have before it.
QByteArray messageFromFile(QByteArray content);

} // namespace postaci
