// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/folderactions.h"

#include "core/sync/folderroles.h"
#include "core/sync/localmail.h"
#include "core/sync/pendingfolders.h"

#include <algorithm>

namespace postaci::actions {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestName = 200;
constexpr QChar localSeparator = u'/';

tl::unexpected<MailError> refusal(ErrorKind kind, const QString &subject = {})
{
    return failure({.kind = kind, .step = Step::ChangeFolders, .subject = subject});
}

/// Where a folder is, or is to be: an account, and what its folders are like.
struct Place {
    AccountId account;
    QChar separator; ///< Null where the server has no hierarchy.
    bool isLocal = false;
};

Result<Place> placeOf(const Tables &tables, AccountId id)
{
    const std::optional<Account> account = tables.accounts.find(id);
    if (!account)
        return refusal(ErrorKind::NotFound);
    Place place{.account = id, .separator = localSeparator, .isLocal = account->isLocal()};
    if (!place.isLocal) {
        const QList<Folder> all = tables.folders.all(id);
        const auto one
            = std::find_if(all.cbegin(), all.cend(), [](const Folder &folder) { return !folder.separator.isNull(); });
        place.separator = one == all.cend() ? QChar() : one->separator;
    }
    return place;
}

Result<Folder> found(const Tables &tables, FolderId id)
{
    const std::optional<Folder> folder = tables.folders.find(id);
    if (!folder)
        return refusal(ErrorKind::NotFound);
    return *folder;
}

/// One that nobody needs under this name in this place.
Result<Folder> ordinaryFolder(const Tables &tables, FolderId id)
{
    const Result<Folder> folder = found(tables, id);
    if (folder && folder->role != FolderRole::None)
        return refusal(ErrorKind::ReadOnly, folder->path);
    return folder;
}

/// Of a server's the wildcards of LIST would make trouble with other programs (RFC 9051 6.3.9).
Result<QString> cleanName(const QString &typed, const Place &place)
{
    const QString name = typed.simplified();
    const bool isFit = !name.isEmpty() && name.size() <= longestName
        && !(!place.separator.isNull() && name.contains(place.separator))
        && !(!place.isLocal && (name.contains(u'*') || name.contains(u'%')))
        && std::all_of(name.cbegin(), name.cend(), [](QChar c) { return c.isPrint() || c.isSurrogate(); });
    if (!isFit)
        return refusal(ErrorKind::InvalidInput, typed.left(longestName));
    return name;
}

bool isBelow(const Folder &folder, const Folder &above)
{
    return folder.account == above.account && folder.path != above.path
        && pendingfolders::isWithin(folder.path, above.path, above.separator);
}

/// The folder itself first.
QList<Folder> withThoseBelow(const Tables &tables, const Folder &folder)
{
    QList<Folder> list{folder};
    const QList<Folder> all = tables.folders.all(folder.account);
    std::copy_if(all.cbegin(), all.cend(), std::back_inserter(list),
        [&folder](const Folder &one) { return isBelow(one, folder); });
    return list;
}

/// A name in any case: "inbox" beside "INBOX" would be the same to a user, and to some servers.
bool isTaken(const Tables &tables, AccountId account, const QString &path, FolderId except = {})
{
    const QList<Folder> all = tables.folders.all(account);
    return std::any_of(all.cbegin(), all.cend(), [&](const Folder &folder) {
        return folder.id != except && folder.path.compare(path, Qt::CaseInsensitive) == 0;
    });
}

/// The path of a folder of this name in `parent`, or at the top.
Result<QString> pathIn(
    const Tables &tables, const Place &place, const std::optional<Folder> &parent, const QString &name)
{
    if (!parent)
        return place.isLocal ? name : pathForNewFolder(tables.folders.all(place.account), name);
    if (place.separator.isNull())
        return refusal(ErrorKind::ReadOnly, parent->path);
    return parent->path + place.separator + name;
}

void queue(Tables &tables, PendingOp::Kind kind, const Folder &folder, const QString &newPath, const QDateTime &now)
{
    PendingOp op;
    op.account = folder.account;
    op.kind = kind;
    op.folder = folder.id;
    op.path = folder.path;
    op.newPath = newPath;
    op.createdAt = now;
    tables.pendingOps.insert(op);
}

/// The folder and all below it, under a new path.
Result<void> transplant(
    Tables &tables, const Folder &folder, const Place &to, const QString &path, const QDateTime &now)
{
    if (path == folder.path && to.account == folder.account)
        return {};
    if (isTaken(tables, to.account, path, folder.id))
        return refusal(ErrorKind::AlreadyExists, path);
    if (!to.isLocal)
        queue(tables, PendingOp::Kind::RenameFolder, folder, path, now);
    const QList<Folder> moved = withThoseBelow(tables, folder);
    for (Folder one : moved) {
        one.account = to.account;
        one.path = path + one.path.sliced(folder.path.size());
        one.separator = to.separator;
        tables.folders.update(one);
    }
    return {};
}

/// The deepest first: a server deletes no folder that has others.
void deleteOnServer(Tables &tables, QList<Folder> all, const QDateTime &now)
{
    std::sort(all.begin(), all.end(), [](const Folder &a, const Folder &b) { return a.path.size() > b.path.size(); });
    for (const Folder &one : std::as_const(all)) {
        queue(tables, PendingOp::Kind::DeleteFolder, one, {}, now);
        tables.folders.remove(one.id);
    }
}

} // namespace

