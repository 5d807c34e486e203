// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/cli/session.h"
#include "app/cli/setupjson.h"

#include <QCoroFuture>

#include <QJsonArray>

#include <array>
#include <utility>

namespace postaci::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array abilityNames{
    std::pair(ServerAbility::Push, "push"_L1),
    std::pair(ServerAbility::FastResync, "fastResync"_L1),
    std::pair(ServerAbility::ChangeCounts, "changeCounts"_L1),
    std::pair(ServerAbility::FoldersAtOnce, "foldersAtOnce"_L1),
    std::pair(ServerAbility::Move, "move"_L1),
    std::pair(ServerAbility::SafeDelete, "safeDelete"_L1),
    std::pair(ServerAbility::SpecialFolders, "specialFolders"_L1),
    std::pair(ServerAbility::Namespaces, "namespaces"_L1),
    std::pair(ServerAbility::Quota, "quota"_L1),
    std::pair(ServerAbility::Compression, "compression"_L1),
    std::pair(ServerAbility::Utf8, "utf8"_L1),
    std::pair(ServerAbility::UniqueIds, "uniqueIds"_L1),
    std::pair(ServerAbility::HeadersAlone, "headersAlone"_L1),
    std::pair(ServerAbility::Pipelining, "pipelining"_L1),
};

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODate);
}

QJsonArray namesOf(const ConnectionReport &report, bool has)
{
    QJsonArray names;
    for (const ConnectionReport::Ability &one : report.abilities) {
        for (const auto &[ability, name] : abilityNames) {
            if (one.ability == ability && one.has == has)
                names.append(name);
        }
    }
    return names;
}

QJsonObject toJson(const ConnectionReport &report)
{
    QJsonObject object{
        {u"account"_s, report.account.value},
        {u"protocol"_s, report.protocol == Protocol::Pop3 ? u"pop3"_s : u"imap"_s},
        {u"endpoint"_s, report.endpoint},
        {u"connections"_s, report.connections},
        {u"limitedToOne"_s, report.isLimitedToOne},
        {u"can"_s, namesOf(report, true)},
        {u"cannot"_s, namesOf(report, false)},
        {u"compressed"_s, report.isCompressed},
    };
    if (report.wasEverConnected())
        object.insert(u"loggedInAt"_s, timeText(report.loggedInAt));
    if (!report.tls.isEmpty())
        object.insert(u"tls"_s, report.tls);
    if (report.certificate)
        object.insert(u"certificate"_s, cli::toJson(*report.certificate));
    if (!report.capabilities.isEmpty()) {
        QJsonArray capabilities;
        for (const QByteArray &name : report.capabilities)
            capabilities.append(QString::fromLatin1(name));
        object.insert(u"capabilities"_s, capabilities);
    }
    if (report.latency >= 0)
        object.insert(u"latencyMs"_s, report.latency);
    if (const auto sync = report.lastSync) {
        object.insert(u"lastSync"_s,
            QJsonObject{{u"endedAt"_s, timeText(sync->endedAt)}, {u"ms"_s, sync->milliseconds},
                {u"bytesReceived"_s, qint64(sync->bytesReceived)}, {u"bytesSent"_s, qint64(sync->bytesSent)},
                {u"roundTrips"_s, qint64(sync->roundTrips)}});
    }
    if (const auto quota = report.quota) {
        QJsonObject value;
        if (quota->limitBytes > 0) {
            value.insert(u"usedBytes"_s, quota->usedBytes);
            value.insert(u"limitBytes"_s, quota->limitBytes);
        }
        if (quota->limitMessages > 0) {
            value.insert(u"usedMessages"_s, quota->usedMessages);
            value.insert(u"limitMessages"_s, quota->limitMessages);
        }
        object.insert(u"quota"_s, value);
    }
    if (const auto namespaces = report.namespaces) {
        object.insert(u"namespaces"_s,
            QJsonObject{{u"personal"_s, QJsonArray::fromStringList(namespaces->personal)},
                {u"others"_s, QJsonArray::fromStringList(namespaces->others)},
                {u"shared"_s, QJsonArray::fromStringList(namespaces->shared)}});
    }
    if (report.lastError) {
        object.insert(u"lastError"_s, cli::toJson(*report.lastError));
        object.insert(u"lastErrorAt"_s, timeText(report.lastErrorAt));
    }
    QJsonArray log;
    for (const ConversationLog::Entry &entry : report.log)
        log.append(entry.time.toUTC().toString(Qt::ISODateWithMs) + u' ' + entry.text);
    object.insert(u"log"_s, log);
    return object;
}

QCoro::Task<Result<void>> showConnection(Session *session, Arguments arguments)
{
    const Result<Account> account = co_await session->account(arguments.positional.value(0));
    if (!account)
        co_return failure(account.error());
    if (const Result<void> connected = co_await session->connectAccounts(); !connected)
        co_return failure(connected.error());
    const Result<void> synchronized = co_await session->synchronize(account->id);
    const Result<ConnectionReport> report = co_await session->engine().connection(account->id);
    if (!report)
        co_return failure(report.error());
    printLine(toJson(*report));
    if (!synchronized)
        session->setFailureTold();
    co_return synchronized;
}

} // namespace

QList<Command> connectionCommands()
{
    return {{
        .name = u"account connection"_s,
        .synopsis = u"[ACCOUNT]"_s,
        .description = u"Bring the account up to date and tell all about its connection: what the server can do, what "
                       "it cost, how full the mailbox is, what was said."_s,
        .maximum = 1,
        .run = showConnection,
    }};
}

} // namespace postaci::cli
