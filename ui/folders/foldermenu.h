// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/mailerror.h"
#include "core/base/result.h"
#include "core/mail/ids.h"

#include <QAction>
#include <QFuture>
#include <QObject>

namespace postaci {

class FolderModel;
class FolderPane;
class MailEngine;
struct Place;

/// What can be done with a folder in the folder pane, by its context menu and by keys: make, rename and delete it.
class FolderMenu : public QObject {
    Q_OBJECT

public:
    FolderMenu(MailEngine &engine, const FolderModel &model, FolderPane &pane);

    void retranslate();

    /// Into another, or with none to the top of the account.
    void move(FolderId folder, AccountId account, FolderId above);

    QAction *const create;
    QAction *const rename;
    QAction *const remove;
    QAction *const removeForGood;

Q_SIGNALS:
    void failed(const postaci::MailError &error);

private:
    void popUp(const QPoint &position);
    void update();
    void askForName();
    void askForNewName();
    void removeChosen();
    void askAndRemove();
    template <class T> void report(QFuture<Result<T>> done);

    MailEngine &m_engine;
    const FolderModel &m_model;
    FolderPane &m_pane;
};

} // namespace postaci
