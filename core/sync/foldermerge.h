// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/imap/imaptypes.h"
#include "core/mail/messageheader.h"
#include "core/store/tables.h"

#include <QList>
#include <QSet>

/// What a server said about a folder, laid into the store under what the user did meanwhile. Each function is meant for
/// one transaction, in which it reads the pending actions itself: none can slip in between.
namespace postaci::merge {

struct Headers {
    FolderId folder;
    quint32 uidValidity = 0;
    QList<MessageHeader> headers;
    bool place = false; ///< Give UIDs to unplaced rows of the same Message-ID and size instead of adding new ones.
};

/// Adds and updates rows. Returns how many were added.
qsizetype headers(Tables &tables, const Headers &fetched);

void flags(Tables &tables, FolderId folder, quint32 uidValidity, const QList<FetchedFlags> &fetched);

/// UIDVALIDITY changed: the rows stay, to be recognised by Message-ID when the folder is read anew.
void forgetNumbering(Tables &tables, FolderId folder);

/// After a complete sync: rows that are neither on the server nor on their way there.
void removeUnplaced(Tables &tables, FolderId folder);

/// The account's folder list: adds and updates; removes those in `gone`, with their messages. What the user did to
/// folders and the server has not heard of is laid over `remote`.
void folderList(Tables &tables, AccountId account, const QList<Folder> &remote, const QSet<QString> &gone);

} // namespace postaci::merge
