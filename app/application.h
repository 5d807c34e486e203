// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/account.h"
#include "core/settings/settings.h"
#include "core/store/store.h"
#include "core/sync/mailengine.h"
#include "ui/common/language.h"

#include <QList>
#include <QObject>
#include <QSslCertificate>
#include <QString>
#include <QUrl>

#include <memory>
#include <optional>

namespace postaci {

class MainWindow;

/// The composition root: makes every service once, hands each what it needs, and takes them down in reverse order,
/// within two seconds. Ui thread.
class Application : public QObject {
    Q_OBJECT

public:
    struct Options {
        QString profile; ///< Canonical directory; nobody else uses it.
        QString language; ///< Overrides the setting until it is changed; may be empty.
        QList<QSslCertificate> roots; ///< Trusted beside the system's.
        std::optional<Account> suggestion; ///< To begin the set-up of the first account with.
        QUrl link; ///< A mailto link to answer; may be empty.
    };

    explicit Application(const Options &options);
    ~Application() override;

    /// Opens the store, shows the window, then starts the network. When the store cannot be opened a dialog says why
    /// and the program ends with 1.
    void start();

    /// What a second start of the program hands over: a mailto link, or nothing.
    void takeOver(const QByteArray &link);

    /// Tells the user why the program cannot start; it ends with 1 when the dialog is closed.
    static void refuseToStart(const MailError &error);

private:
    void showWindow();
    void openLink();
    void watchNetwork();

    std::optional<Account> m_suggestion;
    QUrl m_link; ///< Waiting to be opened.
    Settings m_settings;
    Language m_language;
    Store m_store;
    MailEngine m_engine;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace postaci
