// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/attachfile.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QtConcurrentRun>

namespace postaci {

namespace {

/// No mail server takes more, and the draft holds it in memory.
constexpr qint64 sizeLimit = 100'000'000;

Result<DraftAttachment> readWhole(const QString &path)
{
    const QFileInfo info(path);
    const auto unreadable = [&info] {
        return failure({.kind = ErrorKind::FileUnreadable, .step = Step::ReadFile, .subject = info.fileName()});
    };
    QFile file(path);
    // Reading a pipe or device would never end.
    if (!info.isFile() || !file.open(QIODevice::ReadOnly))
        return unreadable();
    if (file.size() > sizeLimit)
        return failure({.kind = ErrorKind::MessageTooLarge, .step = Step::ReadFile, .subject = info.fileName()});
    QByteArray content = file.read(sizeLimit + 1);
    if (file.error() != QFileDevice::NoError || content.size() != file.size())
        return unreadable();
    const QMimeType type = QMimeDatabase().mimeTypeForFileNameAndData(info.fileName(), content);
    return DraftAttachment{
        .fileName = info.fileName(), .mediaType = type.name().toLatin1(), .content = std::move(content)};
}

} // namespace

QFuture<Result<DraftAttachment>> readAttachment(const QString &path)
{
    return QtConcurrent::run(readWhole, path);
}

QFuture<Result<DraftAttachment>> encodePicture(const QImage &picture, const QString &fileName)
{
    return QtConcurrent::run([picture, fileName]() -> Result<DraftAttachment> {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        if (!picture.save(&buffer, "PNG"))
            return failure({.kind = ErrorKind::FileUnreadable, .step = Step::ReadFile, .subject = fileName});
        return DraftAttachment{.fileName = fileName, .mediaType = "image/png", .content = buffer.data()};
    });
}

} // namespace postaci
