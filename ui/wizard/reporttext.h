// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/discovery/setupreport.h"

#include <QString>
#include <QStringList>

namespace postaci {

/// A check as text, to be shown to whoever helps: servers, every step with its time, what failed and what the server
/// said. Addresses and user names are masked wherever they appear, so are the `secrets`.
QString reportText(const SetupReport &report, const QStringList &secrets);

} // namespace postaci
