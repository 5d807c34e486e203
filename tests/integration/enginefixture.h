// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "tests/support/await.h"

#include <QHash>
#include <QObject>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace postaci {

/// A profile with its engine, as the program runs them; start() and stop() may follow each other like runs of the
/// program. Remembers what the engine said.
class EngineFixture : public QObject {
    Q_OBJECT

public:
    struct Row {
        MessageHeader header;
        QByteArray raw; ///< Empty when it is not here.
    };

    explicit EngineFixture(TlsPolicy tls, bool keepConnected = true);
    ~EngineFixture() override;

    /// Before start(), for what else the engine is to be given.
    MailEngine::Options &options() { return m_options; }
    [[nodiscard]] bool start();
    void stop();
    MailEngine &engine() { return *m_engine; }
    Store &store() { return *m_store; }
    QString directory() const { return m_directory.path(); }

    /// Passwords live in memory: after stop() and start() they are given again.
    SetupReport check(const Account &account, const QString &password, CheckOptions options = {});
    [[nodiscard]] Result<AccountId> add(const Account &account, const QString &password);
    void setPassword(AccountId account, const QString &password);

    std::optional<Folder> folder(AccountId account, const QString &path);
    std::optional<Folder> folder(AccountId account, FolderRole role);
    FolderId folderId(AccountId account, FolderRole role);
    /// Newest first, with bodies.
    QList<Row> rows(FolderId folder);
    std::optional<MessageHeader> find(FolderId folder, const QString &subject);
    qint64 total(FolderId folder);
    qint64 pendingCount(AccountId account);
    QList<OutboxItem> outbox();

    AccountState state(AccountId account) const { return m_states.value(account); }
    QList<MailError> refusals() const { return m_refusals; }
    QList<CheckStep> checkSteps() const { return m_checkSteps; }
    /// The newest that was told of this mail.
    std::optional<OutboxItem> told(OutboxId item) const;
    int newMailCount() const { return m_newMail; }

    template <class F> auto read(F function)
    {
        using Value = std::invoke_result_t<F, const Tables &>;
        const Result<Value> result
            = await(m_store->read([function](const Tables &tables) -> Result<Value> { return function(tables); }));
        if (!result)
            qFatal("store: %s", qPrintable(result.error().summary()));
        return *result;
    }

private:
    QTemporaryDir m_directory;
    MailEngine::Options m_options;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<MailEngine> m_engine;
    QHash<AccountId, AccountState> m_states;
    QList<MailError> m_refusals;
    QList<CheckStep> m_checkSteps;
    QList<OutboxItem> m_outboxTold;
    int m_newMail = 0;
};

/// A mail with these fields; CR LF line ends.
QByteArray sampleMail(const QByteArray &subject, const QByteArray &messageId, const QByteArray &text = "metin\r\n");

} // namespace postaci
