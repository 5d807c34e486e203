// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace postaci {

struct SmtpReply;

/// What a server said it can do, in its answer to EHLO (RFC 5321 4.1.1.1).
struct SmtpCapabilities {
    bool startTls = false;
    bool pipelining = false;
    bool eightBitMime = false;
    bool smtpUtf8 = false;
    bool enhancedStatusCodes = false;
    bool chunking = false;
    std::optional<qint64> sizeLimit; ///< Bytes; 0 means "no fixed limit".
    QList<QByteArray> mechanisms; ///< Of SASL, upper case.

    static SmtpCapabilities parse(const SmtpReply &ehloReply);

    friend bool operator==(const SmtpCapabilities &, const SmtpCapabilities &) = default;
};

} // namespace postaci
