// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMainWindow>
#include <QUrl>

#include <memory>

namespace postaci {

struct Account;
class MailEngine;
struct Recovery;
class Settings;
class Store;

/// The window: folders, message list, reader. Reads the store, acts through the engine. Opens the set-up by itself when
/// the profile has no account, and owns every composer. ui thread.
///
/// Expects an open store, a started engine, a Language and setUpIcons().
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(Store &store, MailEngine &engine, Settings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// A composer for a mailto link (RFC 6068), from the command line or the desktop. Other links are ignored.
    void openMailto(const QUrl &link);
    /// Settings to begin the set-up of the first account with. Before the accounts are known.
    void suggestAccount(const Account &account);
    /// The database was damaged: says what became of it.
    void tellRecovery(const Recovery &recovery);
    /// Shows the window in front: the program was started a second time.
    void bringToFront();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace postaci
