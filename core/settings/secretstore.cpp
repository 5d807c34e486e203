// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/secretstore.h"

#include "core/base/log.h"

#include <qt6keychain/keychain.h>

#include <QPromise>
#include <QTimer>
#include <QUrl>

#include <memory>
#include <utility>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

const QString service = u"org.postaci.Postaci"_s;

template <class T> QFuture<Result<T>> readyFuture(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

template <class T> auto startedPromise()
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    return promise;
}

template <class T> void deliver(QPromise<Result<T>> &promise, Result<T> result)
{
    promise.addResult(std::move(result));
    promise.finish();
}

QString encoded(const QString &part)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(part));
}

QString schemeOf(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Imap:
        return u"imap"_s;
    case Protocol::Pop3:
        return u"pop3"_s;
    case Protocol::Smtp:
        return u"smtp"_s;
    case Protocol::Local: // Has no server, so no secret.
        return {};
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

SecretStore::SecretStore(Backing backing, QObject *parent)
    : QObject(parent)
    , m_backing(backing)
{
}

SecretStore::~SecretStore()
{
    const QHash<quint64, Finish> running = std::exchange(m_running, {});
    for (const Finish &finish : running)
        finish(Outcome::Cancelled);
}

QString SecretStore::keyFor(const QString &profile, const ServerSettings &server)
{
    return u"%1://%2@%3:%4/%5"_s.arg(schemeOf(server.protocol), encoded(server.userName), encoded(server.host),
        QString::number(server.port), encoded(profile));
}

QString SecretStore::tokenKeyFor(const QString &profile, const QString &issuer, const QString &userName)
{
    return u"oauth://%1@%2/%3"_s.arg(encoded(userName), encoded(issuer), encoded(profile));
}

QString SecretStore::clientKeyFor(const QString &profile, const QString &issuer, const QString &clientId)
{
    return u"oauth-client://%1@%2/%3"_s.arg(encoded(clientId), encoded(issuer), encoded(profile));
}

QFuture<Result<QString>> SecretStore::read(const QString &key)
{
    const MailError missing{.kind = ErrorKind::CredentialsMissing, .step = Step::ReadSecret};
    if (const auto known = m_memory.constFind(key); known != m_memory.cend())
        return readyFuture<QString>(*known);
    if (m_backing == Backing::MemoryOnly || m_unanswered > 0)
        return readyFuture<QString>(failure(missing));

    auto *job = new QKeychain::ReadPasswordJob(service);
    connect(job, &QKeychain::Job::finished, this, [this, job, key, changes = m_changes.value(key)] {
        // Also when it comes after the time limit: the next read() has it.
        if (job->error() == QKeychain::NoError && m_changes.value(key) == changes)
            m_memory.insert(key, job->textData());
    });
    auto promise = startedPromise<QString>();
    run(job, key, [this, key, promise, missing](Outcome outcome) {
        if (outcome == Outcome::Cancelled)
            deliver<QString>(*promise, failure({.kind = ErrorKind::Cancelled, .step = Step::ReadSecret}));
        else if (const auto known = m_memory.constFind(key); known != m_memory.cend())
            deliver<QString>(*promise, *known);
        else
            deliver<QString>(*promise, failure(missing));
    });
    return promise->future();
}

QFuture<Result<bool>> SecretStore::write(const QString &key, const QString &secret)
{
    m_memory.insert(key, secret);
    ++m_changes[key];
    if (m_backing == Backing::MemoryOnly || m_unanswered > 0)
        return readyFuture<bool>(false);

    auto *job = new QKeychain::WritePasswordJob(service);
    job->setTextData(secret);
    auto promise = startedPromise<bool>();
    run(job, key, [promise](Outcome outcome) {
        if (outcome == Outcome::Cancelled)
            deliver<bool>(*promise, failure({.kind = ErrorKind::Cancelled, .step = Step::WriteSecret}));
        else
            deliver<bool>(*promise, outcome == Outcome::Done);
    });
    return promise->future();
}

QFuture<Result<void>> SecretStore::remove(const QString &key)
{
    m_memory.remove(key);
    ++m_changes[key];
    const MailError refused{.kind = ErrorKind::Refused, .step = Step::WriteSecret};
    if (m_backing == Backing::MemoryOnly)
        return readyFuture<void>({});
    if (m_unanswered > 0)
        return readyFuture<void>(failure(refused));

    auto promise = startedPromise<void>();
    run(new QKeychain::DeletePasswordJob(service), key, [this, promise, refused](Outcome outcome) {
        if (outcome == Outcome::Cancelled)
            deliver<void>(*promise, failure({.kind = ErrorKind::Cancelled, .step = Step::WriteSecret}));
        else if (outcome == Outcome::Failed && (m_answered || m_unanswered > 0))
            deliver<void>(*promise, failure(refused));
        else
            deliver<void>(*promise, {});
    });
    return promise->future();
}

void SecretStore::run(QKeychain::Job *job, const QString &key, Finish finish)
{
    const quint64 number = ++m_lastNumber;
    m_running.insert(number, std::move(finish));

    job->setKey(key);
    job->setInsecureFallback(false); // No keychain means no file either.
    connect(job, &QKeychain::Job::finished, this, [this, job, number] {
        const QKeychain::Error error = job->error();
        if (error != QKeychain::NoError && error != QKeychain::EntryNotFound)
            qCWarning(settingsLog) << "keychain error" << error;
        // The others are those of a service that is not there.
        m_answered |= error != QKeychain::NoBackendAvailable && error != QKeychain::NotImplemented
            && error != QKeychain::OtherError;
        if (!m_running.contains(number))
            --m_unanswered;
        else if (error == QKeychain::NoError)
            this->finish(number, Outcome::Done);
        else
            this->finish(number, error == QKeychain::EntryNotFound ? Outcome::NotFound : Outcome::Failed);
    });
    // A job that does not end is left to itself: the service's answer may still come, and goes to its address.
    QTimer::singleShot(m_timeLimit, this, [this, number] {
        if (!m_running.contains(number))
            return;
        ++m_unanswered;
        this->finish(number, Outcome::Failed);
    });
    job->start();
}

void SecretStore::finish(quint64 number, Outcome outcome)
{
    if (const Finish finish = m_running.take(number))
        finish(outcome);
}

} // namespace postaci
