// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/probe.h"

#include "core/discovery/candidaterules.h"
#include "core/discovery/domainname.h"
#include "core/discovery/hostdoctor.h"
#include "core/discovery/probeconnection.h"
#include "core/discovery/providerdirectory.h"

#include <QCoro/QCoroSignal>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace postaci {

namespace {

constexpr auto lookupLimit = 2s;

bool isOutgoing(const ServerSettings &server)
{
    return server.protocol == Protocol::Smtp;
}

/// Something at the address said no, or nothing that could be used: another name for the address changes nothing.
bool isTheAddress(const MailError &error)
{
    return error.kind != ErrorKind::CertificateName;
}

} // namespace

Probe::Probe(const TlsPolicy &policy, NameLookup &names, QObject *parent)
    : QObject(parent)
    , m_policy(policy)
    , m_names(names)
{
}

Probe::~Probe() = default;

QCoro::Task<Probe::Found> Probe::run(Wanted wanted)
{
    m_wanted = wanted;
    co_await findNames();
    planAttempts();

    Time nextStart = std::chrono::steady_clock::now();
    while (!m_cancelled) {
        const Time now = std::chrono::steady_clock::now();
        if (isDecided(false, now) && isDecided(true, now))
            break;
        if (now >= nextStart && running() < atOnceLimit) {
            if (Attempt *attempt = next()) {
                nextStart = now + stagger;
                m_tasks.push_back(tryOut(attempt));
                continue;
            }
        }
        if (running() == 0 && now >= nextStart)
            break; // What is left may not be tried.
        co_await qCoro(this, &Probe::moved, untilNextLook(now, nextStart));
    }

    cancel();
    for (size_t i = 0; i < m_tasks.size(); ++i)
        co_await m_tasks[i];

    Found found;
    found.anyAnswer = m_anyAnswer;
    found.privateNames = m_privateNames;
    QList<ServerSettings> incoming;
    QList<ServerSettings> outgoing;
    if (const Attempt *attempt = best(false))
        incoming.append(attempt->server);
    if (const Attempt *attempt = best(true))
        outgoing.append(attempt->server);
    found.candidate = candidateOf(SettingsSource::Probe, incoming, outgoing);
    const auto firstExisting = [this](const QStringList &labels) {
        for (const QString &label : labels) {
            if (m_places.contains(label + m_wanted.domain))
                return label + m_wanted.domain;
        }
        return QString();
    };
    found.incomingName = firstExisting({u"imap."_s, u"mail."_s, u"pop."_s});
    found.outgoingName = firstExisting({u"smtp."_s, u"mail."_s});
    co_return found;
}

/// Which names exist at all, all at once.
QCoro::Task<> Probe::findNames()
{
    QStringList names;
    for (const QString &label : {u"imap."_s, u"smtp."_s, u"mail."_s, u"pop."_s, QString()})
        names.append(label + m_wanted.domain);
    for (const ServerSettings &seed : std::as_const(m_wanted.seeds))
        names.append(seed.host);
    names.removeDuplicates();

    std::vector<QCoro::Task<NameLookup::Addresses>> lookups;
    lookups.reserve(size_t(names.size()));
    for (const QString &name : std::as_const(names))
        lookups.push_back(m_names.addresses(name, lookupLimit));
    QHash<QString, QList<QHostAddress>> addresses;
    for (qsizetype i = 0; i < names.size(); ++i) {
        const NameLookup::Addresses found = co_await lookups[size_t(i)];
        m_anyAnswer = m_anyAnswer || found.verdict == NameLookup::Verdict::Answered;
        if (!found.list.isEmpty())
            addresses.insert(names.at(i), found.list);
    }

    const auto isAnyPrivate
        = [](const QList<QHostAddress> &list) { return std::any_of(list.begin(), list.end(), isPrivateAddress); };
    const bool isInside = isInternalDomain(m_wanted.domain) || isAnyPrivate(addresses.value(m_wanted.domain));
    for (auto entry = addresses.cbegin(); entry != addresses.cend(); ++entry) {
        if (isAnyPrivate(*entry)) {
            m_privateNames.append(entry.key());
            if (!isInside)
                continue;
        }
        QStringList texts;
        for (const QHostAddress &address : *entry)
            texts.append(address.toString());
        texts.sort();
        m_places.insert(entry.key(), texts.join(u' '));
    }
}

