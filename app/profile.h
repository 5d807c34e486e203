// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/base/result.h"

#include <QList>
#include <QSslCertificate>
#include <QString>

namespace postaci {

/// Makes the profile's directory if need be, readable by its owner only, and returns its canonical path. With an empty
/// `given` it is the platform's place for a program's data.
[[nodiscard]] Result<QString> prepareProfile(const QString &given);

/// The certificates of a PEM file, to be trusted beside the system's. None for an empty name; FileUnreadable when the
/// file has none: a user who names a root must not be left without it silently.
[[nodiscard]] Result<QList<QSslCertificate>> readTrustedRoots(const QString &file);

} // namespace postaci
