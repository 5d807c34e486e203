// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/ids.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QObject>
#include <QSet>

#include <chrono>

namespace postaci {

class ImapSession;

/// Brings whole messages into the store: the one that was opened at once, recent ones in the background, so that they
/// open without waiting and can be searched.
///
/// Lives on the engine thread. Procedures on different sessions may run at the same time.
class BodyFetcher : public QObject {
    Q_OBJECT

public:
    /// In the background only messages up to this size …
    static constexpr qint64 backgroundSizeLimit = qint64(1024) * 1024;
    /// … that are this young, or among so many newest ones of their folder.
    static constexpr std::chrono::hours backgroundAge = std::chrono::hours(24 * 30);
    static constexpr qsizetype backgroundCount = 1000;

    BodyFetcher(const Services &services, AccountId account, QObject *parent);

    /// From the store, or from the server into the store. NotFound when the server has it no more; MessageTooLarge, and
    /// not asked for, above ImapSession::largestMessage.
    QCoro::Task<Result<QByteArray>> fetch(ImapSession *session, MessageId message);

    /// Fetches the next message that is wanted in the background. False: there is none.
    QCoro::Task<Result<bool>> fetchNext(ImapSession *session);
    /// New messages came: look through the folders again.
    void lookAgain() { m_candidates.reset(); }

private:
    struct Place;

    QCoro::Task<Result<QList<MessageId>>> findCandidates();

    const Services &m_services;
    AccountId m_account;
    std::optional<QList<MessageId>> m_candidates; ///< Newest last.
    QSet<MessageId> m_unavailable; ///< Refused or unusable in this run of the program: not asked for again and again.
};

} // namespace postaci
