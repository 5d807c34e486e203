// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/clock.h"
#include "core/discovery/discoveryresult.h"
#include "core/discovery/providerdirectory.h"
#include "core/net/tlspolicy.h"

#include <QCoro/QCoroTask>

#include <QDateTime>
#include <QHash>
#include <QObject>
#include <QString>

namespace postaci {

class SettingsSearch;

/// Finds the mail servers of an address: the program's own table, the domain's DNS and web servers, Mozilla's table,
/// and at last servers that answer under the usual names. Lives on the engine thread.
///
/// Everything is asked at once. Only the domain is sent to anybody, over https or in a DNS question, and the address,
/// if the user agreed, to web servers of the domain itself; no password is involved. A well known provider needs no
/// question at all. Every search ends within `limit`.
///
/// Asked, beside DNS (MX, six SRV names, TXT): https autoconfig.DOMAIN and DOMAIN/.well-known/autoconfig
/// (draft-ietf-mailmaint-autoconfig), https ua-auto-config.DOMAIN (draft-ietf-mailmaint-pacc),
/// https autoconfig.thunderbird.net/v1.1/DOMAIN.
///
/// Names that resolve to private, loopback or link-local addresses are taken only for a domain that is itself inside
/// such a network, and always need approval.
class Discovery : public QObject {
    Q_OBJECT

public:
    struct Options {
        /// Off: nobody but the domain's own servers is asked (no DNS beyond their addresses, no table of Mozilla's).
        bool askOutside = true;
        /// The user agreed that Microsoft learns the domain; asked only where something hints at Exchange.
        bool askMicrosoft = false;
        /// The user agreed that the domain's own web servers learn the address. Told only to those that refuse to
        /// answer without one.
        bool tellAddress = false;
        bool pacc = true;
        TlsPolicy tls;
        const ProviderDirectory *directory = nullptr; ///< Never null; outlives the search.
    };

    /// Milliseconds, of a whole search.
    static constexpr qint64 limit = 10'000;

    explicit Discovery(Clock clock = systemTime, QObject *parent = nullptr);
    ~Discovery() override;

    /// `address` as parseAddress() gives it. A second search may run beside the first. Await it before deleting this.
    QCoro::Task<DiscoveryResult> run(QString address, Options options);
    /// Ends every search at once, with Obstacle::Cancelled and what was found until then, and with no more signals.
    void cancel();

Q_SIGNALS:
    /// Once with State::Running, and once more when the question has its answer.
    void progress(const postaci::DiscoveryStep &step);
    /// Something to show while the search goes on. The first one is the answer as far as anybody knows now; a later one
    /// comes from a better source: offer it, but change nothing that the user has touched. The result's list begins
    /// with the one to use.
    /// @param address that was asked for: elsewhere, a signal may arrive after the search has been given up
    void candidateFound(const postaci::SettingsCandidate &candidate, const QString &address);

private:
    struct Remembered {
        QDateTime until;
        DiscoveryResult result; ///< With templates for user names: another address may ask.
    };

    Clock m_clock;
    QHash<QString, Remembered> m_cache; ///< By domain and what may be asked. In memory only.
    QList<SettingsSearch *> m_searches;
};

} // namespace postaci
