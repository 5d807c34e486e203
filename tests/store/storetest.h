// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/tempstore.h"

#include <QTest>
#include <QTimeZone>

namespace postaci {

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

/// A store with one account that has an inbox and an archive.
struct StoreFixture : TempStore {
    StoreFixture()
    {
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

    AccountId account;
    FolderId inbox;
    FolderId archive;
};

} // namespace postaci
