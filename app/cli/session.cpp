// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/cli/session.h"

#include "app/cli/command.h"
#include "core/settings/oauthclientids.h"
#include "core/settings/settings.h"

#include <QCoroFuture>
#include <QCoroSignal>

#include <algorithm>

namespace postaci::cli {

using namespace Qt::StringLiterals;

namespace {

MailEngine::Options engineOptions(const Session::Options &options)
{
    MailEngine::Options result;
    result.profile = options.profile;
    result.tls.extraRoots = options.roots;
    result.secrets = options.secrets ? SecretStore::Backing::MemoryOnly : SecretStore::Backing::Keychain;
    result.keepConnected = false;
    result.oauthClientIds = oauthClientIds(Settings(options.profile));
    return result;
}

} // namespace

Session::Session(Options options)
    : m_options(std::move(options))
    , m_store(m_options.profile)
    , m_engine(m_store, engineOptions(m_options))
{
    connect(&m_engine, &MailEngine::actionRefused, this,
        [this](AccountId account, const MailError &error) { m_refusals.insert(account, error); });
    connect(&m_engine, &MailEngine::outboxChanged, this, &Session::onOutboxChanged);
    connect(&m_engine, &MailEngine::accountStateChanged, this, &Session::onAccountStateChanged);
    connect(this, &Session::news, this, [this] { ++m_newsCount; });
}

void Session::onOutboxChanged(const OutboxItem &item)
{
    m_outbox.insert(item.id, item);
    Q_EMIT news();
}

void Session::onAccountStateChanged(const AccountState &state)
{
    if (state.waitsForUser())
        m_waitingForUser.insert(state.account);
    else
        m_waitingForUser.remove(state.account);
    Q_EMIT news();
}

QCoro::Task<Result<void>> Session::open()
{
    const Result<void> opened = co_await m_store.open();
    if (const std::optional<Recovery> recovery = m_store.recovery()) {
        remark(u"The database was damaged. What could be read was saved; the damaged files: %1"_s.arg(
            recovery->keptFiles.join(u", "_s)));
    }
    co_return opened;
}

QCoro::Task<Result<void>> Session::connectAccounts()
{
    m_connected = true;
    const Result<void> started = co_await m_engine.start();
    if (!started || !m_options.secrets)
        co_return started;
    // One password is for one account: offered to every server it could lock the others' owners out.
    const Result<QList<Account>> all = co_await accounts();
    if (!all)
        co_return failure(all.error());
    AccountId owner;
    if (m_options.account == "local"_L1) { // Has none of its own.
        if (all->size() != 1)
            co_return started;
        owner = all->first().id;
    } else {
        const Result<Account> account = co_await this->account({});
        if (!account)
            co_return failure(account.error());
        owner = account->id;
    }
    co_return co_await m_engine.providePassword(owner, *m_options.secrets);
}

QFuture<void> Session::stop()
{
    m_stopping = true;
    Q_EMIT news();
    return m_engine.stop();
}

QCoro::Task<Result<QList<Account>>> Session::accounts()
{
    co_return co_await m_store.read(
        [](const Tables &tables) -> Result<QList<Account>> { return tables.accounts.all(); });
}

QCoro::Task<Result<Account>> Session::account(QString reference)
{
    const Result<QList<Account>> all = co_await accounts();
    if (!all)
        co_return failure(all.error());
    if (reference.isEmpty())
        reference = m_options.account;
    if (reference.isEmpty()) {
        if (all->size() == 1)
            co_return all->first();
        remark(all->isEmpty() ? u"There is no account: see 'account add'."_s
                              : u"There are several accounts: choose one with --account."_s);
        co_return failure(
            {.kind = all->isEmpty() ? ErrorKind::NotFound : ErrorKind::InvalidInput, .subject = u"--account"_s});
    }
    if (reference == "local"_L1) {
        const Result<std::optional<Account>> computer = co_await m_store.read(
            [](const Tables &tables) -> Result<std::optional<Account>> { return tables.accounts.onThisComputer(); });
        if (!computer)
            co_return failure(computer.error());
        if (*computer)
            co_return **computer;
        remark(u"There are no folders on this computer yet: see 'folder create'."_s);
        co_return failure({.kind = ErrorKind::NotFound, .subject = reference});
    }
    for (const Account &candidate : *all) {
        if (QString::number(candidate.id.value) == reference
            || candidate.identity.address.compare(reference, Qt::CaseInsensitive) == 0)
            co_return candidate;
    }
    remark(u"There is no such account."_s);
    co_return failure({.kind = ErrorKind::NotFound, .subject = reference});
}

QCoro::Task<Result<Folder>> Session::folder(AccountId account, QString path)
{
    if (path.compare("INBOX"_L1, Qt::CaseInsensitive) == 0)
        path = u"INBOX"_s;
    const Result<std::optional<Folder>> found
        = co_await m_store.read([account, path](const Tables &tables) -> Result<std::optional<Folder>> {
              return tables.folders.findByPath(account, path);
          });
    if (!found)
        co_return failure(found.error());
    if (!*found) {
        remark(u"There is no such folder; 'folders' lists them, 'sync' looks for new ones."_s);
        co_return failure({.kind = ErrorKind::NotFound, .step = Step::ReadStore, .subject = path});
    }
    co_return **found;
}

QCoro::Task<Result<Folder>> Session::namedFolder(QString path)
{
    const Result<Account> found = co_await account({});
    if (!found)
        co_return failure(found.error());
    if (path.isEmpty())
        co_return Folder{.account = found->id};
    co_return co_await folder(found->id, path);
}

QCoro::Task<Result<QList<MessageHeader>>> Session::messages(QStringList ids)
{
    QList<MessageId> wanted;
    for (const QString &text : ids) {
        bool isNumber = false;
        const MessageId id{text.toLongLong(&isNumber)};
        if (!isNumber)
            co_return failure({.kind = ErrorKind::InvalidInput, .subject = text});
        if (!wanted.contains(id))
            wanted.append(id);
    }
    const Result<QList<MessageHeader>> found = co_await m_store.read(
        [wanted](const Tables &tables) -> Result<QList<MessageHeader>> { return tables.messages.headers(wanted); });
    if (!found)
        co_return failure(found.error());
    for (const MessageId id : std::as_const(wanted)) {
        const bool isThere = std::ranges::any_of(*found, [id](const MessageHeader &header) { return header.id == id; });
        if (!isThere)
            co_return failure(
                {.kind = ErrorKind::NotFound, .step = Step::ReadStore, .subject = QString::number(id.value)});
    }
    co_return *found;
}

QCoro::Task<Result<Session::RemoteHalf>> Session::replayActions(QList<FolderId> folders)
{
    const Result<QSet<AccountId>> accounts
        = co_await m_store.read([folders](const Tables &tables) -> Result<QSet<AccountId>> {
              QSet<AccountId> owners;
              for (const FolderId id : folders) {
                  if (const std::optional<Folder> folder = tables.folders.find(id))
                      owners.insert(folder->account);
              }
              return owners;
          });
    if (!accounts)
        co_return failure(accounts.error());
    co_return co_await replayAccounts(QList<AccountId>(accounts->cbegin(), accounts->cend()));
}

QCoro::Task<Result<Session::RemoteHalf>> Session::replayAccounts(QList<AccountId> once)
{
    // What arrived at one server may be what the other has waited for.
    std::optional<MailError> reason;
    for (const AccountId account : once.size() > 1 ? once + once : once) {
        const Result<void> synchronized = co_await m_engine.synchronize(account);
        if (m_refusals.contains(account))
            co_return failure(m_refusals.value(account));
        if (!synchronized && synchronized.error().kind != ErrorKind::NotFound) // Has no server.
            reason = synchronized.error();
    }
    const Result<bool> waiting = co_await m_store.read([once](const Tables &tables) -> Result<bool> {
        return std::ranges::any_of(once, [&tables](AccountId account) {
            return std::ranges::any_of(tables.pendingOps.all(account),
                [](const PendingOp &op) { return op.state != PendingOp::State::Failed; });
        });
    });
    if (!waiting)
        co_return failure(waiting.error());
    co_return RemoteHalf{.queued = *waiting, .reason = *waiting ? reason : std::nullopt};
}

QCoro::Task<Result<OutboxItem>> Session::deliver(OutboxId id)
{
    const auto isSettled = [](const OutboxItem &item) {
        switch (item.state) {
        case OutboxState::Queued: // It was tried, and waits for the next time.
            return item.attempts > 0 && item.nextTry > QDateTime::currentDateTimeUtc();
        case OutboxState::Sending:
            return false;
        case OutboxState::Unknown:
        case OutboxState::Sent:
        case OutboxState::Failed:
            return true;
        }
        Q_UNREACHABLE_RETURN(false);
    };
    while (!isSettled(m_outbox.value(id))) {
        if (m_stopping)
            co_return failure({.kind = ErrorKind::Cancelled});
        co_await qCoro(this, &Session::news);
    }
    const OutboxItem item = m_outbox.value(id);
    if (item.state == OutboxState::Sent)
        co_await synchronize(item.account);
    co_return item;
}

QCoro::Task<Result<void>> Session::synchronize(AccountId account)
{
    // Connecting to the one server tries the other again, so mail may leave after the round has asked what to file.
    for (bool copyOwed = true; copyOwed;) {
        const Result<void> synchronized = co_await m_engine.synchronize(account);
        if (!synchronized)
            co_return synchronized;
        co_await settleOutbox();
        const Result<bool> owed = co_await m_store.read([account](const Tables &tables) -> Result<bool> {
            // One that a server refused waits for the next time.
            return std::ranges::any_of(tables.pendingOps.all(account),
                [](const PendingOp &op) { return op.kind == PendingOp::Kind::Append && op.lastError == MailError(); });
        });
        if (!owed)
            co_return failure(owed.error());
        copyOwed = *owed && !m_stopping;
    }
    co_return Result<void>();
}

QCoro::Task<void> Session::settleOutbox()
{
    while (m_connected && !m_stopping) {
        const qint64 before = m_newsCount;
        const Result<bool> busy = co_await m_store.read(
            [blocked = m_waitingForUser, now = QDateTime::currentDateTimeUtc()](const Tables &tables) -> Result<bool> {
                return std::ranges::any_of(tables.outbox.all(), [&](const OutboxItem &item) {
                    const bool due
                        = item.state == OutboxState::Queued && (!item.nextTry.isValid() || item.nextTry <= now);
                    return item.state == OutboxState::Sending || (due && !blocked.contains(item.account));
                });
            });
        if (!busy || !*busy)
            co_return;
        if (before == m_newsCount)
            co_await qCoro(this, &Session::news);
    }
}

} // namespace postaci::cli
