// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QString>
#include <QVariant>

#include <memory>

class QSettings;

namespace postaci {

/// Every setting of the program: one row of the table in settings.cpp (key, type, default) for each. Enums are stored
/// by name. Used on the ui thread.
enum class Setting {
    Language, ///< "en", "tr", or empty: the system's.
    WindowGeometry,
    WindowState,
    FolderPaneWidth,
    ListPaneWidth,
    LastFolder,
    ComposerGeometry,
    SaveAttachmentDirectory,
    MailFileDirectory, ///< Of the last import or export.
    AskNobodyOutside, ///< Servers are looked for without asking anybody but the address' own domain.
    WorkOffline, ///< The user's switch.
    PausedAccounts, ///< Their numbers, as texts.
    WorkQueueGeometry,
    OAuthClients, ///< Client ids that the user typed; see oauthclientids.h.
};

class Settings : public QObject {
    Q_OBJECT

public:
    /// Kept in `directory`/settings.ini, the profile's folder.
    explicit Settings(const QString &directory, QObject *parent = nullptr);
    ~Settings() override;

    QVariant value(Setting setting) const;
    void setValue(Setting setting, const QVariant &value);

Q_SIGNALS:
    void changed(postaci::Setting setting);

private:
    std::unique_ptr<QSettings> m_file;
};

} // namespace postaci
