// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_pop3 SERVER.JSON PROFILE: one look into the maildrop of the first user of scripts/mailserver, as the program
// itself does it: the first one in a new profile, a later one in a profile that has been there.
//
// Prints one JSON object: wall and processor seconds from the connection until every message is in the store and in its
// list, how many came, and the same seconds until all of them are found by their text.

#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "tests/bench/accountbench.h"

#include <QCoreApplication>

#include <cstdio>

using namespace postaci;
using namespace postaci::bench;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 3)
        qFatal("usage: bench_pop3 SERVER.JSON PROFILE");
    const QJsonObject server = readServer(argv[1]);
    Store store(QString::fromLocal8Bit(argv[2]));
    finished(store.open());
    MailEngine engine(store, optionsFor(server));
    finished(engine.start());
    const QList<Account> known
        = finished(store.read([](const Tables &tables) -> Result<QList<Account>> { return tables.accounts.all(); }));
    AccountId id;
    if (known.isEmpty()) {
        id = finished(engine.addAccount(accountOf(server, Protocol::Pop3, "pop3s"), secretsOf(server)));
    } else {
        id = known.constFirst().id;
        finished(engine.providePassword(id, secretsOf(server)));
    }

    const qint64 before = messagesOf(store, id);
    const Stopwatch watch;
    finished(engine.synchronize(id));
    const double wall = watch.wall();
    const double used = watch.processor();
    const qint64 came = messagesOf(store, id) - before;
    finished(engine.indexTexts());
    std::printf("{\"seconds\": %.4f, \"cpu\": %.4f, \"messages\": %lld, \"searchable_seconds\": %.4f, "
                "\"searchable_cpu\": %.4f}\n",
        wall, used, (long long)came, watch.wall(), watch.processor());
    return 0;
}
