// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/settingssearch.h"

#include "core/base/log.h"
#include "core/discovery/domainname.h"
#include "core/discovery/webpolicy.h"

#include <QCoro/QCoroSignal>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

constexpr auto dnsLimit = 2s;
/// So long a provider's own statement may correct an entry of the table that is not certain.
constexpr auto statementLimit = CandidateRace::Time(800);

} // namespace

SettingsSearch::SettingsSearch(QString domain, const Discovery::Options &options, QString address, QObject *parent)
    : QObject(parent)
    , m_domain(std::move(domain))
    , m_address(std::move(address))
    , m_options(options)
    , m_web(options.tls)
{
    m_result.domain = m_domain;
}

SettingsSearch::~SettingsSearch() = default;

QCoro::Task<DiscoveryResult> SettingsSearch::run()
{
    m_time.start();
    const Provider *provider = m_options.directory->findByDomain(m_domain);
    const bool isKnown = provider && provider->isKnown();
    if (provider)
        consultTable(*provider, SettingsSource::Table);

    if (isKnown) {
        const SettingsCandidate table = m_race.ranked().first();
        Q_EMIT candidateFound(table);
        if (provider->confidence == Provider::Confidence::High || provider->status == Provider::Status::NeedsBridge)
            m_result.candidates = {table};
        else
            co_await compareWithStatements(table);
    } else if (m_result.obstacle == Obstacle::None && m_domain.contains(u'.') && hostName(m_domain) == m_domain) {
        askEverybody();
        co_await race();
    }

    if (m_result.obstacle != Obstacle::NoImap)
        m_result.candidates.append(guess());
    m_result.milliseconds = m_time.elapsed();
    co_return m_result;
}

void SettingsSearch::cancel()
{
    m_result.obstacle = Obstacle::Cancelled;
    Q_EMIT moved();
}

QCoro::Task<> SettingsSearch::race()
{
    const auto limit = CandidateRace::Time(Discovery::limit);
    bool isShown = false;
    while (m_result.obstacle == Obstacle::None) {
        const auto time = now();
        if (const auto candidate = m_race.take(time)) {
            isShown = true;
            Q_EMIT candidateFound(*candidate);
            continue;
        }
        if (time >= limit)
            break;
        if (m_race.wantsProbe(time)) {
            if (m_race.isIdle())
                judgeNetwork();
            if (m_result.obstacle == Obstacle::None)
                m_tasks.push_back(knock());
            continue;
        }
        if (m_race.isOver(time))
            break;
        const auto next = std::min(m_race.nextLook(time).value_or(limit), limit);
        co_await qCoro(this, &SettingsSearch::moved, next - time + 1ms);
    }
    co_await stop();

    m_result.candidates.append(m_race.ranked());
    if (!isShown && !m_result.candidates.isEmpty() && m_result.obstacle == Obstacle::None)
        Q_EMIT candidateFound(m_result.candidates.first());
    if (m_result.candidates.isEmpty())
        judgeNetwork();
}

/// The table's entry is on the screen already. The provider's own word, if it differs and comes soon, is better.
QCoro::Task<> SettingsSearch::compareWithStatements(SettingsCandidate table)
{
    m_race = CandidateRace();
    askStatements();
    std::optional<SettingsCandidate> statement;
    while (m_result.obstacle == Obstacle::None && !statement && now() < statementLimit) {
        const auto time = now();
        statement = m_race.take(time);
        if (statement || m_race.wantsProbe(time)) // Nobody is left to wait for.
            break;
        co_await qCoro(this, &SettingsSearch::moved, statementLimit - time + 1ms);
    }
    co_await stop();
    if (!statement && !m_race.ranked().isEmpty())
        statement = m_race.ranked().first();
    if (statement && m_result.obstacle == Obstacle::None && !haveSameServers(*statement, table)) {
        qCInfo(discoveryLog).noquote() << m_domain << "the provider's own statement differs from the table";
        Q_EMIT candidateFound(*statement);
        m_result.candidates.append(*statement);
    }
    m_result.candidates.append(table);
}

/// Ends every question that is still open.
QCoro::Task<> SettingsSearch::stop()
{
    m_stopped = true;
    m_names.abort();
    m_web.abort();
    if (m_probe)
        m_probe->cancel();
    for (size_t i = 0; i < m_tasks.size(); ++i) // One may still begin another.
        co_await m_tasks[i];
}

/// Why nobody answered, if that has one reason. Portals answer everything, so a real answer rules them out.
void SettingsSearch::judgeNetwork()
{
    if (m_result.obstacle != Obstacle::None)
        return;
    if (!m_anyAnswer)
        m_result.obstacle = Obstacle::Offline;
    else if (m_webAnswers > 0 && m_webForeign == m_webAnswers && (m_outsideForeign || (m_stopped && m_webForeign > 1)))
        m_result.obstacle = Obstacle::CaptivePortal;
}

