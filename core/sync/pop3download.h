// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/pop3/pop3session.h"
#include "core/sync/pop3plan.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QSet>

#include <deque>
#include <memory>
#include <optional>

namespace postaci {

/// Brings what is new in a maildrop into the account's inbox, then deletes on the server what the account's settings
/// say. A message counts as seen in the same durable transaction that stores it, and is deleted only after that: it is
/// never here twice, and never nowhere (RFC 1939 8).
///
/// Lives on the engine thread; one run at a time.
class Pop3Download : public QObject {
    Q_OBJECT

public:
    Pop3Download(const Services &services, const Account &account, QObject *parent);

    struct Outcome {
        qsizetype stored = 0;
        /// The first message that was refused or is too large, while all went well with others. Asked for again at the
        /// next run.
        std::optional<MailError> skipped;
    };
    /// On a session that is logged in, up to QUIT. Fails when the session or the store is of no more use; what came
    /// whole is kept then, too.
    QCoro::Task<Result<Outcome>> run(Pop3Session *session, Pop3Capabilities capabilities);

Q_SIGNALS:
    void progress(qint64 done, qint64 total);
    void newMail(postaci::FolderId folder, int count);
    void restProgress(postaci::MessageId message, qint64 bytes);
    /// What was wanted is here, or cannot be had. Not told when the connection was lost: it is wanted still.
    void restSettled(postaci::MessageId message, const postaci::Result<QByteArray> &raw);

private:
    struct Fetched {
        Pop3Entry entry;
        QByteArray raw;
        Pop3Seen::Rest rest = Pop3Seen::Rest::Here;
    };

    QCoro::Task<Result<void>> synchronize(Pop3Session *session, Pop3Capabilities capabilities);
    QCoro::Task<Result<void>> findInbox();
    QCoro::Task<Result<QList<Pop3Entry>>> list(Pop3Session *session, bool isMostlyKnown);
    QCoro::Task<Result<void>> addSizes(Pop3Session *session, QList<Pop3Entry> *entries);
    QCoro::Task<Result<QList<Pop3Entry>>> identify(
        Pop3Session *session, Pop3Capabilities capabilities, QList<Pop3Entry> entries);
    QCoro::Task<Result<void>> fetchRests(Pop3Session *session);
    QCoro::Task<Result<QList<Pop3Entry>>> fetchHeaders(
        Pop3Session *session, Pop3Capabilities capabilities, QList<Pop3Entry> large);
    QCoro::Task<Result<void>> fetch(Pop3Session *session, QList<Pop3Entry> wanted);
    void take(int number, Result<QByteArray> message);
    void add(Fetched fetched);
    void submit();
    QCoro::Task<Result<void>> settle(std::size_t most);
    QCoro::Task<Result<void>> removeFromServer(Pop3Session *session);
    void skip(const MailError &error);

    const Services &m_services;
    const Account &m_account;
    QSet<QByteArray> m_tooLarge; ///< Unique ids; not asked for again in this run of the program.

    // Of the run under way.
    FolderId m_inbox;
    bool m_isFirst = true; ///< No look was ever finished: what is there is no news.
    QList<Pop3Entry> m_listed;
    std::shared_ptr<const QSet<QByteArray>> m_listedUids;
    QHash<int, QByteArray> m_fingerprints; ///< By number, of those without a unique id of their own.
    QHash<int, Pop3Entry> m_asked; ///< And not answered yet.
    QList<Fetched> m_incoming;
    qint64 m_incomingBytes = 0;
    /// Batches on their way into the store, in order: parsed first, and then written. Not unwrap()ped, which is a
    /// continuation: Qt 6.8 can run one twice when it is set while its future finishes, and then crashes.
    std::deque<QFuture<QFuture<Result<qsizetype>>>> m_writes;
    qint64 m_done = 0;
    qint64 m_total = 0;
    Outcome m_outcome;
};

} // namespace postaci
