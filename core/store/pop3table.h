// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/ids.h"
#include "core/store/connection.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QList>

namespace postaci {

/// A message of a maildrop that has come here. Outlives the message: what was deleted here must not come again.
struct Pop3Seen {
    /// Of the message beyond its header. The numbers are stored: never change or reuse one.
    enum class Rest {
        Here = 0,
        OnServer = 1, ///< Until somebody asks for it.
        Wanted = 2, ///< At the next look into the maildrop.
    };

    qint64 id = 0;
    QByteArray uid; ///< RFC 1939 7; empty: the server gave none, or the same to several messages.
    QByteArray fingerprint; ///< To know it by without that.
    MessageId message;
    QDateTime seenAt; ///< When it came here, UTC.
    bool deletedHere = false; ///< By the user, for good.
    Rest rest = Rest::Here;

    friend bool operator==(const Pop3Seen &, const Pop3Seen &) = default;
};

/// What has come from the maildrops of POP3 accounts.
class Pop3Table {
public:
    explicit Pop3Table(Connection &connection);

    /// So many have a unique id.
    qint64 count(AccountId account) const;
    /// Those that have a unique id, without their fingerprints. 100,000 rows take some 0.1 s.
    QHash<QByteArray, Pop3Seen> byUid(AccountId account) const;
    QList<Pop3Seen> withFingerprint(AccountId account, const QByteArray &fingerprint) const;
    /// Those of which the rest is wanted, in the order in which they came.
    QList<Pop3Seen> wanted(AccountId account) const;
    /// The account in whose maildrop the rest of this message is; none when it is here, or was never there.
    AccountId restOf(MessageId message) const;

    void insert(AccountId account, const Pop3Seen &seen); ///< `id` is ignored.
    void setUid(qint64 id, const QByteArray &uid);
    /// Of a message that has a row; nothing happens once its rest is here.
    void setRest(MessageId message, Pop3Seen::Rest rest);
    /// The user deleted these for good. Ids of other messages do no harm.
    void markDeleted(const QList<MessageId> &messages);

private:
    Connection &m_connection;
};

} // namespace postaci
