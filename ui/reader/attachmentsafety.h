// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/mime/messagebody.h"

#include <QString>

namespace postaci {

/// Whether opening the file could run something or load something from the network: such files can only be saved.
/// Judged by both the name and the type, since systems go by either.
bool isDangerous(const QString &fileName, const QByteArray &mediaType);

/// `fileName` in `directory`, with a number added when there is such a file already.
QString freePath(const QString &directory, const QString &fileName);

} // namespace postaci
