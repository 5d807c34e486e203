// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The questions of a search, each a procedure of its own.

#include "core/discovery/settingssearch.h"

#include "core/base/log.h"
#include "core/discovery/autoconfigxml.h"
#include "core/discovery/domainname.h"
#include "core/discovery/paccdocument.h"
#include "core/discovery/webpolicy.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

constexpr auto dnsLimit = 2s;
constexpr auto webLimit = 4s;

/// Statuses by which a server may mean "for whom?".
bool wantsAddress(int status)
{
    return status == 400 || status == 404 || status == 422;
}

/// Whether it still means that after it was asked for somebody. Of a web site that is there anyway, "not found" says no
/// more than that.
bool wantsWholeAddress(SettingsSource source, int status)
{
    return wantsAddress(status)
        && (source == SettingsSource::Autoconfig || (source == SettingsSource::WellKnown && status != 404));
}

bool isMicrosoft(const QString &host)
{
    return haveSameOwner(host, u"office365.com"_s) || haveSameOwner(host, u"outlook.com"_s);
}

bool isExchange(const QString &exchanger)
{
    return exchanger.contains(".outlook."_L1) || exchanger.contains("exchange"_L1);
}

} // namespace

QCoro::Task<> SettingsSearch::askMx()
{
    using State = DiscoveryStep::State;
    const Question question = begin(SettingsSource::TableByMx, m_domain);
    const auto records = co_await m_names.records(QDnsLookup::MX, m_domain, dnsLimit);
    noteDns(records.verdict);
    if (records.verdict == NameLookup::Verdict::NoAnswer) {
        end(question, State::Failed, MailError{.kind = ErrorKind::Timeout, .step = Step::Resolve});
        co_return;
    }
    if (records.verdict == NameLookup::Verdict::NoSuchName) {
        co_await noteMissingDomain();
        end(question, State::Nothing);
        co_return;
    }
    const MxChoice choice = chooseMx(records.mx);
    if (choice.takesNoMail) {
        m_result.obstacle = Obstacle::NoMailDomain;
        end(question, State::Nothing);
        co_return;
    }
    m_exchangeHint = std::any_of(choice.exchangers.begin(), choice.exchangers.end(), isExchange);
    for (const QString &exchanger : choice.exchangers) {
        const Provider *provider = m_options.directory->findByMx(exchanger);
        if (!provider)
            continue;
        consultTable(*provider, SettingsSource::TableByMx);
        if (provider->isKnown() || provider->status == Provider::Status::NoImap) {
            end(question, State::Found);
            co_return;
        }
        break;
    }
    // Whoever runs the exchanger may tell about its customers' servers.
    if (const QString company = registrableDomain(choice.exchangers.value(0));
        !company.isEmpty() && company != m_domain && !m_stopped) {
        m_tasks.push_back(askAutoconfig(SettingsSource::MxAutoconfig, autoconfigUrl(company)));
        m_tasks.push_back(askIspdb(SettingsSource::MxAutoconfig, company));
    }
    if (m_options.askMicrosoft && !m_stopped)
        m_tasks.push_back(askAutodiscover());
    end(question, State::Nothing);
}

/// In place of askMx() where nobody outside is asked: only whether the domain is there.
QCoro::Task<> SettingsSearch::askAddress()
{
    const Question question = begin(SettingsSource::TableByMx, m_domain);
    const auto records = co_await m_names.records(QDnsLookup::A, m_domain, dnsLimit);
    noteDns(records.verdict);
    if (records.verdict == NameLookup::Verdict::NoSuchName)
        co_await noteMissingDomain();
    end(question, DiscoveryStep::State::Nothing);
}

