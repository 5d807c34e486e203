// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/folders/foldermenu.h"

#include "core/sync/mailengine.h"
#include "ui/common/icons.h"
#include "ui/folders/foldermodel.h"
#include "ui/folders/folderpane.h"
#include "ui/folders/foldertext.h"
#include "ui/folders/newfolderdialog.h"

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
    , removeForGood(new QAction(this))
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
    removeForGood->setShortcut(Qt::SHIFT | Qt::Key_Delete);
    for (QAction *action : {rename, remove, removeForGood})
        action->setShortcutContext(Qt::WidgetShortcut); // The list has keys of its own.
    pane.addActions({create, rename, remove, removeForGood});
    connect(create, &QAction::triggered, this, &FolderMenu::askForName);
    connect(rename, &QAction::triggered, this, &FolderMenu::askForNewName);
    connect(remove, &QAction::triggered, this, &FolderMenu::removeChosen);
    connect(removeForGood, &QAction::triggered, this, &FolderMenu::askAndRemove);
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
    removeForGood->setText(tr("Delete folder for &good…"));
}

void FolderMenu::update()
{
    const auto folder = m_model.folder(m_pane.currentPlace().folder);
    const bool own = folder && folder->role == FolderRole::None;
    rename->setEnabled(own);
    remove->setEnabled(own);
    removeForGood->setEnabled(own);
}

void FolderMenu::popUp(const QPoint &position)
{
    const QModelIndex index = m_pane.indexAt(position);
    if (index.isValid() && index.flags().testFlag(Qt::ItemIsSelectable))
        m_pane.setCurrentIndex(index);
    auto *menu = new QMenu(&m_pane);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({create, rename, remove, removeForGood});
    menu->popup(m_pane.viewport()->mapToGlobal(position));
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

void FolderMenu::askForName()
{
    auto *dialog = new NewFolderDialog(m_model, m_pane.currentPlace(), m_pane.window());
    connect(dialog, &NewFolderDialog::chosen, this, [this](AccountId account, FolderId parent, const QString &name) {
        report(m_engine.createFolder(account, parent, name));
    });
    dialog->open();
}

void FolderMenu::askForNewName()
{
    const auto folder = m_model.folder(m_pane.currentPlace().folder);
    if (!folder)
        return;
    auto *dialog = new QInputDialog(m_pane.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename folder"));
    dialog->setLabelText(tr("New name of “%1”:").arg(folderTitle(*folder)));
    dialog->setTextValue(folder->name());
    dialog->setCancelButtonText(tr("Cancel"));
    if (auto *edit = dialog->findChild<QLineEdit *>())
        edit->setAccessibleName(tr("Name"));
    dialog->setOkButtonText(tr("Rename"));
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, id = folder->id](const QString &name) { report(m_engine.renameFolder(id, name)); });
    dialog->open();
}

/// From Trash it can be had back; only what cannot is asked about.
void FolderMenu::removeChosen()
{
    const auto folder = m_model.folder(m_pane.currentPlace().folder);
    if (!folder)
        return;
    const auto trash = m_model.folderByRole(folder->account, FolderRole::Trash);
    const bool goesToTrash
        = trash && !trash->separator.isNull() && !folder->path.startsWith(trash->path + trash->separator);
    if (goesToTrash)
        report(m_engine.deleteFolder(folder->id));
    else
        askAndRemove();
}

void FolderMenu::askAndRemove()
{
    const auto folder = m_model.folder(m_pane.currentPlace().folder);
    if (!folder)
        return;
    qint64 messages = folder->total;
    bool hasFolders = false;
    for (const Folder &other : m_model.folders(folder->account)) {
        if (folder->separator.isNull() || !other.path.startsWith(folder->path + folder->separator))
            continue;
        messages += other.total;
        hasFolders = true;
    }
    const int count = int(messages);
    QString text;
    if (m_model.isLocal(folder->account)) {
        text = hasFolders ? tr("The folder “%1” will be deleted for good, with all folders in it and %Ln message(s). "
                               "This cannot be undone.",
                                nullptr, count)
                          : tr("The folder “%1” will be deleted for good, with %Ln message(s). This cannot be undone.",
                                nullptr, count);
    } else {
        text = hasFolders ? tr("The folder “%1” will be deleted on the server, with all folders in it and %Ln "
                               "message(s). This cannot be undone.",
                                nullptr, count)
                          : tr("The folder “%1” will be deleted on the server, with %Ln message(s). This cannot be "
                               "undone.",
                                nullptr, count);
    }
    auto *question = new QMessageBox(QMessageBox::Warning, tr("Delete for good?"), text.arg(folderTitle(*folder)),
        QMessageBox::NoButton, m_pane.window());
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    const auto *yes = question->addButton(tr("Delete for good"), QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(tr("Keep"), QMessageBox::RejectRole));
    connect(question, &QMessageBox::buttonClicked, this, [this, yes, id = folder->id](const QAbstractButton *button) {
        if (button == yes)
            report(m_engine.deleteFolder(id, true));
    });
    question->open();
}

} // namespace postaci
