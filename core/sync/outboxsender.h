// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/mail/outboxitem.h"
#include "core/sync/bell.h"
#include "core/sync/cancellablewaits.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QObject>
#include <QSet>

#include <memory>
#include <optional>

namespace postaci {

class ImapSession;
class SmtpSession;

/// Sends an account's mails, one after the other. What a mail became is saved before anything else is done about it;
/// one whose fate is unknown is never sent again without the user's word.
///
/// Lives on the engine thread. Deleted after stop() has ended.
class OutboxSender : public QObject {
    Q_OBJECT

public:
    OutboxSender(const Services &services, const Account &account, QObject *parent);
    ~OutboxSender() override;

    void start();
    QCoro::Task<void> stop();

    /// Rows were added or changed.
    void lookAgain() { m_bell.ring(); }
    /// The user acts, or the network is back: what waits for its next try is tried now, once.
    void tryNow();
    /// Sends nothing and breaks off what is under way; until tryNow().
    void pause();

    /// Looks in the server's Sent folder for the mails whose fate is unknown, each once in a run of the program.
    QCoro::Task<Result<void>> lookForUnknown(ImapSession *session);

Q_SIGNALS:
    void outboxChanged(const postaci::OutboxItem &item);
    /// Somebody got a mail: there is a copy to file and perhaps an original to mark.
    void delivered();
    /// There are mails for lookForUnknown().
    void fateUnknown();
    void passwordNeeded(const postaci::MailError &error);
    void progress(qint64 sent, qint64 total); ///< Bytes of the mail that is being sent; 0 of 0: nothing is.

private:
    struct Due {
        std::optional<OutboxItem> item;
        QDateTime earliest; ///< When there is none now; invalid: never.
    };

    QCoro::Task<void> run();
    QCoro::Task<Result<Due>> nextDue();
    QCoro::Task<Result<void>> openSession();
    QCoro::Task<Result<void>> send(OutboxId id);
    QCoro::Task<void> postpone(OutboxItem item, MailError error);
    QCoro::Task<void> endSession();

    const Services &m_services;
    const Account &m_account;
    CancellableWaits m_waits;
    Bell m_bell;
    std::unique_ptr<SmtpSession> m_session;
    std::optional<QCoro::Task<void>> m_running;
    QSet<OutboxId> m_lookedFor;
    QSet<OutboxId> m_tried; ///< Since tryNow(): their next try counts again.
    bool m_paused = false;
    bool m_evenIfLater = false; ///< tryNow() was called.
    bool m_stopping = false;
};

} // namespace postaci
