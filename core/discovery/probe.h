// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/discoveryresult.h"
#include "core/discovery/namelookup.h"
#include "core/net/tlspolicy.h"

#include <QCoro/QCoroTask>

#include <QHash>
#include <QObject>
#include <QStringList>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace postaci {

class HostDoctor;
class ProbeConnection;

/// The last way to find servers: knocks at the names under the domain that mail servers usually have, and at hosts that
/// the program's table names without being sure, and takes what answers with a good certificate and the right protocol.
///
/// TLS from the first byte before STARTTLS, IMAP before POP3, never port 25, no credentials. At most 12 connections in
/// all, 6 at once, 250 ms apart, 5 s each. Names that lead into private networks are left out unless the domain is
/// there itself. Where only the certificate's name is wrong, HostDoctor looks for the right one.
///
/// Lives on the engine thread, for one run(); await it before deleting this.
class Probe : public QObject {
    Q_OBJECT

public:
    static constexpr int connectionsLimit = 12;
    static constexpr int atOnceLimit = 6;
    static constexpr std::chrono::milliseconds stagger{250};
    static constexpr std::chrono::milliseconds connectionLimit{5'000};
    /// So long a server that answered waits for better ones that are being tried.
    static constexpr std::chrono::milliseconds grace{500};

    struct Wanted {
        QString domain; ///< ACE form.
        QList<ServerSettings> seeds; ///< From the table; tried first.
        bool incoming = true;
        bool outgoing = true;
    };
    struct Found {
        SettingsCandidate candidate; ///< One half, both or none.
        bool anyAnswer = false; ///< At least a refusal came back: there is a network.
        /// The names that exist, for a guess: imap., mail. or the bare domain.
        QString incomingName;
        QString outgoingName;
        /// They lead into a private network, and are left out unless the domain is there too.
        QStringList privateNames;
    };

    Probe(const TlsPolicy &policy, NameLookup &names, QObject *parent = nullptr);
    ~Probe() override;

    QCoro::Task<Found> run(Wanted wanted);
    /// Ends run() with what was found.
    void cancel();

Q_SIGNALS:
    void progress(const postaci::DiscoveryStep &step);
    /// For the probe's own waits: look again.
    void moved();

private:
    enum class State { Waiting, Running, Works, WrongName, Dead, Skipped };
    struct Attempt {
        ServerSettings server;
        QString place; ///< Addresses and port: attempts at the same place answer alike.
        State state = State::Waiting;
        bool renamed = false; ///< By the doctor.
        std::unique_ptr<ProbeConnection> connection;
        std::unique_ptr<HostDoctor> doctor;
    };

    using Time = std::chrono::steady_clock::time_point;

    QCoro::Task<> findNames();
    void planAttempts();
    void plan(ServerSettings server);
    QCoro::Task<> tryOut(Attempt *attempt);
    QCoro::Task<> heal(Attempt *attempt, QByteArray certificate);
    Attempt *next();
    bool isDecided(bool outgoing, Time now) const;
    const Attempt *best(bool outgoing) const;
    int running() const;
    std::chrono::milliseconds untilNextLook(Time now, Time nextStart) const;
    void report(const ServerSettings &server, DiscoveryStep::State state, Time begun,
        const std::optional<MailError> &error = {});

    TlsPolicy m_policy;
    NameLookup &m_names;
    Wanted m_wanted;
    std::deque<Attempt> m_attempts; ///< In the order of preference, then renamed ones. Grows only: addresses stay.
    std::vector<QCoro::Task<>> m_tasks;
    QStringList m_privateNames;
    QHash<QString, QString> m_places; ///< Of each name that may be knocked at: its addresses.
    int m_connections = 0;
    bool m_anyAnswer = false;
    bool m_cancelled = false;
    std::optional<Time> m_worksSince[2]; ///< When the first incoming, outgoing server answered.
};

} // namespace postaci
