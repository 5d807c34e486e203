// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/flags.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace postaci {

/// What a server can do, from CAPABILITY after login (RFC 9051 6.1.1), upper case.
struct ImapCapabilities {
    QList<QByteArray> names;

    bool has(QByteArrayView name) const { return names.contains(name); }
};

/// What a server says about a mailbox without opening it (RFC 9051 6.3.11). 0: not said.
struct FolderStatus {
    quint32 messages = 0;
    quint32 uidNext = 0;
    quint32 uidValidity = 0;
    quint32 unseen = 0;
    quint64 highestModSeq = 0; ///< RFC 7162 3.1.2.1

    friend bool operator==(const FolderStatus &, const FolderStatus &) = default;
};

/// A part of a server's mailboxes (RFC 2342).
struct Namespace {
    QString prefix; ///< With the separator at its end, where there is one: "INBOX."
    QChar separator;

    friend bool operator==(const Namespace &, const Namespace &) = default;
};

struct Namespaces {
    QList<Namespace> personal;
    QList<Namespace> others; ///< Other users'.
    QList<Namespace> shared;

    friend bool operator==(const Namespaces &, const Namespaces &) = default;
};

/// What the account may use of something (RFC 9208 5).
struct QuotaResource {
    QByteArray name; ///< Upper case: STORAGE, in units of 1024 bytes; MESSAGE; others.
    qint64 used = 0;
    qint64 limit = 0;

    friend bool operator==(const QuotaResource &, const QuotaResource &) = default;
};

/// One line of LIST (RFC 9051 6.3.9, RFC 6154).
struct RemoteFolder {
    QString path; ///< Decoded; INBOX always in this spelling.
    QChar separator;
    QList<QByteArray> attributes; ///< Lower case: "\noselect", "\sent" …
    std::optional<FolderStatus> status; ///< Where it was asked for and came along (RFC 5819).

    friend bool operator==(const RemoteFolder &, const RemoteFolder &) = default;
};

/// A closed range of UIDs; 0 as the end means "*".
struct UidRange {
    quint32 first = 1;
    quint32 last = 0;

    friend bool operator==(const UidRange &, const UidRange &) = default;
};

struct FetchedFlags {
    quint32 uid = 0;
    Flags flags;

    friend bool operator==(const FetchedFlags &, const FetchedFlags &) = default;
};

/// What a mailbox was like when it was looked at before.
struct KnownState {
    quint32 uidValidity = 0;
    quint64 highestModSeq = 0;
};

/// What has become different since a KnownState (RFC 7162 3.2.5).
struct MailboxChanges {
    QList<UidRange> vanished; ///< May name messages that we never knew.
    QList<FetchedFlags> flags; ///< Of changed messages, and of new ones.
};

/// The answer to SELECT.
struct SelectedFolder {
    quint32 uidValidity = 0;
    quint32 uidNext = 0; ///< 0: the server did not say.
    quint32 exists = 0;
    quint64 highestModSeq = 0; ///< 0: NOMODSEQ or no CONDSTORE.
    bool readOnly = false;
    Flags permanentFlags;
    /// Present when it was asked for and the server keeps account of it.
    std::optional<MailboxChanges> changes;
};

/// A header as fetched: the raw block goes to core/mime, the rest is IMAP's own.
struct FetchedHeader {
    quint32 uid = 0;
    Flags flags;
    QDateTime received; ///< UTC
    qint64 size = 0;
    QByteArray header; ///< Raw bytes of the header fields asked for, ending with an empty line.
};

/// Where APPEND, COPY and MOVE put messages (RFC 4315); absent without UIDPLUS.
struct CopiedUids {
    quint32 uidValidity = 0;
    QList<quint32> source;
    QList<quint32> destination; ///< Same length, same order.
};

/// What a session has cost so far.
struct ImapTraffic {
    quint64 bytesReceived = 0; ///< Of IMAP, without TLS.
    quint64 bytesSent = 0;
    quint64 roundTrips = 0; ///< Commands after the login.
    qint64 latency = -1; ///< ms until the quickest answer; negative: there was none yet.
};

} // namespace postaci
