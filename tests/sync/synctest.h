// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/store/storetest.h"

namespace postaci {

/// A store with one account and three folders that were synchronised once under UIDVALIDITY 77.
class SyncFixture {
public:
    SyncFixture()
    {
        account = inStore(m_temp.store,
            [](Tables &tables) { return tables.accounts.insert(sampleAccount(QStringLiteral("ayse@example.org"))); });
        inbox = addFolder(QStringLiteral("INBOX"), FolderRole::Inbox);
        archive = addFolder(QStringLiteral("Archive"), FolderRole::Archive);
        trash = addFolder(QStringLiteral("Trash"), FolderRole::Trash);
    }

    static constexpr quint32 uidValidity = 77;

    Store &store() { return m_temp.store; }

    FolderId addFolder(const QString &path, FolderRole role)
    {
        return inStore(m_temp.store, [this, path, role](Tables &tables) {
            const FolderId id
                = tables.folders.insert({.account = account, .path = path, .separator = u'/', .role = role});
            tables.folders.setSyncState(id, {.uidValidity = uidValidity, .uidNext = 100, .headersComplete = true});
            return id;
        });
    }

    static QByteArray messageIdOf(quint32 uid) { return "m" + QByteArray::number(uid) + "@example.org"; }

    static MessageHeader headerOf(quint32 uid, Flags flags = {})
    {
        MessageHeader header = sampleHeader(uid, flags);
        header.envelope.messageIdHeader = messageIdOf(uid);
        return header;
    }

    /// As if its mail came by POP3: no server knows of its folders.
    void makeLocal()
    {
        inStore(m_temp.store, [this](Tables &tables) {
            Account local = *tables.accounts.find(account);
            local.incoming.protocol = Protocol::Pop3;
            tables.accounts.update(local);
        });
    }

    MessageId addMessage(FolderId folder, quint32 uid, Flags flags = {})
    {
        return inStore(m_temp.store,
            [=](Tables &tables) { return tables.messages.upsert(folder, {headerOf(uid, flags)}).first(); });
    }

    QList<PendingOp> ops()
    {
        return fromStore(m_temp.store, [this](const Tables &tables) { return tables.pendingOps.all(account); });
    }

    /// A default header when there is none.
    MessageHeader header(MessageId id)
    {
        return fromStore(
            m_temp.store, [id](const Tables &tables) { return tables.messages.header(id).value_or(MessageHeader()); });
    }

    AccountId account;
    FolderId inbox;
    FolderId archive;
    FolderId trash;
    const QDateTime now = QDateTime(QDate(2026, 3, 2), QTime(9, 30), QTimeZone::UTC);

private:
    TempStore m_temp;
};

} // namespace postaci
