// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/recoveredmail.h"

#include "core/base/log.h"
#include "core/store/store.h"
#include "core/sync/localmail.h"

#include <QCoro/QCoroFuture>
#include <QtConcurrentRun>

namespace postaci {

RecoveredMail::RecoveredMail(const Services &services, Fetch fetch)
    : m_services(services)
    , m_fetch(std::move(fetch))
{
}

QCoro::Task<void> RecoveredMail::name()
{
    const std::optional<Recovery> recovery = m_services.store.recovery();
    if (!recovery)
        co_return;
    for (const MessageId id : recovery->withoutHeader) {
        if (m_cancelled)
            co_return;
        const Result<QByteArray> raw = co_await m_fetch(id);
        if (!raw)
            continue;
        const local::Message parsed = co_await QtConcurrent::run(
            &m_services.pool, [raw = *raw, now = m_services.clock()] { return local::read(raw, Flag::Seen, now); });
        const auto named = co_await m_services.store.write(
            [id, parsed](Tables &tables) -> Result<void> {
                const std::optional<MessageHeader> row = tables.messages.header(id);
                if (!row || !row->envelope.from.isEmpty() || !row->envelope.subject.isEmpty())
                    return {};
                tables.messages.remove({id});
                local::insert(tables, row->folder, parsed);
                return {};
            },
            Store::Durability::Durable);
        if (!named)
            qCWarning(syncLog) << "a recovered message stays without its header:" << named.error().summary();
    }
}

} // namespace postaci
