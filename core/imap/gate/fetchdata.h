// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/imap/gate/imapresponse.h"
#include "core/mail/flags.h"

#include <QDateTime>

#include <optional>

namespace postaci {

/// What one FETCH response says of a message (RFC 9051 7.5.2). What the server left out is absent.
struct FetchData {
    quint32 uid = 0;
    std::optional<Flags> flags;
    QDateTime internalDate; ///< UTC; invalid when it could not be read.
    qint64 size = -1; ///< RFC822.SIZE
    std::optional<QByteArray> header; ///< BODY[HEADER…], byte for byte; empty for NIL.
    std::optional<QByteArray> body; ///< BODY[], byte for byte; absent for NIL.

    /// Fails with Protocol when the items don't pair up or a number is none. Items of unknown names are passed over.
    [[nodiscard]] static Result<FetchData> read(ImapResponse response);
};

/// `"17-Jul-1996 02:44:25 -0700"` as UTC; invalid when it is something else.
QDateTime parseInternalDate(QByteArrayView text);

} // namespace postaci
