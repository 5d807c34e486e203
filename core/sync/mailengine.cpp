// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/mailengine.h"

#include "core/imap/kimapruntime.h"
#include "core/store/store.h"
#include "core/sync/engine.h"
#include "core/sync/messageactions.h"
#include "core/sync/undosteps.h"

#include <QMutex>
#include <QPromise>
#include <QThread>

namespace postaci {

namespace {

/// The answer of an engine that has stopped.
template <class R> R cancelled()
{
    return failure({.kind = ErrorKind::Cancelled});
}

template <> DiscoveryResult cancelled()
{
    DiscoveryResult result;
    result.obstacle = DiscoveryResult::Obstacle::Cancelled;
    return result;
}

template <> SetupReport cancelled()
{
    SetupReport report;
    report.cancelled = true;
    return report;
}

/// Hands a procedure's outcome to whoever asked for it.
template <class R>
QCoro::Task<void> settle(Engine *engine, std::shared_ptr<QPromise<R>> promise, QCoro::Task<R> procedure)
{
    R result = co_await procedure;
    promise->addResult(std::move(result));
    promise->finish();
    engine->callEnds();
}

QCoro::Task<void> shutDown(Engine *engine, std::shared_ptr<QPromise<void>> promise)
{
    co_await engine->stop();
    promise->finish();
    engine->deleteLater();
    engine->thread()->quit();
}

} // namespace

struct MailEngine::Private {
    /// Starts `procedure`, which calls a member coroutine of Engine, on the engine thread.
    template <class R, class F> QFuture<R> call(F procedure)
    {
        auto promise = std::make_shared<QPromise<R>>();
        promise->start();
        const QMutexLocker lock(&mutex);
        if (engine) {
            QMetaObject::invokeMethod(engine, [e = engine, promise, procedure] {
                e->callBegins();
                settle<R>(e, promise, procedure(*e));
            });
        } else {
            promise->addResult(cancelled<R>());
            promise->finish();
        }
        return promise->future();
    }

    /// For what has no answer.
    template <class F> void tell(F function)
    {
        const QMutexLocker lock(&mutex);
        if (engine)
            QMetaObject::invokeMethod(engine, [e = engine, function] { function(*e); });
    }

