// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/candidaterace.h"

#include "core/discovery/candidaterules.h"

#include <algorithm>

namespace postaci {

void CandidateRace::started(SettingsSource source)
{
    ++m_running[source];
    m_probing = m_probing || source == SettingsSource::Probe;
}

void CandidateRace::ended(SettingsSource source)
{
    Q_ASSERT(isRunning(source));
    --m_running[source];
}

void CandidateRace::add(const SettingsCandidate &candidate, Time now)
{
    if (isComplete(candidate)) {
        keep(candidate, now);
    } else if (!hostsOf(candidate).isEmpty()) {
        const auto place = std::upper_bound(m_halves.begin(), m_halves.end(), candidate,
            [](const SettingsCandidate &a, const SettingsCandidate &b) { return a.source < b.source; });
        m_halves.insert(place, candidate);
    }
    // IMAP and SMTP come from one source; only probing may fill the gap.
    if (candidate.source != SettingsSource::Probe)
        return;
    for (const SettingsCandidate &half : QList(m_halves)) {
        const SettingsCandidate whole = completedWith(half, candidate);
        if (half.source == SettingsSource::Probe || !isComplete(whole))
            continue;
        m_halves.removeOne(half);
        keep(whole, now);
    }
}

void CandidateRace::keep(const SettingsCandidate &candidate, Time now)
{
    const auto place = std::upper_bound(m_found.begin(), m_found.end(), candidate.source,
        [](SettingsSource source, const Found &found) { return source < found.candidate.source; });
    m_found.insert(place, {.candidate = candidate, .at = now});
}

std::optional<SettingsCandidate> CandidateRace::take(Time now)
{
    const Found *first = best();
    if (!first)
        return {};
    const SettingsCandidate candidate = first->candidate;
    if (!m_shown) {
        const Time oldest = std::min_element(m_found.begin(), m_found.end(), [](const Found &a, const Found &b) {
            return a.at < b.at;
        })->at;
        if (isBetterRunning(candidate.source) && now < oldest + grace)
            return {};
        m_shown = candidate;
        m_shownAt = now;
        m_bestOffered = candidate.source;
        return candidate;
    }
    if (candidate.source >= m_bestOffered)
        return {};
    m_bestOffered = candidate.source;
    if (haveSameServers(candidate, *m_shown))
        return {};
    return candidate;
}

bool CandidateRace::isOver(Time now) const
{
    if (isIdle())
        return !wantsProbe(now);
    return m_shown && (!isBetterRunning(m_bestOffered) || now >= m_shownAt + lateness);
}

bool CandidateRace::wantsProbe(Time now) const
{
    return !m_probing && m_found.isEmpty() && (now >= probeStart || isIdle());
}

std::optional<CandidateRace::Time> CandidateRace::nextLook(Time now) const
{
    std::optional<Time> next;
    const auto consider = [&](Time at) {
        if (at > now && (!next || at < *next))
            next = at;
    };
    if (!m_probing && m_found.isEmpty())
        consider(probeStart);
    if (m_shown)
        consider(m_shownAt + lateness);
    else
        for (const Found &found : m_found)
            consider(found.at + grace);
    return next;
}

std::optional<SettingsCandidate> CandidateRace::half() const
{
    return m_halves.isEmpty() ? std::nullopt : std::optional(m_halves.first());
}

QList<SettingsCandidate> CandidateRace::ranked() const
{
    QList<SettingsCandidate> list;
    if (m_shown)
        list.append(*m_shown);
    for (const Found &found : m_found) {
        if (std::none_of(list.begin(), list.end(),
                [&found](const SettingsCandidate &other) { return haveSameServers(other, found.candidate); }))
            list.append(found.candidate);
    }
    return list;
}

const CandidateRace::Found *CandidateRace::best() const
{
    return m_found.isEmpty() ? nullptr : &m_found.first();
}

bool CandidateRace::isIdle() const
{
    return std::none_of(m_running.begin(), m_running.end(), [](int count) { return count > 0; });
}

bool CandidateRace::isBetterRunning(SettingsSource source) const
{
    return std::any_of(m_running.keyValueBegin(), m_running.keyValueEnd(),
        [source](const auto &entry) { return entry.first < source && entry.second > 0; });
}

} // namespace postaci
