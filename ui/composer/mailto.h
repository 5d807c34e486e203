// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/draft.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

namespace postaci {

/// A mailto link (RFC 6068), which any web page or mail can carry: only a proposal, shown to the user before anything
/// is sent. Only to, cc, bcc, subject, body and in-reply-to are taken; nothing is ever attached; no value can bring a
/// line break or another control character into a header.
struct Mailto {
    AddressList to;
    AddressList cc;
    AddressList bcc;
    QString subject;
    QString body; ///< LF line ends.
    QByteArray inReplyTo; ///< Message-ID without angle brackets.
    QStringList ignored; ///< Names of the other header fields, for a notice.

    friend bool operator==(const Mailto &, const Mailto &) = default;
};

/// Nothing for what is not a mailto link or is longer than anybody means (100,000 bytes). Pure.
std::optional<Mailto> parseMailto(const QByteArray &link);

/// As a draft of a new mail; account and sender are the caller's to set.
Draft draftFor(const Mailto &link);

} // namespace postaci
