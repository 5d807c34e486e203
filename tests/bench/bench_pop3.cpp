// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_pop3 SERVER.JSON PROFILE: one look into the maildrop of the first user of scripts/mailserver, as the program
// itself does it: the first one in a new profile, a later one in a profile that has been there.
//
// Prints one JSON object: wall and processor seconds from the connection to the last message in the store, and how many
// messages came.

#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "tests/bench/accountbench.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <cstdio>

using namespace postaci;
using namespace postaci::bench;

namespace {

qint64 messagesOf(Store &store, AccountId account)
{
    return finished(store.read([account](const Tables &tables) -> Result<qint64> {
        qint64 total = 0;
        for (const Folder &folder : tables.folders.all(account))
            total += folder.total;
        return total;
    }));
}

} // namespace

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
    const double processor = processorSeconds();
    QElapsedTimer timer;
    timer.start();
    finished(engine.synchronize(id));
    const double wall = double(timer.nsecsElapsed()) / 1e9;
    const double used = processorSeconds() - processor;
    std::printf("{\"seconds\": %.4f, \"cpu\": %.4f, \"messages\": %lld}\n", wall, used,
        (long long)(messagesOf(store, id) - before));
    return 0;
}
