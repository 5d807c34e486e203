// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/messageheader.h"

#include <QDateTime>
#include <QString>

namespace postaci {

/// The subject on one line, or words that say there is none.
QString shownSubject(const Envelope &envelope);

/// Who a mail is from, as short as a list row needs it: names, else addresses.
QString shownSenders(const Envelope &envelope);
/// Who a mail went to, likewise.
QString shownRecipients(const Envelope &envelope);

/// Name, or address where there is no name or where the name pretends to be another address.
QString shownName(const Address &address);

/// "Name <address>": the address is always there, and nothing in the name can change how it is read.
QString shownAddress(const Address &address);

/// Text from outside on one line, without characters that change the direction of what follows.
QString harmless(const QString &text);

/// Today: the time. This week: the day. This year: day and month. Else the full date. Local time.
QString shortDate(const QDateTime &date, const QDateTime &now = QDateTime::currentDateTime());
QString longDate(const QDateTime &date);

QString shownSize(qint64 bytes);
/// What opening the message would fetch, where that is much; else empty.
QString sizeToFetch(const MessageHeader &header);

/// A list row for a screen reader: state, sender, subject, date.
QString spokenRow(const MessageHeader &header, bool recipients);

} // namespace postaci