void Probe::planAttempts()
{
    for (const ServerSettings &seed : std::as_const(m_wanted.seeds))
        plan(seed);
    const auto planAll = [this](Protocol protocol, Encryption encryption, const QString &label) {
        plan({.protocol = protocol,
            .host = label + m_wanted.domain,
            .port = usualPort(protocol, encryption),
            .encryption = encryption});
    };
    for (const Encryption encryption : {Encryption::ImplicitTls, Encryption::StartTls}) {
        for (const auto &[incoming, outgoing] :
            {std::pair(u"imap."_s, u"smtp."_s), std::pair(u"mail."_s, u"mail."_s), std::pair(QString(), QString())}) {
            planAll(Protocol::Imap, encryption, incoming);
            planAll(Protocol::Smtp, encryption, outgoing);
        }
    }
    for (const QString &label : {u"pop."_s, u"mail."_s})
        planAll(Protocol::Pop3, Encryption::ImplicitTls, label);
}

void Probe::plan(ServerSettings server)
{
    const bool isWanted = isOutgoing(server) ? m_wanted.outgoing : m_wanted.incoming;
    const QString addresses = m_places.value(server.host);
    if (!isWanted || addresses.isEmpty() || !isSanePort(server.protocol, server.port, server.encryption))
        return;
    if (server.userName.isEmpty())
        server.userName = userNameTemplate;
    const auto isSame = [&server](const Attempt &attempt) {
        return attempt.server.protocol == server.protocol && attempt.server.host == server.host
            && attempt.server.port == server.port;
    };
    if (std::any_of(m_attempts.begin(), m_attempts.end(), isSame))
        return;
    Attempt &attempt = m_attempts.emplace_back();
    attempt.server = server;
    attempt.place = addresses + u':' + QString::number(server.port);
}

/// The next one that may start now; those that have become pointless are left out for good.
Probe::Attempt *Probe::next()
{
    if (m_connections >= connectionsLimit)
        return nullptr;
    for (auto attempt = m_attempts.begin(); attempt != m_attempts.end(); ++attempt) {
        if (attempt->state != State::Waiting)
            continue;
        if (m_worksSince[isOutgoing(attempt->server)]) {
            attempt->state = State::Skipped;
            continue;
        }
        const auto atSamePlace = [&](State state) {
            return std::any_of(m_attempts.begin(), attempt,
                [&](const Attempt &other) { return other.place == attempt->place && other.state == state; });
        };
        if (atSamePlace(State::Dead)) {
            attempt->state = State::Skipped;
            continue;
        }
        const bool isBlocked = atSamePlace(State::Running) || atSamePlace(State::Waiting);
        // POP3 only where there is no IMAP.
        const bool isTooEarly = attempt->server.protocol == Protocol::Pop3
            && std::any_of(m_attempts.begin(), attempt, [](const Attempt &other) {
                   return other.server.protocol == Protocol::Imap
                       && (other.state == State::Running || other.state == State::Waiting);
               });
        if (!isBlocked && !isTooEarly)
            return &*attempt;
    }
    return nullptr;
}

QCoro::Task<> Probe::tryOut(Attempt *attempt)
{
    const Time begun = std::chrono::steady_clock::now();
    attempt->state = State::Running;
    attempt->connection = std::make_unique<ProbeConnection>(m_policy);
    ++m_connections;
    report(attempt->server, DiscoveryStep::State::Running, begun);
    const auto result = co_await attempt->connection->run(attempt->server, connectionLimit);
    if (result) {
        attempt->state = State::Works;
        m_anyAnswer = true;
        auto &since = m_worksSince[isOutgoing(attempt->server)];
        since = since.value_or(std::chrono::steady_clock::now());
        report(attempt->server, DiscoveryStep::State::Found, begun);
    } else {
        const MailError &error = result.error();
        m_anyAnswer = m_anyAnswer
            || (error.kind != ErrorKind::Timeout && error.kind != ErrorKind::Offline
                && error.kind != ErrorKind::Cancelled && error.kind != ErrorKind::HostNotFound);
        if (error.kind == ErrorKind::CertificateName && !m_cancelled)
            co_await heal(attempt, error.certificate);
        attempt->state = isTheAddress(error) ? State::Dead : State::WrongName;
        report(attempt->server, DiscoveryStep::State::Failed, begun, error);
    }
    Q_EMIT moved();
}

