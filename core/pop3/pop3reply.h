// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace postaci {

/// The status line of a POP3 server (RFC 1939 3), with its response code (RFC 2449 8, RFC 3206) taken off the text.
struct Pop3Reply {
    enum class Status {
        Ok,
        Error,
        Challenge, ///< "+ …" during AUTH (RFC 5034).
    };
    static constexpr qsizetype lineLimit = qsizetype(64) * 1024; ///< Bytes; RFC 2449 4 asks for 512.

    Status status = Status::Error;
    QByteArray responseCode; ///< "IN-USE", "SYS/TEMP", upper case; or empty.
    QByteArray text; ///< As the server sent it: clean before showing.

    /// Protocol when the line is no status line. Pure.
    [[nodiscard]] static Result<Pop3Reply> parse(QByteArrayView line);

    bool isOk() const { return status == Status::Ok; }
    /// What this reply means where another was hoped for. Always an error: Protocol for one that has no place.
    MailError error(Step step) const;

    friend bool operator==(const Pop3Reply &, const Pop3Reply &) = default;
};

} // namespace postaci
