// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mail/folder.h"
#include "core/mail/messageheader.h"
#include "core/mime/headerparser.h"
#include "core/store/tables.h"

#include <QByteArray>
#include <QDateTime>
#include <QSet>
#include <QString>

/// Mail that only this computer has: the folders of a POP3 account and what is in them. No server knows of either, so
/// nothing here goes through pending operations.
namespace postaci::local {

/// Makes those of Inbox, Drafts, Sent, Junk and Trash that the account does not have.
void makeFolders(Tables &tables, AccountId account);
/// The account's folder for this, made where it is missing.
FolderId folderFor(Tables &tables, AccountId account, FolderRole role);

/// The account "On this computer", made with a Trash where there is none.
AccountId computer(Tables &tables);

/// A whole message and what its row in the list says. Its text is read later: see TextIndexer.
struct Message {
    MessageHeader header;
    QByteArray raw;
};

/// Reads the row of a message from its header or all of it. The message's place in the list is when the last server
/// took it, or its own date; never later than `now`. Use one for some hundred messages; one thread.
class RowReader {
public:
    MessageHeader read(const QByteArray &raw, Flags flags, qint64 size, const QDateTime &now);

private:
    EnvelopeParser m_parser;
};

/// Meant for a worker thread.
Message read(const QByteArray &raw, Flags flags, const QDateTime &now);
/// With its raw bytes.
MessageId insert(Tables &tables, FolderId folder, const Message &message);

struct PlacedMessage {
    MessageId message;
    QSet<AccountId> touched; ///< Has something to tell its server.
};
/// Into any folder: where that is a server's, with the row that asks for putting it there.
/// @param source what goes once it has been seen there; none: nothing
PlacedMessage place(
    Tables &tables, const Folder &folder, const Message &message, MessageId source, const QDateTime &now);

} // namespace postaci::local
