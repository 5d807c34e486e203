// SPDX-FileCopyrightText: The Postacı authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

class QMimeData;

namespace postaci {

/// Mail files that are dragged here from a file manager; empty when anything else is among them.
QStringList draggedMailFiles(const QMimeData &data);

} // namespace postaci
