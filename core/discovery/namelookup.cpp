// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/discovery/namelookup.h"

#include <QCoro/QCoroSignal>

#include <QDeadlineTimer>
#include <QHostInfo>
#include <QScopeGuard>

#include <memory>

using namespace std::chrono_literals;

namespace postaci {

namespace {

NameLookup::Verdict verdictOf(QDnsLookup::Error error)
{
    switch (error) {
    case QDnsLookup::NoError:
    case QDnsLookup::InvalidReplyError: // A record that cannot be read: the name is there.
        return NameLookup::Verdict::Answered;
    case QDnsLookup::NotFoundError:
        return NameLookup::Verdict::NoSuchName;
    default:
        return NameLookup::Verdict::NoAnswer;
    }
}

NameLookup::Records recordsOf(const QDnsLookup &lookup)
{
    NameLookup::Records records{.verdict = verdictOf(lookup.error())};
    for (const QDnsMailExchangeRecord &record : lookup.mailExchangeRecords())
        records.mx.append({.exchanger = record.exchange(), .preference = record.preference()});
    for (const QDnsServiceRecord &record : lookup.serviceRecords())
        records.srv.append({.target = record.target(),
            .port = record.port(),
            .priority = record.priority(),
            .weight = record.weight()});
    for (const QDnsTextRecord &record : lookup.textRecords())
        records.txt.append(record.values().join());
    return records;
}

} // namespace

NameLookup::NameLookup(QObject *parent)
    : QObject(parent)
{
}

NameLookup::~NameLookup()
{
    Q_ASSERT_X(m_waits == 0, "NameLookup", "deleted under a wait: abort() and await it first");
}

QCoro::Task<NameLookup::Records> NameLookup::records(
    QDnsLookup::Type type, QString name, std::chrono::milliseconds limit)
{
    ++m_waits;
    const auto leave = qScopeGuard([this] { --m_waits; });
    // Whatever the resolver's search list says: the name is complete.
    QDnsLookup lookup(type, name + QLatin1Char('.'));
    connect(&lookup, &QDnsLookup::finished, this, &NameLookup::moved);
    const QDeadlineTimer deadline(limit);
    lookup.lookup();
    while (!m_aborted && !lookup.isFinished() && !deadline.hasExpired())
        co_await qCoro(this, &NameLookup::moved, std::chrono::milliseconds(deadline.remainingTime()) + 1ms);
    if (m_aborted || !lookup.isFinished())
        co_return Records();
    co_return recordsOf(lookup);
}

QCoro::Task<NameLookup::Addresses> NameLookup::addresses(QString host, std::chrono::milliseconds limit)
{
    ++m_waits;
    const auto leave = qScopeGuard([this] { --m_waits; });
    // Shared with the callback, which comes on this thread, maybe after the limit.
    const auto found = std::make_shared<QHostInfo>();
    const auto done = std::make_shared<bool>(false);
    const QDeadlineTimer deadline(limit);
    const int id = QHostInfo::lookupHost(host, this, [this, found, done](const QHostInfo &info) {
        *found = info;
        *done = true;
        Q_EMIT moved();
    });
    while (!m_aborted && !*done && !deadline.hasExpired())
        co_await qCoro(this, &NameLookup::moved, std::chrono::milliseconds(deadline.remainingTime()) + 1ms);
    if (m_aborted || !*done) {
        QHostInfo::abortHostLookup(id);
        co_return Addresses();
    }
    if (found->error() == QHostInfo::NoError)
        co_return Addresses{.verdict = Verdict::Answered, .list = found->addresses()};
    co_return Addresses{
        .verdict = found->error() == QHostInfo::HostNotFound ? Verdict::NoSuchName : Verdict::NoAnswer, .list = {}};
}

void NameLookup::abort()
{
    m_aborted = true;
    Q_EMIT moved();
}

} // namespace postaci
