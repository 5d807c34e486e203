// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/store/store.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <memory>

namespace postaci {

/// Waits for a result of the store. Its continuations run on the store's threads, so waiting here blocks nothing.
template <class T> Result<T> wait(QFuture<Result<T>> future)
{
    future.waitForFinished();
    return future.result();
}

/// One write or read, that has to succeed.
template <class F> auto inStore(Store &store, F function, Store::Durability durability = Store::Durability::Rebuildable)
{
    using Value = std::invoke_result_t<F, Tables &>;
    if constexpr (std::is_void_v<Value>) {
        const Result<void> result = wait(store.write(
            [function](Tables &tables) -> Result<void> {
                function(tables);
                return {};
            },
            durability));
        if (!result)
            qFatal("store: %s", qPrintable(result.error().summary()));
    } else {
        const Result<Value> result
            = wait(store.write([function](Tables &tables) -> Result<Value> { return function(tables); }, durability));
        if (!result)
            qFatal("store: %s", qPrintable(result.error().summary()));
        return *result;
    }
}

template <class F> auto fromStore(Store &store, F function)
{
    using Value = std::invoke_result_t<F, const Tables &>;
    const Result<Value> result
        = wait(store.read([function](const Tables &tables) -> Result<Value> { return function(tables); }));
    if (!result)
        qFatal("store: %s", qPrintable(result.error().summary()));
    return *result;
}

inline Account sampleAccount(const QString &address)
{
    return {
        .name = address,
        .identity = {.name = QStringLiteral("Ayşe Işık"), .address = address},
        .incoming = {.protocol = Protocol::Imap,
            .host = QStringLiteral("imap.example.org"),
            .port = 993,
            .encryption = Encryption::ImplicitTls,
            .userName = address},
        .outgoing = {.protocol = Protocol::Smtp,
            .host = QStringLiteral("smtp.example.org"),
            .port = 587,
            .encryption = Encryption::StartTls,
            .userName = address},
    };
}

inline MessageHeader sampleHeader(quint32 uid, Flags flags = {})
{
    const QDateTime base = QDateTime::fromSecsSinceEpoch(1'700'000'000, QTimeZone::UTC);
    MessageHeader header;
    header.uid = uid;
    header.flags = flags;
    header.received = base.addSecs(uid * 60);
    header.size = 1000 + uid;
    header.envelope.date = base.addSecs(uid * 60 - 5);
    header.envelope.subject = QStringLiteral("Konu %1").arg(uid);
    header.envelope.from = {{.name = QStringLiteral("Ali Veli"), .address = QStringLiteral("ali@example.org")}};
    header.envelope.to = {{.name = QStringLiteral("Ayşe Işık"), .address = QStringLiteral("ayse@example.org")}};
    header.envelope.messageIdHeader = "m" + QByteArray::number(uid) + "@example.org";
    return header;
}

/// An open store in a directory of its own, with one account that has an inbox and an archive.
struct StoreFixture {
    StoreFixture()
    {
        if (const Result<void> opened = wait(store.open()); !opened)
            qFatal("store: %s", qPrintable(opened.error().summary()));
        account = inStore(store,
            [](Tables &tables) { return tables.accounts.insert(sampleAccount(QStringLiteral("ayse@example.org"))); });
        inbox = addFolder(QStringLiteral("INBOX"), FolderRole::Inbox);
        archive = addFolder(QStringLiteral("Arşiv"), FolderRole::Archive);
    }

    FolderId addFolder(const QString &path, FolderRole role = FolderRole::None)
    {
        return inStore(store, [this, path, role](Tables &tables) {
            return tables.folders.insert({.account = account, .path = path, .separator = u'/', .role = role});
        });
    }

    QList<MessageId> add(FolderId folder, const QList<MessageHeader> &headers)
    {
        return inStore(store, [=](Tables &tables) { return tables.messages.upsert(folder, headers); });
    }

    Folder folder(FolderId id)
    {
        return fromStore(store, [id](const Tables &tables) { return tables.folders.find(id).value(); });
    }

    void close() { m_store.reset(); }

    QTemporaryDir dir;

private:
    std::unique_ptr<Store> m_store = std::make_unique<Store>(dir.path());

public:
    Store &store = *m_store;
    AccountId account;
    FolderId inbox;
    FolderId archive;
};

} // namespace postaci
