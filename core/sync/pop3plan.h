// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/account.h"
#include "core/pop3/pop3listing.h"
#include "core/store/tables.h"
#include "core/sync/localmail.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QSet>

/// What is to be done about a maildrop. A message is known by its unique id (RFC 1939 7); by its fingerprint where the
/// server gives none, gives one to several messages, or gives other ones than last time.
namespace postaci::pop3 {

/// Made of the message's header, without what servers write into it while it waits, and its size as the server lists
/// it. Of a whole message or of what TOP gives. Pure.
QByteArray fingerprint(const QByteArray &message, qint64 listedSize);

struct Plan {
    QList<Pop3Entry> fetch; ///< New, the newest first.
    QList<Pop3Entry> identify; ///< Without a unique id of their own; `uid` is empty.
};
/// Pure.
Plan plan(const QList<Pop3Entry> &entries, const QHash<QByteArray, Pop3Seen> &seen);

/// Whether the server's copy of this has to go; never because of its age while it is the only whole one. Pure.
bool isDue(const Pop3Seen &seen, const ServerCopies &policy, const QDateTime &now);

/// A message that has been fetched.
struct Arrival {
    QByteArray uid; ///< Empty: none of its own.
    QByteArray fingerprint;
    local::Message message;
    Pop3Seen::Rest rest = Pop3Seen::Rest::Here; ///< Otherwise only the header has come.
};

/// Puts what is really new into the inbox and remembers all of it; meant for one durable transaction. `listed` are the
/// unique ids in the maildrop now: a message seen under one that is no more there has only got another one. Returns how
/// many were new.
qsizetype keep(Tables &tables, AccountId account, const QList<Arrival> &arrivals, const QSet<QByteArray> &listed,
    const QDateTime &now);

/// The rest of a message has come. NotFound when it is of another message, or nobody wants it any more.
Result<void> complete(Tables &tables, const Pop3Seen &seen, const QByteArray &raw, const QByteArray &messageIdHeader);

} // namespace postaci::pop3