/// The provider's own web servers.
void SettingsSearch::askStatements()
{
    if (m_options.pacc && m_options.askOutside)
        m_tasks.push_back(askPacc());
    m_tasks.push_back(askAutoconfig(SettingsSource::Autoconfig, autoconfigUrl(m_domain)));
    m_tasks.push_back(askAutoconfig(SettingsSource::WellKnown, wellKnownUrl(m_domain)));
}

void SettingsSearch::askEverybody()
{
    m_tasks.push_back(m_options.askOutside ? askMx() : askAddress());
    askStatements();
    if (!m_options.askOutside)
        return;
    m_tasks.push_back(askIspdb(SettingsSource::Ispdb, m_domain));
    m_tasks.push_back(askSrv());
}

SettingsSearch::Question SettingsSearch::begin(SettingsSource source, const QString &asked)
{
    m_race.started(source);
    Q_EMIT progress({.source = source, .asked = asked, .state = DiscoveryStep::State::Running, .error = {}});
    return {.source = source, .asked = asked, .begun = m_time.elapsed()};
}

void SettingsSearch::end(const Question &question, DiscoveryStep::State state, const std::optional<MailError> &error)
{
    m_race.ended(question.source);
    addStep({.source = question.source,
        .asked = question.asked,
        .state = state,
        .error = error,
        .milliseconds = m_time.elapsed() - question.begun});
    Q_EMIT moved();
}

void SettingsSearch::addStep(const DiscoveryStep &step)
{
    // What we broke off ourselves tells nobody anything.
    const bool isBrokenOff = (m_stopped && step.state != DiscoveryStep::State::Found)
        || (step.error && step.error->kind == ErrorKind::Cancelled);
    if (isBrokenOff || m_result.obstacle == Obstacle::Cancelled)
        return;
    qCDebug(discoveryLog).noquote() << m_domain << int(step.source) << step.asked << step.milliseconds << "ms"
                                    << (step.error ? step.error->summary() : QString());
    if (step.state != DiscoveryStep::State::Running)
        m_result.steps.append(step);
    Q_EMIT progress(step);
}

/// What the table knows, found by the domain or by its mail exchanger.
void SettingsSearch::consultTable(const Provider &provider, SettingsSource source)
{
    const SettingsCandidate candidate = fromTable(provider, source);
    if (provider.status == Provider::Status::NoImap) {
        m_result.obstacle = Obstacle::NoImap;
        m_result.candidates = {candidate};
    } else if (provider.isKnown()) {
        m_race.add(candidate, now());
    } else {
        m_seeds += candidate.incoming;
        if (!candidate.outgoing.host.isEmpty())
            m_seeds.append(candidate.outgoing);
        m_uncertainTable = m_uncertainTable || source == SettingsSource::Table;
    }
    if (source == SettingsSource::Table)
        addStep({.source = source, .asked = m_domain, .state = DiscoveryStep::State::Found, .error = {}});
}

SettingsCandidate SettingsSearch::fromTable(const Provider &provider, SettingsSource source) const
{
    const QString anybody = localPartTemplate + u'@' + m_domain;
    SettingsCandidate candidate = candidateAt(provider, {.name = {}, .address = anybody}, source);
    for (ServerSettings &server : candidate.incoming)
        server.userName.replace(anybody, userNameTemplate);
    candidate.outgoing.userName.replace(anybody, userNameTemplate);
    return candidate;
}

void SettingsSearch::noteDns(NameLookup::Verdict verdict)
{
    m_anyAnswer = m_anyAnswer || verdict != NameLookup::Verdict::NoAnswer;
}

void SettingsSearch::noteWeb(const Result<HttpAnswer> &answer, bool isOutside)
{
    if (!answer) {
        switch (answer.error().kind) {
        case ErrorKind::Cancelled:
        case ErrorKind::Offline:
        case ErrorKind::HostNotFound:
        case ErrorKind::Timeout:
            return;
        default:
            break;
        }
    }
    m_anyAnswer = true;
    const bool isForeign = answer
        ? answer->isFound() && looksLikeHtml(answer->body)
        : answer.error().kind == ErrorKind::CertificateName || answer.error().kind == ErrorKind::CertificateUntrusted;
    ++m_webAnswers;
    m_webForeign += isForeign;
    m_outsideForeign = m_outsideForeign || (isForeign && isOutside);
}

/// RFC 8020: nothing is below a name that does not exist, unless this computer's hosts file says so.
QCoro::Task<> SettingsSearch::noteMissingDomain()
{
    const auto addresses = co_await m_names.addresses(m_domain, dnsLimit);
    if (addresses.verdict == NameLookup::Verdict::NoSuchName && !m_stopped && m_result.obstacle == Obstacle::None)
        m_result.obstacle = Obstacle::NoSuchDomain;
}

