// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/store/store.h"
#include "core/sync/mailengine.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFuture>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSslCertificate>

#include <ctime>

/// What benchmarks of the engine need: an account at a server of scripts/mailserver, and a clock.
namespace postaci::bench {

inline double processorSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

/// This process' memory: "VmRSS" now, "VmHWM" the most there ever was; 0 where the system does not say.
inline double megabytes(const char *what)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(QByteArray(what) + ':'))
            return line.mid(6).simplified().split(' ').first().toDouble() / 1e3;
    }
    return 0;
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

/// The description that scripts/mailserver leaves in its folder.
inline QJsonObject readServer(const char *path)
{
    QFile description(QString::fromLocal8Bit(path));
    if (!description.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", path);
    return QJsonDocument::fromJson(description.readAll()).object();
}

inline ServerSettings settingsOf(const QJsonObject &server, Protocol protocol, const char *port)
{
    return {.protocol = protocol,
        .host = server[QLatin1StringView("host")].toString(),
        .port = quint16(server[QLatin1StringView("ports")][QLatin1StringView(port)].toInt()),
        .encryption = Encryption::ImplicitTls,
        .userName = server[QLatin1StringView("users")][0][QLatin1StringView("address")].toString()};
}

/// Of its first user.
inline Account accountOf(const QJsonObject &server, Protocol incoming, const char *port)
{
    Account account;
    account.incoming = settingsOf(server, incoming, port);
    account.outgoing = settingsOf(server, Protocol::Smtp, "submissions");
    account.name = account.identity.address = account.incoming.userName;
    return account;
}

inline MailEngine::AccountSecrets secretsOf(const QJsonObject &server)
{
    const QString password = server[QLatin1StringView("users")][0][QLatin1StringView("password")].toString();
    return {.incoming = password, .outgoing = password, .tokens = {}};
}

/// Connects only when asked to, and knows no keychain.
inline MailEngine::Options optionsFor(const QJsonObject &server)
{
    MailEngine::Options options;
    options.tls.extraRoots = QSslCertificate::fromPath(server[QLatin1StringView("ca")].toString());
    options.secrets = SecretStore::Backing::MemoryOnly;
    options.keepConnected = false;
    return options;
}

inline qint64 messagesOf(Store &store, AccountId account)
{
    return finished(store.read([account](const Tables &tables) -> Result<qint64> {
        qint64 total = 0;
        for (const Folder &folder : tables.folders.all(account))
            total += folder.total;
        return total;
    }));
}

/// Wall and processor seconds since it was made.
class Stopwatch {
public:
    Stopwatch() { m_timer.start(); }

    double wall() const { return double(m_timer.nsecsElapsed()) / 1e9; }
    double processor() const { return processorSeconds() - m_processor; }

private:
    QElapsedTimer m_timer;
    double m_processor = processorSeconds();
};

} // namespace postaci::bench
