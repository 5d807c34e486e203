// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/imap/imaptypes.h"

#include <QByteArrayView>
#include <QList>

#include <optional>

namespace postaci {

/// Sets of UIDs (RFC 9051 9, sequence-set).

/// The shortest ranges that hold exactly these UIDs, ascending. 0 is no UID and is left out.
QList<UidRange> rangesOf(QList<quint32> uids);

/// The ranges in groups, none of which takes more than `bytes` to write: servers limit a command's length.
QList<QList<UidRange>> splitBySize(const QList<UidRange> &ranges, qsizetype bytes);

bool contains(const QList<UidRange> &ranges, quint32 uid);

/// The ranges of `2,4:7,9`, each with its smaller end first, in the order written; nothing when it is not such a set,
/// or holds `*`.
std::optional<QList<UidRange>> parseUidRanges(QByteArrayView text);

/// The UIDs of `2,4:7,9`, in the order written; nothing when it is not such a set, holds `*`, or more than `limit`
/// UIDs.
std::optional<QList<quint32>> parseUidSet(QByteArrayView text, qsizetype limit);

} // namespace postaci
