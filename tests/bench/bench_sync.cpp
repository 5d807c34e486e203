// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_sync SERVER.JSON PROFILE: the first synchronisation of an account of scripts/mailserver into a new profile:
// folder list and the headers of every message, as the program itself does it.
//
// Prints one JSON object: wall and processor seconds from the saved account to the last header in the store, their
// number, and the header fields that were asked for.

#include "core/imap/imapsession.h"
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
        qFatal("usage: bench_sync SERVER.JSON PROFILE");
    const QJsonObject server = readServer(argv[1]);
    Store store(QString::fromLocal8Bit(argv[2]));
    finished(store.open());
    MailEngine engine(store, optionsFor(server));
    finished(engine.start());
    const AccountId id = finished(engine.addAccount(accountOf(server, Protocol::Imap, "imaps"), secretsOf(server)));

    const Stopwatch watch;
    finished(engine.synchronize(id));
    const double wall = watch.wall();
    const double used = watch.processor();
    std::printf("{\"seconds\": %.4f, \"cpu\": %.4f, \"messages\": %lld, \"fields\": \"%s\"}\n", wall, used,
        (long long)messagesOf(store, id), ImapSession::headerFields().join(' ').constData());
    return 0;
}
