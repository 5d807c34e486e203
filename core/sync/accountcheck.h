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
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace postaci {

class HostDoctor;
class ImapSession;
class Pop3Session;
class ProbeConnection;
class SmtpSession;

/// Climbs the ladder of both servers of an account at the same time: name, connection, TLS, greeting, capabilities,
/// login, then the folder list, or the server's word that this sender may send. Saves nothing, sends nothing.
///
/// One login for each server, a second one only for guessed settings whose user name was plainly refused. A port that
/// gets no answer is replaced by the other usual one, as encrypted as before, and told in SetupReport::notes; but not
/// for an account that exists: what once worked changes only by the user's hand (RFC 8314 5). Never without TLS.
///
/// Lives on the engine thread; for one run. Deleted after run() has ended.
class AccountCheck : public QObject {
    Q_OBJECT

public:
    struct Limits {
        std::chrono::milliseconds all = std::chrono::seconds(14); ///< The answer is there within 15 s.
        std::chrono::milliseconds connect = std::chrono::seconds(8);
        /// Where there is another port to try.
        std::chrono::milliseconds firstConnect = std::chrono::seconds(4);
        /// Up to the capabilities. Later the server may use the rest: many answer a wrong password late on purpose.
        std::chrono::milliseconds silence = std::chrono::seconds(8);
    };
    using OtherServer = std::function<std::optional<ServerSettings>(const ServerSettings &)>;

    AccountCheck(const TlsPolicy &tls, const ProviderDirectory &directory, QObject *parent);
    ~AccountCheck() override;

    void setLimits(const Limits &limits) { m_limits = limits; }
    /// In place of otherPort(): for tests, whose servers have no usual ports.
    void setOtherServer(OtherServer other) { m_otherServer = std::move(other); }

    QCoro::Task<SetupReport> run(Account account, QString incomingSecret, QString outgoingSecret, CheckOptions options);
    /// In place of run(), where there is no access token to log in with: nobody is asked.
    SetupReport withoutToken(const Account &account, const MailError &error, CheckOptions options);
    /// Ends run() at once.
    void cancel();

Q_SIGNALS:
    void progress(const postaci::CheckStep &step);

private:
    /// One of the two ladders.
    struct Side {
        ServerSettings server;
        QString secret;
        std::unique_ptr<ImapSession> imap; ///< Of the climb under way.
        std::unique_ptr<Pop3Session> pop3;
        std::unique_ptr<SmtpSession> smtp;
        std::unique_ptr<ProbeConnection> probe;
        std::unique_ptr<HostDoctor> doctor;
        Step running = Step::None;
        QElapsedTimer timer; ///< Of that rung.
        std::optional<MailError> error; ///< How it ended.
        std::optional<ServerSettings> proposal;

        bool outgoing() const { return server.protocol == Protocol::Smtp; }
    };
    using Outcome = std::optional<MailError>; ///< Nothing: the top was reached.

    QCoro::Task<void> check(Side *side);
    QCoro::Task<Outcome> tryOtherPort(Side *side, MailError error);
    QCoro::Task<Outcome> tryOtherUserName(Side *side, MailError error);
    QCoro::Task<Outcome> climb(Side *side, ServerSettings server, std::chrono::milliseconds connectLimit);
    QCoro::Task<Outcome> climbImap(Side *side, std::chrono::milliseconds connectLimit);
    QCoro::Task<Outcome> climbPop3(Side *side, std::chrono::milliseconds connectLimit);
    QCoro::Task<Outcome> climbSmtp(Side *side, std::chrono::milliseconds connectLimit);
    QCoro::Task<void> lookForProposal(Side *side);
    QCoro::Task<bool> answers(Side *side, ServerSettings server);

    void begin(Side *side, Step step);
    void passed(Side *side, Step step, const QString &detail);
    MailError failed(Side *side, MailError error);
    void closeAll();
    SetupReport makeReport();

    const TlsPolicy m_general;
    const ProviderDirectory &m_directory;
    Limits m_limits;
    OtherServer m_otherServer;
    TlsPolicy m_tls; ///< With the account's exceptions.
    Account m_account; ///< As it was asked for.
    CheckOptions m_options;
    Side m_incoming;
    Side m_outgoing;
    SetupReport m_report;
    QTimer m_timer;
    QElapsedTimer m_time;
    bool m_ended = false; ///< Time is up, or cancelled: nothing new is begun.
};

} // namespace postaci
