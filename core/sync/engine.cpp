// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/engine.h"

#include "core/base/log.h"
#include "core/net/oauthsignin.h"
#include "core/store/store.h"
#include "core/sync/accountcheck.h"
#include "core/sync/accountsync.h"
#include "core/sync/localmail.h"
#include "core/sync/oauthissuers.h"
#include "core/sync/outboxactions.h"
#include "core/sync/outgoing.h"
#include "core/sync/pop3sync.h"
#include "core/sync/roundtriprunner.h"

#include <QCoro/QCoroFuture>
#include <QtConcurrentRun>

namespace postaci {

namespace {

constexpr std::chrono::milliseconds wakeInterval = std::chrono::seconds(10);
/// A stopped clock is put right by less than this, and a connection survives it.
constexpr std::chrono::milliseconds shortestSleep = std::chrono::seconds(15);

} // namespace

Engine::Engine(Store &store, const MailEngine::Options &options)
    : m_secrets(options.secrets, this)
    , m_tokens(m_secrets, options.tls, options.profile, this)
    , m_pool(this)
    , m_services{.store = store,
          .secrets = m_secrets,
          .tokens = m_tokens,
          .pool = m_pool,
          .clock = options.clock,
          .tls = options.tls,
          .profile = options.profile,
          .keepConnected = options.keepConnected,
          .times = options.times}
    , m_directory(ProviderDirectory::bundled())
    , m_otherIssuers(options.otherIssuers)
    , m_accountSecrets(m_services, this)
    , m_texts(m_services, this)
    , m_transfer(
          m_services, [this](MessageId id) { return wholeMessage(id); }, this)
    , m_files(
          m_services, [this](MessageId id) { return wholeMessage(id); }, this)
    , m_recovered(m_services, [this](MessageId id) { return message(id); })
    , m_discovery(options.clock, this)
    , m_waits(this)
    , m_callsEnded(this)
    , m_wakeWatch(systemTime, wakeInterval, shortestSleep, this)
{
    connect(&m_wakeWatch, &WakeWatch::woke, this, &Engine::networkChanged);
    connect(&m_discovery, &Discovery::progress, this, &Engine::discoveryProgress);
    connect(&m_discovery, &Discovery::candidateFound, this, &Engine::discoveryFound);
    connect(&m_files, &MailFileWork::progress, this, &Engine::fileProgress);
    connect(&m_files, &MailFileWork::queued, this, &Engine::actionsQueued);
    connect(&m_transfer, &MessageTransfer::queued, this, &Engine::actionsQueued);
    setOAuthClientIds(options.oauthClientIds);
}

Engine::~Engine()
{
    Q_ASSERT(m_calls == 0);
}

QCoro::Task<Result<void>> Engine::start()
{
    const auto accounts = co_await m_services.store.read(
        [](const Tables &tables) -> Result<QList<Account>> { return tables.accounts.all(); });
    if (!accounts) {
        qCWarning(syncLog) << "cannot read the accounts:" << accounts.error().summary();
        co_return failure(accounts.error());
    }
    for (const Account &account : *accounts)
        addSync(account);
    m_texts.start();
    co_await m_recovered.name();
    co_return {};
}

QCoro::Task<void> Engine::stop()
{
    m_stopping = true;
    m_waits.cancel();
    m_accountSecrets.cancel();
    cancelDiscovery();
    cancelCheck();
    cancelRoundTrip();
    cancelSignIn();
    m_transfer.cancel();
    m_files.cancel();
    m_recovered.cancel();
    const QList<AccountWorker *> accounts = m_accounts.values();
    std::vector<QCoro::Task<void>> ends;
    ends.push_back(m_tokens.stop());
    ends.push_back(m_texts.stop());
    for (AccountWorker *account : accounts)
        ends.push_back(account->stop());
    for (auto &end : ends)
        co_await end;
    while (m_calls > 0)
        co_await m_callsEnded.wait();
    qDeleteAll(accounts);
    m_accounts.clear();
}

void Engine::callEnds()
{
    if (--m_calls == 0)
        m_callsEnded.ring();
}

void Engine::addSync(const Account &account)
{
    if (m_stopping || m_accounts.contains(account.id))
        return;
    AccountWorker *sync = nullptr;
    if (account.incoming.protocol == Protocol::Pop3)
        sync = new Pop3Sync(m_services, account, this);
    else
        sync = new AccountSync(m_services, account, this);
    connect(sync, &AccountWorker::stateChanged, this, &Engine::accountStateChanged);
    connect(sync, &AccountWorker::outboxChanged, this, &Engine::outboxChanged);
    connect(sync, &AccountWorker::actionRefused, this, &Engine::actionRefused);
    connect(sync, &AccountWorker::newMail, this, &Engine::newMail);
    connect(sync, &AccountWorker::bodyProgress, this, &Engine::messageProgress);
    connect(sync, &AccountWorker::otherAccountTouched, this, [this](AccountId other) { actionsQueued({other}); });
    m_accounts.insert(account.id, sync);
    sync->setOnline(m_online);
    sync->setPaused(m_paused.contains(account.id));
    sync->start();
}

QCoro::Task<Result<AccountId>> Engine::addAccount(Account account, MailEngine::AccountSecrets secrets)
{
    if (const auto saved = co_await m_accountSecrets.save(account, secrets); !saved)
        co_return failure(saved.error());
    if (account.name.isEmpty())
        account.name = account.identity.address;
    const auto id = co_await m_services.store.write(
        [account](Tables &tables) -> Result<AccountId> {
            const QList<Account> known = tables.accounts.all();
            for (const Account &other : known) {
                if (other.incoming.endpoint() == account.incoming.endpoint()
                    && other.incoming.userName == account.incoming.userName)
                    return failure({.kind = ErrorKind::AlreadyExists, .step = Step::WriteStore, .subject = other.name});
            }
            const AccountId added = tables.accounts.insert(account);
            if (account.isLocal())
                local::makeFolders(tables, added);
            return added;
        },
        Store::Durability::Durable);
    if (!id)
        co_return failure(id.error());
    account.id = *id;
    addSync(account);
    co_return *id;
}

QCoro::Task<Result<void>> Engine::updateAccount(Account account, MailEngine::AccountSecrets secrets)
{
    // Folders of the one kind mean nothing to the other, and the first synchronisation would remove them.
    if (const AccountWorker *sync = m_accounts.value(account.id);
        sync && sync->settings().isLocal() != account.isLocal())
        co_return failure({.kind = ErrorKind::InvalidInput, .step = Step::WriteStore, .subject = account.name});
    secrets = co_await m_accountSecrets.withKnown(account, secrets);
    std::optional<Account> running;
    if (AccountWorker *sync = m_accounts.take(account.id)) {
        running = sync->settings();
        co_await sync->stop();
        sync->deleteLater();
    }
    if (account.name.isEmpty())
        account.name = account.identity.address;
    struct Updated {
        Account before;
        QList<Account> all;
    };
    const auto updated = co_await m_services.store.write(
        [account](Tables &tables) -> Result<Updated> {
            const std::optional<Account> before = tables.accounts.find(account.id);
            if (!before)
                return failure({.kind = ErrorKind::NotFound, .step = Step::WriteStore});
            tables.accounts.update(account);
            return Updated{*before, tables.accounts.all()};
        },
        Store::Durability::Durable);
    if (!updated) {
        if (running)
            addSync(*running); // as it was
        co_return failure(updated.error());
    }
    const Result<void> saved = co_await m_accountSecrets.save(account, secrets);
    const Result<void> forgotten = co_await m_accountSecrets.forget(updated->before, updated->all);
    addSync(account);
    co_return saved ? forgotten : saved;
}

QCoro::Task<Result<void>> Engine::removeAccount(AccountId id)
{
    if (AccountWorker *sync = m_accounts.take(id)) {
        co_await sync->stop();
        sync->deleteLater();
    }
    struct Removed {
        Account account;
        QList<Account> others;
    };
    const auto removed = co_await m_services.store.write(
        [id](Tables &tables) -> Result<Removed> {
            const std::optional<Account> account = tables.accounts.find(id);
            if (!account)
                return failure({.kind = ErrorKind::NotFound, .step = Step::WriteStore});
            tables.accounts.remove(id);
            return Removed{*account, tables.accounts.all()};
        },
        Store::Durability::Durable);
    if (!removed)
        co_return failure(removed.error());
    co_return co_await m_accountSecrets.forget(removed->account, removed->others);
}

QCoro::Task<Result<void>> Engine::providePassword(AccountId id, MailEngine::AccountSecrets secrets)
{
    AccountWorker *sync = m_accounts.value(id);
    if (!sync)
        co_return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
    if (const auto saved = co_await m_accountSecrets.save(sync->settings(), secrets); !saved)
        co_return saved;
    if (AccountWorker *still = m_accounts.value(id))
        still->passwordProvided();
    co_return {};
}

QCoro::Task<Result<OutboxId>> Engine::send(Draft draft)
{
    const QDateTime now = m_services.clock();
    auto mail = co_await QtConcurrent::run(&m_pool, [draft, now] { return prepareDraft(draft, now); });
    if (!mail)
        co_return failure(mail.error());
    co_return co_await queue(std::move(*mail), draft.id);
}

QCoro::Task<Result<OutboxId>> Engine::sendRaw(
    AccountId account, QByteArray message, QString sender, QStringList recipients)
{
    const QDateTime now = m_services.clock();
    auto mail
        = co_await QtConcurrent::run(&m_pool, [=] { return prepareRaw(account, message, sender, recipients, now); });
    if (!mail)
        co_return failure(mail.error());
    co_return co_await queue(std::move(*mail), {});
}

QCoro::Task<Result<OutboxId>> Engine::queue(OutgoingMail mail, DraftId draft)
{
    const auto id = co_await m_services.store.write(
        [mail, draft](Tables &tables) -> Result<OutboxId> {
            if (!tables.accounts.find(mail.item.account))
                return failure({.kind = ErrorKind::NotFound, .step = Step::WriteStore});
            if (draft)
                tables.drafts.remove(draft);
            return tables.outbox.insert(mail.item, mail.wireMessage, mail.sentCopy);
        },
        Store::Durability::Durable);
    if (!id)
        co_return failure(id.error());
    OutboxItem item = mail.item;
    item.id = *id;
    Q_EMIT outboxChanged(item);
    if (AccountWorker *sync = m_accounts.value(item.account))
        sync->outboxQueued();
    co_return *id;
}

QCoro::Task<Result<void>> Engine::act(LocalHalf localHalf)
{
    const auto touched = co_await m_services.store.write(
        [localHalf = std::move(localHalf), now = m_services.clock()](Tables &tables) { return localHalf(tables, now); },
        Store::Durability::Durable);
    if (!touched)
        co_return failure(touched.error());
    actionsQueued(*touched);
    co_return {};
}

QCoro::Task<Result<void>> Engine::retryActions(QList<QueuedAction::Id> actions)
{
    Result<void> outcome;
    QSet<AccountId> touched;
    for (const QueuedAction::Id id : actions) {
        const auto retried = co_await m_services.store.write(
            [id, now = m_services.clock()](Tables &tables) { return workqueue::retry(tables, id, now); },
            Store::Durability::Durable);
        if (!retried) {
            outcome = failure(retried.error());
            continue;
        }
        touched += retried->touched;
        for (const PendingOp &op : retried->transfers) {
            const auto moved = co_await m_transfer.move({op.source}, op.toFolder);
            if (!moved)
                outcome = failure(moved.error());
        }
    }
    actionsQueued(touched);
    for (const AccountId account : std::as_const(touched)) {
        if (AccountWorker *sync = m_accounts.value(account))
            sync->synchronize(); // At once, whatever it has waited for.
    }
    co_return outcome;
}

QCoro::Task<Result<void>> Engine::cancelActions(QList<QueuedAction::Id> actions)
{
    QSet<AccountId> replaying;
    for (auto it = m_accounts.cbegin(); it != m_accounts.cend(); ++it) {
        if (it.value()->isReplaying())
            replaying.insert(it.key());
    }
    struct Done {
        QSet<std::pair<AccountId, FolderId>> toSync;
        bool someAreRunning = false;
    };
    const auto done = co_await m_services.store.write(
        [actions, replaying](Tables &tables) -> Result<Done> {
            Done all;
            for (const QueuedAction::Id id : actions) {
                const auto cancelled = workqueue::cancel(tables, id, replaying);
                if (!cancelled)
                    return failure(cancelled.error());
                all.someAreRunning |= cancelled->someAreRunning;
                for (const FolderId folder : cancelled->toSync) {
                    if (const auto found = tables.folders.find(folder))
                        all.toSync.insert({found->account, folder});
                }
            }
            return all;
        },
        Store::Durability::Durable);
    if (!done)
        co_return failure(done.error());
    for (const auto &[account, folder] : done->toSync) {
        if (AccountWorker *sync = m_services.keepConnected ? m_accounts.value(account) : nullptr)
            sync->synchronizeFolder(folder);
    }
    if (done->someAreRunning)
        co_return failure({.kind = ErrorKind::TryLater});
    co_return {};
}

void Engine::actionsQueued(const QSet<AccountId> &accounts)
{
    for (const AccountId id : accounts) {
        if (AccountWorker *sync = m_accounts.value(id))
            sync->actionsQueued();
    }
}

QCoro::Task<Result<DraftId>> Engine::saveDraft(Draft draft)
{
    co_return co_await m_services.store.write(
        [draft, now = m_services.clock()](Tables &tables) -> Result<DraftId> { return tables.drafts.save(draft, now); },
        Store::Durability::Durable);
}

QCoro::Task<Result<void>> Engine::discardDraft(DraftId draft)
{
    co_return co_await m_services.store.write(
        [draft](Tables &tables) -> Result<void> {
            tables.drafts.remove(draft);
            return {};
        },
        Store::Durability::Durable);
}

QCoro::Task<Result<void>> Engine::retryOutbox(OutboxId id)
{
    co_return outboxEdited(co_await m_services.store.write(
        [id, now = m_services.clock()](Tables &tables) { return actions::retryOutbox(tables, id, now); },
        Store::Durability::Durable));
}

QCoro::Task<Result<void>> Engine::removeOutbox(OutboxId id)
{
    co_return outboxEdited(co_await m_services.store.write(
        [id](Tables &tables) { return actions::removeOutbox(tables, id); }, Store::Durability::Durable));
}

Result<void> Engine::outboxEdited(const Result<OutboxItem> &item)
{
    if (!item)
        return failure(item.error());
    Q_EMIT outboxChanged(*item);
    if (AccountWorker *sync = m_accounts.value(item->account))
        sync->outboxQueued();
    return {};
}

QCoro::Task<Result<QByteArray>> Engine::message(MessageId message)
{
    return fetch(message, false);
}

QCoro::Task<Result<QByteArray>> Engine::wholeMessage(MessageId message)
{
    return fetch(message, true);
}

QCoro::Task<Result<QByteArray>> Engine::fetch(MessageId message, bool withRest)
{
    struct Found {
        AccountId account; ///< Whose server may have it.
        bool isHeaderOnly = false;
        std::optional<QByteArray> raw;
    };
    const auto found = co_await m_services.store.read([message](const Tables &tables) -> Result<Found> {
        const std::optional<MessageHeader> header = tables.messages.header(message);
        const std::optional<Folder> folder = header ? tables.folders.find(header->folder) : std::nullopt;
        if (!folder)
            return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
        if (header->hasBody)
            return Found{folder->account, false, tables.bodies.raw(message)};
        // Wherever on this computer it was moved to.
        const AccountId keeper = tables.pop3.restOf(message);
        const std::optional<Account> account = tables.accounts.find(folder->account);
        if (!keeper && account && account->isOnThisComputer()) // Its maildrop's account was removed.
            return failure({.kind = ErrorKind::NotFound, .step = Step::FetchBody});
        return Found{keeper ? keeper : folder->account, bool(keeper), {}};
    });
    if (!found)
        co_return failure(found.error());
    if (found->raw)
        co_return *found->raw;
    if (found->isHeaderOnly && !withRest)
        co_return failure({.kind = ErrorKind::OnlyHeader, .step = Step::FetchBody});
    AccountWorker *sync = m_accounts.value(found->account);
    if (!sync)
        co_return failure({.kind = ErrorKind::Offline, .step = Step::FetchBody});
    co_return co_await sync->fetchBody(message);
}

void Engine::cancelMessage(MessageId message)
{
    for (AccountWorker *sync : std::as_const(m_accounts))
        sync->cancelBody(message);
}

QCoro::Task<Result<void>> Engine::indexTexts()
{
    co_return co_await m_texts.finish();
}

QCoro::Task<Result<void>> Engine::synchronize(AccountId account)
{
    std::vector<QFuture<Result<void>>> rounds;
    for (auto it = m_accounts.cbegin(); it != m_accounts.cend(); ++it) {
        if (!account || it.key() == account)
            rounds.push_back(it.value()->synchronize());
    }
    if (account && rounds.empty())
        co_return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
    Result<void> outcome;
    for (const auto &round : rounds) {
        const Result<void> one = co_await round;
        if (!one && outcome)
            outcome = one;
    }
    co_return outcome;
}

QCoro::Task<Result<void>> Engine::synchronizeFolder(FolderId id)
{
    const auto folder = co_await m_services.store.read([id](const Tables &tables) -> Result<Folder> {
        const std::optional<Folder> found = tables.folders.find(id);
        if (!found)
            return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
        return *found;
    });
    if (!folder)
        co_return failure(folder.error());
    AccountWorker *sync = m_accounts.value(folder->account);
    if (!sync) { // Also where there is no server.
        const auto computer = co_await m_services.store.read(
            [](const Tables &tables) -> Result<std::optional<Account>> { return tables.accounts.onThisComputer(); });
        if (computer && *computer && (*computer)->id == folder->account)
            co_return {};
        co_return failure({.kind = ErrorKind::Offline, .step = Step::SelectFolder});
    }
    co_return co_await sync->synchronizeFolder(id);
}

void Engine::cancelWork(AccountId account)
{
    if (AccountWorker *sync = m_accounts.value(account))
        sync->cancelWork();
}

void Engine::setOnline(bool online)
{
    m_online = online;
    for (AccountWorker *sync : std::as_const(m_accounts))
        sync->setOnline(online);
}

void Engine::setPaused(AccountId account, bool paused)
{
    if (paused)
        m_paused.insert(account);
    else
        m_paused.remove(account);
    if (AccountWorker *sync = m_accounts.value(account))
        sync->setPaused(paused);
}

void Engine::networkChanged()
{
    for (AccountWorker *sync : std::as_const(m_accounts))
        sync->networkChanged();
}

QCoro::Task<Result<ConnectionReport>> Engine::connection(AccountId account)
{
    const AccountWorker *sync = m_accounts.value(account);
    if (!sync)
        co_return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
    co_return sync->connection();
}

QCoro::Task<DiscoveryResult> Engine::discover(QString address, DiscoveryOptions options)
{
    cancelDiscovery();
    co_return co_await m_discovery.run(address,
        {.askOutside = options.askOutside,
            .askMicrosoft = options.askMicrosoft,
            .tellAddress = options.tellAddress,
            .tls = m_services.tls,
            .directory = &m_directory});
}

void Engine::cancelDiscovery()
{
    m_discovery.cancel();
}

QCoro::Task<SetupReport> Engine::checkAccount(Account account, MailEngine::AccountSecrets secrets, CheckOptions options)
{
    cancelCheck();
    auto *check = new AccountCheck(m_services.tls, m_directory, this);
    m_check = check;
    if (m_stopping)
        check->cancel();
    connect(check, &AccountCheck::progress, this, [this, check](const CheckStep &step) {
        if (m_check == check)
            Q_EMIT checkProgress(step);
    });
    secrets = co_await m_accountSecrets.withKnown(account, secrets);
    // A token for both servers; that of an account which is there already, where none is given.
    Result<QString> token = secrets.tokens.accessToken;
    if (account.usesOAuth() && token->isEmpty())
        token = co_await m_waits.on(m_tokens.accessToken(account));
    const auto secretFor = [&token](const ServerSettings &server, const QString &password) {
        return server.auth == AuthMethod::OAuth2 ? *token : password;
    };
    SetupReport report;
    if (token)
        report = co_await check->run(account, secretFor(account.incoming, secrets.incoming),
            secretFor(account.outgoing, secrets.outgoing), options);
    else
        report = check->withoutToken(account, token.error(), options);
    if (m_check == check)
        m_check = nullptr;
    check->deleteLater();
    co_return report;
}

/// One at a time: the user has one browser to look at.
QCoro::Task<Result<OAuthTokens>> Engine::signInWithBrowser(QString issuer, QString address, SignInPages pages)
{
    cancelSignIn();
    if (m_stopping)
        co_return failure({.kind = ErrorKind::Cancelled, .step = Step::SignIn});
    auto *signIn = new OAuthSignIn(m_services.tls, this);
    m_signIn = signIn;
    connect(signIn, &OAuthSignIn::browserWanted, this, &Engine::browserWanted);
    const OAuthClient client = co_await m_tokens.client(issuer);
    Result<OAuthTokens> tokens = failure({.kind = ErrorKind::Cancelled, .step = Step::SignIn});
    if (m_signIn == signIn) // else it was cancelled meanwhile
        tokens = co_await signIn->run(client, address, pages);
    if (m_signIn == signIn)
        m_signIn = nullptr;
    signIn->deleteLater();
    co_return tokens;
}

void Engine::setOAuthClientIds(const QHash<QString, OAuthClientId> &ids)
{
    QHash<QString, OAuthClient> clients = oauthClients(m_directory, ids);
    clients.insert(m_otherIssuers);
    m_tokens.setClients(clients);
}

QCoro::Task<Result<bool>> Engine::keepOAuthClientSecret(QString issuer, QString clientId, QString secret)
{
    co_return co_await m_waits.on(m_tokens.keepClientSecret(issuer, clientId, secret));
}

void Engine::cancelSignIn()
{
    if (OAuthSignIn *signIn = std::exchange(m_signIn, nullptr))
        signIn->cancel();
}

void Engine::cancelCheck()
{
    if (AccountCheck *check = std::exchange(m_check, nullptr))
        check->cancel();
}

QCoro::Task<Result<RoundTrip>> Engine::roundTrip(AccountId id, RoundTripText text)
{
    cancelRoundTrip();
    AccountWorker *sync = m_accounts.value(id);
    if (!sync)
        co_return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore});
    auto *runner = new RoundTripRunner(m_services, sync->settings(), this);
    m_roundTrip = runner;
    connect(runner, &RoundTripRunner::reached, this, [this, runner, id](RoundTripStage stage) {
        if (m_roundTrip == runner)
            Q_EMIT roundTripProgress(id, stage);
    });
    Result<RoundTrip> outcome = co_await runner->run(text);
    if (m_roundTrip == runner)
        m_roundTrip = nullptr;
    runner->deleteLater();
    co_return outcome;
}

void Engine::cancelRoundTrip()
{
    if (RoundTripRunner *runner = std::exchange(m_roundTrip, nullptr))
        runner->cancel();
}

} // namespace postaci
