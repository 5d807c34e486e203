// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sync/folderactions.h"

#include "core/sync/localmail.h"

#include <algorithm>

namespace postaci::actions {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestName = 200;
constexpr QChar separator = u'/';

tl::unexpected<MailError> refusal(ErrorKind kind, const QString &subject = {})
{
    return failure({.kind = kind, .step = Step::ChangeFolders, .subject = subject});
}

bool isLocal(const Tables &tables, AccountId id)
{
    const std::optional<Account> account = tables.accounts.find(id);
    return account && account->isLocal();
}

Result<Folder> localFolder(const Tables &tables, FolderId id)
{
    const std::optional<Folder> folder = tables.folders.find(id);
    if (!folder)
        return refusal(ErrorKind::NotFound);
    if (!isLocal(tables, folder->account))
        return refusal(ErrorKind::ReadOnly, folder->path);
    return *folder;
}

/// One that the program does not need under this name in this place.
Result<Folder> ordinaryFolder(const Tables &tables, FolderId id)
{
    const Result<Folder> folder = localFolder(tables, id);
    if (folder && folder->role != FolderRole::None)
        return refusal(ErrorKind::ReadOnly, folder->path);
    return folder;
}

Result<QString> cleanName(const QString &typed)
{
    const QString name = typed.simplified();
    const bool isFit = !name.isEmpty() && name.size() <= longestName && !name.contains(separator)
        && std::all_of(name.cbegin(), name.cend(), [](QChar c) { return c.isPrint() || c.isSurrogate(); });
    if (!isFit)
        return refusal(ErrorKind::InvalidInput, typed.left(longestName));
    return name;
}

QString joined(const QString &parent, const QString &name)
{
    return parent.isEmpty() ? name : parent + separator + name;
}

bool isBelow(const Folder &folder, const Folder &above)
{
    return folder.account == above.account && folder.path.startsWith(above.path + separator);
}

/// A name in any case: "inbox" beside "INBOX" would be the same to a user, and to some servers.
bool isTaken(const Tables &tables, AccountId account, const QString &path, FolderId except = {})
{
    const QList<Folder> all = tables.folders.all(account);
    return std::any_of(all.cbegin(), all.cend(), [&](const Folder &folder) {
        return folder.id != except && folder.path.compare(path, Qt::CaseInsensitive) == 0;
    });
}

/// The folder and all below it, under a new path.
Result<void> transplant(Tables &tables, const Folder &folder, AccountId account, const QString &path)
{
    if (isTaken(tables, account, path, folder.id))
        return refusal(ErrorKind::AlreadyExists, path);
    const QList<Folder> all = tables.folders.all(folder.account);
    for (Folder one : all) {
        if (one.id != folder.id && !isBelow(one, folder))
            continue;
        one.account = account;
        one.path = path + one.path.sliced(folder.path.size());
        one.separator = separator;
        tables.folders.update(one);
    }
    return {};
}

} // namespace

Result<FolderId> createFolder(Tables &tables, AccountId account, FolderId parent, const QString &typed)
{
    const Result<QString> name = cleanName(typed);
    if (!name)
        return failure(name.error());
    QString above;
    if (parent) {
        const Result<Folder> folder = localFolder(tables, parent);
        if (!folder)
            return failure(folder.error());
        account = folder->account;
        above = folder->path;
    } else if (!account) {
        account = local::computer(tables);
    }
    if (!isLocal(tables, account))
        return refusal(ErrorKind::ReadOnly);
    const QString path = joined(above, *name);
    if (isTaken(tables, account, path))
        return refusal(ErrorKind::AlreadyExists, path);
    return tables.folders.insert({.account = account, .path = path, .separator = separator});
}

Result<void> renameFolder(Tables &tables, FolderId id, const QString &typed)
{
    const Result<Folder> folder = ordinaryFolder(tables, id);
    if (!folder)
        return failure(folder.error());
    const Result<QString> name = cleanName(typed);
    if (!name)
        return failure(name.error());
    return transplant(tables, *folder, folder->account, joined(folder->path.section(separator, 0, -2), *name));
}

Result<void> moveFolder(Tables &tables, FolderId id, AccountId account, FolderId parent)
{
    const Result<Folder> folder = ordinaryFolder(tables, id);
    if (!folder)
        return failure(folder.error());
    QString above;
    if (parent) {
        const Result<Folder> target = localFolder(tables, parent);
        if (!target)
            return failure(target.error());
        if (target->id == id || isBelow(*target, *folder))
            return refusal(ErrorKind::InvalidInput, target->path);
        account = target->account;
        above = target->path;
    } else if (!account) {
        account = folder->account;
    }
    if (!isLocal(tables, account))
        return refusal(ErrorKind::ReadOnly);
    return transplant(tables, *folder, account, joined(above, folder->name()));
}

bool isDeletedForGood(const Tables &tables, FolderId id)
{
    const std::optional<Folder> folder = tables.folders.find(id);
    const std::optional<Folder> trash
        = folder ? tables.folders.findByRole(folder->account, FolderRole::Trash) : std::nullopt;
    return !trash || isBelow(*folder, *trash);
}

Result<void> deleteFolder(Tables &tables, FolderId id)
{
    const Result<Folder> folder = ordinaryFolder(tables, id);
    if (!folder)
        return failure(folder.error());
    if (isDeletedForGood(tables, id)) {
        const QList<Folder> all = tables.folders.all(folder->account);
        for (const Folder &one : all) {
            if (one.id == id || isBelow(one, *folder))
                tables.folders.remove(one.id);
        }
        return {};
    }
    const Folder trash = *tables.folders.findByRole(folder->account, FolderRole::Trash);
    QString path = joined(trash.path, folder->name());
    for (int number = 2; isTaken(tables, folder->account, path); ++number)
        path = joined(trash.path, u"%1 (%2)"_s.arg(folder->name()).arg(number));
    return transplant(tables, *folder, folder->account, path);
}

} // namespace postaci::actions
