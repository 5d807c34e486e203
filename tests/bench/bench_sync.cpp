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

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSslCertificate>

#include <cstdio>
#include <ctime>

using namespace postaci;
using namespace Qt::StringLiterals;

namespace {

double processorSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

/// Waits for what other threads do.
template <class T> T finished(QFuture<Result<T>> future)
{
    future.waitForFinished();
    const Result<T> result = future.result();
    if (!result)
        qFatal("%s %s", qPrintable(result.error().summary()), qPrintable(result.error().serverText));
    if constexpr (!std::is_void_v<T>)
        return *result;
}

ServerSettings settings(const QJsonObject &server, Protocol protocol, QLatin1StringView port, const QString &user)
{
    return {.protocol = protocol,
        .host = server["host"_L1].toString(),
        .port = quint16(server["ports"_L1][port].toInt()),
        .encryption = Encryption::ImplicitTls,
        .userName = user};
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 3)
        qFatal("usage: bench_sync SERVER.JSON PROFILE");
    QFile description(QString::fromLocal8Bit(argv[1]));
    if (!description.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", argv[1]);
    const QJsonObject server = QJsonDocument::fromJson(description.readAll()).object();
    const QString user = server["users"_L1][0]["address"_L1].toString();
    const QString password = server["users"_L1][0]["password"_L1].toString();

    Store store(QString::fromLocal8Bit(argv[2]));
    finished(store.open());
    MailEngine::Options options;
    options.tls.extraRoots = QSslCertificate::fromPath(server["ca"_L1].toString());
    options.secrets = SecretStore::Backing::MemoryOnly;
    options.keepConnected = false;
    MailEngine engine(store, options);
    finished(engine.start());

    Account account;
    account.name = user;
    account.identity.address = user;
    account.incoming = settings(server, Protocol::Imap, "imaps"_L1, user);
    account.outgoing = settings(server, Protocol::Smtp, "submissions"_L1, user);
    const AccountId id
        = finished(engine.addAccount(account, MailEngine::AccountSecrets{.incoming = password, .outgoing = password}));

    const double processor = processorSeconds();
    QElapsedTimer timer;
    timer.start();
    finished(engine.synchronize(id));
    const double wall = double(timer.nsecsElapsed()) / 1e9;
    const double used = processorSeconds() - processor;

    const auto count = finished(store.read([id](const Tables &tables) -> Result<qint64> {
        qint64 total = 0;
        for (const Folder &folder : tables.folders.all(id))
            total += folder.total;
        return total;
    }));
    std::printf("{\"seconds\": %.4f, \"cpu\": %.4f, \"messages\": %lld, \"fields\": \"%s\"}\n", wall, used,
        (long long)count, ImapSession::headerFields().join(' ').constData());
    return 0;
}
