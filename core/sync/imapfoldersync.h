// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/imap/imaptypes.h"
#include "core/mail/folder.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QFuture>
#include <QObject>

#include <deque>
#include <functional>

namespace postaci {

class ImapSession;

/// Makes one folder of the store like the server's: headers newest first, then what vanished, then flags.
///
/// A server that keeps account of changes (QRESYNC) tells what is different since the last complete run; where the
/// number of messages does not agree afterwards, and with all other servers, the lists of UIDs are compared.
///
/// Can be broken off anywhere: what has arrived stays, and the next run asks only for the rest. A message disappears
/// here only when the server says that it is gone, or when two UID lists, read apart, agree on it.
///
/// Lives on the engine thread; one run at a time.
class ImapFolderSync : public QObject {
    Q_OBJECT

public:
    /// Called between two windows of a long run, for work that cannot wait. True: actions were replayed.
    using Between = std::function<QCoro::Task<Result<bool>>()>;

    ImapFolderSync(const Services &services, Between between, QObject *parent);

    QCoro::Task<Result<void>> run(ImapSession *session, FolderId folder);
    /// Whether messages came or went in the last run.
    bool foundChanges() const { return !m_fetched.isEmpty() || m_removed; }

Q_SIGNALS:
    void progress(const QString &folder, qint64 done, qint64 total);
    /// Unread mail that came since the last complete run.
    void newMail(postaci::FolderId folder, int count);

private:
    /// What the store knows when a run begins.
    struct Local {
        Folder folder;
        FolderSyncState state;
        qint64 placed = 0; ///< Rows with a UID.
        quint32 highestUid = 0;
        QList<quint32> gone; ///< UIDs that the user moved away or deleted, and the server still has.
        bool unplaced = false; ///< Rows without UID may be waiting for theirs.
    };

    QCoro::Task<Result<Local>> readLocal(FolderId folder);
    QCoro::Task<Result<Local>> beginNumbering(Local local, SelectedFolder selected);
    QCoro::Task<Result<void>> synchronize(ImapSession *session, FolderId folder);
    QCoro::Task<Result<bool>> takeChanges(ImapSession *session, Local local, SelectedFolder selected);
    QCoro::Task<Result<void>> noteRights(SelectedFolder selected);
    QCoro::Task<Result<void>> compare(ImapSession *session, Local local, SelectedFolder selected);
    QCoro::Task<Result<void>> fetchNewest(ImapSession *session, SelectedFolder selected);
    QCoro::Task<Result<void>> fetchMissing(ImapSession *session, QList<quint32> missing);
    QCoro::Task<Result<void>> fetchWindow(ImapSession *session, QList<UidRange> ranges);
    QCoro::Task<Result<void>> removeVanished(ImapSession *session, QList<quint32> vanished);
    QCoro::Task<Result<void>> refreshFlags(ImapSession *session, Local local, SelectedFolder selected);
    QCoro::Task<Result<void>> finish(Local local, SelectedFolder selected);

    void take(const QList<FetchedHeader> &batch);
    void submit();
    QCoro::Task<Result<void>> settle(std::size_t most);

    const Services &m_services;
    Between m_between;

    // Of the run under way.
    Folder m_folder;
    quint32 m_uidValidity = 0;
    bool m_place = false;
    bool m_disturbed = false; ///< Actions were replayed meanwhile: the UID list is older than they are.
    quint32 m_newFrom = 0; ///< The first UID that is new mail; 0: nothing is.
    quint32 m_highestUid = 0;
    int m_newUnread = 0;
    bool m_removed = false;
    qint64 m_done = 0;
    qint64 m_total = 0;
    QList<quint32> m_fetched;
    QList<FetchedHeader> m_incoming;
    /// Batches on their way into the store, in order: parsed first, and then written. Not unwrap()ped, which is a
    /// continuation: Qt 6.8 can run one twice when it is set while its future finishes, and then crashes.
    std::deque<QFuture<QFuture<Result<qsizetype>>>> m_writes;
};

} // namespace postaci