    QThread thread;
    QMutex mutex; ///< Guards the rest against calls that come while the engine goes.
    Engine *engine = nullptr; ///< Lives on `thread`; null after stop().
    QFuture<void> stopped;
};

MailEngine::MailEngine(Store &store, Options options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    prepareKimap(); // here, and not on the engine thread
    d->engine = new Engine(store, options);
    connect(d->engine, &Engine::accountStateChanged, this, &MailEngine::accountStateChanged, Qt::DirectConnection);
    connect(d->engine, &Engine::discoveryProgress, this, &MailEngine::discoveryProgress, Qt::DirectConnection);
    connect(d->engine, &Engine::discoveryFound, this, &MailEngine::discoveryFound, Qt::DirectConnection);
    connect(d->engine, &Engine::checkProgress, this, &MailEngine::checkProgress, Qt::DirectConnection);
    connect(d->engine, &Engine::roundTripProgress, this, &MailEngine::roundTripProgress, Qt::DirectConnection);
    connect(d->engine, &Engine::browserWanted, this, &MailEngine::browserWanted, Qt::DirectConnection);
    connect(d->engine, &Engine::outboxChanged, this, &MailEngine::outboxChanged, Qt::DirectConnection);
    connect(d->engine, &Engine::actionRefused, this, &MailEngine::actionRefused, Qt::DirectConnection);
    connect(d->engine, &Engine::newMail, this, &MailEngine::newMail, Qt::DirectConnection);
    connect(d->engine, &Engine::messageProgress, this, &MailEngine::messageProgress, Qt::DirectConnection);
    d->thread.setObjectName(QLatin1String("engine"));
    connect(d->engine, &Engine::fileProgress, this, &MailEngine::fileProgress, Qt::DirectConnection);
    d->engine->moveToThread(&d->thread);
    d->thread.start();
}

MailEngine::~MailEngine()
{
    stop();
    d->thread.wait();
}

QFuture<Result<void>> MailEngine::start()
{
    return d->call<Result<void>>([](Engine &e) { return e.start(); });
}

QFuture<void> MailEngine::stop()
{
    const QMutexLocker lock(&d->mutex);
    if (d->engine) {
        auto promise = std::make_shared<QPromise<void>>();
        promise->start();
        d->stopped = promise->future();
        QMetaObject::invokeMethod(d->engine, [e = d->engine, promise] { shutDown(e, promise); });
        d->engine = nullptr;
    }
    return d->stopped;
}

QFuture<DiscoveryResult> MailEngine::discover(QString address, DiscoveryOptions options)
{
    return d->call<DiscoveryResult>([=](Engine &e) { return e.discover(address, options); });
}

void MailEngine::cancelDiscovery()
{
    d->tell([](Engine &e) { e.cancelDiscovery(); });
}

QFuture<SetupReport> MailEngine::checkAccount(Account account, AccountSecrets secrets, CheckOptions options)
{
    return d->call<SetupReport>([=](Engine &e) { return e.checkAccount(account, secrets, options); });
}

void MailEngine::cancelCheck()
{
    d->tell([](Engine &e) { e.cancelCheck(); });
}

QFuture<Result<RoundTrip>> MailEngine::roundTrip(AccountId account, RoundTripText text)
{
    return d->call<Result<RoundTrip>>([=](Engine &e) { return e.roundTrip(account, text); });
}

void MailEngine::cancelRoundTrip()
{
    d->tell([](Engine &e) { e.cancelRoundTrip(); });
}

QFuture<Result<OAuthTokens>> MailEngine::signInWithBrowser(QString issuer, QString address, SignInPages pages)
{
    return d->call<Result<OAuthTokens>>([=](Engine &e) { return e.signInWithBrowser(issuer, address, pages); });
}

void MailEngine::cancelSignIn()
{
    d->tell([](Engine &e) { e.cancelSignIn(); });
}

void MailEngine::setOAuthClientIds(QHash<QString, OAuthClientId> ids)
{
    d->tell([=](Engine &e) { e.setOAuthClientIds(ids); });
}

QFuture<Result<bool>> MailEngine::keepOAuthClientSecret(QString issuer, QString clientId, QString secret)
{
    return d->call<Result<bool>>([=](Engine &e) { return e.keepOAuthClientSecret(issuer, clientId, secret); });
}

QFuture<Result<AccountId>> MailEngine::addAccount(Account account, AccountSecrets secrets)
{
    return d->call<Result<AccountId>>([=](Engine &e) { return e.addAccount(account, secrets); });
}

QFuture<Result<void>> MailEngine::updateAccount(Account account, AccountSecrets secrets)
{
    return d->call<Result<void>>([=](Engine &e) { return e.updateAccount(account, secrets); });
}

QFuture<Result<void>> MailEngine::removeAccount(AccountId account)
{
    return d->call<Result<void>>([=](Engine &e) { return e.removeAccount(account); });
}

QFuture<Result<void>> MailEngine::providePassword(AccountId account, AccountSecrets secrets)
{
    return d->call<Result<void>>([=](Engine &e) { return e.providePassword(account, secrets); });
}

QFuture<Result<void>> MailEngine::synchronize(AccountId account)
{
    return d->call<Result<void>>([=](Engine &e) { return e.synchronize(account); });
}

QFuture<Result<void>> MailEngine::synchronizeFolder(FolderId folder)
{
    return d->call<Result<void>>([=](Engine &e) { return e.synchronizeFolder(folder); });
}

void MailEngine::cancelWork(AccountId account)
{
    d->tell([=](Engine &e) { e.cancelWork(account); });
}

void MailEngine::setOnline(bool online)
{
    d->tell([=](Engine &e) { e.setOnline(online); });
}

void MailEngine::setPaused(AccountId account, bool paused)
{
    d->tell([=](Engine &e) { e.setPaused(account, paused); });
}

void MailEngine::networkChanged()
{
    d->tell([](Engine &e) { e.networkChanged(); });
}

QFuture<Result<ConnectionReport>> MailEngine::connection(AccountId account)
{
    return d->call<Result<ConnectionReport>>([=](Engine &e) { return e.connection(account); });
}

QFuture<Result<QByteArray>> MailEngine::message(MessageId message)
{
    return d->call<Result<QByteArray>>([=](Engine &e) { return e.message(message); });
}

QFuture<Result<QByteArray>> MailEngine::wholeMessage(MessageId message)
{
    return d->call<Result<QByteArray>>([=](Engine &e) { return e.wholeMessage(message); });
}

void MailEngine::cancelMessage(MessageId message)
{
    d->tell([=](Engine &e) { e.cancelMessage(message); });
}

QFuture<Result<void>> MailEngine::indexTexts()
{
    return d->call<Result<void>>([](Engine &e) { return e.indexTexts(); });
}

QFuture<Result<void>> MailEngine::changeFlags(QList<MessageId> messages, Flags add, Flags remove)
{
    return d->call<Result<void>>([=](Engine &e) {
        return e.act([=](Tables &tables, const QDateTime &now) {
            return undoable::changeFlags(tables, messages, add, remove, now);
        });
    });
}

QFuture<Result<void>> MailEngine::markRead(MessageId message)
{
    return d->call<Result<void>>([=](Engine &e) {
        return e.act([=](Tables &tables, const QDateTime &now) {
            return actions::changeFlags(tables, {message}, Flag::Seen, {}, now);
        });
    });
}

QFuture<Result<void>> MailEngine::moveMessages(QList<MessageId> messages, FolderId to, Flags add, Flags remove)
{
    return d->call<Result<void>>([=](Engine &e) { return e.transfer().move(messages, to, add, remove); });
}

QFuture<Result<void>> MailEngine::copyMessages(QList<MessageId> messages, FolderId to)
{
    return d->call<Result<void>>([=](Engine &e) { return e.transfer().copy(messages, to); });
}

QFuture<Result<void>> MailEngine::deleteMessages(QList<MessageId> messages)
{
    return d->call<Result<void>>([=](Engine &e) {
        return e.act([=](Tables &tables, const QDateTime &now) { return undoable::remove(tables, messages, now); });
    });
}

QFuture<Result<FolderId>> MailEngine::createFolder(AccountId account, FolderId parent, QString name)
{
    return d->call<Result<FolderId>>([=](Engine &e) {
        return e.change<FolderId>([=](Tables &tables, const QDateTime &now) {
            return undoable::createFolder(tables, account, parent, name, now);
        });
    });
}

QFuture<Result<void>> MailEngine::renameFolder(FolderId folder, QString name)
{
    return d->call<Result<void>>([=](Engine &e) {
        return e.change<void>(
            [=](Tables &tables, const QDateTime &now) { return undoable::renameFolder(tables, folder, name, now); });
    });
}

QFuture<Result<void>> MailEngine::moveFolder(FolderId folder, AccountId account, FolderId parent)
{
    return d->call<Result<void>>([=](Engine &e) {
        return e.change<void>([=](Tables &tables, const QDateTime &now) {
            return undoable::moveFolder(tables, folder, account, parent, now);
        });
    });
}

QFuture<Result<void>> MailEngine::deleteFolder(FolderId folder, bool forGood)
{
    const auto deletion = forGood ? actions::Deletion::ForGood : actions::Deletion::ToTrash;
    return d->call<Result<void>>([=](Engine &e) {
        return e.change<void>([=](Tables &tables, const QDateTime &now) {
            return undoable::deleteFolder(tables, folder, deletion, now);
        });
    });
}

QFuture<Result<std::optional<UndoStep>>> MailEngine::undo()
{
    return d->call<Result<std::optional<UndoStep>>>([](Engine &e) { return e.transfer().undo(); });
}

QFuture<Result<void>> MailEngine::retryActions(QList<QueuedAction::Id> actions)
{
    return d->call<Result<void>>([=](Engine &e) { return e.retryActions(actions); });
}

QFuture<Result<void>> MailEngine::cancelActions(QList<QueuedAction::Id> actions)
{
    return d->call<Result<void>>([=](Engine &e) { return e.cancelActions(actions); });
}

QFuture<Result<ImportOutcome>> MailEngine::importMail(QStringList paths, FolderId folder)
{
    return d->call<Result<ImportOutcome>>([=](Engine &e) { return e.files().importMail(paths, folder); });
}

QFuture<Result<qint64>> MailEngine::exportMessages(QList<MessageId> messages, QString path, MailFormat format)
{
    return d->call<Result<qint64>>([=](Engine &e) { return e.files().exports().run(messages, path, format); });
}

QFuture<Result<qint64>> MailEngine::exportFolder(FolderId folder, QString path, MailFormat format)
{
    return d->call<Result<qint64>>([=](Engine &e) { return e.files().exports().runFolder(folder, path, format); });
}

void MailEngine::cancelFiles()
{
    d->tell([](Engine &e) { e.files().cancel(); });
}

QFuture<Result<DraftId>> MailEngine::saveDraft(Draft draft)
{
    return d->call<Result<DraftId>>([=](Engine &e) { return e.saveDraft(draft); });
}

QFuture<Result<void>> MailEngine::discardDraft(DraftId draft)
{
    return d->call<Result<void>>([=](Engine &e) { return e.discardDraft(draft); });
}

QFuture<Result<OutboxId>> MailEngine::send(Draft draft)
{
    return d->call<Result<OutboxId>>([=](Engine &e) { return e.send(draft); });
}

QFuture<Result<OutboxId>> MailEngine::sendRaw(
    AccountId account, QByteArray message, QString sender, QStringList recipients)
{
    return d->call<Result<OutboxId>>([=](Engine &e) { return e.sendRaw(account, message, sender, recipients); });
}

QFuture<Result<void>> MailEngine::retryOutbox(OutboxId item)
{
    return d->call<Result<void>>([=](Engine &e) { return e.retryOutbox(item); });
}

QFuture<Result<void>> MailEngine::removeOutbox(OutboxId item)
{
    return d->call<Result<void>>([=](Engine &e) { return e.removeOutbox(item); });
}

} // namespace postaci
