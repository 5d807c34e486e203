// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/folders/newfolderdialog.h"

#include "ui/common/icons.h"
#include "ui/folders/foldermodel.h"
#include "ui/folders/foldertext.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace postaci {

using namespace Qt::StringLiterals;

NewFolderDialog::NewFolderDialog(const FolderModel &folders, const Place &here, QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit(this))
    , m_place(new QComboBox(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("New folder"));
    auto *nameLabel = new QLabel(tr("&Name"), this);
    nameLabel->setBuddy(m_name);
    m_name->setAccessibleName(tr("Name"));
    auto *placeLabel = new QLabel(tr("&Place"), this);
    placeLabel->setBuddy(m_place);
    m_place->setAccessibleName(tr("Place"));
    m_place->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    auto *create = new QPushButton(tr("Create"), this);
    create->setDefault(true);
    create->setEnabled(false);

    const int gap = fontMetrics().height();
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(create);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->addWidget(nameLabel);
    layout->addWidget(m_name);
    layout->addSpacing(gap / 2);
    layout->addWidget(placeLabel);
    layout->addWidget(m_place);
    layout->addSpacing(gap / 2);
    layout->addLayout(buttons);
    setMinimumWidth(fontMetrics().averageCharWidth() * 50);

    for (const Account &account : folders.accounts())
        addPlaces(folders, account.id, account.name);
    addPlaces(folders, folders.computer(), tr("On this computer"));
    // Beside a special folder, but in an ordinary one.
    const auto chosenFolder = folders.folder(here.folder);
    const bool within = chosenFolder && chosenFolder->role == FolderRole::None;
    const Place first = within ? here : Place{.kind = Place::Kind::Account, .account = here.account};
    for (int i = 0; i < m_place->count(); ++i) {
        const Place place = m_place->itemData(i).value<Place>();
        if (place.account == first.account && place.folder == first.folder)
            m_place->setCurrentIndex(i);
    }

    connect(m_name, &QLineEdit::textChanged, create,
        [create](const QString &name) { create->setEnabled(!name.trimmed().isEmpty()); });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(create, &QPushButton::clicked, this, [this] {
        const Place place = m_place->currentData().value<Place>();
        Q_EMIT chosen(place.account, place.folder, m_name->text());
        accept();
    });
    m_name->setFocus();
}

void NewFolderDialog::addPlaces(const FolderModel &folders, AccountId account, const QString &title)
{
    m_place->addItem(themeIcon(u"mail-folder-inbox"_s), title,
        QVariant::fromValue(Place{.kind = Place::Kind::Account, .account = account}));
    if (!account)
        return;
    for (const Folder &folder : folders.folders(account)) {
        if (folder.separator.isNull())
            continue;
        m_place->addItem(folderIcon(folder.role), tr("%1: %2", "place: folder").arg(title, fullFolderTitle(folder)),
            QVariant::fromValue(Place{.kind = Place::Kind::Folder, .account = account, .folder = folder.id}));
    }
}

} // namespace postaci
