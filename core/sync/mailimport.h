// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/folder.h"
#include "core/sync/localmail.h"
#include "core/sync/mailfiles.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

#include <atomic>
#include <functional>

namespace postaci {

class Store;

/// Takes the messages of mbox files, of a Maildir with the folders below it, of .eml files, or of a directory of those
/// into a folder. What is there already, byte for byte, does not come again. Each message is there whole or not at all,
/// however the import ends. The files are only read.
///
/// Works on the thread that calls run(), and waits for the store there: not on the engine thread.
class MailImport {
public:
    MailImport(Store &store, QDateTime now, const std::atomic_bool &stop, std::function<void(FileProgress)> progress);

    /// FileUnreadable when the only one cannot be read, or is no mail; among others such a file is passed over and
    /// counted. What was read before a failure stays.
    Result<ImportOutcome> run(const QStringList &paths, FolderId folder);

    /// Accounts whose server is to be given what came.
    QSet<AccountId> touched() const { return m_touched; }

private:
    struct Target {
        Folder folder;
        bool isLocal = false;
    };
    struct Known {
        MessageId id;
        qint64 size = 0;
        bool hasBody = false;
    };

    Result<void> onePath(const QString &path);
    Result<void> openTarget(FolderId folder);
    Result<void> mboxFile(const QString &path);
    Result<void> maildir(const QString &path);
    Result<void> directory(const QString &path);
    Result<void> oneFile(const QString &path, Flags flags, bool isMail);
    void passOver(const QString &path);
    Result<void> add(QByteArray raw, Flags flags, const QDateTime &received);
    Result<bool> isKnown(const local::Message &message);
    Result<void> flush();
    Result<FolderId> folderBelow(FolderId root, const QStringList &names);
    void tell(qint64 bytes);

    Store &m_store;
    const QDateTime m_now;
    const std::atomic_bool &m_stop;
    const std::function<void(FileProgress)> m_progress;
    ImportOutcome m_outcome;
    FileProgress m_told;
    QSet<AccountId> m_touched;
    Target m_target;
    QMultiHash<QByteArray, Known> m_known; ///< In the target, by Message-ID.
    QSet<QByteArray> m_added; ///< Hashes of what has come into the target.
    QList<local::Message> m_batch;
    qint64 m_batchSize = 0;
};

} // namespace postaci
