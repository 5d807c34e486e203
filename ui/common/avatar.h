// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/address.h"

#include <QRect>

class QFont;
class QPainter;

namespace postaci {

/// A disc with the initials of a correspondent, always in the same colour for the same address. Nothing is looked up.
void paintAvatar(QPainter *painter, const QRect &rect, const Address &address, const QFont &font);

/// One or two letters; upper case by the rules of the user's language.
QString initials(const Address &address);

} // namespace postaci