QCoro::Task<> SettingsSearch::askPacc()
{
    using State = DiscoveryStep::State;
    const Question question = begin(SettingsSource::Pacc, u"ua-auto-config."_s + m_domain);
    const auto records = co_await m_names.records(QDnsLookup::TXT, u"_ua-auto-config."_s + m_domain, dnsLimit);
    noteDns(records.verdict);
    if (!hasPaccRecord(records.txt)) {
        end(question, State::Nothing);
        co_return;
    }
    const auto answer = co_await m_web.get(paccUrl(m_domain), webLimit);
    noteWeb(answer, false);
    if (!answer) {
        end(question, State::Failed, answer.error());
        co_return;
    }
    if (!answer->isFound()) {
        end(question, State::Nothing);
        co_return;
    }
    if (!paccDigestMatches(answer->body, records.txt)) {
        qCWarning(discoveryLog).noquote() << m_domain << "the PACC document is not the one that DNS vouches for";
        end(question, State::Failed, MailError{.kind = ErrorKind::Protocol, .subject = u"digest"_s});
        co_return;
    }
    const auto document = parsePacc(answer->body);
    if (!document) {
        end(question, State::Failed, document.error());
        co_return;
    }
    SettingsCandidate candidate = candidateOf(SettingsSource::Pacc, document->incoming, document->outgoing);
    candidate.providerName = document->providerName;
    co_await accept(
        question, {.candidate = candidate, .redirected = answer->redirectedAway, .oauthIssuer = document->oauthIssuer});
}

/// Asks without an address, then with nobody's, and only then, and only if the user agreed, with the real one.
QCoro::Task<Result<HttpAnswer>> SettingsSearch::autoconfigAt(Question question, QUrl url, bool *placeholderSent)
{
    const auto left = [this, question] {
        const std::chrono::milliseconds spent(m_time.elapsed() - question.begun);
        return std::max<std::chrono::milliseconds>(webLimit - spent, 0ms);
    };
    Result<HttpAnswer> answer = co_await m_web.get(url, left());
    noteWeb(answer, false);
    if (!answer || !wantsAddress(answer->status))
        co_return answer;
    *placeholderSent = true;
    answer = co_await m_web.get(withPlaceholder(url, m_domain), left());
    if (!answer || !wantsWholeAddress(question.source, answer->status))
        co_return answer;
    if (m_address.isEmpty()) {
        m_result.wantsAddress.append(url.host());
        co_return answer;
    }
    *placeholderSent = false;
    co_return co_await m_web.get(withAddress(url, m_address), left(), HttpFetch::Redirects::SameOwner);
}

QCoro::Task<> SettingsSearch::askAutoconfig(SettingsSource source, QUrl url)
{
    using State = DiscoveryStep::State;
    const Question question = begin(source, url.host());
    bool placeholderSent = false;
    const auto answer = co_await autoconfigAt(question, url, &placeholderSent);
    if (!answer) {
        end(question, State::Failed, answer.error());
        co_return;
    }
    if (!answer->isFound() || looksLikeHtml(answer->body)) {
        end(question, State::Nothing);
        co_return;
    }
    const auto document = parseAutoconfig(answer->body, m_domain, placeholderSent);
    if (!document) {
        end(question, State::Failed, document.error());
        co_return;
    }
    if (document->onlyUnencrypted) {
        end(question, State::Failed,
            MailError{.kind = ErrorKind::EncryptionMissing, .endpoint = question.asked + u":443"_s});
        co_return;
    }
    SettingsCandidate candidate = candidateOf(source, document->incoming, document->outgoing);
    candidate.providerName = document->providerName;
    co_await accept(question, {.candidate = candidate, .redirected = answer->redirectedAway, .oauthIssuer = {}});
}

QCoro::Task<> SettingsSearch::askIspdb(SettingsSource source, QString domain)
{
    using State = DiscoveryStep::State;
    const QUrl url = ispdbUrl(domain);
    const Question question = begin(source, url.host());
    const auto answer = co_await m_web.get(url, webLimit);
    noteWeb(answer, true);
    if (!answer) {
        end(question, State::Failed, answer.error());
        co_return;
    }
    if (!answer->isFound() || looksLikeHtml(answer->body)) {
        end(question, State::Nothing);
        co_return;
    }
    const auto document = parseAutoconfig(answer->body, m_domain);
    if (!document) {
        end(question, State::Failed, document.error());
        co_return;
    }
    SettingsCandidate candidate = candidateOf(source, document->incoming, document->outgoing);
    candidate.providerName = document->providerName;
    co_await accept(question, {.candidate = candidate, .redirected = answer->redirectedAway, .oauthIssuer = {}});
}

