// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/mail/account.h"
#include "core/mail/certificatefacts.h"
#include "core/net/conversationlog.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>

#include <algorithm>
#include <optional>

namespace postaci {

/// Something that makes a difference to the user, and that a server may be able to do.
enum class ServerAbility {
    Push, ///< IDLE (RFC 2177): new mail is told at once.
    FastResync, ///< QRESYNC (RFC 7162): what has changed is told, however large the folder.
    ChangeCounts, ///< CONDSTORE (RFC 7162)
    FoldersAtOnce, ///< LIST-STATUS (RFC 5819): the state of all folders with one question.
    Move, ///< MOVE (RFC 6851)
    SafeDelete, ///< UIDPLUS (RFC 4315): deletes these messages and no others.
    SpecialFolders, ///< SPECIAL-USE (RFC 6154)
    Namespaces, ///< NAMESPACE (RFC 2342)
    Quota, ///< QUOTA (RFC 9208)
    Compression, ///< COMPRESS=DEFLATE (RFC 4978)
    Utf8, ///< UTF8=ACCEPT (RFC 6855)
    UniqueIds, ///< POP3: UIDL
    HeadersAlone, ///< POP3: TOP
    Pipelining, ///< POP3: several questions at once (RFC 2449).
};

/// One thing that a server can do, or cannot.
struct ConnectionAbility {
    ServerAbility ability = ServerAbility::Push;
    bool has = false;
};

/// What bringing an account up to date has cost, from the first command to the last answer.
struct ConnectionSync {
    QDateTime endedAt; ///< UTC
    qint64 milliseconds = 0;
    quint64 bytesReceived = 0; ///< Without TLS.
    quint64 bytesSent = 0;
    quint64 roundTrips = 0;
};

/// How full a mailbox is (RFC 9208); the limit may be less than what is used.
struct ConnectionQuota {
    qint64 usedBytes = 0;
    qint64 limitBytes = 0;
    qint64 usedMessages = 0;
    qint64 limitMessages = 0; ///< 0: they are not counted.
};

/// Where folders are (RFC 2342).
struct ConnectionPrefixes {
    QStringList personal; ///< An empty one stands for the top.
    QStringList others; ///< Other users'.
    QStringList shared;
};

/// What is known of an account's connection to its incoming server, for the user to look at. All of this run of the
/// program.
struct ConnectionReport {
    using Ability = ConnectionAbility;
    using Sync = ConnectionSync;
    using Quota = ConnectionQuota;
    using Prefixes = ConnectionPrefixes;

    AccountId account;
    Protocol protocol = Protocol::Imap;
    QString endpoint;
    int connections = 0; ///< That stand now.
    bool isLimitedToOne = false; ///< The server said that there are too many connections.
    QDateTime loggedInAt; ///< UTC; the rest is from then. Invalid: never.
    QString tls; ///< "TLS 1.3, TLS_AES_256_GCM_SHA384"; empty in clear.
    std::optional<CertificateFacts> certificate;
    QList<Ability> abilities; ///< All that the protocol knows, in the enum's order.
    QList<QByteArray> capabilities; ///< As the server put it.
    bool isCompressed = false;
    qint64 latency = -1; ///< ms until the quickest answer of the newest connection; negative: unknown.
    std::optional<Sync> lastSync;
    std::optional<Quota> quota;
    std::optional<Prefixes> namespaces;
    std::optional<MailError> lastError;
    QDateTime lastErrorAt; ///< UTC
    QList<ConversationLog::Entry> log;

    bool wasEverConnected() const { return loggedInAt.isValid(); }
    bool has(ServerAbility ability) const
    {
        return std::ranges::any_of(
            abilities, [ability](const Ability &one) { return one.ability == ability && one.has; });
    }
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::ConnectionReport)
