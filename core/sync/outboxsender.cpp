// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/outboxsender.h"

#include "core/base/log.h"
#include "core/imap/imapsession.h"
#include "core/settings/secretstore.h"
#include "core/smtp/smtpsession.h"
#include "core/store/store.h"
#include "core/sync/logins.h"
#include "core/sync/outboxactions.h"

#include <QCoro/QCoroFuture>
#include <QtConcurrentRun>

#include <algorithm>

namespace postaci {

namespace {

constexpr std::chrono::milliseconds longestWait = std::chrono::minutes(5);

} // namespace

OutboxSender::OutboxSender(const Services &services, const Account &account, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_account(account)
    , m_waits(this)
    , m_bell(this)
{
}

OutboxSender::~OutboxSender() = default;

void OutboxSender::start()
{
    m_running = run();
}

QCoro::Task<void> OutboxSender::stop()
{
    m_stopping = true;
    m_waits.cancel();
    if (m_session)
        m_session->close();
    m_bell.ring();
    if (m_running)
        co_await *m_running;
}

void OutboxSender::tryNow()
{
    m_paused = false;
    m_evenIfLater = true;
    m_tried.clear();
    m_bell.ring();
}

void OutboxSender::pause()
{
    m_paused = true;
    if (m_session)
        m_session->close();
}

QCoro::Task<void> OutboxSender::run()
{
    const auto unknown = co_await m_services.store.write(
        [account = m_account.id](
            Tables &tables) -> Result<QList<OutboxItem>> { return actions::sendingIsUnknown(tables, account); },
        Store::Durability::Durable);
    if (!unknown) {
        // Without this nothing may be sent: a mail could go out twice.
        qCWarning(syncLog) << "cannot read the outbox:" << unknown.error().summary();
        co_return;
    }
    for (const OutboxItem &item : *unknown)
        Q_EMIT outboxChanged(item);
    if (!unknown->isEmpty())
        Q_EMIT fateUnknown();

    while (!m_stopping) {
        if (m_paused) {
            co_await m_bell.wait();
            continue;
        }
        const Result<Due> due = co_await nextDue();
        if (!due) {
            qCWarning(syncLog) << "cannot read the outbox:" << due.error().summary();
            co_await m_bell.wait(std::chrono::minutes(1));
            continue;
        }
        if (!due->item) {
            m_evenIfLater = false;
            co_await endSession();
            if (m_stopping)
                break;
            // At most some minutes, since a computer that slept or got another time stops no clock.
            const qint64 wait = due->earliest.isValid()
                ? std::clamp<qint64>(m_services.clock().msecsTo(due->earliest), 0, longestWait.count())
                : -1;
            co_await m_bell.wait(std::chrono::milliseconds(wait));
            continue;
        }
        m_tried.insert(due->item->id);
        if (!m_session) {
            if (const auto opened = co_await openSession(); !opened) {
                co_await postpone(*due->item, opened.error());
                continue;
            }
        }
        if (const auto sent = co_await send(due->item->id); !sent) {
            qCWarning(syncLog) << "the outbox cannot be written:" << sent.error().summary();
            co_await m_bell.wait(std::chrono::minutes(1));
        }
    }
    m_session.reset();
}

QCoro::Task<Result<OutboxSender::Due>> OutboxSender::nextDue()
{
    const QDateTime now = m_services.clock();
    const QSet<OutboxId> tried = m_tried;
    co_return co_await m_services.store.read(
        [account = m_account.id, now, tried, evenIfLater = m_evenIfLater](const Tables &tables) -> Result<Due> {
            Due due;
            const QList<OutboxItem> items = tables.outbox.all();
            for (const OutboxItem &item : items) {
                if (item.account != account || item.state != OutboxState::Queued)
                    continue;
                if (!item.nextTry.isValid() || item.nextTry <= now || (evenIfLater && !tried.contains(item.id))) {
                    due.item = item;
                    return due;
                }
                if (!due.earliest.isValid() || item.nextTry < due.earliest)
                    due.earliest = item.nextTry;
            }
            return due;
        });
}

QCoro::Task<Result<void>> OutboxSender::openSession()
{
    QString refused;
    while (true) {
        const auto login = co_await m_waits.on(readCredentials(m_services, m_account, m_account.outgoing, refused));
        if (!login)
            co_return failure(login.error());
        m_session = std::make_unique<SmtpSession>(tlsPolicyFor(m_services.tls, m_account));
        connect(m_session.get(), &SmtpSession::uploadProgress, this, &OutboxSender::progress);
        const auto opened = co_await m_session->open(m_account.outgoing, *login);
        if (opened)
            co_return {};
        m_session.reset();
        if (!refused.isEmpty() || !worthAnotherToken(opened.error(), *login))
            co_return failure(opened.error());
        refused = login->secret;
    }
}

/// There is no session to send it with: the mail waits, and with a wrong password so do all.
QCoro::Task<void> OutboxSender::postpone(OutboxItem item, MailError error)
{
    if (m_stopping || m_paused)
        co_return;
    const QDateTime now = m_services.clock();
    ++item.attempts;
    item.lastError = error;
    item.nextTry = now.addDuration(actions::outboxDelay(item.attempts, error.replyCode == 0));
    const auto saved = co_await m_services.store.write(
        [item](Tables &tables) -> Result<void> {
            if (const auto current = tables.outbox.find(item.id); current && current->state == OutboxState::Queued)
                tables.outbox.update(item);
            return {};
        },
        Store::Durability::Durable);
    if (!saved)
        qCWarning(syncLog) << "the outbox cannot be written:" << saved.error().summary();
    Q_EMIT outboxChanged(item);
    if (needsUser(error)) {
        m_paused = true;
        Q_EMIT passwordNeeded(error);
    }
}

QCoro::Task<Result<void>> OutboxSender::send(OutboxId id)
{
    struct Taken {
        OutboxItem item;
        QByteArray bytes;
        QByteArray sentCopy; ///< For an account whose folders are here only.
    };
    // From this commit on the mail may be on its way; found like this at the next start it counts as Unknown.
    const auto taken = co_await m_services.store.write(
        [id, isLocal = m_account.isLocal()](Tables &tables) -> Result<Taken> {
            const auto item = actions::beginSending(tables, id);
            if (!item)
                return failure(item.error());
            return Taken{*item, tables.outbox.wireMessage(id), isLocal ? tables.outbox.sentCopy(id) : QByteArray()};
        },
        Store::Durability::Durable);
    if (!taken && taken.error().kind == ErrorKind::NotFound)
        co_return {}; // removed meanwhile
    if (!taken)
        co_return failure(taken.error());
    Q_EMIT outboxChanged(taken->item);
    Q_EMIT progress(0, taken->bytes.size());

    const Result<SubmissionResult> attempt = co_await m_session->submit(
        {.sender = taken->item.sender, .recipients = actions::pendingRecipients(taken->item), .message = taken->bytes});
    if (!m_session->isOpen())
        m_session.reset();
    Q_EMIT progress(0, 0);

    const QDateTime now = m_services.clock();
    const OutboxItem after = actions::afterAttempt(taken->item, attempt, now);
    std::optional<local::Message> sentCopy;
    if (m_account.isLocal())
        sentCopy = co_await QtConcurrent::run(
            &m_services.pool, [raw = taken->sentCopy, now] { return local::read(raw, Flag::Seen, now); });
    const auto firstDelivery = co_await m_services.store.write(
        [account = m_account, after, now, sentCopy](
            Tables &tables) { return actions::recordAttempt(tables, account, after, now, sentCopy); },
        Store::Durability::Durable);
    if (!firstDelivery)
        co_return failure(firstDelivery.error());
    Q_EMIT outboxChanged(after);
    if (*firstDelivery)
        Q_EMIT delivered();
    if (after.state == OutboxState::Unknown)
        Q_EMIT fateUnknown();
    co_return {};
}

QCoro::Task<void> OutboxSender::endSession()
{
    if (m_session && !m_stopping)
        co_await m_session->quit();
    m_session.reset();
}

QCoro::Task<Result<void>> OutboxSender::lookForUnknown(ImapSession *session)
{
    struct Sought {
        QString sentPath;
        QList<OutboxItem> items;
    };
    const auto sought
        = co_await m_services.store.read([account = m_account.id](const Tables &tables) -> Result<Sought> {
              Sought found;
              if (const auto sent = tables.folders.findByRole(account, FolderRole::Sent))
                  found.sentPath = sent->path;
              const QList<OutboxItem> items = tables.outbox.all();
              for (const OutboxItem &item : items) {
                  if (item.account == account && item.state == OutboxState::Unknown)
                      found.items.append(item);
              }
              return found;
          });
    if (!sought)
        co_return failure(sought.error());
    if (sought->sentPath.isEmpty())
        co_return {};
    for (const OutboxItem &item : sought->items) {
        if (m_lookedFor.contains(item.id))
            continue;
        const auto selected = co_await session->select(sought->sentPath);
        if (!selected)
            co_return failure(selected.error());
        const auto found = co_await session->searchMessageId(item.messageIdHeader);
        if (!found)
            co_return failure(found.error());
        m_lookedFor.insert(item.id);
        if (found->isEmpty())
            continue;
        const auto recorded = co_await m_services.store.write(
            [account = m_account, id = item.id, now = m_services.clock()](
                Tables &tables) { return actions::recordFoundInSent(tables, account, id, now); },
            Store::Durability::Durable);
        if (recorded)
            Q_EMIT outboxChanged(*recorded);
        else if (recorded.error().kind != ErrorKind::NotFound)
            co_return failure(recorded.error());
    }
    co_return {};
}

} // namespace postaci
