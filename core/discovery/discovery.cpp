// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/discovery.h"

#include <QElapsedTimer>

#include <utility>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

SettingsCandidate candidateFrom(const Account &account, SettingsSource source)
{
    SettingsCandidate candidate;
    candidate.source = source;
    candidate.incoming = {account.incoming};
    candidate.outgoing = account.outgoing;
    candidate.serverFilesSent = account.serverFilesSent;
    return candidate;
}

} // namespace

Discovery::Discovery(Clock clock, QObject *parent)
    : QObject(parent)
    , m_clock(std::move(clock))
{
}

Discovery::~Discovery() = default;

QCoro::Task<DiscoveryResult> Discovery::run(QString address, Options options)
{
    Q_ASSERT(options.directory);
    QElapsedTimer time;
    time.start();
    DiscoveryResult result;
    result.domain = domainOf(address);
    const Address identity{.name = {}, .address = address};
    if (const Provider *provider = options.directory->findByAddress(address)) {
        SettingsCandidate candidate = candidateFrom(accountAt(*provider, identity), SettingsSource::Table);
        candidate.providerId = provider->id;
        candidate.providerName = provider->name;
        candidate.oauthOnly = provider->oauthOnly;
        if (provider->has(Provider::Hint::NoImap)) {
            candidate.incoming.clear();
            result.obstacle = DiscoveryResult::Obstacle::NoImap;
        }
        result.candidates.append(candidate);
    } else {
        result.candidates.append(candidateFrom(guessedAccount(identity), SettingsSource::Guess));
    }
    if (result.obstacle == DiscoveryResult::Obstacle::None)
        Q_EMIT candidateFound(result.candidates.first());
    result.milliseconds = time.elapsed();
    co_return result;
}

void Discovery::cancel() { }

} // namespace postaci
