// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/messageedit.h"

#include <QImage>
#include <QMimeData>
#include <QUrl>

namespace postaci {

QStringList localFiles(const QMimeData &data)
{
    QStringList paths;
    for (const QUrl &url : data.urls()) {
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    }
    return paths;
}

MessageEdit::MessageEdit(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    document()->setDocumentMargin(fontMetrics().height() * 0.75);
}

bool MessageEdit::canInsertFromMimeData(const QMimeData *source) const
{
    return !localFiles(*source).isEmpty() || source->hasImage() || QPlainTextEdit::canInsertFromMimeData(source);
}

void MessageEdit::insertFromMimeData(const QMimeData *source)
{
    const QStringList files = localFiles(*source);
    if (!files.isEmpty())
        Q_EMIT filesGiven(files);
    // Office programs put a picture of the text beside it.
    else if (source->hasImage() && !source->hasText())
        Q_EMIT pictureGiven(source->imageData().value<QImage>());
    else
        QPlainTextEdit::insertFromMimeData(source);
}

} // namespace postaci
