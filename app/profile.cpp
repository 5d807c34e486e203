// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/profile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace postaci {

Result<QString> prepareProfile(const QString &given)
{
    const QString path = given.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) : given;
    constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    const QDir parent = QFileInfo(path).absoluteDir();
    if (!QDir().mkpath(parent.path()) || !(QFileInfo(path).isDir() || QDir().mkdir(path, ownerOnly))
        || !QFile::setPermissions(path, ownerOnly))
        return failure({.kind = ErrorKind::Storage, .step = Step::OpenStore, .subject = path});
    return QFileInfo(path).canonicalFilePath();
}

Result<QList<QSslCertificate>> readTrustedRoots(const QString &file)
{
    if (file.isEmpty())
        return QList<QSslCertificate>();
    const QList<QSslCertificate> roots
        = QSslCertificate::fromPath(file, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
    if (roots.isEmpty())
        return failure({.kind = ErrorKind::FileUnreadable, .step = Step::ReadFile, .subject = file});
    return roots;
}

} // namespace postaci
