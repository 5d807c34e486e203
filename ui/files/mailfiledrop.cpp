// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/files/mailfiledrop.h"

#include <QMimeData>
#include <QUrl>

namespace postaci {

using namespace Qt::StringLiterals;

QStringList draggedMailFiles(const QMimeData &data)
{
    QStringList paths;
    for (const QUrl &url : data.urls()) {
        const QString path = url.toLocalFile();
        const bool isMail
            = path.endsWith(".eml"_L1, Qt::CaseInsensitive) || path.endsWith(".mbox"_L1, Qt::CaseInsensitive);
        if (!isMail)
            return {};
        paths.append(path);
    }
    return paths;
}

} // namespace postaci
