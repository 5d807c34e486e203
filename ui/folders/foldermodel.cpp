// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/folders/foldermodel.h"

#include "core/store/store.h"
#include "ui/common/icons.h"
#include "ui/folders/foldertext.h"

#include <QCollator>
#include <QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace postaci {

namespace {

/// The same tree, whatever its counters say.
bool sameShape(const QList<Folder> &a, const QList<Folder> &b)
{
    return std::equal(a.cbegin(), a.cend(), b.cbegin(), b.cend(), [](const Folder &x, const Folder &y) {
        return x.id == y.id && x.path == y.path && x.role == y.role && x.selectable == y.selectable;
    });
}

QString parentPath(const Folder &folder)
{
    return folder.separator.isNull() ? QString() : folder.path.section(folder.separator, 0, -2);
}

} // namespace

struct FolderModel::Snapshot {
    QList<Account> accounts;
    AccountId computer;
    QHash<AccountId, QList<Folder>> folders;
    qsizetype outbox = 0;
    qsizetype drafts = 0;
};

FolderModel::FolderModel(Store &store, QObject *parent)
    : QStandardItemModel(parent)
    , m_store(store)
{
    connect(&store, &Store::changed, this, &FolderModel::onStoreChanged);
}

void FolderModel::load()
{
    reload();
}

void FolderModel::onStoreChanged(const StoreChange &change)
{
    if (change.accounts || change.outbox || change.drafts || !change.folderLists.isEmpty()
        || !change.counters.isEmpty())
        reload();
}

void FolderModel::reload()
{
    if (m_reloading) {
        m_reloadAgain = true;
        return;
    }
    m_reloading = true;
    m_store
        .read([](const Tables &tables) -> Result<Snapshot> {
            Snapshot snapshot;
            snapshot.accounts = tables.accounts.all();
            for (const Account &account : std::as_const(snapshot.accounts))
                snapshot.folders.insert(account.id, tables.folders.all(account.id));
            if (const auto computer = tables.accounts.onThisComputer()) {
                snapshot.computer = computer->id;
                snapshot.folders.insert(computer->id, tables.folders.all(computer->id));
            }
            snapshot.outbox = tables.outbox.all().size();
            snapshot.drafts = tables.drafts.all().size();
            return snapshot;
        })
        .then(this, [this](const Result<Snapshot> &snapshot) {
            m_reloading = false;
            if (snapshot)
                apply(*snapshot);
            else
                Q_EMIT failed(snapshot.error());
            if (std::exchange(m_reloadAgain, false))
                reload();
        });
}

void FolderModel::apply(const Snapshot &snapshot)
{
    QHash<AccountId, QList<Folder>> folders = snapshot.folders;
    QCollator collator;
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    collator.setNumericMode(true);
    for (QList<Folder> &list : folders) {
        std::sort(list.begin(), list.end(), [&collator](const Folder &a, const Folder &b) {
            const int difference = folderOrder(a.role) - folderOrder(b.role);
            return difference ? difference < 0 : collator.compare(a.path, b.path) < 0;
        });
    }

    const bool accounts = !m_loaded || snapshot.accounts != m_accounts;
    bool shape = accounts;
    for (auto it = folders.cbegin(); !shape && it != folders.cend(); ++it)
        shape = !sameShape(it.value(), m_folders.value(it.key()));

    m_accounts = snapshot.accounts;
    m_computer = snapshot.computer;
    m_folders = folders;
    m_outbox = snapshot.outbox;
    m_drafts = snapshot.drafts;
    m_loaded = true;
    if (shape)
        rebuild();
    else
        retranslate();
    if (accounts)
        Q_EMIT accountsChanged();
}

void FolderModel::rebuild()
{
    clear();
    m_items.clear();
    for (const Account &account : std::as_const(m_accounts)) {
        QStandardItem *item = makeItem({.kind = Place::Kind::Account, .account = account.id});
        appendRow(item);
        addFolders(item, account.id);
    }
    if (!m_accounts.isEmpty()) {
        QStandardItem *local = makeItem({});
        appendRow(local);
        local->appendRow(makeItem({.kind = Place::Kind::Drafts}));
        local->appendRow(makeItem({.kind = Place::Kind::Outbox}));
        if (m_computer)
            addFolders(local, m_computer);
    }
    Q_EMIT renewed();
}

