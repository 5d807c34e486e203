// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/namelookup.h"
#include "core/mail/account.h"
#include "core/net/tlspolicy.h"

#include <QCoro/QCoroTask>

#include <QList>
#include <QObject>

#include <optional>

namespace postaci {

class ProbeConnection;

/// For a server whose certificate is for another name: finds the name under which it verifies, so that the settings can
/// be put right instead of making an exception. Customers' names that point at a hoster's server are the usual reason.
///
/// A name is proposed only after a connection to it, with the same port and protocol, went well in every respect. Names
/// that lead to the same address come first; a name that a wildcard leaves open is tried only then. No credentials.
/// Lives on the engine thread; await findHost() before deleting this.
class HostDoctor : public QObject {
    Q_OBJECT

public:
    /// Of one findHost().
    static constexpr int connectionsLimit = 3;
    static constexpr std::chrono::milliseconds timeLimit{8'000};

    explicit HostDoctor(TlsPolicy policy, QObject *parent = nullptr);
    ~HostDoctor() override;

    /// `certificate`: DER, as MailError carries it with ErrorKind::CertificateName. Nothing when no name fits.
    QCoro::Task<std::optional<QString>> findHost(
        ServerSettings server, QByteArray certificate, int connections = connectionsLimit);
    /// Ends the search with nothing.
    void cancel();
    /// Made by the last findHost().
    int connectionCount() const { return m_connections; }

private:
    struct Proposal {
        QString host;
        bool sameServer = false;
    };
    QCoro::Task<QList<Proposal>> proposals(QString host, QByteArray certificate);

    TlsPolicy m_policy;
    NameLookup m_names;
    ProbeConnection *m_current = nullptr;
    bool m_cancelled = false;
    int m_connections = 0;
};

} // namespace postaci