/// Names that lead into a private network are somebody's attack on it, unless the domain is at home there.
QCoro::Task<> SettingsSearch::accept(Question question, Statement statement)
{
    using State = DiscoveryStep::State;
    SettingsCandidate candidate = statement.candidate;
    const QStringList hosts = hostsOf(candidate);
    if (hosts.isEmpty()) {
        end(question, State::Nothing);
        co_return;
    }
    std::vector<QCoro::Task<NameLookup::Addresses>> lookups;
    for (const QString &host : hosts)
        lookups.push_back(m_names.addresses(host, dnsLimit));
    QStringList insiders;
    for (qsizetype i = 0; i < hosts.size(); ++i) {
        const auto addresses = co_await lookups[size_t(i)];
        if (std::any_of(addresses.list.begin(), addresses.list.end(), isPrivateAddress))
            insiders.append(hosts.at(i));
    }
    if (!insiders.isEmpty() && !isInternalDomain(m_domain)) {
        const auto own = co_await m_names.addresses(m_domain, dnsLimit);
        if (std::none_of(own.list.begin(), own.list.end(), isPrivateAddress)) {
            end(question, State::Failed,
                MailError{.kind = ErrorKind::Protocol, .step = Step::Resolve, .subject = insiders.first()});
            co_return;
        }
    }

    addProviderFacts(candidate, statement.oauthIssuer);
    candidate.hostsToApprove = hostsToApprove(candidate, {.domain = m_domain, .redirected = statement.redirected},
        [this](const QString &host) { return m_options.directory->findByHost(host) != nullptr; });
    candidate.hostsToApprove += insiders;
    candidate.hostsToApprove.removeDuplicates();
    m_race.add(candidate, now());
    end(question, State::Found);
}

/// Whoever says so: when all servers are those of one provider of the table, what the table knows about it holds. An
/// issuer for signing in with the browser comes from there, or from PACC, never from a configuration file.
void SettingsSearch::addProviderFacts(SettingsCandidate &candidate, const QUrl &paccIssuer) const
{
    const QList<ServerSettings> servers = candidate.incoming + QList{candidate.outgoing};
    candidate.oauthOnly = candidate.oauthOnly
        || (!candidate.incoming.isEmpty()
            && std::all_of(servers.begin(), servers.end(),
                [](const ServerSettings &server) { return server.auth == AuthMethod::OAuth2; }));
    if (const Provider *provider = providerOf(hostsOf(candidate))) {
        candidate.providerId = provider->id;
        candidate.providerName = provider->name;
        candidate.oauthIssuer = provider->oauthIssuer;
        candidate.oauthOnly = candidate.oauthOnly || provider->oauthOnly;
        candidate.serverFilesSent = provider->serverFilesSent;
    }
    if (paccIssuer.isEmpty() || !candidate.oauthIssuer.isEmpty())
        return;
    for (const OAuthIssuer &issuer : m_options.directory->issuers()) {
        if (issuer.issuer.host() == paccIssuer.host() || issuer.authorizationUrl.host() == paccIssuer.host())
            candidate.oauthIssuer = issuer.id;
    }
}

/// The provider whose servers all of these are. Of several the one for domains of one's own, which this domain is: the
/// table does not know it.
const Provider *SettingsSearch::providerOf(const QStringList &hosts) const
{
    const auto rank = [](const Provider &provider) { return std::pair(provider.mx.size(), provider.domains.size()); };
    const Provider *best = nullptr;
    for (const Provider &provider : m_options.directory->all()) {
        const QList<ServerSettings> servers = provider.incoming + provider.outgoing;
        const auto isOurs = [&servers](const QString &host) {
            return std::any_of(
                servers.begin(), servers.end(), [&host](const ServerSettings &s) { return s.host == host; });
        };
        if (!hosts.isEmpty() && provider.isKnown() && provider.status != Provider::Status::Migrated
            && std::all_of(hosts.begin(), hosts.end(), isOurs) && (!best || rank(provider) > rank(*best)))
            best = &provider;
    }
    return best;
}

/// For the form: what is known of one half, and the usual names, those that exist before those that do not.
SettingsCandidate SettingsSearch::guess() const
{
    SettingsCandidate usual;
    const QString incoming = m_probed.incomingName.isEmpty() ? u"imap."_s + m_domain : m_probed.incomingName;
    const QString outgoing = m_probed.outgoingName.isEmpty() ? u"smtp."_s + m_domain : m_probed.outgoingName;
    usual.incoming = {{.protocol = Protocol::Imap, .host = incoming, .port = 993, .userName = userNameTemplate}};
    usual.outgoing = {.protocol = Protocol::Smtp, .host = outgoing, .port = 465, .userName = userNameTemplate};
    // Typed by the user they are good, but nobody should send a password there unawares.
    for (const QString &host : hostsOf(usual)) {
        if (m_probed.privateNames.contains(host))
            usual.hostsToApprove.append(host);
    }
    const auto half = m_race.half();
    if (!half || !m_result.candidates.isEmpty())
        return usual;
    SettingsCandidate guessed = completedWith(*half, usual);
    guessed.source = SettingsSource::Guess;
    return guessed;
}

} // namespace postaci
