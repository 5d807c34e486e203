// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/discovery.h"

#include "core/discovery/candidaterules.h"
#include "core/discovery/settingssearch.h"

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

constexpr auto successLifetime = 24h;
constexpr auto failureLifetime = 10min;

QString cacheKey(const QString &address, const Discovery::Options &options)
{
    // An answer to a whole address is for that one only.
    return (options.tellAddress ? address : domainOf(address)) + (options.askOutside ? u" outside"_s : QString())
        + (options.askMicrosoft ? u" microsoft"_s : QString()) + (options.pacc ? u" pacc"_s : QString());
}

/// How long an answer holds. What depends on this computer's network at this moment is asked anew.
std::chrono::milliseconds lifetime(const DiscoveryResult &result)
{
    switch (result.obstacle) {
    case DiscoveryResult::Obstacle::Offline:
    case DiscoveryResult::Obstacle::CaptivePortal:
    case DiscoveryResult::Obstacle::Cancelled:
        return 0ms;
    case DiscoveryResult::Obstacle::NoSuchDomain:
    case DiscoveryResult::Obstacle::NoMailDomain:
        return failureLifetime;
    case DiscoveryResult::Obstacle::NoImap:
        return successLifetime;
    case DiscoveryResult::Obstacle::None:
        break;
    }
    const bool isFound = std::any_of(result.candidates.begin(), result.candidates.end(),
        [](const SettingsCandidate &candidate) { return candidate.source != SettingsSource::Guess; });
    return isFound ? std::chrono::milliseconds(successLifetime) : std::chrono::milliseconds(failureLifetime);
}

DiscoveryResult filled(DiscoveryResult result, const QString &address)
{
    for (SettingsCandidate &candidate : result.candidates)
        candidate = filledFor(candidate, address);
    return result;
}

} // namespace

Discovery::Discovery(Clock clock, QObject *parent)
    : QObject(parent)
    , m_clock(std::move(clock))
{
}

Discovery::~Discovery()
{
    Q_ASSERT_X(m_searches.isEmpty(), "Discovery", "deleted under a search: cancel() and await it first");
}

QCoro::Task<DiscoveryResult> Discovery::run(QString address, Options options)
{
    Q_ASSERT(options.directory);
    const QString domain = domainOf(address);
    const QString key = cacheKey(address, options);
    if (const Remembered known = m_cache.value(key); known.until > m_clock()) {
        DiscoveryResult result = filled(known.result, address);
        result.milliseconds = 0;
        if (result.obstacle == DiscoveryResult::Obstacle::None)
            Q_EMIT candidateFound(result.candidates.first(), address);
        co_return result;
    }

    SettingsSearch search(domain, options, options.tellAddress ? address : QString());
    connect(&search, &SettingsSearch::progress, this, &Discovery::progress);
    connect(&search, &SettingsSearch::candidateFound, this, [this, address](const SettingsCandidate &candidate) {
        Q_EMIT candidateFound(filledFor(candidate, address), address);
    });
    m_searches.append(&search);
    const DiscoveryResult result = co_await search.run();
    m_searches.removeOne(&search);
    if (const auto holds = lifetime(result); holds > 0ms)
        m_cache.insert(key, {.until = m_clock().addDuration(holds), .result = result});
    co_return filled(result, address);
}

void Discovery::cancel()
{
    for (SettingsSearch *search : QList(m_searches))
        search->cancel();
}

} // namespace postaci
