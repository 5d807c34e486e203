// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/discoveryresult.h"

#include <QHash>
#include <QList>

#include <chrono>
#include <optional>

namespace postaci {

/// Which answer is shown when. All sources are asked at once, a better one may be slower: a lower answer waits for it,
/// but not for long. Pure: times are since the start of the search and come from the caller.
class CandidateRace {
public:
    using Time = std::chrono::milliseconds;

    /// So long the first answer waits for better ones that are still asked.
    static constexpr Time grace{800};
    /// Probing begins when there is nothing by then, or nobody left to ask.
    static constexpr Time probeStart{1000};
    /// So long after the first one was shown a better one is still waited for, to be offered.
    static constexpr Time lateness{1500};

    /// One more question of this source is running. All that start together are told before any can end.
    void started(SettingsSource source);
    void ended(SettingsSource source);
    /// Before its source's end. Half an answer is kept until the other half comes from probing.
    void add(const SettingsCandidate &candidate, Time now);

    /// The next one to be shown. Once the one to use; after that better ones that differ, to be offered.
    std::optional<SettingsCandidate> take(Time now);
    /// Nothing more is worth waiting for.
    bool isOver(Time now) const;
    /// Ask the usual names now. Once true, stays true until probing has started.
    bool wantsProbe(Time now) const;
    /// Nobody is being asked at the moment.
    bool isIdle() const;
    /// When one of the above may change although nothing happens; nothing when it will not.
    std::optional<Time> nextLook(Time now) const;

    /// A half that is known while the other is not, best first.
    std::optional<SettingsCandidate> half() const;
    /// The one to use first, then the others by rank. Complete ones only, each set of servers once.
    QList<SettingsCandidate> ranked() const;

private:
    struct Found {
        SettingsCandidate candidate;
        Time at;
    };

    const Found *best() const;
    bool isRunning(SettingsSource source) const { return m_running.value(source) > 0; }
    bool isBetterRunning(SettingsSource source) const;
    void keep(const SettingsCandidate &candidate, Time now);

    QHash<SettingsSource, int> m_running;
    QList<Found> m_found; ///< Complete, by rank.
    QList<SettingsCandidate> m_halves; ///< By rank.
    std::optional<SettingsCandidate> m_shown; ///< The one to use.
    Time m_shownAt{0};
    SettingsSource m_bestOffered = SettingsSource::Guess; ///< Of everything that was shown.
    bool m_probing = false;
};

} // namespace postaci
