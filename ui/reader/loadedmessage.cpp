// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/reader/loadedmessage.h"

#include "ui/reader/plaintext.h"

#include <QBuffer>
#include <QImageReader>
#include <QSet>

namespace postaci {

namespace {

/// More is not read on a screen, and laying it out would block the window.
constexpr qsizetype textLimit = 300'000;
constexpr int picturesLimit = 100;
constexpr qint64 pictureBytesLimit = 20'000'000;
constexpr qint64 picturePixelsLimit = 40'000'000;
constexpr int pictureWidthLimit = 1'600;

QImage readPicture(const QByteArray &bytes)
{
    QBuffer buffer;
    buffer.setData(bytes);
    QImageReader reader(&buffer);
    reader.setAutoTransform(true);
    // The size stands in the file's header: a bomb is refused before it is unpacked.
    const QSize size = reader.size();
    if (!size.isValid() || qint64(size.width()) * size.height() > picturePixelsLimit)
        return {};
    if (size.width() > pictureWidthLimit)
        reader.setScaledSize(size.scaled(pictureWidthLimit, size.height(), Qt::KeepAspectRatio));
    return reader.read();
}

} // namespace

LoadedMessage loadMessage(const QByteArray &raw, const ReaderLook &look)
{
    LoadedMessage message;
    message.raw = raw;
    message.body = parseMessage(raw);
    message.shortened = message.body.incomplete;

    if (message.body.html.isEmpty()) {
        message.shortened |= message.body.text.size() > textLimit;
        message.html = plainTextToHtml(withBreaks(message.body.text.left(textLimit)), look.quotes);
        return message;
    }

    HtmlCleanOptions options;
    options.keepColors = !look.dark;
    qint64 bytes = 0;
    for (const Attachment &attachment : std::as_const(message.body.attachments)) {
        bytes += attachment.size;
        const bool fits = options.contentIds.size() < picturesLimit && bytes <= pictureBytesLimit;
        if (!attachment.isInline || attachment.contentId.isEmpty() || !fits)
            continue;
        const auto content = attachmentContent(raw, attachment.part);
        const QImage picture = content ? readPicture(*content) : QImage();
        if (picture.isNull())
            continue;
        options.contentIds.insert(attachment.contentId);
        message.pictures.insert(QString::fromUtf8(attachment.contentId), picture);
    }
    const CleanHtml clean = cleanHtml(message.body.html, options);
    message.html = clean.html;
    message.blockedRemote = clean.blockedRemote;
    message.shortened |= clean.flattened;
    return message;
}

} // namespace postaci
