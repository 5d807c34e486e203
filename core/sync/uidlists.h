// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/imap/imaptypes.h"

#include <QList>

#include <utility>

/// Arithmetic on ascending lists of UIDs without repetition (RFC 9051 2.3.1.1).
namespace postaci::uids {

/// Ascending, each once, without 0: whatever a server or a queue delivered.
QList<quint32> sorted(QList<quint32> list);
/// What is in `from` and not in `taken`.
QList<quint32> without(const QList<quint32> &from, const QList<quint32> &taken);

/// Cuts the newest `most` UIDs off the end of `list`, fewer where they would take more than `mostRanges` ranges: a
/// command line has a length (RFC 7162 4 suggests 8,192 bytes).
QList<UidRange> takeNewest(QList<quint32> &list, qsizetype most, qsizetype mostRanges = 300);
/// The shortest ranges that hold exactly these.
QList<UidRange> toRanges(const QList<quint32> &list);

} // namespace postaci::uids
