// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/localmail.h"

#include <array>

namespace postaci::local {

using namespace Qt::StringLiterals;

namespace {

struct Place {
    FolderRole role;
    QLatin1StringView path;
};
/// The user reads the role's name in the language of the program; the path is for the store and the command line.
constexpr std::array places{Place{FolderRole::Inbox, "INBOX"_L1}, Place{FolderRole::Drafts, "Drafts"_L1},
    Place{FolderRole::Sent, "Sent"_L1}, Place{FolderRole::Junk, "Junk"_L1}, Place{FolderRole::Trash, "Trash"_L1}};

} // namespace

void makeFolders(Tables &tables, AccountId account)
{
    for (const Place &place : places)
        (void)folderFor(tables, account, place.role);
}

FolderId folderFor(Tables &tables, AccountId account, FolderRole role)
{
    if (const std::optional<Folder> folder = tables.folders.findByRole(account, role))
        return folder->id;
    QString path;
    for (const Place &place : places) {
        if (place.role == role)
            path = place.path;
    }
    Q_ASSERT(!path.isEmpty());
    while (tables.folders.findByPath(account, path))
        path += u'_';
    return tables.folders.insert({.account = account, .path = path, .separator = u'/', .role = role});
}

AccountId computer(Tables &tables)
{
    if (const std::optional<Account> account = tables.accounts.onThisComputer())
        return account->id;
    Account account;
    account.incoming.protocol = Protocol::Local;
    const AccountId id = tables.accounts.insert(account);
    (void)folderFor(tables, id, FolderRole::Trash);
    return id;
}

MessageHeader RowReader::read(const QByteArray &raw, Flags flags, qint64 size, const QDateTime &now)
{
    MessageHeader header;
    header.flags = flags;
    header.size = size;
    header.envelope = m_parser.parse(raw);
    header.received = deliveryTime(raw);
    if (!header.received.isValid())
        header.received = header.envelope.date;
    if (!header.received.isValid() || header.received > now)
        header.received = now;
    return header;
}

Message read(const QByteArray &raw, Flags flags, const QDateTime &now)
{
    return {.header = RowReader().read(raw, flags, raw.size(), now), .raw = raw};
}

MessageId insert(Tables &tables, FolderId folder, const Message &message)
{
    return tables.messages.insertWhole(folder, message.header, message.raw);
}

PlacedMessage place(
    Tables &tables, const Folder &folder, const Message &message, MessageId source, const QDateTime &now)
{
    PlacedMessage placed{.message = insert(tables, folder.id, message), .touched = {}};
    const std::optional<Account> account = tables.accounts.find(folder.account);
    if (!account || account->isLocal())
        return placed;
    PendingOp op;
    op.account = folder.account;
    op.kind = PendingOp::Kind::Put;
    op.toFolder = folder.id;
    op.message = placed.message;
    op.source = source;
    op.messageIdHeader = message.header.envelope.messageIdHeader;
    op.createdAt = now;
    tables.pendingOps.insert(op);
    placed.touched.insert(folder.account);
    return placed;
}

} // namespace postaci::local
