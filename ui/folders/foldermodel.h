// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/mail/account.h"
#include "core/mail/folder.h"
#include "core/store/storechange.h"

#include <QHash>
#include <QList>
#include <QStandardItemModel>

#include <optional>

namespace postaci {

class Store;

/// What can be chosen in the folder pane.
struct Place {
    enum class Kind { None, Account, Folder, Drafts, Outbox };

    Kind kind = Kind::None;
    AccountId account; ///< Of Account and Folder.
    FolderId folder;

    friend bool operator==(const Place &, const Place &) = default;
};

/// The accounts with their folders as a tree, special folders first; below them what waits on this computer: drafts and
/// the outbox, and folders that no server has. Reads the store again when that says something changed, and only renews
/// the tree when its shape did.
class FolderModel : public QStandardItemModel {
    Q_OBJECT

public:
    enum Role {
        PlaceRole = Qt::UserRole + 1, ///< Place
        BadgeRole, ///< Number to show at the edge; 0: none.
        StrongRole, ///< The badge counts unread mail.
    };

    explicit FolderModel(Store &store, QObject *parent = nullptr);

    /// The first read; once the signals are connected, since the answer may be there at once.
    void load();

    const QList<Account> &accounts() const { return m_accounts; }
    std::optional<Account> account(AccountId id) const;
    /// That has the folders of this computer; none before the first one.
    AccountId computer() const { return m_computer; }
    /// Whether the account's folders are on this computer only.
    bool isLocal(AccountId id) const;
    /// Of one account, in the order of the tree.
    QList<Folder> folders(AccountId account) const;
    std::optional<Folder> folder(FolderId id) const;
    std::optional<Folder> folderByRole(AccountId account, FolderRole role) const;
    Place placeAt(const QModelIndex &index) const;
    QModelIndex indexOf(const Place &place) const;
    qsizetype outboxCount() const { return m_outbox; }

    /// Texts and icons anew: language or palette changed.
    void retranslate();

Q_SIGNALS:
    /// The first answer of the store, or a later one that changed the accounts.
    void accountsChanged();
    /// The tree has been made anew: view state is to be restored.
    void renewed();
    void failed(const postaci::MailError &error);

private:
    struct Snapshot;

    void onStoreChanged(const StoreChange &change);
    void reload();
    void apply(const Snapshot &snapshot);
    void rebuild();
    void addFolders(QStandardItem *parent, AccountId account);
    void updateItem(QStandardItem *item);
    QStandardItem *makeItem(const Place &place);

    Store &m_store;
    QList<Account> m_accounts;
    AccountId m_computer;
    QHash<AccountId, QList<Folder>> m_folders;
    QHash<FolderId, QStandardItem *> m_items;
    qsizetype m_outbox = 0;
    qsizetype m_drafts = 0;
    bool m_loaded = false;
    bool m_reloading = false;
    bool m_reloadAgain = false;
};

} // namespace postaci

Q_DECLARE_METATYPE(postaci::Place)
