// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/mainwindow/mainwindow.h"

#include "core/store/store.h"
#include "core/sync/mailengine.h"

namespace postaci {

struct MainWindow::Private { };

MainWindow::MainWindow(Store &, MailEngine &, Settings &, QWidget *parent)
    : QMainWindow(parent)
    , d(std::make_unique<Private>())
{
}

MainWindow::~MainWindow() = default;

void MainWindow::openMailto(const QUrl &) { }

void MainWindow::bringToFront()
{
    show();
    raise();
    activateWindow();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
}

} // namespace postaci
