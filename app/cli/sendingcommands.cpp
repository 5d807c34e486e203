// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/command.h"
#include "app/cli/json.h"
#include "app/cli/session.h"

#include <QCoroFuture>

#include <QFile>

namespace postaci::cli {

using namespace Qt::StringLiterals;

namespace {

/// A whole file, or standard input for none and for "-".
Result<QByteArray> readInput(const QString &path)
{
    QFile file;
    bool isOpen = false;
    if (path.isEmpty() || path == "-"_L1) {
        isOpen = file.open(stdin, QIODevice::ReadOnly);
    } else {
        file.setFileName(path);
        isOpen = file.open(QIODevice::ReadOnly);
    }
    const QByteArray bytes = isOpen ? file.readAll() : QByteArray();
    if (!isOpen || file.error() != QFileDevice::NoError)
        return failure({.kind = ErrorKind::FileUnreadable, .step = Step::ReadFile, .subject = path});
    return bytes;
}

/// Waits for the mail's fate and tells it. Failed and Unknown are errors; they stay in the outbox.
QCoro::Task<Result<void>> deliver(Session *session, OutboxId id)
{
    const Result<OutboxItem> item = co_await session->deliver(id);
    if (!item)
        co_return failure(item.error());
    QJsonObject line = toJson(*item);
    line.insert("queued"_L1, item->state == OutboxState::Queued);
    printLine(line);
    if (item->state == OutboxState::Failed || item->state == OutboxState::Unknown)
        co_return failure(item->lastError);
    co_return Result<void>();
}

QCoro::Task<Result<void>> sendMessage(Session *session, Arguments arguments)
{
    const Result<Account> account = co_await session->account({});
    if (!account)
        co_return failure(account.error());
    const Result<QByteArray> message = readInput(arguments.positional.value(0));
    if (!message)
        co_return failure(message.error());
    const Result<void> connected = co_await session->connectAccounts();
    if (!connected)
        co_return failure(connected.error());

    const Result<OutboxId> queued = co_await session->engine().sendRaw(
        account->id, *message, arguments.value(u"from"_s), arguments.options.value(u"to"_s));
    if (!queued)
        co_return failure(queued.error());
    co_return co_await deliver(session, *queued);
}

QCoro::Task<Result<void>> listOutbox(Session *session, Arguments)
{
    const Result<QList<OutboxItem>> items = co_await session->store().read(
        [](const Tables &tables) -> Result<QList<OutboxItem>> { return tables.outbox.all(); });
    if (!items)
        co_return failure(items.error());
    for (const OutboxItem &item : *items)
        printLine(toJson(item));
    co_return Result<void>();
}

Result<OutboxId> outboxIdFrom(const Arguments &arguments)
{
    const OutboxId id{arguments.positional.value(0).toLongLong()};
    if (!id)
        return failure({.kind = ErrorKind::InvalidInput, .subject = arguments.positional.value(0)});
    return id;
}

QCoro::Task<Result<void>> retryOutbox(Session *session, Arguments arguments)
{
    const Result<OutboxId> id = outboxIdFrom(arguments);
    if (!id)
        co_return failure(id.error());
    const Result<void> connected = co_await session->connectAccounts();
    if (!connected)
        co_return failure(connected.error());
    const Result<void> retried = co_await session->engine().retryOutbox(*id);
    if (!retried)
        co_return failure(retried.error());
    co_return co_await deliver(session, *id);
}

QCoro::Task<Result<void>> removeOutbox(Session *session, Arguments arguments)
{
    const Result<OutboxId> id = outboxIdFrom(arguments);
    if (!id)
        co_return failure(id.error());
    const Result<void> removed = co_await session->engine().removeOutbox(*id);
    if (!removed)
        co_return failure(removed.error());
    printLine({{u"id"_s, id->value}, {u"removed"_s, true}});
    co_return Result<void>();
}

} // namespace

QList<Command> sendingCommands()
{
    return {
        {
            .name = u"send"_s,
            .synopsis = u"[FILE]"_s,
            .description = u"Send a finished message (RFC 5322) from a file or standard input."_s,
            .options = {
                {u"from"_s, u"Envelope sender (default: its From field)."_s, u"address"_s},
                {u"to"_s, u"Envelope recipient, repeatable (default: its To, Cc and Bcc fields)."_s, u"address"_s},
            },
            .maximum = 1,
            .run = sendMessage,
        },
        {
            .name = u"outbox"_s,
            .description = u"Mails that wait or could not be sent."_s,
            .maximum = 0,
            .run = listOutbox,
        },
        {
            .name = u"outbox retry"_s,
            .synopsis = u"ID"_s,
            .description = u"Try again now. For an 'unknown' one this says that it did not arrive."_s,
            .minimum = 1,
            .maximum = 1,
            .run = retryOutbox,
        },
        {
            .name = u"outbox remove"_s,
            .synopsis = u"ID"_s,
            .description = u"Take a mail out of the outbox without sending it."_s,
            .minimum = 1,
            .maximum = 1,
            .run = removeOutbox,
        },
    };
}

} // namespace postaci::cli
