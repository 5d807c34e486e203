// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/mail/ids.h"
#include "core/store/messagetable.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QFuture>
#include <QHash>
#include <QMap>
#include <QObject>
#include <QSet>

#include <chrono>
#include <deque>
#include <utility>

namespace postaci {

class ImapSession;
struct Tables;

/// Brings whole messages into the store: the one that was opened at once, and in the background those that the account
/// is to have here (Account::wholeMessages), newest first, so that they open without waiting and can be searched.
///
/// Copies that a server shows in folders of its own making (all mail, starred) come only when they are opened.
///
/// Lives on the engine thread. Procedures on different sessions may run at the same time.
class BodyFetcher : public QObject {
    Q_OBJECT

public:
    /// WholeMessages::Recent: only messages up to this size …
    static constexpr qint64 recentSizeLimit = qint64(1024) * 1024;
    /// … that are this young, or among so many newest ones of their folder, but for Junk and Trash.
    static constexpr std::chrono::hours recentAge = std::chrono::hours(24 * 30);
    static constexpr qsizetype recentCount = 1000;

    /// `account` outlives it.
    BodyFetcher(const Services &services, const Account &account, QObject *parent);

    /// From the store, or from the server into the store. NotFound when the server has it no more; MessageTooLarge, and
    /// not asked for, above ImapSession::largestMessage.
    QCoro::Task<Result<QByteArray>> fetch(ImapSession *session, MessageId message);

    /// Fetches the next messages that are wanted in the background, for a second or so. False: there are none.
    QCoro::Task<Result<bool>> fetchNext(ImapSession *session);
    /// New messages came: look through the folders again.
    void lookAgain();

Q_SIGNALS:
    /// Of those in the background.
    void progress(qint64 done, qint64 total);

private:
    struct Place;
    /// Messages of one folder, to be asked for together.
    struct Batch {
        FolderId folder;
        QMap<quint32, MessageId> messages; ///< By UID.
    };
    /// Where the server has a folder, and whose numbers the candidates have.
    struct FolderPlace {
        QString path;
        quint32 uidValidity = 0;
    };
    struct Candidate {
        BodilessMessage message;
        FolderId folder;
    };
    struct Candidates {
        QList<Candidate> messages; ///< Oldest first.
        QHash<FolderId, FolderPlace> places;
        bool mayBeMore = false; ///< Than these.
    };

    static Candidates candidates(const Tables &tables, const Account &account, const QDateTime &now);

    QCoro::Task<Result<void>> findCandidates();
    Batch takeBatch();
    QCoro::Task<Result<void>> fetchBatch(ImapSession *session, Batch batch);
    QCoro::Task<Result<void>> fetchAlone(ImapSession *session);
    void submit(QList<std::pair<MessageId, QByteArray>> arrived);
    QCoro::Task<Result<void>> settle(std::size_t most);

    const Services &m_services;
    const Account &m_account;
    Candidates m_candidates;
    QList<MessageId> m_alone; ///< To be asked for one by one, the last first.
    QSet<MessageId> m_unavailable; ///< Refused or unusable in this run of the program: not asked for again and again.
    qint64 m_batchBytes;
    qint64 m_done = 0;
    qint64 m_doneBefore = -1; ///< When candidates were looked for last.
    std::deque<QFuture<Result<void>>> m_writes; ///< On their way into the store, oldest first.
};

} // namespace postaci