void FolderModel::addFolders(QStandardItem *parent, AccountId account)
{
    const QList<Folder> folders = m_folders.value(account);
    // A name that cannot be opened is only of use for what stands below it; special folders do not.
    QHash<QString, QStandardItem *> byPath;
    QSet<QString> wanted;
    for (const Folder &folder : folders) {
        if (folder.role != FolderRole::None)
            continue;
        for (Folder above = folder; folder.selectable && !above.path.isEmpty(); above.path = parentPath(above))
            wanted.insert(above.path);
    }
    for (const Folder &folder : folders) {
        if (folder.role == FolderRole::None && !wanted.contains(folder.path))
            continue;
        QStandardItem *item = makeItem({.kind = Place::Kind::Folder, .account = account, .folder = folder.id});
        m_items.insert(folder.id, item);
        byPath.insert(folder.path, item);
    }
    for (const Folder &folder : folders) {
        QStandardItem *item = m_items.value(folder.id);
        if (!item)
            continue;
        QStandardItem *above = folder.role == FolderRole::None ? byPath.value(parentPath(folder)) : nullptr;
        (above ? above : parent)->appendRow(item);
    }
}

QStandardItem *FolderModel::makeItem(const Place &place)
{
    auto *item = new QStandardItem;
    item->setData(QVariant::fromValue(place), PlaceRole);
    item->setEditable(false);
    updateItem(item);
    return item;
}

void FolderModel::updateItem(QStandardItem *item)
{
    const Place place = item->data(PlaceRole).value<Place>();
    qint64 badge = 0;
    bool strong = false;
    switch (place.kind) {
    case Place::Kind::None:
        item->setText(tr("On this computer"));
        item->setSelectable(false);
        break;
    case Place::Kind::Account: {
        const auto found = account(place.account);
        item->setText(found ? found->name : QString());
        item->setSelectable(false);
        break;
    }
    case Place::Kind::Folder: {
        const auto found = folder(place.folder);
        if (!found)
            break;
        item->setText(folderTitle(*found));
        item->setIcon(folderIcon(found->role));
        item->setSelectable(found->selectable);
        item->setToolTip(found->path);
        // What was written or thrown away is no news.
        const bool quiet
            = found->role == FolderRole::Sent || found->role == FolderRole::Trash || found->role == FolderRole::Drafts;
        badge = found->role == FolderRole::Drafts ? found->total : quiet ? 0 : found->unread;
        strong = !quiet;
        break;
    }
    case Place::Kind::Drafts:
        item->setText(tr("Drafts"));
        item->setIcon(folderIcon(FolderRole::Drafts));
        badge = m_drafts;
        break;
    case Place::Kind::Outbox:
        item->setText(tr("Outbox"));
        item->setIcon(themeIcon(u"mail-folder-outbox"_s));
        badge = m_outbox;
        strong = true;
        break;
    }
    item->setData(badge, BadgeRole);
    item->setData(strong, StrongRole);
    item->setAccessibleText(badge == 0 ? item->text()
            : place.kind == Place::Kind::Folder && strong
            ? tr("%1, %n unread", nullptr, int(badge)).arg(item->text())
            : tr("%1, %n message(s)", nullptr, int(badge)).arg(item->text()));
}

void FolderModel::retranslate()
{
    const auto update = [this](const auto &self, QStandardItem *parent) -> void {
        for (int row = 0; row < parent->rowCount(); ++row) {
            updateItem(parent->child(row));
            self(self, parent->child(row));
        }
    };
    update(update, invisibleRootItem());
}

std::optional<Account> FolderModel::account(AccountId id) const
{
    const auto found = std::find_if(
        m_accounts.cbegin(), m_accounts.cend(), [id](const Account &account) { return account.id == id; });
    return found == m_accounts.cend() ? std::nullopt : std::optional(*found);
}

bool FolderModel::isLocal(AccountId id) const
{
    const auto found = account(id);
    return found ? found->isLocal() : id && id == m_computer;
}

QList<Folder> FolderModel::folders(AccountId account) const
{
    return m_folders.value(account);
}

std::optional<Folder> FolderModel::folder(FolderId id) const
{
    for (const QList<Folder> &folders : m_folders) {
        const auto found
            = std::find_if(folders.cbegin(), folders.cend(), [id](const Folder &folder) { return folder.id == id; });
        if (found != folders.cend())
            return *found;
    }
    return {};
}

std::optional<Folder> FolderModel::folderByRole(AccountId account, FolderRole role) const
{
    for (const Folder &folder : m_folders.value(account)) {
        if (folder.role == role)
            return folder;
    }
    return {};
}

Place FolderModel::placeAt(const QModelIndex &index) const
{
    return index.data(PlaceRole).value<Place>();
}

QModelIndex FolderModel::indexOf(const Place &place) const
{
    if (place.kind == Place::Kind::Folder) {
        const QStandardItem *item = m_items.value(place.folder);
        return item ? item->index() : QModelIndex();
    }
    const auto find = [this, &place](const auto &self, const QModelIndex &parent) -> QModelIndex {
        for (int row = 0; row < rowCount(parent); ++row) {
            const QModelIndex index = this->index(row, 0, parent);
            if (placeAt(index) == place)
                return index;
            if (const QModelIndex below = self(self, index); below.isValid())
                return below;
        }
        return {};
    };
    return find(find, {});
}

} // namespace postaci
