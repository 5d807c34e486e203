// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench_sync SERVER.JSON PROFILE [--bodies]: synchronises an account of scripts/mailserver, as the program itself does
// it: folder list and the headers of every message; in a profile that has seen it before, what has changed since. With
// --bodies, until every message is here whole.
//
// Prints one JSON object: wall and processor seconds from the known account to the last message in the store, the
// messages there, the most memory there ever was, and the header fields that were asked for.

#include "core/imap/imapsession.h"
#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "tests/bench/accountbench.h"

#include <QCoreApplication>
#include <QThread>

#include <cstdio>

using namespace postaci;
using namespace postaci::bench;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const bool bodies = argc == 4 && qstrcmp(argv[3], "--bodies") == 0;
    if (argc != 3 && !bodies)
        qFatal("usage: bench_sync SERVER.JSON PROFILE [--bodies]");
    const QJsonObject server = readServer(argv[1]);
    Store store(QString::fromLocal8Bit(argv[2]));
    finished(store.open());
    MailEngine::Options options = optionsFor(server);
    options.keepConnected = bodies; // They come in the background.
    MailEngine engine(store, options);
    finished(engine.start());
    const QList<Account> known
        = finished(store.read([](const Tables &tables) -> Result<QList<Account>> { return tables.accounts.all(); }));
    const Stopwatch watch;
    AccountId id;
    if (known.isEmpty()) {
        Account account = accountOf(server, Protocol::Imap, "imaps");
        account.wholeMessages = WholeMessages::All;
        id = finished(engine.addAccount(account, secretsOf(server)));
    } else {
        id = known.constFirst().id;
        finished(engine.providePassword(id, secretsOf(server)));
    }
    finished(engine.synchronize(id));
    const auto missesBodies = [id](const Tables &tables) -> Result<bool> {
        for (const Folder &folder : tables.folders.all(id)) {
            if (!tables.messages.withoutBody(folder.id, 0, ImapSession::largestMessage, 1).isEmpty())
                return true;
        }
        return false;
    };
    while (bodies && finished(store.read(missesBodies)))
        QThread::msleep(5);
    const double wall = watch.wall();
    const double used = watch.processor();
    std::printf("{\"seconds\": %.4f, \"cpu\": %.4f, \"messages\": %lld, \"peak_mb\": %.0f, \"fields\": \"%s\"}\n", wall,
        used, (long long)messagesOf(store, id), megabytes("VmHWM"), ImapSession::headerFields().join(' ').constData());
    std::fflush(stdout);
    engine.stop().waitForFinished();
    return 0;
}