QCoro::Task<> SettingsSearch::askSrv()
{
    const Question question = begin(SettingsSource::Srv, m_domain);
    std::vector<QCoro::Task<NameLookup::Records>> lookups;
    for (const SrvService &service : srvServices)
        lookups.push_back(m_names.records(QDnsLookup::SRV, QLatin1StringView(service.name) + m_domain, dnsLimit));
    QList<ServerSettings> servers;
    for (size_t i = 0; i < lookups.size(); ++i) {
        const auto records = co_await lookups[i];
        noteDns(records.verdict);
        if (const ServerSettings server = serverBySrv(srvServices[i], records.srv); !server.host.isEmpty())
            servers.append(server);
    }
    co_await accept(question,
        {.candidate = candidateOf(SettingsSource::Srv, servers, servers), .redirected = false, .oauthIssuer = {}});
}

/// Version 2: names a server, without any login. Tells where a mailbox is, not how to read it: Microsoft's own is in
/// our table, and one of the domain itself is worth knocking at.
QCoro::Task<> SettingsSearch::askAutodiscover()
{
    using State = DiscoveryStep::State;
    const Question own = begin(SettingsSource::Autodiscover, u"autodiscover."_s + m_domain);
    if (!m_exchangeHint) {
        const auto records = co_await m_names.records(QDnsLookup::SRV, u"_autodiscover._tcp."_s + m_domain, dnsLimit);
        if (chooseSrv(records.srv).isEmpty()) {
            end(own, State::Nothing);
            co_return;
        }
    }
    const QString ownHost = co_await autodiscoverAt(own.asked);
    if (haveSameOwner(ownHost, m_domain)) {
        m_seeds.append({.protocol = Protocol::Imap, .host = ownHost, .port = 993, .userName = userNameTemplate});
        m_seeds.append({.protocol = Protocol::Smtp,
            .host = ownHost,
            .port = 587,
            .encryption = Encryption::StartTls,
            .userName = userNameTemplate});
    }
    if (isMicrosoft(ownHost)) {
        co_await acceptMicrosoft(own);
        co_return;
    }
    const Question microsoft = begin(SettingsSource::Autodiscover, u"outlook.office365.com"_s);
    end(own, ownHost.isEmpty() ? State::Nothing : State::Found);
    if (isMicrosoft(co_await autodiscoverAt(microsoft.asked)))
        co_await acceptMicrosoft(microsoft);
    else
        end(microsoft, State::Nothing);
}

/// The host that this one names, or nothing.
QCoro::Task<QString> SettingsSearch::autodiscoverAt(QString host)
{
    const auto answer = co_await m_web.get(autodiscoverUrl(host, m_domain), webLimit);
    if (!answer || !answer->isFound())
        co_return QString();
    co_return autodiscoverHost(answer->body).value_or(QString());
}

/// A company's mailboxes at Microsoft: the entry of the table that its exchangers lead to.
QCoro::Task<> SettingsSearch::acceptMicrosoft(Question question)
{
    const Provider *provider = m_options.directory->findByMx(u"company.mail.protection.outlook.com"_s);
    if (!provider || !provider->isKnown()) {
        end(question, DiscoveryStep::State::Nothing);
        co_return;
    }
    co_await accept(question,
        {.candidate = fromTable(*provider, SettingsSource::Autodiscover), .redirected = false, .oauthIssuer = {}});
}

QCoro::Task<> SettingsSearch::knock()
{
    m_race.started(SettingsSource::Probe);
    m_probe = std::make_unique<Probe>(m_options.tls, m_names);
    connect(m_probe.get(), &Probe::progress, this, &SettingsSearch::addStep);
    Probe::Wanted wanted{.domain = m_domain, .seeds = m_seeds};
    if (const auto half = m_race.half()) {
        wanted.incoming = half->incoming.isEmpty();
        wanted.outgoing = half->outgoing.host.isEmpty();
    }
    m_probed = co_await m_probe->run(wanted);
    m_anyAnswer = m_anyAnswer || m_probed.anyAnswer;
    SettingsCandidate candidate = m_probed.candidate;
    if (!hostsOf(candidate).isEmpty()) {
        addProviderFacts(candidate, {});
        candidate.hostsToApprove = hostsToApprove(candidate, {.domain = m_domain, .guessedHosts = m_uncertainTable},
            [this](const QString &host) { return m_options.directory->findByHost(host) != nullptr; });
        for (const QString &host : hostsOf(candidate)) {
            if (m_probed.privateNames.contains(host) && !candidate.hostsToApprove.contains(host))
                candidate.hostsToApprove.append(host);
        }
        m_race.add(candidate, now());
    }
    m_race.ended(SettingsSource::Probe);
    Q_EMIT moved();
}

} // namespace postaci
