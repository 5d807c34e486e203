// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/imap/gate/downstream.h"
#include "core/imap/gate/fetchdata.h"
#include "core/imap/gate/upstream.h"

#include <QCoro/QCoroTask>

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

namespace postaci {

/// What to do with KIMAP's next command and its answers.
struct GateCommand {
    /// Goes to the server in place of KIMAP's words (verb and arguments): for what KIMAP has no job.
    QByteArray replacement;
    /// APPEND: goes to the server in place of the ticket that KIMAP holds for the message.
    QByteArray message;
    /// FETCH: gets each message's data. KIMAP sees nothing of it. False: nobody asked for this one.
    std::function<bool(FetchData)> fetched;
    /// Gets the other data responses (STATUS, QUOTA …). True: this one was asked for.
    std::function<bool(const ImapResponse &)> told;
    /// SELECT: what was fetched so far was of the mailbox before (RFC 7162 3.2.11).
    std::function<void()> closed;
    /// How long the server may be silent, where that is not the usual time.
    std::optional<std::chrono::milliseconds> patience;
};

/// What the server said to one command.
struct GateReply {
    ImapResponse verdict; ///< Tagged.
    QList<ImapResponse>
        notices; ///< The untagged OK, NO and BAD with a code before it, oldest first. At most noticeLimit.
    QList<quint32> found; ///< UIDs of SEARCH or ESEARCH.
    QList<UidRange> vanished; ///< Told by VANISHED (EARLIER), RFC 7162 3.2.10.

    static constexpr qsizetype noticeLimit = 100;
};

/// Between KIMAP and the server (docs/decisions/0002-imap-gate.md). KIMAP drives: its jobs write the commands, number
/// them and wait for their verdicts. What it reads is written anew, from complete and well-formed responses only; mail
/// content goes past it.
///
/// Lives on the engine thread; one procedure at a time. After any failure both sides are closed.
class Gate : public QObject {
    Q_OBJECT

public:
    explicit Gate(TlsPolicy policy, QObject *parent = nullptr);
    ~Gate() override;

    /// How long the server may usually be silent. Default 60 s.
    void setPatience(std::chrono::milliseconds patience);

    Upstream &upstream() { return m_upstream; }
    Downstream &downstream() { return m_downstream; }

    /// Passes KIMAP's next command to the server, and the answers back, until its verdict, which may be NO or BAD.
    [[nodiscard]] QCoro::Task<Result<GateReply>> relay(GateCommand command);

    /// Closes both sides for this reason, unless that has happened already, and gives the reason that counts.
    MailError fail(MailError reason);
    /// Ends every wait with Cancelled.
    void close();
    bool isOpen() const { return m_upstream.isOpen(); }

    ImapTraffic traffic() const;

Q_SIGNALS:
    /// The selected mailbox changed behind our back: EXISTS, EXPUNGE, VANISHED, or a FETCH that nobody asked for.
    void doorbell();

private:
    struct Exchange;

    [[nodiscard]] Result<void> onResponse(Exchange &exchange, ImapResponse response);
    [[nodiscard]] Result<void> onContinuation(Exchange &exchange);
    [[nodiscard]] Result<void> onFound(Exchange &exchange, const ImapResponse &response);
    void onChange(Exchange &exchange, const ImapResponse &response);
    void onVanished(Exchange &exchange, const ImapResponse &response);
    void ring(Exchange &exchange);
    void forwardDone();

    Upstream m_upstream;
    Downstream m_downstream;
    std::chrono::milliseconds m_patience = std::chrono::seconds(60);
    QTimer m_donePatience; ///< Runs out when the server does not answer DONE.
    quint32 m_exists = 0; ///< Messages in the selected mailbox, as the server last said.
    quint64 m_roundTrips = 0;
    qint64 m_latency = -1; ///< See ImapTraffic.
    bool m_idling = false; ///< The server has agreed to IDLE, and DONE was not sent.
};

} // namespace postaci
