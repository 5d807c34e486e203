// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"
#include "core/mail/draft.h"

#include <QFuture>
#include <QImage>
#include <QString>

namespace postaci {

/// Reads a file whole on a worker thread: what is sent is what it was when it was attached. FileUnreadable or
/// MessageTooLarge, with the file's name.
QFuture<Result<DraftAttachment>> readAttachment(const QString &path);

/// A pasted picture as a PNG file.
QFuture<Result<DraftAttachment>> encodePicture(const QImage &picture, const QString &fileName);

} // namespace postaci
