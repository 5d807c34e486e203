// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/folders/foldermenu.h"

#include "core/sync/mailengine.h"
#include "ui/common/icons.h"
#include "ui/folders/foldermodel.h"
#include "ui/folders/folderpane.h"
#include "ui/folders/foldertext.h"

#include <QAbstractButton>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

namespace postaci {

using namespace Qt::StringLiterals;

FolderMenu::FolderMenu(MailEngine &engine, const FolderModel &model, FolderPane &pane)
    : QObject(&pane)
    , create(new QAction(this))
    , rename(new QAction(this))
    , remove(new QAction(this))
    , m_engine(engine)
    , m_model(model)
    , m_pane(pane)
{
    create->setIcon(themeIcon(u"folder-new"_s));
    create->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_N);
    rename->setIcon(themeIcon(u"edit-rename"_s));
    rename->setShortcut(Qt::Key_F2);
    remove->setIcon(themeIcon(u"edit-delete"_s));
    remove->setShortcut(QKeySequence::Delete);
    for (QAction *action : {rename, remove})
        action->setShortcutContext(Qt::WidgetShortcut); // The list has keys of its own.
    pane.addActions({create, rename, remove});
    connect(create, &QAction::triggered, this, &FolderMenu::askForName);
    connect(rename, &QAction::triggered, this, &FolderMenu::askForNewName);
    connect(remove, &QAction::triggered, this, &FolderMenu::askAndRemove);
    connect(&pane, &QWidget::customContextMenuRequested, this, &FolderMenu::popUp);
    connect(&pane, &FolderPane::placeChosen, this, &FolderMenu::update);
    connect(&model, &FolderModel::renewed, this, &FolderMenu::update);
    retranslate();
    update();
}

void FolderMenu::retranslate()
{
    create->setText(tr("New &folder…"));
    rename->setText(tr("&Rename folder…"));
    remove->setText(tr("&Delete folder"));
}

void FolderMenu::update()
{
    const auto folder = m_model.folder(m_pane.currentPlace().folder);
    const bool own = folder && folder->role == FolderRole::None;
    rename->setEnabled(own);
    remove->setEnabled(own);
}

void FolderMenu::popUp(const QPoint &position)
{
    const QModelIndex index = m_pane.indexAt(position);
    if (index.isValid() && index.flags().testFlag(Qt::ItemIsSelectable))
        m_pane.setCurrentIndex(index);
    auto *menu = new QMenu(&m_pane);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({create, rename, remove});
    menu->popup(m_pane.viewport()->mapToGlobal(position));
}

QInputDialog *FolderMenu::nameDialog(const QString &title, const QString &label, const QString &name)
{
    auto *dialog = new QInputDialog(m_pane.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    dialog->setTextValue(name);
    dialog->setCancelButtonText(tr("Cancel"));
    if (auto *edit = dialog->findChild<QLineEdit *>())
        edit->setAccessibleName(tr("Name"));
    return dialog;
}

template <class T> void FolderMenu::report(QFuture<Result<T>> done)
{
    done.then(this, [this](const Result<T> &result) {
        if (!result)
            Q_EMIT failed(result.error());
    });
}

void FolderMenu::move(FolderId folder, AccountId account, FolderId above)
{
    report(m_engine.moveFolder(folder, account, above));
}

/// In the folder that is chosen; beside a special folder at the top of its account, and else on this computer.
void FolderMenu::askForName()
{
    const Place place = m_pane.currentPlace();
    const auto chosen = m_model.folder(place.folder);
    const bool below = chosen && chosen->role == FolderRole::None;
    const auto account = m_model.account(place.account);
    QInputDialog *dialog = nameDialog(tr("New folder"),
        below         ? tr("Name of the new folder in “%1”:").arg(folderTitle(*chosen))
            : account ? tr("Name of the new folder in the account %1:").arg(account->name)
                      : tr("Name of the new folder on this computer:"),
        {});
    dialog->setOkButtonText(tr("Create"));
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, where = account ? account->id : AccountId(), parent = below ? chosen->id : FolderId()](
            const QString &name) { report(m_engine.createFolder(where, parent, name)); });
    dialog->open();
}

void FolderMenu::askForNewName()
{
    const auto folder = m_model.folder(m_pane.currentPlace().folder);
    if (!folder)
        return;
    QInputDialog *dialog
        = nameDialog(tr("Rename folder"), tr("New name of “%1”:").arg(folderTitle(*folder)), folder->name());
    dialog->setOkButtonText(tr("Rename"));
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, id = folder->id](const QString &name) { report(m_engine.renameFolder(id, name)); });
    dialog->open();
}

void FolderMenu::askAndRemove()
{
    const auto folder = m_model.folder(m_pane.currentPlace().folder);
    if (!folder)
        return;
    const bool onServer = !m_model.isLocal(folder->account);
    const auto trash = m_model.folderByRole(folder->account, FolderRole::Trash);
    if (!onServer && trash && !folder->path.startsWith(trash->path + u'/')) {
        report(m_engine.deleteFolder(folder->id)); // From Trash it can be had back.
        return;
    }
    qint64 messages = folder->total;
    for (const Folder &other : m_model.folders(folder->account)) {
        if (!folder->separator.isNull() && other.path.startsWith(folder->path + folder->separator))
            messages += other.total;
    }
    const QString text = onServer
        ? tr("The folder “%1” will be deleted on the server, with all folders in it and %Ln message(s). This cannot be "
             "undone.",
              nullptr, int(messages))
        : tr("The folder “%1” will be deleted for good, with all folders in it and %Ln message(s). This cannot be "
             "undone.",
              nullptr, int(messages));
    auto *question = new QMessageBox(QMessageBox::Warning, tr("Delete for good?"), text.arg(folderTitle(*folder)),
        QMessageBox::NoButton, m_pane.window());
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    const auto *yes = question->addButton(tr("Delete for good"), QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(question, &QMessageBox::buttonClicked, this, [this, yes, id = folder->id](const QAbstractButton *button) {
        if (button == yes)
            report(m_engine.deleteFolder(id));
    });
    question->open();
}

} // namespace postaci
