// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mime/htmlcleaner.h"
#include "core/mime/messagebody.h"

#include <QByteArray>
#include <QColor>
#include <QHash>
#include <QImage>
#include <QList>
#include <QString>

namespace postaci {

/// How a message is to look; the palette's colours, as values for the worker thread.
struct ReaderLook {
    bool dark = false;
    QList<QColor> quotes;
};

/// A message made ready to show: everything that takes time, done off the ui thread.
struct LoadedMessage {
    QByteArray raw;
    MessageBody body;
    QString html; ///< For the body view: cleaned, or made from the plain text.
    QHash<QString, QImage> pictures; ///< By content id.
    int blockedRemote = 0;
    bool shortened = false; ///< Not all of it is in `html`.
};

/// Pure; meant for a worker thread.
LoadedMessage loadMessage(const QByteArray &raw, const ReaderLook &look);

} // namespace postaci
