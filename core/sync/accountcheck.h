// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/discovery/providerdirectory.h"
#include "core/discovery/setupreport.h"
#include "core/mail/account.h"
#include "core/net/tlspolicy.h"

#include <QCoro/QCoroTask>

#include <QElapsedTimer>
#include <QObject>

#include <memory>

namespace postaci {

class ImapSession;
class SmtpSession;

/// Tries an account's settings: logs in to both servers at the same time, lists the folders and asks whether mail may
/// be sent from the address. Saves nothing, changes nothing.
///
/// Lives on the engine thread; for one run. Deleted after run() has ended.
class AccountCheck : public QObject {
    Q_OBJECT

public:
    AccountCheck(const TlsPolicy &tls, const ProviderDirectory &directory, QObject *parent);
    ~AccountCheck() override;

    QCoro::Task<SetupReport> run(Account account, QString incomingSecret, QString outgoingSecret, CheckOptions options);
    /// Ends run() at once.
    void cancel();

Q_SIGNALS:
    void progress(const postaci::CheckStep &step);

private:
    QCoro::Task<void> checkIncoming(Account account, QString secret);
    QCoro::Task<void> checkOutgoing(Account account, QString secret);
    bool report(const ServerSettings &server, Step step, const std::optional<MailError> &error, qint64 milliseconds);

    const TlsPolicy m_tls;
    const ProviderDirectory &m_directory;
    std::unique_ptr<ImapSession> m_incoming;
    std::unique_ptr<SmtpSession> m_outgoing;
    std::optional<MailError> m_incomingError;
    std::optional<MailError> m_outgoingError;
    SetupReport m_report;
};

} // namespace postaci