/// A server that calls itself something else. Asked once for each place and kind of server.
QCoro::Task<> Probe::heal(Attempt *attempt, QByteArray certificate)
{
    const int budget = std::min(HostDoctor::connectionsLimit, connectionsLimit - m_connections);
    const bool isKnown = std::any_of(m_attempts.begin(), m_attempts.end(),
        [attempt](const Attempt &other) { return other.doctor && other.place == attempt->place; });
    if (isKnown || budget <= 0)
        co_return;
    m_connections += budget;
    attempt->doctor = std::make_unique<HostDoctor>(m_policy);
    const ServerSettings server = attempt->server;
    const auto host = co_await attempt->doctor->findHost(server, certificate, budget);
    m_connections -= budget - attempt->doctor->connectionCount();
    if (!host)
        co_return;
    Attempt &renamed = m_attempts.emplace_back();
    renamed.server = server;
    renamed.server.host = *host;
    renamed.state = State::Works;
    renamed.renamed = true;
    auto &since = m_worksSince[isOutgoing(server)];
    since = since.value_or(std::chrono::steady_clock::now());
}

bool Probe::isDecided(bool outgoing, Time now) const
{
    if (!(outgoing ? m_wanted.outgoing : m_wanted.incoming))
        return true;
    const auto isOpen = [outgoing](const Attempt &attempt) {
        return isOutgoing(attempt.server) == outgoing
            && (attempt.state == State::Running || attempt.state == State::Waiting);
    };
    const Attempt *works = best(outgoing);
    if (!works)
        return std::none_of(m_attempts.begin(), m_attempts.end(), isOpen);
    if (now >= *m_worksSince[outgoing] + grace)
        return true;
    for (const Attempt &attempt : m_attempts) {
        if (&attempt == works)
            break;
        if (isOutgoing(attempt.server) == outgoing && attempt.state == State::Running)
            return false;
    }
    return true;
}

const Probe::Attempt *Probe::best(bool outgoing) const
{
    for (const bool renamed : {false, true}) {
        for (const Attempt &attempt : m_attempts) {
            if (attempt.state == State::Works && attempt.renamed == renamed && isOutgoing(attempt.server) == outgoing)
                return &attempt;
        }
    }
    return nullptr;
}

int Probe::running() const
{
    return int(std::count_if(
        m_attempts.begin(), m_attempts.end(), [](const Attempt &attempt) { return attempt.state == State::Running; }));
}

std::chrono::milliseconds Probe::untilNextLook(Time now, Time nextStart) const
{
    Time next = now + connectionLimit;
    if (nextStart > now)
        next = std::min(next, nextStart);
    for (const std::optional<Time> &since : m_worksSince) {
        if (since && *since + grace > now)
            next = std::min(next, *since + grace);
    }
    return std::chrono::ceil<std::chrono::milliseconds>(next - now);
}

void Probe::report(
    const ServerSettings &server, DiscoveryStep::State state, Time begun, const std::optional<MailError> &error)
{
    Q_EMIT progress({.source = SettingsSource::Probe,
        .asked = server.endpoint(),
        .state = state,
        .error = error,
        .milliseconds
        = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count()});
}

void Probe::cancel()
{
    m_cancelled = true;
    for (Attempt &attempt : m_attempts) {
        if (attempt.connection)
            attempt.connection->cancel();
        if (attempt.doctor)
            attempt.doctor->cancel();
    }
    Q_EMIT moved();
}

} // namespace postaci