Result<FolderId> createFolder(
    Tables &tables, AccountId account, FolderId parentId, const QString &typed, const QDateTime &now)
{
    std::optional<Folder> parent;
    if (parentId) {
        const Result<Folder> folder = found(tables, parentId);
        if (!folder)
            return failure(folder.error());
        parent = *folder;
        account = folder->account;
    }
    // Looked at before the account on this computer comes into being.
    const Result<Place> place = account ? placeOf(tables, account) : Place{{}, localSeparator, true};
    if (!place)
        return failure(place.error());
    const Result<QString> name = cleanName(typed, *place);
    if (!name)
        return failure(name.error());
    if (!account)
        account = local::computer(tables);
    const Result<QString> path = pathIn(tables, *place, parent, *name);
    if (!path)
        return failure(path.error());
    if (isTaken(tables, account, *path))
        return refusal(ErrorKind::AlreadyExists, *path);
    Folder made{.account = account, .path = *path, .separator = place->separator};
    made.id = tables.folders.insert(made);
    if (!place->isLocal)
        queue(tables, PendingOp::Kind::CreateFolder, made, {}, now);
    return made.id;
}

Result<void> renameFolder(Tables &tables, FolderId id, const QString &typed, const QDateTime &now)
{
    const Result<Folder> folder = ordinaryFolder(tables, id);
    if (!folder)
        return failure(folder.error());
    Result<Place> place = placeOf(tables, folder->account);
    if (!place)
        return failure(place.error());
    place->separator = folder->separator; // A server may have several namespaces.
    const Result<QString> name = cleanName(typed, *place);
    if (!name)
        return failure(name.error());
    const QString above = place->separator.isNull() ? QString() : folder->path.section(place->separator, 0, -2);
    return transplant(tables, *folder, *place, above.isEmpty() ? *name : above + place->separator + *name, now);
}

Result<void> moveFolder(Tables &tables, FolderId id, AccountId account, FolderId parentId, const QDateTime &now)
{
    const Result<Folder> folder = ordinaryFolder(tables, id);
    if (!folder)
        return failure(folder.error());
    std::optional<Folder> parent;
    if (parentId) {
        const Result<Folder> target = found(tables, parentId);
        if (!target)
            return failure(target.error());
        if (target->id == id || isBelow(*target, *folder))
            return refusal(ErrorKind::InvalidInput, target->path);
        parent = *target;
        account = target->account;
    } else if (!account) {
        account = folder->account;
    }
    const Result<Place> from = placeOf(tables, folder->account);
    const Result<Place> to = placeOf(tables, account);
    if (!from || !to)
        return failure(from ? to.error() : from.error());
    if (account != folder->account && !(from->isLocal && to->isLocal))
        return refusal(ErrorKind::ReadOnly, folder->path);
    const Result<QString> path = pathIn(tables, *to, parent, folder->name());
    return path ? transplant(tables, *folder, *to, *path, now) : failure(path.error());
}

bool isDeletedForGood(const Tables &tables, FolderId id)
{
    const std::optional<Folder> folder = tables.folders.find(id);
    const std::optional<Folder> trash
        = folder ? tables.folders.findByRole(folder->account, FolderRole::Trash) : std::nullopt;
    return !trash || trash->separator.isNull() || isBelow(*folder, *trash);
}

Result<void> deleteFolder(Tables &tables, FolderId id, Deletion deletion, const QDateTime &now)
{
    const Result<Folder> folder = ordinaryFolder(tables, id);
    if (!folder)
        return failure(folder.error());
    const Result<Place> place = placeOf(tables, folder->account);
    if (!place)
        return failure(place.error());
    const QList<Folder> all = withThoseBelow(tables, *folder);
    for (const Folder &one : all) {
        if (one.role != FolderRole::None)
            return refusal(ErrorKind::ReadOnly, one.path);
    }
    if (deletion == Deletion::ForGood || isDeletedForGood(tables, id)) {
        if (!place->isLocal) {
            deleteOnServer(tables, all, now);
        } else {
            for (const Folder &one : all)
                tables.folders.remove(one.id);
        }
        return {};
    }
    const Folder trash = *tables.folders.findByRole(folder->account, FolderRole::Trash);
    const QString name = trash.path + trash.separator + folder->name();
    QString path = name;
    for (int number = 2; isTaken(tables, folder->account, path); ++number)
        path = u"%1 (%2)"_s.arg(name).arg(number);
    return transplant(tables, *folder, *place, path, now);
}

Result<void> putFolderBack(Tables &tables, FolderId id, AccountId account, const QString &path, const QDateTime &now)
{
    const Result<Folder> folder = found(tables, id);
    const Result<Place> place = placeOf(tables, account);
    if (!folder || !place)
        return failure(folder ? place.error() : folder.error());
    return transplant(tables, *folder, *place, path, now);
}

Result<void> repeatFolderOp(Tables &tables, const PendingOp &op, const QDateTime &now)
{
    const Result<Place> place = placeOf(tables, op.account);
    if (!place)
        return failure(place.error());
    if (op.kind == PendingOp::Kind::CreateFolder) {
        if (isTaken(tables, op.account, op.path))
            return refusal(ErrorKind::AlreadyExists, op.path);
        Folder made{.account = op.account, .path = op.path, .separator = place->separator};
        made.id = tables.folders.insert(made);
        queue(tables, PendingOp::Kind::CreateFolder, made, {}, now);
        return {};
    }
    const Result<Folder> folder = ordinaryFolder(tables, op.folder);
    if (!folder)
        return failure(folder.error());
    if (op.kind == PendingOp::Kind::RenameFolder)
        return transplant(tables, *folder, *place, op.newPath, now);
    return deleteFolder(tables, op.folder, Deletion::ForGood, now);
}

QSet<AccountId> withFolderOps(const Tables &tables)
{
    QSet<AccountId> ids;
    const QList<Account> accounts = tables.accounts.all();
    for (const Account &account : accounts) {
        if (!tables.pendingOps.ofFolders(account.id).isEmpty())
            ids.insert(account.id);
    }
    return ids;
}

} // namespace postaci::actions
