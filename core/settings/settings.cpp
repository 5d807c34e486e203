// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/settings/settings.h"

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QSettings>

#include <algorithm>
#include <array>

namespace postaci {

using namespace Qt::StringLiterals;

namespace {

struct Row {
    Setting setting;
    QLatin1StringView key;
    QVariant otherwise; ///< Its type is the setting's.
};

/// In the order of the enum.
const auto &rows()
{
    static const std::array table{
        Row{Setting::Language, "language"_L1, QString()},
        Row{Setting::WindowGeometry, "window/geometry"_L1, QByteArray()},
        Row{Setting::WindowState, "window/state"_L1, QByteArray()},
        Row{Setting::FolderPaneWidth, "window/folderPaneWidth"_L1, 0},
        Row{Setting::ListPaneWidth, "window/listPaneWidth"_L1, 0},
        Row{Setting::LastFolder, "window/lastFolder"_L1, qint64(0)},
        Row{Setting::ComposerGeometry, "composer/geometry"_L1, QByteArray()},
        Row{Setting::SaveAttachmentDirectory, "reader/saveAttachmentDirectory"_L1, QString()},
        Row{Setting::MailFileDirectory, "window/mailFileDirectory"_L1, QString()},
        Row{Setting::AskNobodyOutside, "setup/askNobodyOutside"_L1, false},
        Row{Setting::WorkOffline, "network/workOffline"_L1, false},
        Row{Setting::PausedAccounts, "network/pausedAccounts"_L1, QStringList()},
        Row{Setting::WorkQueueGeometry, "workQueue/geometry"_L1, QByteArray()},
        Row{Setting::OAuthClients, "accounts/oauthClients"_L1, QString()},
    };
    return table;
}

const Row &rowOf(Setting setting)
{
    const Row &row = rows().at(size_t(setting));
    Q_ASSERT(row.setting == setting);
    return row;
}

/// The file is text and may have been edited: what cannot be this setting is not taken.
QVariant typed(QVariant value, const Row &row)
{
    return value.convert(row.otherwise.metaType()) ? value : row.otherwise;
}

/// For nobody else to read, as everything in the profile; QSettings keeps what it finds.
QString privateFile(const QString &path)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner))
        file.close();
    return path;
}

} // namespace

Settings::Settings(const QString &directory, QObject *parent)
    : QObject(parent)
    , m_file(
          std::make_unique<QSettings>(privateFile(QDir(directory).filePath(u"settings.ini"_s)), QSettings::IniFormat))
{
}

Settings::~Settings() = default;

QVariant Settings::value(Setting setting) const
{
    const Row &row = rowOf(setting);
    return typed(m_file->value(row.key, row.otherwise), row);
}

void Settings::setValue(Setting setting, const QVariant &value)
{
    const Row &row = rowOf(setting);
    const QVariant next = typed(value, row);
    if (next == this->value(setting))
        return;
    if (next == row.otherwise)
        m_file->remove(row.key);
    else
        m_file->setValue(row.key, next);
    Q_EMIT changed(setting);
}

} // namespace postaci
