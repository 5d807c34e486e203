// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/candidaterace.h"
#include "core/discovery/candidaterules.h"
#include "core/discovery/discovery.h"
#include "core/discovery/httpfetch.h"
#include "core/discovery/namelookup.h"
#include "core/discovery/probe.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace postaci {

/// One search of Discovery, for a domain: user names in what it finds are templates (candidaterules.h), but for what
/// was found by telling the `address`, which only consent gives. Lives on the engine thread; await run() before
/// deleting this.
class SettingsSearch : public QObject {
    Q_OBJECT

public:
    SettingsSearch(QString domain, const Discovery::Options &options, QString address, QObject *parent = nullptr);
    ~SettingsSearch() override;

    QCoro::Task<DiscoveryResult> run();
    void cancel();

Q_SIGNALS:
    void progress(const postaci::DiscoveryStep &step);
    void candidateFound(const postaci::SettingsCandidate &candidate);
    /// For the search's own waits: look again.
    void moved();

private:
    using Obstacle = DiscoveryResult::Obstacle;

    /// One that is being asked. Begins as a running step and ends as another.
    struct Question {
        SettingsSource source;
        QString asked;
        qint64 begun;
    };
    struct Statement {
        SettingsCandidate candidate;
        bool redirected = false;
        QUrl oauthIssuer; ///< Of PACC.
    };

    // Who is asked; each ends its question.
    QCoro::Task<> askMx();
    QCoro::Task<> askAddress();
    QCoro::Task<> askPacc();
    QCoro::Task<> askAutoconfig(SettingsSource source, QUrl url);
    QCoro::Task<Result<HttpAnswer>> autoconfigAt(Question question, QUrl url, bool *placeholderSent);
    QCoro::Task<> askIspdb(SettingsSource source, QString domain);
    QCoro::Task<> askSrv();
    QCoro::Task<> askAutodiscover();
    QCoro::Task<QString> autodiscoverAt(QString host);
    QCoro::Task<> acceptMicrosoft(Question question);
    QCoro::Task<> knock();

    Question begin(SettingsSource source, const QString &asked);
    void end(const Question &question, DiscoveryStep::State state, const std::optional<MailError> &error = {});
    /// Judges what was found, gives it to the race and ends the question.
    QCoro::Task<> accept(Question question, Statement statement);
    void addStep(const DiscoveryStep &step);

    void askStatements();
    void askEverybody();
    void consultTable(const Provider &provider, SettingsSource source);
    SettingsCandidate fromTable(const Provider &provider, SettingsSource source) const;
    const Provider *providerOf(const QStringList &hosts) const;
    void addProviderFacts(SettingsCandidate &candidate, const QUrl &paccIssuer) const;
    void noteDns(NameLookup::Verdict verdict);
    void noteWeb(const Result<HttpAnswer> &answer, bool isOutside);
    QCoro::Task<> noteMissingDomain();

    QCoro::Task<> race();
    QCoro::Task<> compareWithStatements(SettingsCandidate table);
    QCoro::Task<> stop();
    void judgeNetwork();
    SettingsCandidate guess() const;
    CandidateRace::Time now() const { return CandidateRace::Time(m_time.elapsed()); }

    QString m_domain;
    QString m_address; ///< May be told; else empty.
    Discovery::Options m_options;
    QElapsedTimer m_time;
    NameLookup m_names;
    HttpFetch m_web;
    std::unique_ptr<Probe> m_probe;
    Probe::Found m_probed;
    CandidateRace m_race;
    std::vector<QCoro::Task<>> m_tasks;
    DiscoveryResult m_result;
    QList<ServerSettings> m_seeds; ///< Of entries that nobody could confirm.
    bool m_uncertainTable = false; ///< Such an entry is for this very domain.
    bool m_exchangeHint = false;
    bool m_stopped = false;

    bool m_anyAnswer = false; ///< Somebody answered something: there is a network.
    int m_webAnswers = 0; ///< Web servers that were reached.
    int m_webForeign = 0; ///< Those that were not who they should be.
    bool m_outsideForeign = false; ///< Mozilla's was one of them.
};

} // namespace postaci
