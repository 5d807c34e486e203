// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/integration/enginefixture.h"

#include <algorithm>

namespace postaci {

EngineFixture::EngineFixture(TlsPolicy tls, bool keepConnected)
    : m_options{.profile = m_directory.path(),
          .tls = std::move(tls),
          .secrets = SecretStore::Backing::MemoryOnly,
          .keepConnected = keepConnected}
{
}

EngineFixture::~EngineFixture()
{
    stop();
}

bool EngineFixture::start()
{
    m_store = std::make_unique<Store>(m_directory.path());
    if (!await(m_store->open()))
        return false;
    m_engine = std::make_unique<MailEngine>(*m_store, m_options);
    connect(m_engine.get(), &MailEngine::accountStateChanged, this,
        [this](const AccountState &state) { m_states.insert(state.account, state); });
    connect(m_engine.get(), &MailEngine::actionRefused, this,
        [this](AccountId, const MailError &error) { m_refusals.append(error); });
    connect(
        m_engine.get(), &MailEngine::checkProgress, this, [this](const CheckStep &step) { m_checkSteps.append(step); });
    connect(m_engine.get(), &MailEngine::outboxChanged, this,
        [this](const OutboxItem &item) { m_outboxTold.append(item); });
    connect(m_engine.get(), &MailEngine::newMail, this, [this](FolderId, int count) { m_newMail += count; });
    return await(m_engine->start()).has_value();
}

void EngineFixture::stop()
{
    m_engine.reset();
    m_store.reset();
}

SetupReport EngineFixture::check(const Account &account, const QString &password, CheckOptions options)
{
    const QFuture<SetupReport> checked
        = m_engine->checkAccount(account, {.incoming = password, .outgoing = password}, options);
    if (!QTest::qWaitFor([&] { return checked.isFinished(); }, QDeadlineTimer(testPatience)))
        qFatal("the check did not end");
    return checked.result();
}

Result<AccountId> EngineFixture::add(const Account &account, const QString &password)
{
    return await(m_engine->addAccount(account, {.incoming = password, .outgoing = password}));
}

void EngineFixture::setPassword(AccountId account, const QString &password)
{
    const auto given = await(m_engine->providePassword(account, {.incoming = password, .outgoing = password}));
    if (!given)
        qFatal("password: %s", qPrintable(given.error().summary()));
}

std::optional<Folder> EngineFixture::folder(AccountId account, const QString &path)
{
    return read([=](const Tables &tables) { return tables.folders.findByPath(account, path); });
}

std::optional<Folder> EngineFixture::folder(AccountId account, FolderRole role)
{
    return read([=](const Tables &tables) { return tables.folders.findByRole(account, role); });
}

FolderId EngineFixture::folderId(AccountId account, FolderRole role)
{
    const std::optional<Folder> found = folder(account, role);
    return found ? found->id : FolderId();
}

QList<EngineFixture::Row> EngineFixture::rows(FolderId folder)
{
    return read([folder](const Tables &tables) {
        QList<Row> rows;
        const QList<MessageKey> keys = tables.messages.keys(folder, 100'000);
        for (const MessageKey &key : keys) {
            if (const auto header = tables.messages.header(MessageId{key.id}))
                rows.append({*header, tables.bodies.raw(header->id).value_or(QByteArray())});
        }
        return rows;
    });
}

std::optional<MessageHeader> EngineFixture::find(FolderId folder, const QString &subject)
{
    const QList<Row> all = rows(folder);
    const auto row = std::find_if(
        all.cbegin(), all.cend(), [&subject](const Row &each) { return each.header.envelope.subject == subject; });
    return row == all.cend() ? std::nullopt : std::optional(row->header);
}

qint64 EngineFixture::total(FolderId folder)
{
    return read([folder](const Tables &tables) {
        const auto row = tables.folders.find(folder);
        return row ? row->total : -1;
    });
}

qint64 EngineFixture::pendingCount(AccountId account)
{
    return read([account](const Tables &tables) { return qint64(tables.pendingOps.all(account).size()); });
}

QList<OutboxItem> EngineFixture::outbox()
{
    return read([](const Tables &tables) { return tables.outbox.all(); });
}

std::optional<OutboxItem> EngineFixture::told(OutboxId item) const
{
    const auto newest = std::find_if(
        m_outboxTold.crbegin(), m_outboxTold.crend(), [item](const OutboxItem &each) { return each.id == item; });
    return newest == m_outboxTold.crend() ? std::nullopt : std::optional(*newest);
}

QByteArray sampleMail(const QByteArray &subject, const QByteArray &messageId, const QByteArray &text)
{
    return "From: Disarida <disarida@example.net>\r\nTo: ayse@example.test\r\nSubject: " + subject + "\r\nMessage-ID: <"
        + messageId
        + ">\r\nDate: Mon, 02 Mar 2026 09:30:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; "
          "charset=utf-8\r\n\r\n"
        + text;
}

} // namespace postaci
