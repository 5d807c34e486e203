// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// crashwriter DIRECTORY: writes to a store without end, one outbox item after the other among headers, bodies and
// moves, and says the number of each item on standard output once it is durable. test_storecrash kills it.

#include "core/store/store.h"

#include <QDateTime>
#include <QTimeZone>

#include <cstdio>
#include <cstdlib>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

template <class T> T wait(const QFuture<Result<T>> &future)
{
    QFuture<Result<T>> finished = future;
    finished.waitForFinished();
    const Result<T> result = finished.result();
    if (!result) {
        std::fprintf(stderr, "%s\n", qPrintable(result.error().summary()));
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>)
        return *result;
}

QList<MessageHeader> nextHeaders(quint32 &uid)
{
    QList<MessageHeader> headers;
    for (int i = 0; i < 20; ++i) {
        MessageHeader header;
        header.uid = ++uid;
        header.received = QDateTime::fromSecsSinceEpoch(1'700'000'000 - uid * 60, QTimeZone::UTC);
        header.envelope.subject = u"Mektup %1"_s.arg(uid);
        header.envelope.messageIdHeader = "crash" + QByteArray::number(uid) + "@example.org";
        headers.append(header);
    }
    return headers;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    Store store(QString::fromLocal8Bit(argv[1]));
    wait(store.open());

    struct Start {
        AccountId account;
        FolderId inbox;
        FolderId archive;
        quint32 uid = 0;
        qint64 number = 0;
    };
    Start at = wait(store.write([](Tables &tables) -> Result<Start> {
        const QList<Account> accounts = tables.accounts.all();
        const AccountId account = accounts.isEmpty() ? tables.accounts.insert({}) : accounts.first().id;
        const auto folder = [&](const QString &path) {
            const auto known = tables.folders.findByPath(account, path);
            return known ? known->id : tables.folders.insert({.account = account, .path = path});
        };
        Start start{.account = account, .inbox = folder(u"INBOX"_s), .archive = folder(u"Arşiv"_s)};
        const QList<quint32> uids = tables.messages.uids(start.inbox);
        start.uid = uids.isEmpty() ? 0 : uids.last();
        const QList<OutboxItem> items = tables.outbox.all();
        start.number = items.isEmpty() ? 0 : items.last().subject.toLongLong();
        return start;
    }));

    while (true) {
        // Not waited for: the writer is to be in the middle of something at any time.
        store.write([at, headers = nextHeaders(at.uid)](Tables &tables) -> Result<void> {
            const QList<MessageId> ids = tables.messages.upsert(at.inbox, headers);
            tables.messages.setFlags(ids.first(10), Flag::Seen, {});
            tables.messages.move(ids.first(5), at.archive);
            for (const MessageId id : ids.first(8)) {
                tables.bodies.put(id, QByteArray(50'000, 'b'));
                tables.search.setText(id, u"metin"_s);
            }
            tables.messages.remove(ids.last(2));
            tables.search.indexWaiting(30);
            return {};
        });
        const qint64 number = ++at.number;
        wait(store.write(
            [&](Tables &tables) -> Result<OutboxId> {
                return tables.outbox.insert({.account = at.account, .subject = QString::number(number)},
                    QByteArray(5'000, 'w'), QByteArray::number(number));
            },
            Store::Durability::Durable));
        std::printf("%lld\n", (long long)number);
        std::fflush(stdout);
    }
}
