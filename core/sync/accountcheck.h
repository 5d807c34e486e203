// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/discovery/setupreport.h"
#include "core/mail/account.h"
#include "core/sync/services.h"

#include <QCoro/QCoroTask>

#include <QObject>

#include <memory>

namespace postaci {

class ImapSession;
class SmtpSession;

/// Tries an account's settings: logs in to both servers at the same time, lists the folders and asks whether mail may
/// be sent from the address. Saves nothing, changes nothing.
///
/// Lives on the engine thread. Deleted after run() has ended.
class AccountCheck : public QObject {
    Q_OBJECT

public:
    AccountCheck(const Services &services, QObject *parent);
    ~AccountCheck() override;

    /// The failure that came first, if there was one.
    QCoro::Task<Result<void>> run(Account account, QString incomingSecret, QString outgoingSecret);
    /// Ends run() with Cancelled.
    void cancel();

Q_SIGNALS:
    void progress(const postaci::CheckStep &step);

private:
    QCoro::Task<void> checkIncoming(Account account, QString secret);
    QCoro::Task<void> checkOutgoing(Account account, QString secret);
    bool report(bool outgoing, Step step, const std::optional<MailError> &error, qint64 milliseconds);

    const Services &m_services;
    std::unique_ptr<ImapSession> m_incoming;
    std::unique_ptr<SmtpSession> m_outgoing;
    Result<void> m_outcome;
};

} // namespace postaci
