// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/imap/gate/gate.h"

#include <QCoro/QCoroTask>

#include <QObject>

#include <memory>

namespace KIMAP {
class Job;
class Session;
} // namespace KIMAP

namespace postaci {

/// KIMAP behind the gate: runs its jobs, one at a time, and tells what the gate saw of each.
///
/// Lives on the engine thread. Deleting it ends KIMAP's own thread, which takes no longer than a few milliseconds
/// because its connection is closed first.
class KimapDriver : public QObject {
    Q_OBJECT

public:
    explicit KimapDriver(TlsPolicy policy, QObject *parent = nullptr);
    ~KimapDriver() override;

    /// The login at the server, then KIMAP's at the gate: there with a token, never with the password.
    [[nodiscard]] QCoro::Task<Result<void>> open(ServerSettings server, Credentials credentials);
    bool isOpen() const;
    /// Ends everything with Cancelled.
    void close();

    Gate &gate() { return m_gate; }
    /// What jobs are made for.
    KIMAP::Session *session() const { return m_session.get(); }

    /// Starts the job and waits for the verdict. A NO or BAD is a failure at `step`, over a connection that is still
    /// good. A failure of the connection, or a KIMAP that comes to another verdict than the gate, closes it.
    [[nodiscard]] QCoro::Task<Result<GateReply>> run(KIMAP::Job *job, Step step, GateCommand command = {});
    /// The same, where the verdict is all there is to know.
    [[nodiscard]] QCoro::Task<Result<void>> perform(KIMAP::Job *job, Step step, GateCommand command = {});

Q_SIGNALS:
    /// For the driver's own waits.
    void jobEnded();

private:
    [[nodiscard]] QCoro::Task<Result<void>> logIn();
    [[nodiscard]] QCoro::Task<Result<void>> tryToLogIn(std::chrono::milliseconds patience);
    [[nodiscard]] QCoro::Task<bool> hasEnded();
    void start(KIMAP::Job *job);
    MailError fail(MailError reason);

    Gate m_gate;
    std::unique_ptr<KIMAP::Session> m_session;
    bool m_jobRuns = false; ///< Started, and not ended.
    int m_jobs = 0; ///< Not yet deleted.
};

} // namespace postaci
